"""Whatever a valid payload says, its card is well built and says the same when it is read."""

import datetime
import unicodedata
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from reportcards.card_schema import check_payload
from reportcards.profiles import get_profile
from reportcards.profiles.document import build_card
from reportcards.profiles.limits_2026 import check_limits
from reportcards.profiles.relaxations import lacks, relaxations_for
from reportcards.profiles.structure import check_structure
from reportcards.profiles.tables import fields_of
from tests.reportcards.cards import Payload, card_payload, subjects_of, traits_of

V1_0 = get_profile("v1.0")
DATA = "DU_LIEU_HOC_BA"

VOWELS = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
LETTERS = "".join(unicodedata.normalize("NFC", v + tone) for v in VOWELS for tone in TONES) + "đĐ"

alphabet = st.one_of(
    st.sampled_from(LETTERS),
    st.sampled_from("&<>\"'];,.'() \n\t0123456789"),
    st.characters(blacklist_categories=("Cs", "Cc", "Cn")),
)


def texts(most: int, least: int = 0) -> st.SearchStrategy[str]:
    """In NFC, as everything that is frozen."""
    typed = st.text(alphabet, min_size=least, max_size=most)
    composed = typed.map(lambda text: unicodedata.normalize("NFC", text))
    return composed.filter(lambda text: least <= len(text) <= most)


names = texts(30, 1).filter(str.strip)
comments = texts(80)
personal_ids = st.none() | st.from_regex(r"[0-9]{12}", fullmatch=True)
measures = st.none() | st.decimals(10, 300, places=1).map(str)
counts = st.none() | st.integers(0, 200)
days = st.dates(datetime.date(2010, 1, 1), datetime.date(2030, 12, 31)).map(str)
decisions = st.none() | st.fixed_dictionaries(
    {
        "result": st.sampled_from(["excellent", "good", "completed", "not_completed"]),
        "result_name": st.just("Hoàn thành"),
        "has_completed": st.booleans(),
        "is_promoted": st.none() | st.booleans(),
        "reward": comments,
        "extraordinary_reward": comments,
    }
)
signers = st.none() | st.fixed_dictionaries(
    {
        "full_name": names,
        "personal_id": personal_ids,
        "position_title": names,
        "stands_in_for": st.none() | names,
    }
)


@st.composite
def subject_lists(draw: st.DrawFn) -> list[Payload]:
    levels = st.sampled_from([("T", "Hoàn thành tốt"), ("C", "Chưa hoàn thành"), (None, None)])
    return [
        entry
        | dict(zip(("level", "level_name"), draw(levels), strict=True))
        | {"score": draw(st.none() | st.integers(1, 10)), "comment": ""}
        for entry in subjects_of(4)
    ]


@st.composite
def trait_lists(draw: st.DrawFn) -> list[Payload]:
    levels = st.sampled_from([("T", "Tốt"), ("Đ", "Đạt"), ("C", "Cần cố gắng"), (None, None)])
    return [
        entry | dict(zip(("level", "level_name"), draw(levels), strict=True))
        for entry in traits_of(4)
    ]


TEXTS_OF_A_STUDENT = (
    "ethnicity", "nationality", "birth_place", "home_town", "residence", "father_name",
    "mother_name", "guardian_name",
)  # fmt: skip
students = st.fixed_dictionaries(
    {
        "ministry_code": st.none() | st.from_regex(r"[0-9]{9,20}", fullmatch=True),
        "personal_id": personal_ids,
        "full_name": names,
        "date_of_birth": days,
        "gender": st.sampled_from(["male", "female"]),
        "register_number": texts(20),
        **dict.fromkeys(TEXTS_OF_A_STUDENT, texts(30)),
    }
)
payloads = st.fixed_dictionaries(
    {
        "uuid": st.uuids(version=4).map(str),
        "student": students,
        "is_not_assessed": st.booleans(),
        "attendance": st.fixed_dictionaries(
            {"absences_with_leave": counts, "absences_without_leave": counts}
        ),
        "body": st.fixed_dictionaries({"height_cm": measures, "weight_kg": measures}),
        "subjects": subject_lists(),
        "traits": trait_lists(),
        "comments": st.fixed_dictionaries(
            {
                "quality": comments,
                "general_competence": comments,
                "specific_competence": comments,
                "homeroom": comments,
            }
        ),
        "year_decision": decisions,
        "homeroom_signer": signers,
        "history": st.lists(
            st.fixed_dictionaries(
                {
                    "school_year": st.integers(2000, 2100).map(lambda year: f"{year}-{year + 1}"),
                    "class_name": names,
                    "school_name": names,
                    "entered_on": days,
                }
            ),
            min_size=1,
            max_size=6,
        ),
    }
).map(lambda changes: card_payload(**changes))


