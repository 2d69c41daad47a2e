"""The list that goes with the principal's decision on rewards, as it is printed.

It is Vietnamese whatever language its reader's screens have, so none of its words is translated.
"""

import datetime
from dataclasses import dataclass

from assessments.rewards import Reward, RewardChoice, RewardPart

TITLE = "DANH SÁCH HỌC SINH ĐƯỢC KHEN THƯỞNG"
COLUMNS = ("STT", "Họ và tên", "Ngày sinh", "Lớp", "Nội dung khen thưởng")
PARTS = {
    "": "Năm học {year}",
    RewardPart.YEAR_END: "Danh hiệu cuối năm học {year}",
    RewardPart.EXTRAORDINARY: "Khen thưởng đột xuất, năm học {year}",
    RewardPart.HIGHER_LEVEL: "Cấp trên khen thưởng và giải thưởng, năm học {year}",
}


@dataclass(frozen=True)
class DecisionReference:
    """The decision that the list goes with; what is not known yet is left to be written in."""

    number: str = ""
    signed_on: datetime.date | None = None

    def __str__(self) -> str:
        return f"Quyết định số {self.number or '……………………'} {long_date(self.signed_on)}"


def long_date(day: datetime.date | None) -> str:
    if day is None:
        return "ngày …… tháng …… năm ………"
    return f"ngày {day:%d} tháng {day:%m} năm {day.year}"


@dataclass(frozen=True)
class RewardRow:
    number: int
    full_name: str
    date_of_birth: datetime.date
    class_name: str
    wording: str


@dataclass(frozen=True)
class RewardList:
    choice: RewardChoice
    reference: DecisionReference
    rewards: tuple[Reward, ...]

    title = TITLE
    columns = COLUMNS

    @property
    def school_name(self) -> str:
        return self.choice.school_year.school.name

    @property
    def place(self) -> str:
        return self.choice.school_year.school.place_of_issue

    @property
    def subtitle(self) -> str:
        subtitle = PARTS[self.choice.part].format(year=self.choice.school_year.name)
        if self.choice.since:
            subtitle += f", từ ngày {self.choice.since:%d/%m/%Y}"
        if self.choice.until:
            subtitle += f" đến ngày {self.choice.until:%d/%m/%Y}"
        return subtitle

    @property
    def attachment(self) -> str:
        return f"(Kèm theo {self.reference} của Hiệu trưởng {self.school_name})"

    @property
    def place_and_day(self) -> str:
        return f"{self.place}, {long_date(self.reference.signed_on)}"

    @property
    def rows(self) -> list[RewardRow]:
        return [
            RewardRow(
                number=number,
                full_name=reward.enrollment.student.full_name,
                date_of_birth=reward.enrollment.student.date_of_birth,
                class_name=reward.enrollment.school_class.name,
                wording=reward.wording,
            )
            for number, reward in enumerate(self.rewards, 1)
        ]

    @property
    def pupils(self) -> dict[int, Reward]:
        """By pupil, a reward of each: one may have several."""
        return {reward.enrollment.student_id: reward for reward in self.rewards}

    @property
    def total(self) -> str:
        return f"Danh sách này có {len(self.pupils)} học sinh, {len(self.rewards)} khen thưởng."

    @property
    def file_name(self) -> str:
        return f"Danh sách khen thưởng {self.choice.school_year.name}"
