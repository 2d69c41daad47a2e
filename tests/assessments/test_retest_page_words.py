"""What the pages of retests and of more time say, and whom they offer."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse

from assessments import actions
from assessments.extension_page import ExtensionPage, extension_page
from assessments.forms.extensions import EVERYBODY
from assessments.links import class_period_url
from assessments.models import ExtensionRequest
from assessments.permissions import OfferedGrade
from assessments.retest_page import (
    RetestPage,
    ShownRetest,
    grades_with_retests,
    records_to_propose,
)
from rulesets import Period
from schools.models import StaffMember
from tests import factories
from tests.assessments import states
from tests.assessments.pages import save_cells, subject_url
from tests.cast import Cast

END_TERM_1 = Period.END_TERM_1
LATE = datetime.datetime(2027, 1, 20, 5, tzinfo=datetime.UTC)
TAUGHT = OfferedGrade(4, is_taught=True)


@pytest.fixture
def late(cast: Cast) -> Iterator[Cast]:
    with time_machine.travel(LATE, tick=False):
        yield cast


# Retests


def offered(cast: Cast, subject_code: str = "toan", period: str = END_TERM_1, grade=TAUGHT):
    found = records_to_propose(cast.school_class, period, subject_code, [grade])
    return [record.enrollment for record in found]


def retest_page(cast: Cast) -> RetestPage:
    return RetestPage(cast.school_class, END_TERM_1, "toan", [])


def test_on_its_own_page_a_retest_is_called_after_the_pupil(cast: Cast) -> None:
    assert ShownRetest(states.proposed_retest(cast)).title == "Em Lê Minh Anh"


def test_on_a_desk_it_says_class_subject_and_time_too(cast: Cast) -> None:
    shown = ShownRetest(states.proposed_retest(cast), is_named_fully=True)
    assert shown.title == "Em Lê Minh Anh, lớp 4A · Toán · Cuối học kỳ I"


def test_before_the_test_only_the_questioned_score_stands(cast: Cast) -> None:
    assert ShownRetest(states.agreed_retest(cast)).scores == "Điểm đã có: 9"


def test_after_the_test_both_scores_stand_with_its_day(cast: Cast) -> None:
    retest = states.taken_retest(cast)
    retest.refresh_from_db()
    shown = ShownRetest(retest)
    assert shown.scores == "Điểm đã có: 9. Kiểm tra lại ngày 05/01/2027: 10"


def test_a_retest_leads_to_the_page_of_its_subject(cast: Cast) -> None:
    shown = ShownRetest(states.proposed_retest(cast))
    assert shown.url == reverse("subject_retests", args=[cast.school_class.pk, END_TERM_1, "toan"])


def test_the_page_is_called_after_its_subject(cast: Cast) -> None:
    assert retest_page(cast).title == "Kiểm tra lại Toán"


def test_the_page_says_class_and_time(cast: Cast) -> None:
    assert retest_page(cast).lead == "Lớp 4A · Cuối học kỳ I"


def test_the_page_leads_back_step_by_step(cast: Cast) -> None:
    crumbs = [(crumb["label"], crumb["url"]) for crumb in retest_page(cast).crumbs]
    assert crumbs == [
        ("Bàn làm việc", reverse("desk")),
        ("Lớp 4A, cuối học kỳ I", class_period_url(cast.school_class, END_TERM_1)),
        ("Toán", subject_url(cast)),
        ("Kiểm tra lại", ""),
    ]


def test_pupils_with_a_score_are_offered_in_roll_order(cast: Cast) -> None:
    for pupil in (cast.duc, cast.hhen, cast.anh):
        save_cells(cast, pupil, score=(None, 9))
    assert offered(cast) == [cast.anh, cast.duc, cast.hhen]


def test_a_level_alone_is_no_score(cast: Cast) -> None:
    save_cells(cast, cast.anh, level=("", "T"))
    assert offered(cast) == []


def test_a_score_of_another_time_is_not_offered(cast: Cast) -> None:
    save_cells(cast, cast.anh, score=(None, 9))
    assert offered(cast, period=Period.END_YEAR) == []


def test_a_score_of_another_subject_is_not_offered(cast: Cast) -> None:
    save_cells(cast, cast.anh, score=(None, 9))
    assert offered(cast, "tieng_viet") == []


def test_a_grade_that_she_does_not_teach_is_not_offered(cast: Cast) -> None:
    save_cells(cast, cast.anh, score=(None, 9))
    assert offered(cast, grade=OfferedGrade(4, is_taught=False)) == []


def test_an_agreed_retest_is_not_proposed_again_meanwhile(cast: Cast) -> None:
    states.agreed_retest(cast)
    assert cast.anh not in offered(cast)


def test_a_declined_pupil_is_offered_again(cast: Cast) -> None:
    states.declined_retest(cast)
    assert cast.anh in offered(cast)


def test_a_pupil_who_was_tested_again_is_offered_once(cast: Cast) -> None:
    states.taken_retest(cast)
    assert offered(cast).count(cast.anh) == 1


def test_a_proposal_in_one_subject_leaves_the_others_free(cast: Cast) -> None:
    states.proposed_retest(cast)
    assert cast.anh in offered(cast, "tieng_viet")


def test_of_a_mixed_class_only_the_grade_with_a_test_has_retests(cast: Cast) -> None:
    mixed = factories.make_class(cast.school_year, "Ghép 2-3", (2, 3))
    grades = [OfferedGrade(2, is_taught=True), OfferedGrade(3, is_taught=True)]
    assert grades_with_retests(mixed, END_TERM_1, "ngoai_ngu_1", grades) == grades[1:]


def test_the_middle_of_a_term_has_no_retests(cast: Cast) -> None:
    assert grades_with_retests(cast.school_class, Period.MID_TERM_1, "toan", [TAUGHT]) == []


# More time


def extending(cast: Cast, asked: ExtensionRequest | None = None) -> ExtensionPage:
    window = cast.school_year.period_windows.get(period=END_TERM_1)
    return extension_page(cast.school_class, window, asked=str(asked.pk) if asked else "")


def ask(cast: Cast, by: StaffMember) -> ExtensionRequest:
    return actions.request_extension(
        school_class=cast.school_class, period=END_TERM_1, reason="Tôi ốm", by=by
    )


def test_the_page_of_more_time_is_called_after_class_and_time(cast: Cast) -> None:
    assert extending(cast).title == "Gia hạn lớp 4A, Cuối học kỳ I"


def test_its_button_names_the_class(cast: Cast) -> None:
    assert extending(cast).button == "Gia hạn lớp 4A"


def test_it_leads_back_to_the_class(cast: Cast) -> None:
    assert extending(cast).back_url == class_period_url(cast.school_class, END_TERM_1)


def test_unasked_it_warns_that_lateness_is_kept(cast: Cast) -> None:
    assert extending(cast).lead.startswith("Nhập muộn được ghi lại")


def test_unasked_its_form_is_empty(cast: Cast) -> None:
    assert extending(cast).initial == {}


def test_asked_it_quotes_who_asked(late: Cast) -> None:
    page = extending(late, ask(late, late.binh))
    assert page.lead == "Y Bình Êban đề nghị: “Tôi ốm”"


def test_a_subject_teacher_asks_for_herself(late: Cast) -> None:
    page = extending(late, ask(late, late.binh))
    assert page.initial == {"reason": "Tôi ốm", "teacher": late.binh.pk}


def test_who_no_longer_teaches_here_has_asked_for_everybody(late: Cast) -> None:
    asked = ask(late, late.binh)
    offering = late.school_class.subject_offerings.get(subject_code="ngoai_ngu_1")
    offering.teaching_assignments.all().delete()
    assert extending(late, asked).initial["teacher"] == EVERYBODY


def test_the_homeroom_teacher_stands_first_and_each_once(cast: Cast) -> None:
    assert extending(cast).teachers == [cast.ngoc, cast.binh]


def test_a_class_without_homeroom_teacher_lists_its_subject_teachers(cast: Cast) -> None:
    cast.school_class.homeroom_assignments.all().delete()
    assert set(extending(cast).teachers) == {cast.ngoc, cast.binh}