def completed(payload: Payload) -> Payload:
    """With the cast's values where nothing stands, so that nothing is lacking."""
    whole = card_payload()
    return payload | {
        key: filled(payload[key], whole[key])
        for key in ("student", "attendance", "comments", "subjects", "traits", "year_decision")
    }


def filled(value: Any, whole: Any) -> Any:
    if isinstance(whole, list):
        return [filled(entry, other) for entry, other in zip(value, whole, strict=True)]
    if isinstance(whole, dict):
        return {key: filled((value or {}).get(key), whole[key]) for key in whole}
    return whole if written(value) is None else value


# Reading back, without the table


def texts_at(root: etree._Element, path: str) -> dict[str, str]:
    """The fields that stand at a place, by tag."""
    (element,) = root.iterfind(f"{DATA}/{path}")
    return {field.tag: field.text for field in element if len(field) == 0}


def day_of(text: str | None) -> str | None:
    return None if text is None else datetime.datetime.strptime(text, "%d/%m/%Y").date().isoformat()


def number_of(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def written(value: Any) -> Any:
    """What a card can say of it: a blank text is none."""
    return None if isinstance(value, str) and not value.strip() else value


def the_pupil_reads_back(root: etree._Element, payload: Payload) -> None:
    said = texts_at(root, "THONG_TIN_CHUNG")
    student = payload["student"]
    tags = {
        "ministry_code": "MA_HOC_SINH", "personal_id": "SO_CCCD", "full_name": "HO_VA_TEN",
        "ethnicity": "DAN_TOC", "nationality": "QUOC_TICH", "birth_place": "NOI_SINH",
        "home_town": "QUE_QUAN", "residence": "CHO_O_HIEN_NAY", "father_name": "HO_VA_TEN_CHA",
        "mother_name": "HO_VA_TEN_ME", "guardian_name": "HO_VA_TEN_NGUOI_GIAM_HO",
        "register_number": "SO_SO_DANG_BO",
    }  # fmt: skip
    assert {key: said.get(tag) for key, tag in tags.items()} == {
        key: written(student[key]) for key in tags
    }
    assert day_of(said["NGAY_SINH"]) == student["date_of_birth"]
    assert {"Nam": "male", "Nữ": "female"}[said["GIOI_TINH"]] == student["gender"]
    assert said["MA_TRA_CUU_UUID"] == payload["uuid"]


def days_and_body_read_back(root: etree._Element, payload: Payload) -> None:
    said = texts_at(root, "THONG_TIN_CHUNG")
    with_leave, without_leave = (
        number_of(said.get(tag))
        for tag in ("TONG_SO_BUOI_NGHI_CO_PHEP", "THONG_SO_BUOI_NGHI_KHONG_PHEP")
    )
    assert with_leave == payload["attendance"]["absences_with_leave"]
    assert without_leave == payload["attendance"]["absences_without_leave"]
    assert number_of(said.get("CHIEU_CAO")) == number_of(payload["body"]["height_cm"])
    assert number_of(said.get("CAN_NANG")) == number_of(payload["body"]["weight_kg"])


def subjects_read_back_row_by_row(root: etree._Element, payload: Payload) -> None:
    rows = root.findall(f"{DATA}/TONG_KET/BANG_DIEM/MON_HOC")
    for row, entry in zip(rows, payload["subjects"], strict=True):
        said = {field.tag: field.text for field in row}
        assert said["TEN_MON_HOC"].startswith(entry["name"])
        assert said.get("MUC_DAT_DUOC") == entry["level"]
        assert number_of(said.get("DIEM_KIEM_TRA_DINH_KY")) == entry["score"]


def traits_and_comments_read_back(root: etree._Element, payload: Payload) -> None:
    said = texts_at(root, "TONG_KET/DANH_GIA_NANG_LUC_PHAM_CHAT")
    levels = [text for tag, text in said.items() if not tag.startswith("NHAN_XET")]
    assert sorted(levels) == sorted(entry["level"] for entry in payload["traits"] if entry["level"])
    assert said.get("PHAM_CHAT_YEU_NUOC") == payload["traits"][0]["level"]
    assert [
        said.get(f"NHAN_XET_{group}")
        for group in ("PHAM_CHAT", "NANG_LUC_CHUNG", "NANG_LUC_DAC_THU")
    ] == [
        written(payload["comments"][key])
        for key in ("quality", "general_competence", "specific_competence")
    ]


def the_year_reads_back(root: etree._Element, payload: Payload) -> None:
    said = texts_at(root, "TONG_KET")
    decision = payload["year_decision"] or dict.fromkeys(
        ("result_name", "has_completed", "is_promoted", "reward", "extraordinary_reward")
    )
    truth = {"true": True, "false": False, None: None}
    assert said.get("KET_QUA_XEP_LOAI") == decision["result_name"]
    assert truth[said.get("DUOC_LEN_LOP")] == decision["is_promoted"]
    assert truth[said.get("DA_HOAN_THANH_CHUONG_TRINH_LOP_HOC")] == decision["has_completed"]
    assert said.get("NOI_DUNG_KHEN_THUONG") == written(decision["reward"])
    assert said.get("NOI_DUNG_KHEN_THUONG_DOT_XUAT") == written(decision["extraordinary_reward"])
    assert said.get("NHAN_XET_GVCN") == written(payload["comments"]["homeroom"])


def the_history_reads_back(root: etree._Element, payload: Payload) -> None:
    path = f"{DATA}/QUA_TRINH_HOC_TAP/NAM_HOC_CHI_TIET"
    rows = root.findall(path)
    assert [[field.text for field in row] for row in rows] == [
        [
            entry["school_year"],
            entry["class_name"],
            entry["school_name"],
            f"{entry['entered_on']}T00:00:00+07:00",
        ]
        for entry in payload["history"]
    ]


@given(payloads)
def test_a_valid_payload_without_a_lack_gives_a_card_that_is_well_built(payload):
    whole = completed(payload)
    assert check_payload(whole) == []
    assert lacks(whole, V1_0) == ()
    card = build_card(whole, V1_0)
    assert check_structure(card, V1_0) == []
    assert check_limits(card, V1_0) == check_limits(whole, V1_0) == []


@given(payloads)
def test_what_the_schema_misses_is_a_lack(payload):
    assert check_payload(payload) == []
    violations = check_structure(build_card(payload, V1_0), V1_0)
    assert {one.code for one in violations} <= {"unexpected_element", "missing_element"}
    assert not violations or lacks(payload, V1_0)


@given(payloads)
def test_a_card_reads_back_field_by_field(payload):
    root = etree.fromstring(build_card(payload, V1_0))
    the_pupil_reads_back(root, payload)
    days_and_body_read_back(root, payload)
    subjects_read_back_row_by_row(root, payload)
    traits_and_comments_read_back(root, payload)
    the_year_reads_back(root, payload)
    the_history_reads_back(root, payload)


@given(payloads)
def test_every_required_field_is_written_excused_or_lacking(payload):
    root = etree.fromstring(build_card(payload, V1_0))
    written_tags = {element.tag for element in root.iter()}
    excused = {use.tag for use in relaxations_for(payload, V1_0)}
    lacking = {lack.tag for lack in lacks(payload, V1_0)}
    required = {field.tag for _group, field in fields_of(V1_0.tree) if field.is_required}
    assert required <= written_tags | excused | lacking
    assert not excused & lacking


@given(texts(10_000))
def test_a_long_text_of_any_letters_reads_back(text):
    payload = card_payload(comments={"homeroom": text})
    said = texts_at(etree.fromstring(build_card(payload, V1_0)), "TONG_KET")
    assert said.get("NHAN_XET_GVCN") == written(text)
