"""Who owes what when several teachers and classes do, and what a reminder leaves behind."""

import datetime

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from accounts.models import User
from assessments import actions
from assessments.actions.nudges import NudgeReport
from assessments.links import class_period_url
from assessments.models import Nudge
from assessments.owing import Owing, owing_in
from assessments.progress import progress_of
from assessments.reading import classes_in_order
from rulesets import Period
from schools.models import Role, SchoolClass, StaffMember
from tests import factories
from tests.assessments import states
from tests.assessments.pages import save_cells
from tests.cast import NOW, Cast
from tests.pages import client_of

END_TERM_1 = Period.END_TERM_1
TOMORROW = NOW + datetime.timedelta(days=1)


@pytest.fixture
def send(cast: Cast, django_capture_on_commit_callbacks):
    """Ms Hạnh reminds Mr Bình, who alone has an address."""
    User.objects.filter(username="binh").update(email="binh@kimdong.example")

    def sent() -> NudgeReport:
        with django_capture_on_commit_callbacks(execute=True):
            return actions.send_nudges(
                debtors=owing(cast).debtors, site_url="http://hocba.example/", by=cast.hanh
            )

    return sent


def owing(cast: Cast) -> Owing:
    classes = classes_in_order(cast.school_year)
    progress = progress_of(classes, school_year=cast.school_year, period=END_TERM_1)
    return owing_in(progress, school_year=cast.school_year, today=NOW.date())


def names(debtors) -> list[str]:
    return [row.teacher.full_name for row in debtors]


def sentences(cast: Cast, teacher: StaffMember) -> list[str]:
    [debtor] = [row for row in owing(cast).debtors if row.teacher == teacher]
    return [debt.sentence for debt in debtor.debts]


def second_class(cast: Cast) -> SchoolClass:
    second = factories.make_class(cast.school_year, "4B", (4,))
    factories.enroll(factories.make_student("Phan Gia Bảo"), second)
    return second


# Who owes what


def test_a_teacher_of_two_classes_owes_in_both(cast: Cast) -> None:
    factories.assign_teacher(second_class(cast), "ngoai_ngu_1", cast.binh)
    assert sentences(cast, cast.binh) == [
        "Lớp 4A, Ngoại ngữ 1: Thiếu 3 mức, 3 điểm",
        "Lớp 4B, Ngoại ngữ 1: Thiếu 1 mức, 1 điểm",
    ]


def test_two_teachers_of_one_subject_both_owe_it(cast: Cast) -> None:
    factories.assign_teacher(cast.school_class, "toan", cast.suong)
    assert sentences(cast, cast.suong) == ["Lớp 4A, Toán: Thiếu 3 mức, 3 điểm"]


def test_the_traits_of_a_class_without_a_homeroom_teacher_are_nobodys(cast: Cast) -> None:
    second_class(cast)
    found = [debt.sentence for debt in owing(cast).nobodys]
    assert any(sentence.startswith("Lớp 4B, Phẩm chất, năng lực") for sentence in found)


def test_debtors_stand_by_their_given_names(cast: Cast) -> None:
    assert names(owing(cast).debtors) == ["Y Bình Êban", "Trần Thị Ngọc"]


def test_a_returned_class_owes_what_it_lacks(cast: Cast) -> None:
    states.returned(cast)
    save_cells(cast, cast.anh, level=("T", ""))
    assert sentences(cast, cast.ngoc) == ["Lớp 4A, Toán: Thiếu 1 mức"]


def test_an_agreed_retest_is_owed_by_its_teacher(cast: Cast) -> None:
    states.agreed_retest(cast)
    assert sentences(cast, cast.ngoc) == ["Lớp 4A, Toán: Thiếu 1 điểm kiểm tra lại"]


def test_what_only_waits_to_be_handed_in_leads_to_the_class(cast: Cast) -> None:
    states.filled(cast)
    [debtor] = owing(cast).debtors
    assert debtor.debts[0].url == class_period_url(cast.school_class, END_TERM_1)


def test_whoever_reads_is_left_out_and_what_is_nobodys_stays(cast: Cast) -> None:
    all_of_it = owing(cast)
    left = all_of_it.without(cast.ngoc)
    assert (names(left.debtors), left.nobodys) == (["Y Bình Êban"], all_of_it.nobodys)


# Sending


def test_who_has_no_address_gets_nothing(cast: Cast, send) -> None:
    assert send().sent == [cast.binh]


def test_who_has_no_account_is_to_be_called(cast: Cast) -> None:
    colleague = factories.make_staff(cast.school, "Hà Thị Mơ", Role.TEACHER)
    factories.assign_teacher(cast.school_class, "am_nhac", colleague)
    assert "Hà Thị Mơ" in names(owing(cast).without_address)


def test_links_in_the_e_mail_have_one_slash_after_the_site(cast: Cast, send) -> None:
    send()
    grid = reverse("subject_grid", args=[cast.school_class.pk, END_TERM_1, "ngoai_ngu_1"])
    assert f"http://hocba.example{grid}" in mail.outbox[0].body


def test_a_sender_without_address_takes_no_reply(cast: Cast, send) -> None:
    send()
    assert mail.outbox[0].reply_to == []


def test_who_was_reminded_today_is_listed_apart(cast: Cast, send) -> None:
    send()
    found = owing(cast)
    assert (names(found.nudged_today), found.to_nudge) == (["Y Bình Êban"], [])


def test_tomorrow_she_may_be_reminded_again(cast: Cast, send) -> None:
    send()
    with time_machine.travel(TOMORROW, tick=False):
        assert send().sent == [cast.binh]


def test_a_second_press_of_the_day_sends_no_second_e_mail(cast: Cast, send) -> None:
    send()
    send()
    assert len(mail.outbox) == 1


def test_a_reminder_is_kept_with_its_moment_and_sender(cast: Cast, send) -> None:
    send()
    nudge = Nudge.objects.get()
    assert (nudge.staff_member, nudge.sent_at, nudge.sent_by) == (cast.binh, NOW, cast.hanh.user)


def test_a_reminder_is_called_after_its_teacher_and_day(cast: Cast, send) -> None:
    send()
    assert str(Nudge.objects.get()).endswith(" 05/01/2027")


def test_reading_the_page_sends_nothing(cast: Cast, send) -> None:
    client_of(cast, "hanh").get(reverse("school_nudges", args=[2026, END_TERM_1]))
    assert not Nudge.objects.exists()


@pytest.mark.parametrize(("first_year", "period"), [(2020, END_TERM_1), (2026, "monday")])
def test_a_time_that_the_school_does_not_know_is_not_found(
    cast: Cast, first_year: int, period: str
) -> None:
    url = f"/{first_year}/{period}/".join(
        reverse("school_nudges", args=[2026, END_TERM_1]).split(f"/2026/{END_TERM_1}/")
    )
    assert client_of(cast, "hanh").get(url).status_code == 404
