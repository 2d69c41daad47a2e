"""What a cell of C1-HocSinh means. A value that is not understood is a ValueError whose
sentence the registrar reads; nothing is guessed."""

import datetime
import re
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl.utils.datetime import WINDOWS_EPOCH, from_excel

from schools.constraints import PERSONAL_ID_LENGTH
from schools.names import fold
from students.ministry_codes import (
    ETHNICITIES,
    STUDENT_STATUSES,
    StudentStatus,
)
from students.models import Gender

SHORTEST_WHOLE_CODE = 10
MOST_EXACT_DIGITS = 15
EARLIEST_BIRTH = datetime.date(1900, 1, 1)
LAST_SERIAL = 73_050  # 31/12/2099
DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?")
GRADE = re.compile(r"(?:khoi|lop)? ?([1-5])")
EXCEL_ERRORS = {
    "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA",
    "#SPILL!", "#CALC!",
}  # fmt: skip

GENDERS = {
    "nam": Gender.MALE, "01": Gender.MALE, "1": Gender.MALE,
    "nu": Gender.FEMALE, "02": Gender.FEMALE, "2": Gender.FEMALE,
}  # fmt: skip


def is_blank(cell: Any) -> bool:
    return cell is None or cell == ""


def read_text(cell: Any) -> str:
    """As written; whole numbers without decimals, and without the mark of an escaped formula."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime.datetime | datetime.date):
        return cell.strftime("%d/%m/%Y")
    text = "" if cell is None else str(cell)
    if text in EXCEL_ERRORS:
        raise ValueError(_("Công thức trong ô bị lỗi (%(text)s).") % {"text": text})
    return text.removeprefix("'")


def read_date(cell: Any, epoch: datetime.datetime = WINDOWS_EPOCH) -> datetime.date:
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _date_of_serial(cell, epoch)
    text = read_text(cell)
    if re.fullmatch(r"\d{5}", text):
        return _date_of_serial(int(text), epoch)
    return _date_of_text(text)


def _date_of_serial(serial: float, epoch: datetime.datetime) -> datetime.date:
    if not 1 <= serial <= LAST_SERIAL:
        raise ValueError(_("Số %(number)s không phải là một ngày.") % {"number": serial})
    return from_excel(int(serial), epoch).date()


def _date_of_text(text: str) -> datetime.date:
    if match := DAY_FIRST.fullmatch(text):
        day, month, year = map(int, match.groups())
    elif match := YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, match.groups())
    else:
        raise _not_a_date(text)
    try:
        return datetime.date(year, month, day)
    except ValueError as error:
        raise _not_a_date(text) from error


def _not_a_date(text: str) -> ValueError:
    return ValueError(
        _("«%(text)s» không phải là ngày. Hãy ghi dạng ngày/tháng/năm, ví dụ 05/09/2017.")
        % {"text": text}
    )


def read_date_of_birth(cell: Any, epoch: datetime.datetime = WINDOWS_EPOCH) -> datetime.date:
    day = read_date(cell, epoch)
    if not EARLIEST_BIRTH <= day <= timezone.localdate():
        raise ValueError(_("Phải ở quá khứ và sau năm 1900."))
    return day


def read_personal_id(cell: Any) -> str:
    text = read_text(cell).replace(" ", "")
    if not text.isascii() or not text.isdigit():
        raise ValueError(_("Chỉ gồm chữ số."))
    if len(text) == PERSONAL_ID_LENGTH:
        return text
    if len(text) < PERSONAL_ID_LENGTH:
        raise ValueError(
            _(
                "Chỉ có %(length)s chữ số, có thể đã mất số 0 ở đầu. "
                "Hãy định dạng cột là Văn bản và ghi đủ 12 chữ số."
            )
            % {"length": len(text)}
        )
    raise ValueError(_("Có %(length)s chữ số, phải là 12.") % {"length": len(text)})


def read_ministry_code(cell: Any) -> str:
    text = read_text(cell).replace(" ", "")
    is_number = isinstance(cell, int | float)
    if is_number and not SHORTEST_WHOLE_CODE <= len(text) <= MOST_EXACT_DIGITS:
        raise ValueError(
            _("Là ô số nên có thể đã mất số 0 ở đầu. Hãy định dạng cột là Văn bản và ghi lại mã.")
        )
    if not text.isascii() or not text.isalnum():
        raise ValueError(_("Chỉ gồm chữ cái không dấu và chữ số."))
    return text


def read_gender(cell: Any) -> str:
    text = read_text(cell)
    if gender := GENDERS.get(fold(text)):
        return gender.value
    raise ValueError(_("«%(text)s» không rõ. Hãy ghi Nam hoặc Nữ.") % {"text": text})


def fold_name(text: str) -> str:
    """Ê-đê, Ê Đê and "ê đê" are one; so are Hmông and H'Mông."""
    return "".join(char for char in fold(text) if char.isalnum())


ETHNICITY_CODES = {fold_name(name): code for code, name in ETHNICITIES.items()}


def read_ethnicity(cell: Any) -> str:
    text = read_text(cell)
    code = f"{text:0>2}" if text.isdigit() else ETHNICITY_CODES.get(fold_name(text))
    if code not in ETHNICITIES:
        raise ValueError(_("«%(text)s» không có trong danh mục 54 dân tộc.") % {"text": text})
    return code


def fold_status(text: str) -> str:
    """One spelling for "kỳ 1", "học kì I" and "HK1"; the "học" of "thôi học" stays."""
    words = re.sub(r"\bhk", "ky ", fold(text))
    words = re.sub(r"(?<!thoi )\bhoc (?=k[iy]\b)", "", words)
    spellings = {"i": "1", "ii": "2", "ki": "ky"}
    return " ".join(spellings.get(word, word) for word in words.split())


STATUS_CODES = {fold_status(status.name): code for code, status in STUDENT_STATUSES.items()} | {
    "dang hoc": "01",
    "chuyen den": "02",
    "nghi hoc xin hoc lai": "03",
    "chuyen di": "04",
    "thoi hoc": "05",
}


def read_status(cell: Any) -> StudentStatus:
    text = read_text(cell)
    code = f"{text:0>2}" if text.isdigit() else STATUS_CODES.get(fold_status(text))
    if code not in STUDENT_STATUSES:
        raise ValueError(_("«%(text)s» không có trong danh mục 12 trạng thái.") % {"text": text})
    return STUDENT_STATUSES[code]


def read_phone(cell: Any) -> str:
    text = read_text(cell)
    if isinstance(cell, int | float) and not text.startswith("0"):
        raise ValueError(
            _("Là ô số nên đã mất số 0 ở đầu. Hãy định dạng cột là Văn bản và ghi lại.")
        )
    return text


def read_nationality(cell: Any) -> str:
    text = read_text(cell)
    return "Việt Nam" if fold(text) in {"vn", "vnm", "viet nam"} else text


def read_grade(cell: Any) -> int:
    text = read_text(cell)
    if match := GRADE.fullmatch(fold(text)):
        return int(match[1])
    raise ValueError(_("«%(text)s» không rõ. Hãy ghi số từ 1 đến 5.") % {"text": text})


def read_class_name(cell: Any) -> str:
    """Without the word Lớp, in one letter case, for comparing."""
    return re.sub(r"^lớp\s+", "", read_text(cell).casefold()).replace(" ", "")
