"""A class that comes back: what is said of single pupils, and what changed meanwhile."""

import datetime

import pytest
import time_machine
from django.urls import reverse

from assessments import actions
from assessments.models import ClassPeriod, PeriodRecord
from assessments.workflow import Status
from audit.models import AuditEvent
from rulesets import Period
from tests.assessments import states
from tests.assessments.pages import save_cells
from tests.cast import NOW, Cast
from tests.pages import client_of

END_TERM_1 = Period.END_TERM_1


@pytest.fixture
def submitted(cast: Cast) -> ClassPeriod:
    return states.submitted(cast)


def record_of(pupil: object) -> PeriodRecord:
    return PeriodRecord.objects.get(enrollment=pupil, class_period__period=END_TERM_1)


def page_url(cast: Cast) -> str:
    return reverse("class_period", args=[cast.school_class.pk, END_TERM_1])


def read(cast: Cast, role: str) -> str:
    return client_of(cast, role).get(page_url(cast)).content.decode()


def minutes_later(minutes: int) -> time_machine.travel:
    return time_machine.travel(NOW + datetime.timedelta(minutes=minutes), tick=False)


def return_with_words(cast: Cast) -> None:
    url = reverse("class_period_return", args=[cast.school_class.pk, END_TERM_1])
    typed = {
        "reason": "Xem lại vài em",
        f"pupil_{record_of(cast.anh).pk}": "Điểm Toán chưa khớp",
    }
    with minutes_later(5):
        assert client_of(cast, "hanh").post(url, typed).status_code == 302


def test_the_page_asks_for_words_on_each_pupil(submitted: ClassPeriod, cast: Cast) -> None:
    page = read(cast, "hanh")
    assert "Ghi riêng cho từng em" in page
    assert f'name="pupil_{record_of(cast.anh).pk}"' in page


def test_each_pupil_has_her_own_words_and_the_others_those_of_the_class(
    submitted: ClassPeriod, cast: Cast
) -> None:
    return_with_words(cast)
    assert record_of(cast.anh).status_reason == "Điểm Toán chưa khớp"
    assert record_of(cast.duc).status_reason == "Xem lại vài em"
    assert {record_of(pupil).status for pupil in (cast.anh, cast.duc)} == {Status.RETURNED}


def test_the_audit_has_each_ones_words(submitted: ClassPeriod, cast: Cast) -> None:
    return_with_words(cast)
    events = AuditEvent.objects.filter(event="period_record.returned")
    reasons = dict(events.values_list("student_id", "reason"))
    assert reasons[cast.anh.student_id] == "Điểm Toán chưa khớp"
    assert reasons[cast.duc.student_id] == "Xem lại vài em"


def test_the_teacher_reads_them_on_the_class_page(submitted: ClassPeriod, cast: Cast) -> None:
    return_with_words(cast)
    page = read(cast, "ngoc")
    assert "Xem lại vài em" in page
    assert "Điểm Toán chưa khớp" in page
    assert page.count("Xem lại vài em") == 1


def test_words_without_a_reason_for_the_class_come_back_with_what_was_typed(
    submitted: ClassPeriod, cast: Cast
) -> None:
    url = reverse("class_period_return", args=[cast.school_class.pk, END_TERM_1])
    typed = {f"pupil_{record_of(cast.anh).pk}": "Điểm Toán chưa khớp"}
    response = client_of(cast, "hanh").post(url, typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Hãy ghi cần sửa gì" in page
    assert "Điểm Toán chưa khớp" in page


def test_a_record_of_another_class_is_no_field(submitted: ClassPeriod, cast: Cast) -> None:
    url = reverse("class_period_return", args=[cast.school_class.pk, END_TERM_1])
    client_of(cast, "hanh").post(url, {"reason": "Xem lại", "pupil_999999": "Lạ"})
    assert not PeriodRecord.objects.filter(status_reason="Lạ").exists()


# What changed since


def hand_in_corrected(cast: Cast) -> None:
    with minutes_later(10):
        save_cells(cast, cast.anh, score=(9, 7), comment=("", "Em cẩn thận hơn."))
        states.submit(cast)


def test_nothing_changed_the_first_time(submitted: ClassPeriod, cast: Cast) -> None:
    assert "Thay đổi từ khi trả lại" not in read(cast, "hanh")


def test_the_principal_reads_what_changed_since_she_gave_it_back(
    submitted: ClassPeriod, cast: Cast
) -> None:
    return_with_words(cast)
    hand_in_corrected(cast)
    page = " ".join(read(cast, "hanh").split())
    section = page[page.index("Thay đổi từ khi trả lại") : page.index("Tiến độ từng phần")]
    assert "Nhập Toán của em Lê Minh Anh" in section
    assert "Em cẩn thận hơn." in section
    assert "Võ Trí Đức" not in section


def test_what_changed_before_is_not_told_again(submitted: ClassPeriod, cast: Cast) -> None:
    return_with_words(cast)
    hand_in_corrected(cast)
    with minutes_later(15):
        actions.return_class_period(class_period=submitted, reason="Còn một chỗ", by=cast.hanh)
    with minutes_later(20):
        save_cells(cast, cast.duc, score=(9, 8))
        states.submit(cast)
    page = read(cast, "hanh")
    section = page[page.index("Thay đổi từ khi trả lại") :]
    assert "Nhập Toán của em Võ Trí Đức" in section
    assert "Em cẩn thận hơn." not in section


def test_a_teacher_is_not_shown_the_principals_look(submitted: ClassPeriod, cast: Cast) -> None:
    return_with_words(cast)
    hand_in_corrected(cast)
    assert "Thay đổi từ khi trả lại" not in read(cast, "ngoc")


def test_after_the_signature_it_is_history(submitted: ClassPeriod, cast: Cast) -> None:
    return_with_words(cast)
    hand_in_corrected(cast)
    actions.sign_off_class_period(class_period=submitted, by=cast.hanh)
    assert "Thay đổi từ khi trả lại" not in read(cast, "hanh")
