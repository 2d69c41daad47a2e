"""The schema of v1.0, its agreement with the table, and what it refuses."""

from dataclasses import replace

import pytest
from lxml import etree

from reportcards.profiles import Field, Group, get_profile
from reportcards.profiles.document import build_card
from reportcards.profiles.relaxations import RELAXATIONS
from reportcards.profiles.structure import (
    MOST_VIOLATIONS,
    NoSchema,
    check_structure,
    parse_card,
    schema_of,
)
from reportcards.profiles.tables import fields_of
from reportcards.profiles.violations import CardRefused
from tests.reportcards.cards import card_payload, grade_payload, not_assessed_payload
from tests.source import ROOT

V1_0 = get_profile("v1.0")
XSD = etree.parse(ROOT / "reportcards/profiles/v1_0.xsd").getroot()
XS = "{http://www.w3.org/2001/XMLSchema}"
DS = "http://www.w3.org/2000/09/xmldsig#"
TIME = "2027-05-31T09:00:00+07:00"
OTHER_UUID = "00000000-0000-4000-8000-000000000000"


def built(**changes) -> str:
    return build_card(card_payload(**changes), V1_0).decode()


def violations(card: str) -> list[tuple[str, str]]:
    """The last tag of the path, and the code."""
    found = check_structure(card.encode(), V1_0)
    return [(one.path.rpartition("/")[2], one.code) for one in found]


def signature(inner: str | None = None) -> str:
    signed_info = (
        '<SignedInfo><CanonicalizationMethod Algorithm="urn:c"/>'
        '<SignatureMethod Algorithm="urn:s"/>'
        '<Reference URI="#HB"><Transforms><Transform Algorithm="urn:t"/></Transforms>'
        '<DigestMethod Algorithm="urn:d"/><DigestValue>YQ==</DigestValue></Reference></SignedInfo>'
    )
    body = inner or (
        f"{signed_info}<SignatureValue>YQ==</SignatureValue><KeyInfo><X509Data>"
        "<X509SubjectName>CN=A</X509SubjectName><X509Certificate>YQ==</X509Certificate>"
        '</X509Data></KeyInfo><Object><SignatureProperties><SignatureProperty Id="t" Target="#s">'
        f"<SigningTime>{TIME}</SigningTime></SignatureProperty></SignatureProperties></Object>"
    )
    return f'<Signature xmlns="{DS}" Id="s">{body}</Signature>'


def slot(tag: str, *, personal_id: str = "066175000011", signed: str | None = None) -> str:
    identity = f"<SO_CCCD>{personal_id}</SO_CCCD>" if personal_id else ""
    content = signature() if signed is None else signed
    return f"<{tag}><NGAY_KY>{TIME}</NGAY_KY>{identity}{content}</{tag}>"


def with_slots(*slots: str) -> str:
    filled = f"<DANH_SACH_THONG_TIN_KY>{''.join(slots)}</DANH_SACH_THONG_TIN_KY>"
    return built().replace("<DANH_SACH_THONG_TIN_KY/>", filled)


# The schema and the table


def element_of(tag: str) -> etree._Element:
    (found,) = XSD.iterfind(f".//{XS}element[@name='{tag}']")
    return found


def declared_in(element: etree._Element) -> list[etree._Element]:
    return element.findall(f"{XS}complexType/{XS}sequence/{XS}element")


def groups_in(group: Group) -> list[Group]:
    inner = [member for member in group.members if isinstance(member, Group)]
    return [group, *(below for member in inner for below in groups_in(member))]


@pytest.mark.parametrize("group", groups_in(V1_0.tree), ids=lambda group: group.tag)
def test_the_schema_has_the_tables_tags_in_the_tables_order(group):
    declared = declared_in(element_of(group.tag))
    assert [element.get("name") for element in declared] == [one.tag for one in group.members]


@pytest.mark.parametrize("group", groups_in(V1_0.tree), ids=lambda group: group.tag)
def test_a_field_may_be_left_out_if_it_is_optional_or_may_be_excused(group):
    excusable = {tag for row in RELAXATIONS if row.profile == "v1.0" for tag in row.tags}
    for element, member in zip(declared_in(element_of(group.tag)), group.members, strict=True):
        if isinstance(member, Field):
            is_free = not member.is_required or member.tag in excusable
            assert element.get("minOccurs", "1") == ("0" if is_free else "1"), member.tag
        else:
            assert element.get("minOccurs", "1") == "1", member.tag


@pytest.mark.parametrize("group", groups_in(V1_0.tree), ids=lambda group: group.tag)
def test_the_groups_that_repeat_in_the_table_repeat_in_the_schema(group):
    most = element_of(group.tag).get("maxOccurs", "1")
    assert most == ("unbounded" if group.is_repeated else "1")


