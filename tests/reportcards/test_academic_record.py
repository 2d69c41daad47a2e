import datetime
from dataclasses import dataclass

import pytest
from django.utils import timezone, translation

from assessments.models import SubjectResult, YearDecision
from reportcards.academic_record import (
    Book,
    book_for_guardian,
    book_for_school,
    children_of,
    classes_of,
    enrollments_of,
    students_of,
    years_of_class,
)
from reportcards.documents.paper_book import year_of
from reportcards.documents.paper_form import YearPages, YearState
from reportcards.documents.paper_front import Front, front
from schools.models import School
from students.models import Enrollment, ExitReason
from tests import factories
from tests.cast import Cast
from tests.reportcards.year_ends import decide_year, enter_year, reopen, sign_off, signed_year

ONE_YEAR = datetime.timedelta(days=365)


@dataclass(frozen=True)
class Read:
    """A book as its pages say it."""

    book: Book

    @property
    def front(self) -> Front:
        return front(self.book.front.body)

    @property
    def years(self) -> list[YearPages]:
        return [year_of(year.body) for year in self.book.years]


def for_school(enrollment: Enrollment, school: School) -> Read:
    return Read(book_for_school(enrollments_of(enrollment.student), school))


def for_guardian(enrollment: Enrollment) -> Read | None:
    book = book_for_guardian(enrollments_of(enrollment.student))
    return book and Read(book)


def state_of(enrollment: Enrollment) -> YearState:
    [year] = for_school(enrollment, enrollment.school_class.school_year.school).years
    return year.state


def end(enrollment: Enrollment, ended_on: datetime.date, reason: ExitReason) -> None:
    enrollment.ended_on, enrollment.exit_reason = ended_on, reason
    enrollment.save(update_fields=["ended_on", "exit_reason"])


def year_before(cast: Cast, school: School | None = None) -> Enrollment:
    """Anh in 3B, in the year before the cast's."""
    year = factories.make_school_year(school or cast.school, 2025)
    return factories.enroll(
        cast.anh.student,
        factories.make_class(year, "3B", (3,)),
        ended_on=year.ends_on,
        exit_reason=ExitReason.YEAR_ENDED,
    )


def test_a_signed_year_is_the_payload_that_was_signed(cast: Cast) -> None:
    record = signed_year(cast.anh, signer=cast.hanh)
    SubjectResult.objects.filter(record=record).update(comment="Sửa sau khi ký")
    [year] = for_school(cast.anh, cast.school).years
    assert year.state == YearState.SIGNED_OFF
    assert year.subjects[0].comment == "Chăm học."
    assert year.signature.signer_name == "Nguyễn Thị Hạnh"
    assert year.completion == "Hoàn thành chương trình lớp 4; Được lên lớp 5."


def test_a_year_that_is_not_signed_is_a_draft_of_what_stands_now(cast: Cast) -> None:
    enter_year(cast.anh, by=cast.ngoc.user, comment="Đọc to, rõ.")
    [year] = for_school(cast.anh, cast.school).years
    assert year.state == YearState.DRAFT
    assert year.subjects[0].comment == "Đọc to, rõ."
    assert year.signature.signer_name == ""
    assert year.signature.homeroom_teacher == "Trần Thị Ngọc"


def test_a_year_without_results_is_an_empty_draft_of_the_class(cast: Cast) -> None:
    [year] = for_school(cast.anh, cast.school).years
    assert year.state == YearState.DRAFT
    assert (year.class_name, year.school_year) == ("4A", "2026 – 2027")
    assert {row.level for row in year.subjects} == {""}
    assert len(year.subjects) == 14


def test_a_signed_year_without_decision_is_a_draft(cast: Cast) -> None:
    sign_off(enter_year(cast.anh, by=cast.ngoc.user), signer=cast.hanh)
    assert state_of(cast.anh) == YearState.DRAFT


def test_a_year_whose_decision_is_not_signed_off_is_a_draft(cast: Cast) -> None:
    record = enter_year(cast.anh, by=cast.ngoc.user)
    decide_year(cast.anh, by=cast.ngoc.user, signed_off_at=None, signed_off_by=None)
    sign_off(record, signer=cast.hanh)
    assert state_of(cast.anh) == YearState.DRAFT
    assert for_guardian(cast.anh) is None


