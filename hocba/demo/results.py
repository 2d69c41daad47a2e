"""Plausible results, by chance from a seed: most pupils do well, some need help."""

import random
from collections.abc import Callable
from decimal import Decimal

from assessments import actions
from assessments.completeness import Expectation, expectations
from assessments.merge import Edit, RowEdit
from assessments.roster import roster
from rulesets import Period
from schools.models import SchoolClass, StaffMember
from students.models import Enrollment

COMMENTS = {
    "T": ["Tích cực phát biểu, nắm chắc kiến thức, vận dụng tốt.",
          "Tiếp thu nhanh, trình bày rõ ràng, biết giúp đỡ bạn.",
          "Tự tin, sáng tạo trong học tập; cần phát huy."],
    "H": ["Hoàn thành các nội dung đã học; cần mạnh dạn hơn khi trình bày.",
          "Có tiến bộ rõ; cần luyện tập thêm ở nhà để chắc kiến thức.",
          "Nắm được bài, còn chậm khi vận dụng; cô sẽ giúp em luyện thêm."],
    "C": ["Còn lúng túng với nội dung cơ bản; cần được kèm thêm mỗi ngày.",
          "Chưa hoàn thành một số nội dung; gia đình phối hợp cùng em ôn tập."],
}  # fmt: skip
QUALITY_COMMENTS = ["Đi học đều, lễ phép, biết giữ lời hứa và giúp đỡ bạn bè.",
                    "Trung thực, có trách nhiệm với việc được giao; yêu quý thầy cô."]  # fmt: skip
GENERAL_COMMENTS = ["Chủ động, biết phối hợp khi làm việc nhóm, có khả năng tự học.",
                    "Biết tự chuẩn bị đồ dùng; cần mạnh dạn nêu ý kiến hơn."]  # fmt: skip
SPECIFIC_COMMENTS = ["Sử dụng ngôn ngữ lưu loát; tính toán cẩn thận; yêu thích vẽ.",
                     "Vận động khéo léo; biết lập luận khi giải toán quen thuộc."]  # fmt: skip
HOMEROOM_COMMENTS = [
    "Em ngoan, chăm học và tiến bộ đều. Cô mong em tiếp tục đọc sách mỗi ngày.",
    "Em hoàn thành tốt nhiệm vụ học tập, hòa đồng với bạn. Gia đình tiếp tục động viên em.",
    "Em có nhiều cố gắng. Gia đình và cô cùng giúp em luyện viết cẩn thận hơn.",
]

PROGRESS = {Period.MID_TERM_1: 0.0, Period.END_TERM_1: 0.05, Period.MID_TERM_2: 0.08,
            Period.END_YEAR: 0.12}  # fmt: skip

LEFT_FOR_LATER = 3  # pupils of the subject that a teacher is in the middle of

TeacherOf = Callable[[str], StaffMember]


class ClassFiller:
    """Enters one class's period as its teachers would; `share` leaves subjects undone."""

    def __init__(self, school_class: SchoolClass, period: Period, *, share: float = 1.0) -> None:
        self.school_class = school_class
        self.period = period
        self.share = share
        self.chance = random.Random(f"{school_class.school_year}{school_class}{period}")
        self.expected = expectations(school_class, period)
        self.pupils = [row for row in roster(school_class, period) if not row.is_not_assessed]

    def fill(self, *, homeroom: StaffMember, teacher_of: TeacherOf) -> None:
        subjects = sorted({row.subject_code for row in self.school_class.subject_offerings.all()})
        begun = subjects[: round(len(subjects) * self.share)]
        for subject_code in begun:
            is_under_way = self.share < 1 and subject_code == begun[-1]
            pupils = self.pupils[:-LEFT_FOR_LATER] if is_under_way else self.pupils
            self._fill_subject(subject_code, teacher_of(subject_code), pupils)
        if self.share < 1:
            return
        self._save(actions.save_trait_results, self._trait_row, homeroom)
        self._save(actions.save_period_records, self._record_row, homeroom)
        if self.period == Period.END_YEAR:
            actions.confirm_year_decisions(school_class=self.school_class, by=homeroom)

    def _fill_subject(
        self, subject_code: str, teacher: StaffMember, pupils: list[Enrollment]
    ) -> None:
        actions.save_subject_results(
            school_class=self.school_class,
            period=self.period,
            subject_code=subject_code,
            rows=[
                self._subject_row(pupil, subject_code)
                for pupil in pupils
                if subject_code in self._expected_of(pupil).subjects
            ],
            by=teacher,
        )

    def _save(
        self, action: Callable[..., object], row: Callable[[Enrollment], RowEdit], by: StaffMember
    ) -> None:
        action(
            school_class=self.school_class,
            period=self.period,
            rows=[row(pupil) for pupil in self.pupils],
            by=by,
        )

    def _expected_of(self, pupil: Enrollment) -> Expectation:
        return self.expected[pupil.grade_level]

    def _strength(self, pupil: Enrollment) -> float:
        """Steady for a pupil over the years, a little better from period to period."""
        steady = random.Random(pupil.student.personal_id).triangular(0.2, 1.0, 0.82)
        return steady + PROGRESS[self.period] + self.chance.uniform(-0.08, 0.08)

    def _subject_row(self, pupil: Enrollment, subject_code: str) -> RowEdit:
        strength = self._strength(pupil)
        level = "T" if strength > 0.72 else "H" if strength > 0.3 else "C"
        score = None
        if subject_code in self._expected_of(pupil).tested:
            score = max(3 if level == "C" else 5, min(10, round(strength * 10)))
        comment = self.chance.choice(COMMENTS[level])
        return RowEdit(
            pupil.pk,
            {"level": Edit("", level), "score": Edit(None, score), "comment": Edit("", comment)},
        )

    def _trait_row(self, pupil: Enrollment) -> RowEdit:
        return RowEdit(
            pupil.pk,
            {
                code: Edit("", "T" if self._strength(pupil) > 0.6 else "Đ")
                for code in self._expected_of(pupil).traits
            },
        )

    def _record_row(self, pupil: Enrollment) -> RowEdit:
        steady = random.Random(f"{pupil.student.personal_id} grows")
        height = Decimal(round(104 + 6 * pupil.grade_level + steady.uniform(-5, 7), 1))
        weight = Decimal(round(14 + 3.2 * pupil.grade_level + steady.uniform(-3, 5), 1))
        texts = {
            "quality_comment": QUALITY_COMMENTS,
            "general_competence_comment": GENERAL_COMMENTS,
            "specific_competence_comment": SPECIFIC_COMMENTS,
            "homeroom_comment": HOMEROOM_COMMENTS,
        }
        return RowEdit(
            pupil.pk,
            {
                "absences_with_leave": Edit(None, steady.randrange(5)),
                "absences_without_leave": Edit(None, int(steady.random() > 0.9)),
                "height_cm": Edit(None, height.quantize(Decimal("0.1"))),
                "weight_kg": Edit(None, weight.quantize(Decimal("0.1"))),
                **{name: Edit("", self.chance.choice(bank)) for name, bank in texts.items()},
            },
        )
