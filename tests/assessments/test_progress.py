import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments import actions
from assessments.completeness import Kind, count_by_place, missing_in_class
from assessments.merge import Edit, RowEdit
from assessments.models import SubjectResult
from assessments.progress import ClassProgress, progress_of
from assessments.workflow import Status
from rulesets import Period
from schools.models import SchoolClass
from tests import factories
from tests.assessments.filling import assign_every_subject, fill_class, subject_row
from tests.cast import NOW, Cast

END_TERM_1 = Period.END_TERM_1


def progress(school_class: SchoolClass, period: str = END_TERM_1) -> ClassProgress:
    (found,) = progress_of([school_class], school_year=school_class.school_year, period=period)
    return found


def missing_kinds(found: ClassProgress) -> dict[Kind, int]:
    counted: dict[Kind, int] = {}
    for part in found.parts:
        for kind, pupils in part.missing.items():
            counted[kind] = counted.get(kind, 0) + pupils
    return {kind: pupils for kind, pupils in counted.items() if pupils}


def missing_kinds_of_list(school_class: SchoolClass, period: str) -> dict[Kind, int]:
    counted: dict[Kind, int] = {}
    for (kind, _code), pupils in count_by_place(missing_in_class(school_class, period)).items():
        counted[kind] = counted.get(kind, 0) + pupils
    return counted


def enter(cast: Cast, subject_code: str, *rows: RowEdit) -> None:
    actions.save_subject_results(
        school_class=cast.school_class,
        period=END_TERM_1,
        subject_code=subject_code,
        rows=rows,
        by=cast.ngoc,
    )


def test_an_untouched_class_owes_everything(cast: Cast) -> None:
    found = progress(cast.school_class)
    assert (found.pupils, found.complete_parts, found.saved_at) == (3, 0, None)
    assert found.class_period.status == Status.OPEN
    assert found.subjects["toan"].total == 3
    assert found.subjects["toan"].missing == {Kind.SUBJECT_LEVEL: 3, Kind.TEST_SCORE: 3}


def test_a_subject_without_a_test_lacks_levels_only(cast: Cast) -> None:
    assert progress(cast.school_class).subjects["dao_duc"].missing == {Kind.SUBJECT_LEVEL: 3}


def test_a_pupil_is_done_when_level_and_score_are_there(cast: Cast) -> None:
    enter(
        cast,
        "toan",
        subject_row(cast.anh.pk, level="T", score=9),
        subject_row(cast.hhen.pk, level="H"),
    )
    toan = progress(cast.school_class).subjects["toan"]
    assert (toan.done, toan.total) == (1, 3)
    assert toan.missing == {Kind.SUBJECT_LEVEL: 1, Kind.TEST_SCORE: 2}
    assert toan.saved_at == NOW


def test_an_exempt_pupil_needs_no_score(cast: Cast) -> None:
    enter(cast, "toan", subject_row(cast.anh.pk, level="M"))
    SubjectResult.objects.update(exemption_reason="Em mổ tim")
    assert progress(cast.school_class).subjects["toan"].done == 1


def test_a_pupil_not_assessed_owes_nothing(cast: Cast) -> None:
    cast.duc.is_not_assessed = True
    cast.duc.save()
    found = progress(cast.school_class)
    assert (found.pupils, found.not_assessed) == (3, 1)
    assert found.subjects["toan"].total == found.traits.total == 2


def test_a_pupil_who_left_before_the_roster_day_owes_nothing(cast: Cast) -> None:
    enter(cast, "toan", subject_row(cast.duc.pk, level="T", score=9))
    cast.duc.ended_on = NOW.date() - datetime.timedelta(days=1)
    cast.duc.exit_reason = "withdrawn"
    cast.duc.save()
    toan = progress(cast.school_class).subjects["toan"]
    assert (toan.done, toan.total) == (0, 2)


def test_who_left_after_submission_stays_counted(cast: Cast) -> None:
    submit(cast)
    cast.duc.ended_on = NOW.date()
    cast.duc.exit_reason = "withdrawn"
    cast.duc.save()
    cast.anh.ended_on = NOW.date() - datetime.timedelta(days=3)
    cast.anh.exit_reason = "withdrawn"
    cast.anh.save()
    assert progress(cast.school_class).pupils == 3


def submit(cast: Cast) -> None:
    assign_every_subject(cast.school_class, cast.ngoc)
    fill_class(
        cast.school_class, END_TERM_1, homeroom=cast.ngoc, teachers={"ngoai_ngu_1": cast.binh}
    )
    actions.submit_class_period(school_class=cast.school_class, period=END_TERM_1, by=cast.ngoc)


def test_a_filled_class_is_complete(cast: Cast) -> None:
    submit(cast)
    found = progress(cast.school_class)
    assert found.is_complete
    assert found.complete_parts == len(found.parts) == 14
    assert found.class_period.status == Status.SUBMITTED


@pytest.mark.parametrize("period", Period)
def test_the_counts_agree_with_the_list_of_what_is_missing(cast: Cast, period: Period) -> None:
    half_filled(cast)
    assert missing_kinds(progress(cast.school_class, period)) == missing_kinds_of_list(
        cast.school_class, period
    )


def half_filled(cast: Cast) -> None:
    enter(cast, "tieng_viet", subject_row(cast.anh.pk, level="H", comment="Đọc tốt."))
    actions.save_trait_results(
        school_class=cast.school_class,
        period=END_TERM_1,
        rows=[RowEdit(cast.duc.pk, {"nhan_ai": Edit("", "T"), "cham_chi": Edit("", "Đ")})],
        by=cast.ngoc,
    )
    actions.save_period_records(
        school_class=cast.school_class,
        period=END_TERM_1,
        rows=[RowEdit(cast.hhen.pk, {"absences_with_leave": Edit(None, 0)})],
        by=cast.ngoc,
    )


def test_a_multigrade_class_counts_each_grade_for_what_it_owes(cast: Cast) -> None:
    mixed = factories.make_class(cast.school_year, "2+4", (2, 4))
    factories.enroll(factories.make_student("Nông Thị Mây"), mixed, grade_level=2)
    factories.enroll(factories.make_student("Hà Văn Núi"), mixed, grade_level=4)
    subjects = progress(mixed).subjects
    assert subjects["toan"].total == 2
    assert subjects["khoa_hoc"].total == 1
    assert subjects["tu_nhien_va_xa_hoi"].total == 1


def test_pupils_reopened_alone_are_counted_apart(cast: Cast) -> None:
    submit(cast)
    class_period = cast.school_class.class_periods.get()
    actions.sign_off_class_period(class_period=class_period, by=cast.hanh)
    record = class_period.records.get(enrollment=cast.anh)
    actions.reopen_record(record=record, reason="Nhập nhầm", by=cast.hanh)
    assert progress(cast.school_class).pupils_apart == 1


def test_the_number_of_queries_is_the_same_for_1_and_25_classes(cast: Cast) -> None:
    classes = [factories.make_class(cast.school_year, f"3.{number}", (3,)) for number in range(25)]
    for school_class in classes:
        factories.enroll(factories.make_student("Nông Thị Mây"), school_class)
    counts = []
    for some in ([cast.school_class], [cast.school_class, *classes]):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            progress_of(
                [SchoolClass.objects.select_related("school_year").get(pk=row.pk) for row in some],
                school_year=cast.school_year,
                period=END_TERM_1,
            )
        counts.append(len(queries) - len(some))
    assert counts[0] == counts[1] <= 9
