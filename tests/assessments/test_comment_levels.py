import pytest

from assessments import actions
from assessments.comment_levels import record_levels
from assessments.grids import classes_at, period_sheet
from assessments.merge import Edit, RowEdit
from rulesets import Period
from tests.assessments.filling import assign_every_subject

PERIOD = Period.END_TERM_1


def levels_of(cast, pupil):
    school_class = classes_at(cast.school, PERIOD).get(pk=cast.school_class.pk)
    return record_levels(period_sheet(school_class, PERIOD)).get(pupil.pk, {})


def enter_subjects(cast, pupil, **levels):
    assign_every_subject(cast.school_class, cast.ngoc)
    for subject_code, level in levels.items():
        actions.save_subject_results(
            school_class=cast.school_class,
            period=PERIOD,
            subject_code=subject_code,
            rows=[RowEdit(pupil.pk, {"level": Edit("", level)})],
            by=cast.ngoc,
        )


def enter_traits(cast, pupil, **levels):
    edits = {code: Edit("", level) for code, level in levels.items()}
    actions.save_trait_results(
        school_class=cast.school_class, period=PERIOD, rows=[RowEdit(pupil.pk, edits)], by=cast.ngoc
    )


def test_nothing_entered_prefers_nothing(cast):
    assert levels_of(cast, cast.anh) == {}


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ("T", "T"),
        ("TTH", "T"),
        ("THH", "H"),
        ("TH", "H"),
        ("THC", "C"),
        ("TTHHC", "H"),
    ],
)
def test_the_homeroom_comment_follows_most_subjects_and_the_weaker_of_equals(
    cast, levels, expected
):
    subjects = ("toan", "tieng_viet", "dao_duc", "khoa_hoc", "am_nhac")
    enter_subjects(cast, cast.anh, **dict(zip(subjects, levels, strict=False)))
    assert levels_of(cast, cast.anh) == {"homeroom_comment": expected}


def test_an_exemption_is_no_level(cast):
    enter_subjects(cast, cast.anh, am_nhac="M")
    assert levels_of(cast, cast.anh) == {}


def test_a_groups_comment_follows_its_weakest_trait(cast):
    enter_traits(cast, cast.duc, yeu_nuoc="T", nhan_ai="Đ", tinh_toan="C", ngon_ngu="T")
    assert levels_of(cast, cast.duc) == {
        "quality_comment": "Đ",
        "specific_competence_comment": "C",
    }


def test_each_pupil_has_her_own(cast):
    enter_traits(cast, cast.anh, yeu_nuoc="T")
    enter_traits(cast, cast.hhen, yeu_nuoc="C")
    assert levels_of(cast, cast.anh) == {"quality_comment": "T"}
    assert levels_of(cast, cast.hhen) == {"quality_comment": "C"}
