"""Subject teachers stand for their subjects at the year's end (QĐ 1789, Điều 14)."""

import datetime

import pytest
import time_machine
from django.urls import reverse

from assessments import actions
from assessments.confirmations import confirmed_subjects, unconfirmed_subjects
from assessments.errors import RecordLocked, StepNotAllowed
from assessments.models import ClassPeriod, SubjectConfirmation
from audit.errors import NotPermitted
from audit.models import AuditEvent
from schools.models import StaffMember
from tests.assessments import states, year_ends
from tests.assessments.year_ends import END_YEAR
from tests.cast import IN_MAY, Cast
from tests.pages import client_of

LATER = IN_MAY + datetime.timedelta(minutes=5)


@pytest.fixture
def year(in_may: Cast) -> Cast:
    year_ends.confirmed(in_may)
    return in_may


def the_period(cast: Cast) -> ClassPeriod:
    return ClassPeriod.objects.get(school_class=cast.school_class, period=END_YEAR)


def confirm(cast: Cast, subject_code: str, by: StaffMember) -> SubjectConfirmation:
    return actions.confirm_subject(
        school_class=cast.school_class, period=END_YEAR, subject_code=subject_code, by=by
    )


def confirm_every_subject(cast: Cast) -> None:
    for row in cast.school_class.subject_offerings.all():
        confirm(
            cast, row.subject_code, cast.binh if row.subject_code == "ngoai_ngu_1" else cast.ngoc
        )


def change_maths(cast: Cast) -> None:
    with time_machine.travel(LATER, tick=False):
        year_ends.edit_maths(cast, cast.duc, score=(9, 10))


def test_a_teacher_stands_for_her_subject(year: Cast) -> None:
    confirm(year, "toan", year.ngoc)
    confirmed = confirmed_subjects(the_period(year))["toan"]
    assert (confirmed.teacher_name, confirmed.confirmed_at) == ("Trần Thị Ngọc", IN_MAY)
    assert not confirmed.has_changed_since


def test_it_is_audited(year: Cast) -> None:
    confirm(year, "toan", year.ngoc)
    event = AuditEvent.objects.get(event="subject.confirmed")
    assert event.changes == {"subject": [None, "toan"]}
    assert event.school_class_id == year.school_class.pk


def test_nobody_stands_for_anothers_subject(year: Cast) -> None:
    for by in (year.binh, year.suong, year.hanh):
        with pytest.raises(NotPermitted):
            confirm(year, "toan", by)


def test_nobody_stands_for_what_is_incomplete(year: Cast) -> None:
    year_ends.edit_maths(year, year.duc, score=(9, None))
    with pytest.raises(StepNotAllowed, match="còn kết quả chưa nhập"):
        confirm(year, "toan", year.ngoc)


def test_nobody_stands_for_what_went_up_already(year: Cast) -> None:
    states.submit(year, END_YEAR)
    with pytest.raises(RecordLocked):
        confirm(year, "toan", year.ngoc)


def test_what_is_saved_later_is_not_stood_for(year: Cast) -> None:
    confirm(year, "toan", year.ngoc)
    confirm(year, "ngoai_ngu_1", year.binh)
    change_maths(year)
    confirmed = confirmed_subjects(the_period(year))
    assert confirmed["toan"].has_changed_since
    assert not confirmed["ngoai_ngu_1"].has_changed_since
    assert "toan" in unconfirmed_subjects(year.school_class, the_period(year))


def test_the_last_confirmation_counts_and_the_first_is_kept(year: Cast) -> None:
    confirm(year, "toan", year.ngoc)
    change_maths(year)
    with time_machine.travel(LATER, tick=False):
        confirm(year, "toan", year.ngoc)
    assert confirmed_subjects(the_period(year))["toan"].confirmed_at == LATER
    assert SubjectConfirmation.objects.filter(subject_code="toan").count() == 2


def test_what_nobody_stands_for_is_listed_in_form_order(year: Cast) -> None:
    confirm(year, "tieng_viet", year.ngoc)
    codes = unconfirmed_subjects(year.school_class, the_period(year))
    assert codes[:2] == ["toan", "ngoai_ngu_1"]
    assert len(codes) == year.school_class.subject_offerings.count() - 1


def test_a_class_that_nobody_has_begun_has_none(cast: Cast) -> None:
    assert confirmed_subjects(ClassPeriod(school_class=cast.school_class, period=END_YEAR)) == {}


# Where the department asks for it


@pytest.fixture
def strict(year: Cast) -> Cast:
    department = year.school.department
    department.asks_for_subject_confirmations = True
    department.save(update_fields=["asks_for_subject_confirmations"])
    year.school_class.school_year.school.department.refresh_from_db()
    return year


def test_elsewhere_a_class_goes_up_without(year: Cast) -> None:
    assert states.submit(year, END_YEAR).status == "submitted"


def test_it_does_not_go_up_before_everybody_stands_for_it(strict: Cast) -> None:
    confirm(strict, "toan", strict.ngoc)
    with pytest.raises(StepNotAllowed, match="chưa xác nhận kết quả của Tiếng Việt, Ngoại ngữ 1"):
        states.submit(strict, END_YEAR)


def test_it_goes_up_once_everybody_does(strict: Cast) -> None:
    confirm_every_subject(strict)
    assert states.submit(strict, END_YEAR).status == "submitted"


def test_an_earlier_period_never_asks(strict: Cast) -> None:
    with time_machine.travel(datetime.datetime(2027, 1, 6, 3, tzinfo=datetime.UTC), tick=False):
        assert states.submitted(strict).status == "submitted"


# On the page


def read(cast: Cast, role: str) -> str:
    url = reverse("class_period", args=[cast.school_class.pk, END_YEAR])
    return client_of(cast, role).get(url).content.decode()


def confirm_url(cast: Cast, subject_code: str = "toan") -> str:
    return reverse("subject_confirm", args=[cast.school_class.pk, END_YEAR, subject_code])


def test_the_page_offers_it_to_each_for_her_own(year: Cast) -> None:
    assert confirm_url(year, "ngoai_ngu_1") in read(year, "binh")
    assert confirm_url(year) not in read(year, "binh")
    assert confirm_url(year) in read(year, "ngoc")
    assert "confirm/" not in read(year, "hanh")


def test_one_press_confirms_and_the_page_says_who_and_when(year: Cast) -> None:
    response = client_of(year, "ngoc").post(confirm_url(year), follow=True)
    page = response.content.decode()
    assert "Đã xác nhận kết quả môn Toán." in page
    assert "Trần Thị Ngọc xác nhận lúc 20:00 20/05/2027" in page
    assert confirm_url(year) not in page


def test_the_page_says_what_changed_later_and_offers_it_again(year: Cast) -> None:
    confirm(year, "toan", year.ngoc)
    change_maths(year)
    page = read(year, "ngoc")
    assert "kết quả đã đổi sau đó" in page
    assert confirm_url(year) in page


def test_an_incomplete_subject_is_not_offered(year: Cast) -> None:
    year_ends.edit_maths(year, year.duc, score=(9, None))
    assert confirm_url(year) not in read(year, "ngoc")


def test_an_earlier_period_offers_none(cast: Cast) -> None:
    states.filled(cast)
    url = reverse("class_period", args=[cast.school_class.pk, "end_term_1"])
    assert "confirm/" not in client_of(cast, "ngoc").get(url).content.decode()