def test_the_schema_has_no_tag_beside_the_tables():
    fields = {field.tag for _group, field in fields_of(V1_0.tree)}
    groups = {group.tag for group in groups_in(V1_0.tree)}
    slots = {"NGAY_KY", *(tag for slot in V1_0.slots for tag in slot.path)}
    named = {element.get("name") for element in XSD.iter(f"{XS}element")} - {None}
    assert named == fields | groups | slots | {"HOC_BA", "DANH_SACH_HOC_BA"}


def test_the_schema_has_the_tables_slots_in_signing_order():
    declared = declared_in(element_of("DANH_SACH_THONG_TIN_KY"))
    assert [element.get("name") for element in declared] == [one.path[-1] for one in V1_0.slots]
    kinds = {"PersonalSlot": True, "SealSlot": False}
    assert [kinds[element.get("type")] for element in declared] == [
        one.has_personal_id for one in V1_0.slots
    ]


def test_a_schema_is_compiled_once():
    assert schema_of("v1_0.xsd") is schema_of("v1_0.xsd")


# What it takes


@pytest.mark.parametrize(
    "payload",
    [
        card_payload(),
        *(grade_payload(grade_level) for grade_level in (1, 2, 3, 5)),
        not_assessed_payload(),
        card_payload(student={"mother_name": "", "personal_id": None}, homeroom_signer=None),
        card_payload(body={"height_cm": None, "weight_kg": None}),
    ],
)
def test_a_card_that_we_build_is_well_built(payload):
    assert check_structure(build_card(payload, V1_0), V1_0) == []


def test_a_parsed_card_is_checked_like_its_bytes():
    assert check_structure(parse_card(built().encode()), V1_0) == []


@pytest.mark.parametrize(
    "slots",
    [
        [slot("CBQL")],
        [slot("GVCN"), slot("CBQL")],
        [slot("GVCN"), slot("CBQL"), slot("KY_PHAT_HANH", personal_id="")],
    ],
)
def test_slots_stand_as_far_as_they_are_signed(slots):
    assert violations(with_slots(*slots)) == []


def test_several_cards_in_one_file_are_well_built():
    other = card_payload(uuid=OTHER_UUID)
    cards = "".join(
        build_card(payload, V1_0).decode().partition("\n")[2] for payload in (card_payload(), other)
    )
    batch = f'<DANH_SACH_HOC_BA id="dataDanhSach">{cards}</DANH_SACH_HOC_BA>'
    assert violations(batch) == []


def test_a_date_of_birth_may_be_a_time():
    card = built().replace("02/09/2016", "2016-09-02T00:00:00+07:00")
    assert violations(card) == []


# What it refuses


@pytest.mark.parametrize(
    ("old", "new", "violation"),
    [
        ("<DAN_TOC>Kinh</DAN_TOC>", "", ("QUOC_TICH", "unexpected_element")),
        ("<DAN_TOC>", "<TON_GIAO/><DAN_TOC>", ("TON_GIAO", "unexpected_element")),
        ("<TEN_LOP>4A</TEN_LOP></T", "</T", ("THONG_TIN_CHUNG", "missing_element")),
        ("<DANH_SACH_THONG_TIN_KY/>", "", ("HOC_BA", "missing_element")),
        ("</HOC_BA>", "<GHI_CHU/></HOC_BA>", ("GHI_CHU", "unknown_element")),
        ("<NOI_SINH>", "x<NOI_SINH>", ("THONG_TIN_CHUNG", "stray_text")),
        ("Sở Giáo dục và Đào tạo Đắk Lắk", "", ("TEN_SO_GD", "invalid_value")),
        (">Nữ<", ">nữ<", ("GIOI_TINH", "invalid_value")),
        ("02/09/2016", "32/09/2016", ("NGAY_SINH", "invalid_value")),
        ("2027-05-30T08:15:00+07:00", "2027-05-30T08:15:00", ("NGAY_TAO_HOC_BA", "invalid_value")),
        ("2027-05-30T08", "2027-02-30T08", ("NGAY_TAO_HOC_BA", "invalid_value")),
        (">128.5<", ">128,5<", ("CHIEU_CAO", "invalid_value")),
        (">128.5<", ">128.50001<", ("CHIEU_CAO", "invalid_value")),
        (">26<", ">-26<", ("CAN_NANG", "invalid_value")),
        ("<DUOC_LEN_LOP>true", "<DUOC_LEN_LOP>1", ("DUOC_LEN_LOP", "invalid_value")),
        ("<NANG_LUC_TINH_TOAN>T", "<NANG_LUC_TINH_TOAN>H", ("NANG_LUC_TINH_TOAN", "invalid_value")),
        ("<HOC_BA>", "<HOC_BA x='1'>", ("HOC_BA", "unexpected_attribute")),
        ("<HOC_BA>", "<HOC_BA><!-- x -->", ("comment()", "comment")),
        ("Lê Minh", "Lê <!-- x -->Minh", ("comment()", "comment")),
        ("<HOC_BA>", "<HOC_BA><?x y?>", ("processing-instruction('x')", "comment")),
    ],
)  # fmt: skip
def test_refuses(old, new, violation):
    card = built()
    assert old in card
    assert violations(card.replace(old, new, 1)) == [violation]