def test_nobody_decides_the_year_of_a_pupil_who_is_not_assessed(cast: Cast) -> None:
    Enrollment.objects.filter(pk=cast.anh.pk).update(is_not_assessed=True)
    sign_off(enter_year(cast.anh, by=cast.ngoc.user), signer=cast.hanh)
    assert state_of(cast.anh) == YearState.SIGNED_OFF


def test_a_reopened_year_is_a_draft_for_staff_and_under_review_for_guardians(cast: Cast) -> None:
    record = signed_year(cast.anh, signer=cast.hanh)
    reopen(record)
    SubjectResult.objects.filter(record=record).update(comment="Đang sửa")
    [draft] = for_school(cast.anh, cast.school).years
    assert (draft.state, draft.subjects[0].comment) == (YearState.DRAFT, "Đang sửa")
    read = for_guardian(cast.anh)
    assert read is not None
    [shown] = read.years
    assert (shown.state, shown.subjects[0].comment) == (YearState.UNDER_REVIEW, "Chăm học.")


def test_a_guardian_reads_signed_years_alone(cast: Cast) -> None:
    signed_year(year_before(cast), signer=cast.hanh)
    enter_year(cast.anh, by=cast.ngoc.user)
    read = for_guardian(cast.anh)
    assert read is not None
    assert [(year.class_name, year.state) for year in read.years] == [("3B", YearState.SIGNED_OFF)]


def test_a_guardian_reads_nothing_before_something_is_signed(cast: Cast) -> None:
    enter_year(cast.anh, by=cast.ngoc.user)
    assert for_guardian(cast.anh) is None


def test_years_and_history_stand_in_order(cast: Cast) -> None:
    signed_year(year_before(cast), signer=cast.hanh)
    read = for_school(cast.anh, cast.school)
    assert [year.class_name for year in read.years] == ["3B", "4A"]
    assert [year.state for year in read.years] == [
        YearState.SIGNED_OFF,
        YearState.DRAFT,
    ]
    assert [(row.school_year, row.class_name) for row in read.front.history] == [
        ("2025 – 2026", "3B"),
        ("2026 – 2027", "4A"),
    ]


def test_a_change_of_class_is_two_rows_of_history_and_one_year(cast: Cast) -> None:
    end(cast.anh, datetime.date(2026, 12, 1), ExitReason.YEAR_ENDED)
    class_4b = factories.make_class(cast.school_year, "4B", (4,))
    now_in_4b = factories.enroll(
        cast.anh.student, class_4b, enrolled_on=datetime.date(2026, 12, 2), register_number="17"
    )
    signed_year(now_in_4b, signer=cast.hanh)
    read = for_school(cast.anh, cast.school)
    assert [year.class_name for year in read.years] == ["4B"]
    assert [row.class_name for row in read.front.history] == ["4A", "4B"]
    assert read.front.history[1].register_number == "17"
    assert read.front.history[1].entered_on == datetime.date(2026, 12, 2)


def test_a_school_inherits_what_another_one_signed(cast: Cast) -> None:
    signed_year(year_before(cast, cast.other_school), signer=cast.quang)
    earlier = for_school(cast.anh, cast.school).years[0]
    assert (earlier.school_name, earlier.state) == ("Tiểu học Lê Lợi", YearState.SIGNED_OFF)
    assert earlier.subjects[0].level == "T"


def test_a_school_does_not_see_what_another_one_has_not_signed(cast: Cast) -> None:
    enter_year(year_before(cast, cast.other_school), by=cast.quang.user)
    earlier = for_school(cast.anh, cast.school).years[0]
    assert earlier.state == YearState.DRAFT
    assert {row.level for row in earlier.subjects} == {""}


def test_the_school_that_a_pupil_left_does_not_see_where_she_is_now(cast: Cast) -> None:
    end(cast.anh, datetime.date(2026, 12, 1), ExitReason.TRANSFERRED_OUT)
    there = factories.enroll(
        cast.anh.student, cast.other_class, enrolled_on=datetime.date(2026, 12, 2)
    )
    signed_year(there, signer=cast.quang)
    left = for_school(cast.anh, cast.school)
    assert [row.school_name for row in left.front.history] == ["Tiểu học Kim Đồng"]
    assert left.front.cover.school_name == "Tiểu học Kim Đồng"
    assert [year.state for year in left.years] == [YearState.DRAFT]
    now_there = for_school(cast.anh, cast.other_school)
    assert [row.school_name for row in now_there.front.history] == [
        "Tiểu học Kim Đồng",
        "Tiểu học Lê Lợi",
    ]
    assert [year.school_name for year in now_there.years] == ["Tiểu học Lê Lợi"]


