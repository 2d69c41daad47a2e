"""What a digital card lacks, leaves out or has wrong, in words, and what to do next."""

from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.wording import translated
from reportcards.card_field_names import field_name
from reportcards.profiles import Profile
from reportcards.profiles.relaxations import Lack, Use
from reportcards.profiles.tables import fields_of
from reportcards.profiles.violations import Violation

STUDENT = gettext_lazy("Hãy bổ sung ở hồ sơ học sinh.")
SCHOOL = gettext_lazy("Hãy bổ sung ở thông tin của trường.")
HOMEROOM = gettext_lazy(
    "Giáo viên chủ nhiệm nhập ở kết quả cuối năm; đã ký duyệt thì đề nghị mở lại riêng em này."
)
TEACHER = gettext_lazy(
    "Giáo viên môn học nhập ở kết quả cuối năm; đã ký duyệt thì đề nghị mở lại riêng em này."
)
OPERATOR = gettext_lazy("Hãy báo người vận hành phần mềm.")

NEXT_STEPS = {
    "student": STUDENT,
    "school": SCHOOL,
    "place_of_issue": SCHOOL,
    "department": gettext_lazy("Hãy báo người vận hành bổ sung ở danh mục sở."),
    "leader": gettext_lazy("Hãy bổ sung ở hồ sơ cán bộ của người ký."),
    "homeroom_signer": gettext_lazy("Hãy bổ sung ở hồ sơ cán bộ của giáo viên chủ nhiệm."),
    "attendance": HOMEROOM,
    "body": HOMEROOM,
    "traits": HOMEROOM,
    "comments": HOMEROOM,
    "subjects": TEACHER,
    "year_decision": gettext_lazy(
        "Hãy xác nhận kết quả năm học; em chưa hoàn thành thì chờ quyết định sau đánh giá bổ sung."
    ),
    "history": gettext_lazy("Hãy bổ sung ở quá trình học tập của học sinh."),
}
"""By the first step of the value's path in the payload, see `Lack.code`."""

RELAXATIONS = {
    "no_district": gettext_lazy("từ 01/7/2025 không còn cấp huyện"),
    "no_mother": gettext_lazy("giấy tờ của em không ghi mẹ, có cha hoặc người giám hộ"),
    "foreign_child": gettext_lazy("em mang quốc tịch nước ngoài nên không có số này"),
    "no_register_number": gettext_lazy("bộ dữ liệu năm 2026 của Bộ không bắt buộc có số này"),
    "no_body_measures": gettext_lazy("bộ dữ liệu năm 2026 của Bộ không bắt buộc có số đo này"),
    "not_assessed": gettext_lazy("em thuộc diện khuyết tật không đánh giá"),
}

