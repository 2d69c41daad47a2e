import pytest

from assessments import actions
from assessments.completeness import (
    REQUIRED_FIELDS,
    Kind,
    count_by_place,
    expectations,
    missing_in_class,
)
from assessments.merge import Edit, RowEdit
from assessments.models import ClassPeriod, PeriodRecord, SubjectResult, TestScore
from rulesets import Period
from tests import factories
from tests.assessments.filling import assign_every_subject, fill_class
from tests.cast import Cast


@pytest.fixture
def filled(cast: Cast) -> Cast:
    assign_every_subject(cast.school_class, cast.ngoc)
    fill_class(
        cast.school_class,
        Period.END_TERM_1,
        homeroom=cast.ngoc,
        teachers={"ngoai_ngu_1": cast.binh},
    )
    return cast


def _missing(cast: Cast) -> list[tuple[str, str, str]]:
    return [
        (entry.enrollment.student.full_name, entry.kind, entry.code)
        for entry in missing_in_class(cast.school_class, Period.END_TERM_1)
    ]


def test_a_filled_class_lacks_nothing(filled: Cast) -> None:
    assert _missing(filled) == []


def test_an_empty_class_lacks_every_subject_of_every_pupil(cast: Cast) -> None:
    counts = count_by_place(missing_in_class(cast.school_class, Period.END_TERM_1))
    assert counts[Kind.SUBJECT_LEVEL, "toan"] == 3
    assert counts[Kind.TEST_SCORE, "toan"] == 3
    assert counts[Kind.TRAIT_LEVEL, "trung_thuc"] == 3
    assert counts[Kind.RECORD_FIELD, "homeroom_comment"] == 3
    assert (Kind.TEST_SCORE, "dao_duc") not in counts
    assert (Kind.RECORD_FIELD, "height_cm") not in counts


def test_a_missing_level_is_named(filled: Cast) -> None:
    SubjectResult.objects.filter(record__enrollment=filled.anh, subject_code="dao_duc").update(
        level=""
    )
    assert _missing(filled) == [("Lê Minh Anh", Kind.SUBJECT_LEVEL, "dao_duc")]


def test_a_missing_score_is_named(filled: Cast) -> None:
    TestScore.objects.filter(
        result__record__enrollment=filled.hhen, result__subject_code="khoa_hoc"
    ).delete()
    assert _missing(filled) == [("H'Hen Niê", Kind.TEST_SCORE, "khoa_hoc")]


def test_an_exempt_pupil_owes_no_score(filled: Cast) -> None:
    result = SubjectResult.objects.get(record__enrollment=filled.duc, subject_code="tin_hoc")
    result.test_scores.all().delete()
    SubjectResult.objects.filter(pk=result.pk).update(level="M", exemption_reason="Em mổ tim")
    assert _missing(filled) == []


def test_a_pupil_who_is_not_assessed_owes_nothing(cast: Cast) -> None:
    for enrollment in (cast.anh, cast.hhen, cast.duc):
        enrollment.is_not_assessed = True
        enrollment.save(update_fields=["is_not_assessed"])
    assert _missing(cast) == []


def test_no_absences_is_an_answer(filled: Cast) -> None:
    actions.save_period_records(
        school_class=filled.school_class,
        period=Period.END_TERM_1,
        rows=[RowEdit(filled.anh.pk, {"absences_with_leave": Edit(2, 0)})],
        by=filled.ngoc,
    )
    assert _missing(filled) == []


def test_each_grade_of_a_multi_grade_class_owes_its_own(cast: Cast) -> None:
    school_class = factories.make_class(cast.school_year, "3+4", (3, 4))
    expected = expectations(school_class, Period.END_TERM_1)
    assert "khoa_hoc" in expected[4].tested
    assert "khoa_hoc" not in expected[3].subjects
    assert "tu_nhien_va_xa_hoi" in expected[3].subjects


def test_the_year_end_wants_a_decision(cast: Cast) -> None:
    class_period = ClassPeriod.objects.create(
        school_class=cast.school_class, period=Period.END_YEAR
    )
    PeriodRecord.objects.create(class_period=class_period, enrollment=cast.anh)
    counts = count_by_place(missing_in_class(cast.school_class, Period.END_YEAR))
    assert counts[Kind.YEAR_DECISION, ""] == 3


def test_every_period_says_what_it_requires() -> None:
    assert REQUIRED_FIELDS.keys() == set(Period)
    fields = {name for names in REQUIRED_FIELDS.values() for name in names}
    assert fields <= {field.name for field in PeriodRecord._meta.get_fields()}


@pytest.mark.parametrize("pupils", [1, 45])
def test_the_queries_do_not_grow_with_the_class(
    cast: Cast, pupils: int, django_assert_max_num_queries
) -> None:
    school_class = factories.make_class(cast.school_year, "5C", (5,))
    for number in range(pupils):
        factories.enroll(factories.make_student(f"Trần Văn {number}"), school_class)
    with django_assert_max_num_queries(7):
        missing_in_class(school_class, Period.END_TERM_1)