def test_the_cover_and_the_information_are_the_pupils_own(cast: Cast) -> None:
    student = cast.hhen.student
    student.residence = "Số 23, đường Hùng Vương"
    student.save(update_fields=["residence"])
    read = for_school(cast.hhen, cast.school)
    cover, information = read.front.cover, read.front.information
    assert (cover.student_name, cover.school_name) == ("H'Hen Niê", "Tiểu học Kim Đồng")
    assert (cover.commune_name, cover.province_name) == ("Phường Buôn Hồ", "Tỉnh Đắk Lắk")
    assert (information.gender, information.ethnicity) == ("Nữ", "Ê-đê")
    assert (information.residence, information.mother_name) == (
        "Số 23, đường Hùng Vương",
        "Phạm Thị Hòa",
    )


def test_the_form_is_vietnamese_for_english_readers_too(cast: Cast) -> None:
    with translation.override("en"):
        assert for_school(cast.duc, cast.school).front.information.gender == "Nam"


def test_a_class_has_its_pupils_in_roll_order(cast: Cast) -> None:
    signed_year(cast.duc, signer=cast.hanh)
    enter_year(cast.anh, by=cast.ngoc.user)
    pupils = years_of_class(cast.school_class)
    assert [(year.enrollment.student.full_name, year.body["state"]) for year in pupils] == [
        ("Lê Minh Anh", "DRAFT"),
        ("Võ Trí Đức", "SIGNED_OFF"),
        ("H'Hen Niê", "DRAFT"),
    ]


def test_a_class_does_not_have_the_pupils_who_left(cast: Cast) -> None:
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    end(cast.duc, yesterday, ExitReason.TRANSFERRED_OUT)
    names = [year.enrollment.student.full_name for year in years_of_class(cast.school_class)]
    assert names == ["Lê Minh Anh", "H'Hen Niê"]


@pytest.mark.parametrize("pupils", [1, 40])
def test_a_class_takes_a_fixed_number_of_queries(
    cast: Cast, pupils: int, django_assert_max_num_queries
) -> None:
    for number in range(pupils):
        enrollment = factories.enroll(
            factories.make_student(f"Lê Thị Lan {number}"), cast.school_class
        )
        if number % 2:
            enter_year(enrollment, by=cast.ngoc.user)
        else:
            signed_year(enrollment, signer=cast.hanh)
    school_class = classes_of(cast.school).get(pk=cast.school_class.pk)
    with django_assert_max_num_queries(14):
        assert len(years_of_class(school_class)) == pupils + 3


def test_a_book_of_five_years_takes_a_fixed_number_of_queries(
    cast: Cast, django_assert_max_num_queries
) -> None:
    for first_year in (2022, 2023, 2024, 2025):
        year = factories.make_school_year(cast.school, first_year)
        earlier = factories.enroll(
            cast.anh.student,
            factories.make_class(year, "1A", (1,)),
            ended_on=year.ends_on,
            exit_reason=ExitReason.YEAR_ENDED,
        )
        signed_year(earlier, signer=cast.hanh)
    enter_year(cast.anh, by=cast.ngoc.user)
    with django_assert_max_num_queries(12):
        assert len(for_school(cast.anh, cast.school).years) == 5


def test_a_school_has_its_own_pupils_and_classes(cast: Cast) -> None:
    assert set(students_of(cast.school)) == {
        cast.anh.student,
        cast.hhen.student,
        cast.duc.student,
    }
    assert set(classes_of(cast.school)) == {cast.school_class}


def test_a_guardian_has_her_confirmed_children_once(cast: Cast) -> None:
    factories.make_guardian(cast.hoa, cast.duc.student, confirmed_by=None)
    assert list(children_of(cast.hoa)) == [cast.anh.student]


def test_a_guardianship_that_ended_shows_nothing(cast: Cast) -> None:
    cast.hoa.guardianships.update(ended_on=timezone.localdate())
    assert not children_of(cast.hoa).exists()


def test_the_decision_of_a_year_is_read_from_its_own_enrollment(cast: Cast) -> None:
    signed_year(year_before(cast), signer=cast.hanh)
    assert YearDecision.objects.filter(enrollment=cast.anh).count() == 0
    states = [year.state for year in for_school(cast.anh, cast.school).years]
    assert states == [YearState.SIGNED_OFF, YearState.DRAFT]
