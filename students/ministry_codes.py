"""The sector database's code lists, as they stand in its spreadsheets. Mapped at the edge:
rows store our own words, never these codes, except ethnicity, whose code list is a standard."""

from typing import NamedTuple

# QĐ 121-TCTK/PPCĐ: 54 ethnic groups, then 55 foreigners and 56 unknown.
ETHNICITIES = {
    "01": "Kinh", "02": "Tày", "03": "Thái", "04": "Hoa", "05": "Khơ-me", "06": "Mường",
    "07": "Nùng", "08": "Hmông", "09": "Dao", "10": "Gia-rai", "11": "Ngái", "12": "Ê-đê",
    "13": "Ba-na", "14": "Xơ-đăng", "15": "Sán Chay", "16": "Cơ-ho", "17": "Chăm",
    "18": "Sán Dìu", "19": "Hrê", "20": "Mnông", "21": "Ra-glai", "22": "Xtiêng",
    "23": "Bru-Vân Kiều", "24": "Thổ", "25": "Giáy", "26": "Cơ-tu", "27": "Gié-Triêng",
    "28": "Mạ", "29": "Khơ-mú", "30": "Co", "31": "Ta-ôi", "32": "Chơ-ro", "33": "Kháng",
    "34": "Xinh-mun", "35": "Hà Nhì", "36": "Chu-ru", "37": "Lào", "38": "La Chí",
    "39": "La Ha", "40": "Phù Lá", "41": "La Hủ", "42": "Lự", "43": "Lô Lô", "44": "Chứt",
    "45": "Mảng", "46": "Pà Thẻn", "47": "Cơ Lao", "48": "Cống", "49": "Bố Y", "50": "Si La",
    "51": "Pu Péo", "52": "Brâu", "53": "Ơ Đu", "54": "Rơ-măm",
    "55": "Người nước ngoài", "56": "Không rõ",
}  # fmt: skip


class StudentStatus(NamedTuple):
    """A status as the sector database names it, and what it means to an enrolment.

    The reasons are values of EntryReason and ExitReason: exactly one of them is there.
    """

    name: str
    entry_reason: str = ""
    exit_reason: str = ""

    @property
    def is_studying(self) -> bool:
        return bool(self.entry_reason)

    @property
    def is_in_summer(self) -> bool:
        return self.name.endswith("trong hè")


# "Nghỉ học xin học lại" is a pupil who stopped and asked to come back: she is in class.
STUDENT_STATUSES = {
    "01": StudentStatus("Đang học", entry_reason="enrolled"),
    "02": StudentStatus("Chuyển đến kỳ 1", entry_reason="transferred_in"),
    "03": StudentStatus("Nghỉ học xin học lại kỳ 1", entry_reason="readmitted"),
    "04": StudentStatus("Chuyển đi kỳ 1", exit_reason="transferred_out"),
    "05": StudentStatus("Thôi học kỳ 1", exit_reason="withdrawn"),
    "06": StudentStatus("Chuyển đến kỳ 2", entry_reason="transferred_in"),
    "07": StudentStatus("Nghỉ học xin học lại kỳ 2", entry_reason="readmitted"),
    "08": StudentStatus("Chuyển đi kỳ 2", exit_reason="transferred_out"),
    "09": StudentStatus("Thôi học kỳ 2", exit_reason="withdrawn"),
    "10": StudentStatus("Chuyển đến trong hè", entry_reason="transferred_in"),
    "11": StudentStatus("Chuyển đi trong hè", exit_reason="transferred_out"),
    "12": StudentStatus("Thôi học trong hè", exit_reason="withdrawn"),
}