FAULTS = {
    # the payload
    "missing": gettext_lazy("%(field)s còn thiếu."),
    "unexpected": gettext_lazy("%(field)s không có trong mẫu học bạ."),
    "wrong_type": gettext_lazy("%(field)s không đúng kiểu dữ liệu."),
    "wrong_form": gettext_lazy("%(field)s không đúng dạng quy định."),
    "empty": gettext_lazy("%(field)s còn trống."),
    "too_many": gettext_lazy("%(field)s có quá nhiều dòng."),
    "repeated": gettext_lazy("%(field)s bị lặp lại."),
    "forbidden_character": gettext_lazy(
        "%(field)s có ký tự điều khiển %(character)s, không ghi được vào học bạ số; "
        "hãy xóa ký tự ấy rồi gõ lại."
    ),
    "not_nfc": gettext_lazy("%(field)s chưa ở dạng Unicode dựng sẵn (NFC); hãy gõ lại."),
    "unprintable": gettext_lazy(
        "%(field)s có ký tự %(character)s không in được; hãy xóa hoặc thay bằng chữ khác."
    ),
    # payload and limits
    "not_allowed": gettext_lazy("%(field)s có giá trị ngoài danh mục."),
    "too_long": gettext_lazy("%(field)s quá dài, nhiều nhất %(longest)s ký tự; hãy rút gọn."),
    "out_of_range": gettext_lazy("%(field)s nằm ngoài khoảng cho phép; hãy kiểm tra lại."),
    # limits
    "wrong_length": gettext_lazy("%(field)s phải có đúng %(expected)s ký tự."),
    "wrong_digits": gettext_lazy("%(field)s phải gồm đúng %(expected)s chữ số."),
    "not_a_number": gettext_lazy("%(field)s không phải là số."),
    "not_a_school_year": gettext_lazy("%(field)s phải ghi như 2026-2027."),
    # the structure
    "unexpected_element": gettext_lazy("%(field)s đứng sai chỗ; ở đó phải là %(expected)s."),
    "unknown_element": gettext_lazy("%(field)s không có trong mẫu học bạ."),
    "missing_element": gettext_lazy("%(field)s còn thiếu %(expected)s."),
    "stray_text": gettext_lazy("%(field)s có chữ nằm ngoài các thẻ con."),
    "unexpected_attribute": gettext_lazy("%(field)s có thuộc tính lạ."),
    "missing_attribute": gettext_lazy("%(field)s thiếu thuộc tính Id."),
    "repeated_id": gettext_lazy("Hai học bạ trong tệp mang cùng một mã."),
    "invalid_value": gettext_lazy("%(field)s không đúng dạng quy định."),
    "not_xml": gettext_lazy("Tệp không phải là XML đúng quy cách (dòng %(line)s)."),
    "document_type": gettext_lazy("Tệp có khai báo DOCTYPE, học bạ số không được có."),
    "comment": gettext_lazy("Tệp có chú thích hoặc chỉ thị XML, học bạ số không được có."),
    "id_differs": gettext_lazy("Id của phần dữ liệu không phải là mã số tra cứu của học bạ."),
}


def lack_sentence(lack: Lack) -> str:
    """ "Mức đạt được (Toán) còn trống. Giáo viên môn học nhập ở kết quả cuối năm; …"."""
    missing = _("%(field)s còn trống.") % {"field": field_name(lack.tag, translated(lack.entry))}
    is_code = lack.tag == "MA_MON_HOC"
    return f"{missing} {OPERATOR if is_code else NEXT_STEPS.get(lack.code, OPERATOR)}"


def relaxation_sentence(use: Use) -> str:
    """ "Tên quận huyện để trống: từ 01/7/2025 không còn cấp huyện."."""
    return _("%(field)s để trống: %(reason)s.") % {
        "field": field_name(use.tag),
        "reason": RELAXATIONS[use.key],
    }


def violation_sentence(violation: Violation, profile: Profile) -> str:
    """What is wrong, and where it is put right if a person of the school can do so."""
    params = dict(violation.params)
    tag = str(params.get("tag") or _tag_at(violation.path, profile))
    if "field" not in params:
        named = field_name(tag) if tag else _("Nội dung %(path)s") % {"path": violation.path}
        params["field"] = named
    if "expected" in params:
        params["expected"] = _expected(str(params["expected"]))
    sentence = str(FAULTS[violation.code]) % params
    step = NEXT_STEPS.get(violation.path.partition(".")[0])
    return f"{sentence} {step}" if step else sentence


def _expected(expected: str) -> str:
    """A number as it is; tags by their names."""
    return ", ".join(field_name(tag) for tag in expected.split(", "))


def _tag_at(path: str, profile: Profile) -> str:
    """The tag of what stands at a path of the payload, entries of lists by code or position."""
    tags, (name, _dot, rest) = _tags_by_source(profile), path.partition(".")
    return tags.get(path) or tags.get(f"{name}.*.{rest.partition('.')[2]}", "")


@cache
def _tags_by_source(profile: Profile) -> dict[str, str]:
    """An entry of a list is a star: "subjects.*.level"."""
    return {
        f"{group.each}.*.{field.source}" if group.each else field.source: field.tag
        for group, field in fields_of(profile.tree)
    }
