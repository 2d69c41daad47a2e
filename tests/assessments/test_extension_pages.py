"""The closed grid, asking for more time, giving it and taking it back, as people meet it."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.http import HttpResponse
from django.urls import reverse

from assessments import actions
from assessments.models import Extension, ExtensionRequest, SubjectResult
from rulesets import Period
from tests.assessments import states
from tests.assessments.pages import GridForm, subject_url
from tests.cast import Cast
from tests.pages import client_of

LATE = datetime.datetime(2027, 1, 20, 5, tzinfo=datetime.UTC)
UNTIL = datetime.date(2027, 1, 22)


@pytest.fixture
def late(cast: Cast) -> Iterator[Cast]:
    with time_machine.travel(LATE, tick=False):
        yield cast


def url(cast: Cast, name: str) -> str:
    return reverse(name, args=[cast.school_class.pk, Period.END_TERM_1])


def get(cast: Cast, role: str, address: str) -> str:
    return client_of(cast, role).get(address).content.decode()


def post(cast: Cast, role: str, address: str, **form: str) -> HttpResponse:
    return client_of(cast, role).post(address, form, follow=True)


def ask(cast: Cast, role: str = "ngoc") -> HttpResponse:
    return post(cast, role, url(cast, "class_period_ask_extension"), reason="Tôi ốm cả tuần")


def extend(cast: Cast, **form: str) -> HttpResponse:
    typed = {"teacher": "class", "ends_on": "22/01/2027", "reason": "Ốm", **form}
    return post(cast, "hanh", url(cast, "class_period_extend"), **typed)


def test_the_closed_grid_is_read_only_and_leads_to_asking(late: Cast) -> None:
    page = get(late, "ngoc", subject_url(late))
    assert "data-grid" not in page
    assert "Bảng này nhập được đến hết ngày 17/01/2027." in page
    assert f'href="{url(late, "class_period_ask_extension")}"' in page


def test_what_was_typed_at_midnight_is_shown_and_not_lost(cast: Cast) -> None:
    client = client_of(cast, "ngoc")
    form = GridForm(client.get(subject_url(cast)))
    typed = form.typed(**{f"e{cast.anh.pk}_level": "T"})
    with time_machine.travel(LATE, tick=False):
        client = client_of(cast, "ngoc")
        response = client.post(subject_url(cast), typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert "hết thời gian nhập" in page
    assert "Mức đạt được: T" in page
    assert not SubjectResult.objects.exists()


def test_with_more_time_the_grid_is_written_again(late: Cast) -> None:
    states.extended(late, UNTIL)
    client = client_of(late, "ngoc")
    form = GridForm(client.get(subject_url(late)))
    client.post(subject_url(late), form.typed(**{f"e{late.anh.pk}_level": "T"}))
    assert SubjectResult.objects.get().level == "T"


def test_a_colleagues_more_time_does_not_open_her_grid(late: Cast) -> None:
    states.extended(late, UNTIL, staff_member=late.binh)
    assert "data-grid" not in get(late, "ngoc", subject_url(late))


def test_the_closed_grid_costs_no_more_queries_than_the_open_one(
    cast: Cast, django_assert_max_num_queries
) -> None:
    with time_machine.travel(LATE, tick=False):
        client = client_of(cast, "ngoc")
        with django_assert_max_num_queries(10):
            client.get(subject_url(cast))


def test_asking_goes_to_the_principals_desk(late: Cast) -> None:
    assert "Đã gửi đề nghị gia hạn lớp 4A." in ask(late).content.decode()
    desk = get(late, "hanh", reverse("desk"))
    assert "Trần Thị Ngọc đề nghị gia hạn lớp 4A" in desk
    assert "Tôi ốm cả tuần" in desk


def test_asking_twice_is_told_that_the_first_waits(late: Cast) -> None:
    ask(late)
    page = ask(late).content.decode()
    assert "đang chờ hiệu trưởng trả lời" in page
    assert "Tôi ốm cả tuần" in page


def test_asking_without_a_reason_is_told_to_write_one(late: Cast) -> None:
    response = post(late, "ngoc", url(late, "class_period_ask_extension"), reason=" ")
    assert "Hãy ghi lý do đề nghị gia hạn." in response.content.decode()


def test_who_waits_is_not_offered_to_ask_again(late: Cast) -> None:
    ask(late)
    page = get(late, "ngoc", url(late, "class_period"))
    assert f'href="{url(late, "class_period_ask_extension")}"' not in page
    assert "đang chờ hiệu trưởng trả lời" in page


def test_the_leaders_form_begins_with_what_was_asked(late: Cast) -> None:
    ask(late, "binh")
    asked = ExtensionRequest.objects.get()
    page = get(late, "hanh", f"{url(late, 'class_period_extend')}?asked={asked.pk}")
    assert "Tôi ốm cả tuần</textarea>" in page
    assert f'<option value="{late.binh.pk}" selected>' in page


def test_a_homeroom_teacher_asks_for_her_class(late: Cast) -> None:
    ask(late)
    asked = ExtensionRequest.objects.get()
    page = get(late, "hanh", f"{url(late, 'class_period_extend')}?asked={asked.pk}")
    assert '<option value="class" selected>' in page


@pytest.mark.parametrize("asked", ["0", "x", "9" * 40, "-1"])
def test_any_other_request_in_the_address_is_none(late: Cast, asked: str) -> None:
    page = get(late, "hanh", f"{url(late, 'class_period_extend')}?asked={asked}")
    assert "Gia hạn lớp 4A" in page


def test_giving_time_answers_and_is_shown_on_the_class_page(late: Cast) -> None:
    ask(late)
    page = extend(late).content.decode()
    assert "Đã gia hạn lớp 4A." in page
    assert "Cả lớp được nhập đến hết ngày 22/01/2027" in page
    assert ExtensionRequest.objects.get().is_granted is True


def test_time_is_given_to_one_teacher_in_all_her_classes(late: Cast) -> None:
    extend(late, teacher=str(late.binh.pk), in_all_classes="on")
    extension = Extension.objects.get()
    assert (extension.staff_member, extension.school_class) == (late.binh, None)


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"ends_on": "19/01/2027"}, "Ngày gia hạn phải từ 20/01/2027 đến 31/08/2027."),
        ({"ends_on": "mai"}, "Hãy ghi ngày theo dạng ngày/tháng/năm"),
        ({"ends_on": ""}, "Hãy ghi ngày cuối cùng được nhập."),
        ({"teacher": ""}, "Hãy chọn cả lớp hoặc một giáo viên."),
        ({"reason": ""}, "Hãy ghi lý do gia hạn."),
        ({"in_all_classes": "on"}, "Hãy chọn giáo viên, hoặc bỏ dấu ở ô này."),
    ],
)
def test_a_wrong_form_is_told_why_and_gives_nothing(
    late: Cast, form: dict[str, str], sentence: str
) -> None:
    response = extend(late, **form)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Extension.objects.exists()


def test_somebody_who_does_not_teach_the_class_is_no_choice(late: Cast) -> None:
    assert extend(late, teacher=str(late.suong.pk)).status_code == 422
    assert not Extension.objects.exists()


def test_no_time_is_said_to_who_asked_by_the_vanished_request(late: Cast) -> None:
    ask(late)
    address = reverse("extension_request_refuse", args=[ExtensionRequest.objects.get().pk])
    assert "Đã từ chối đề nghị gia hạn." in post(late, "hanh", address).content.decode()
    assert ExtensionRequest.objects.get().is_granted is False


def test_time_is_taken_back_on_the_class_page(late: Cast) -> None:
    extension = states.extended(late, UNTIL)
    address = reverse("extension_revoke", args=[extension.pk])
    assert f'action="{address}"' in get(late, "hanh", url(late, "class_period"))
    assert "Đã thu hồi gia hạn." in post(late, "hanh", address).content.decode()
    assert "data-grid" not in get(late, "ngoc", subject_url(late))


def test_another_schools_principal_finds_neither(late: Cast) -> None:
    ask(late)
    addresses = [
        reverse("extension_request_refuse", args=[ExtensionRequest.objects.get().pk]),
        reverse("extension_revoke", args=[states.extended(late, UNTIL).pk]),
    ]
    answers = [post(late, "quang", address).status_code for address in addresses]
    assert answers == [404, 404]


def test_a_late_class_is_handed_in_and_the_message_says_late(cast: Cast) -> None:
    states.filled(cast)
    with time_machine.travel(LATE, tick=False):
        response = post(cast, "ngoc", url(cast, "class_period_submit"))
        page = get(cast, "hanh", url(cast, "class_period"))
    assert "Đã gửi lớp 4A lên hiệu trưởng, quá hạn 3 ngày." in response.content.decode()
    assert "Lớp được gửi muộn 3 ngày." in page


def test_the_principal_reads_how_many_values_came_late(late: Cast) -> None:
    states.extended(late, UNTIL)
    states.submitted(late)
    page = get(late, "hanh", url(late, "class_period"))
    assert "ô được nhập sau ngày đóng 17/01/2027" in page


def test_the_history_tells_of_asking_and_giving(late: Cast) -> None:
    ask(late)
    states.extended(late, UNTIL)
    page = get(late, "hanh", reverse("class_history", args=[late.school_class.pk]))
    assert "Đề nghị gia hạn, cuối học kỳ I" in page
    assert "Gia hạn nhập, cuối học kỳ I" in page
    assert "22/01/2027" in page


def test_the_desk_of_a_late_teacher_says_that_she_has_asked(cast: Cast) -> None:
    march = datetime.datetime(2027, 3, 10, 5, tzinfo=datetime.UTC)
    with time_machine.travel(march, tick=False):
        actions.request_extension(
            school_class=cast.school_class, period=Period.END_TERM_1, reason="Ốm", by=cast.ngoc
        )
        desk = get(cast, "ngoc", reverse("desk"))
    assert "quá hạn 52 ngày · đã đề nghị gia hạn, đang chờ trả lời" in desk
