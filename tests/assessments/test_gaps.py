from assessments import actions
from assessments.completeness import Kind, missing_in_class
from assessments.gaps import Grid, Lack, lacks_by_grid
from assessments.merge import Edit, RowEdit
from rulesets import Period
from tests import factories
from tests.assessments import states
from tests.cast import Cast

END_TERM_1 = Period.END_TERM_1
TRAITS = (Kind.TRAIT_LEVEL, "")
RECORDS = (Kind.RECORD_FIELD, "")


def gaps(cast: Cast) -> dict[Grid, list[Lack]]:
    missing = missing_in_class(cast.school_class, END_TERM_1)
    return lacks_by_grid(missing, cast.school_year.ruleset)


def sentences(lacks: list[Lack]) -> list[str]:
    return [lack.sentence for lack in lacks]


def clear_traits(cast: Cast, *codes: str) -> None:
    actions.save_trait_results(
        school_class=cast.school_class,
        period=END_TERM_1,
        rows=[RowEdit(cast.anh.pk, {code: Edit("T", "") for code in codes})],
        by=cast.ngoc,
    )


def test_a_filled_class_has_none(cast: Cast) -> None:
    states.filled(cast)
    assert gaps(cast) == {}


def test_a_subject_counts_levels_and_scores_apart(cast: Cast) -> None:
    assert sentences(gaps(cast)[Kind.SUBJECT_LEVEL, "toan"]) == [
        "3 em chưa có mức đạt được",
        "3 em chưa có điểm kiểm tra",
    ]


def test_each_lack_has_its_pupils(cast: Cast) -> None:
    states.filled(cast)
    states.correct(cast, "toan", score=(9, None))
    assert gaps(cast) == {
        (Kind.SUBJECT_LEVEL, "toan"): [Lack("1 em chưa có điểm kiểm tra", ["Lê Minh Anh"])]
    }


def test_traits_are_one_line_with_the_few_that_a_pupil_lacks(cast: Cast) -> None:
    states.filled(cast)
    clear_traits(cast, "nhan_ai", "cham_chi")
    assert gaps(cast)[TRAITS] == [Lack("1 em chưa đủ mức", ["Lê Minh Anh (Nhân ái, Chăm chỉ)"])]


def test_many_lacking_traits_are_not_listed(cast: Cast) -> None:
    states.filled(cast)
    clear_traits(cast, "nhan_ai", "cham_chi", "trung_thuc", "yeu_nuoc")
    assert gaps(cast)[TRAITS][0].names == ["Lê Minh Anh"]


def test_two_pupils_of_one_name_are_two(cast: Cast) -> None:
    factories.enroll(factories.make_student("Lê Minh Anh"), cast.school_class)
    assert gaps(cast)[TRAITS][0].sentence == "4 em chưa đủ mức"
    assert gaps(cast)[TRAITS][0].names.count("Lê Minh Anh") == 2


def test_each_field_of_the_record_is_named(cast: Cast) -> None:
    assert sentences(gaps(cast)[RECORDS]) == [
        "3 em chưa có buổi nghỉ có phép",
        "3 em chưa có buổi nghỉ không phép",
        "3 em chưa có nhận xét của giáo viên chủ nhiệm",
    ]