@pytest.mark.parametrize(("level", "is_taken"), [("M", True), ("Đ", False), ("", False)])
def test_a_subjects_level_is_one_of_four(level, is_taken):
    card = built().replace("<MUC_DAT_DUOC>T", f"<MUC_DAT_DUOC>{level}", 1)
    assert (violations(card) == []) is is_taken


@pytest.mark.parametrize(
    ("score", "is_taken"), [("10", True), ("M", True), ("11", False), ("9.5", False)]
)
def test_a_score_is_of_ten_without_decimals(score, is_taken):
    card = built().replace("<DIEM_KIEM_TRA_DINH_KY>9", f"<DIEM_KIEM_TRA_DINH_KY>{score}", 1)
    assert (violations(card) == []) is is_taken


def test_says_what_was_expected_and_never_what_stood_there():
    card = built().replace("<DAN_TOC>Kinh</DAN_TOC>", "").replace(">Nữ<", ">không rõ<")
    gender, nationality = check_structure(card.encode(), V1_0)
    assert gender.params == {"tag": "GIOI_TINH"}
    assert nationality.params == {"tag": "QUOC_TICH", "expected": "DAN_TOC"}
    assert "không rõ" not in repr([gender, nationality])


def test_a_uuid_is_of_version_four():
    card = built().replace("-42d3-", "-12d3-")
    assert violations(card) == [("MA_TRA_CUU_UUID", "invalid_value")]


def test_the_id_is_that_of_the_cards_own_uuid():
    card = built().replace('Id="HB-1', 'Id="HB-2')
    assert violations(card) == [("DU_LIEU_HOC_BA", "id_differs")]


def test_one_card_stands_once_in_a_file():
    one = built().partition("\n")[2]
    batch = f"<DANH_SACH_HOC_BA>{one}{one}</DANH_SACH_HOC_BA>"
    assert violations(batch) == [("DU_LIEU_HOC_BA", "repeated_id")]


@pytest.mark.parametrize(
    ("slots", "code"),
    [
        ([slot("CBQL"), slot("GVCN")], "unexpected_element"),
        ([slot("GVCN", personal_id="")], "unexpected_element"),
        ([slot("KY_PHAT_HANH")], "unexpected_element"),
        ([slot("CBQL", signed="")], "missing_element"),
        ([slot("CBQL", signed=signature("<SignedInfo/>"))], "missing_element"),
        ([slot("CBQL"), slot("CBQL")], "unexpected_element"),
        ([slot("HIEU_TRUONG")], "unexpected_element"),
    ],
)
def test_refuses_slots_that_are_not_the_tables(slots, code):
    found = violations(with_slots(*slots))
    assert found
    assert code in {code for _tag, code in found}


def test_a_signature_inside_the_data_is_refused():
    card = built().replace("</TONG_KET>", f"</TONG_KET>{signature()}")
    assert [code for _tag, code in violations(card)] == ["unknown_element"]


@pytest.mark.parametrize("card", ["", "học bạ", "<HOC_BA>", "<HOC_BA></HOC_BA2>", "<a/><b/>"])
def test_what_is_no_xml_is_refused(card):
    assert [code for _tag, code in violations(card)] == ["not_xml"]


@pytest.mark.parametrize(
    "declaration",
    [
        "<!DOCTYPE HOC_BA>",
        '<!DOCTYPE HOC_BA [<!ENTITY a "b">]>',
        '<!DOCTYPE HOC_BA SYSTEM "file:///etc/passwd">',
    ],
)
def test_a_document_type_is_refused(declaration):
    card = built().replace("<HOC_BA>", f"{declaration}<HOC_BA>", 1)
    assert violations(card) == [("", "document_type")]


def test_an_entity_bomb_is_refused_before_it_is_read():
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE HOC_BA [<!ENTITY a0 "ha">{entities}]><HOC_BA>&a11;</HOC_BA>'
    with pytest.raises(CardRefused):
        parse_card(bomb.encode())


def test_another_root_is_refused():
    assert violations("<HO_SO/>") == [("HO_SO", "unknown_element")]


def test_a_root_in_a_namespace_is_refused():
    assert [code for _tag, code in violations('<HOC_BA xmlns="urn:x"/>')] == ["unknown_element"]


def test_a_file_that_is_wrong_everywhere_is_told_briefly():
    card = built().replace("</TONG_KET>", "</TONG_KET>" + "<?x y?>" * 500)
    assert len(violations(card)) == MOST_VIOLATIONS


def test_a_profile_without_a_schema_is_not_passed_over():
    with pytest.raises(NoSchema, match="without"):
        check_structure(built().encode(), replace(V1_0, key="without", schema_file=""))
