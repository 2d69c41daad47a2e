"""Reminding those who owe results: one e-mail each and day, none lost in silence."""

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.http import HttpResponse
from django.urls import reverse

from accounts.models import User
from assessments import actions
from assessments.models import Nudge
from assessments.owing import Owing, owing_in
from assessments.progress import progress_of
from audit.errors import NotPermitted
from audit.models import AuditEvent
from rulesets import Period
from tests import factories
from tests.assessments import states
from tests.assessments.filling import assign_every_subject
from tests.cast import NOW, Cast
from tests.pages import client_of
from tests.vietnamese import is_vietnamese

END_TERM_1 = Period.END_TERM_1
SCHOOL_URL = reverse("school_nudges", args=[2026, END_TERM_1])

sending = pytest.mark.django_db(transaction=True)  # e-mails go out when it is committed


class BrokenServer(EmailBackend):
    """Takes nothing for Mr Bình."""

    def send_messages(self, messages):
        if any("binh@" in address for message in messages for address in message.to):
            raise ConnectionRefusedError("no server there")
        return super().send_messages(messages)


def give_addresses(*usernames: str) -> None:
    for username in usernames:
        User.objects.filter(username=username).update(email=f"{username}@kimdong.example")


def class_url(cast: Cast) -> str:
    return reverse("class_nudges", args=[cast.school_class.pk, END_TERM_1])


def owing(cast: Cast) -> Owing:
    progress = progress_of([cast.school_class], school_year=cast.school_year, period=END_TERM_1)
    return owing_in(progress, school_year=cast.school_year, today=NOW.date())


def debts(cast: Cast) -> dict[str, list[str]]:
    return {
        row.teacher.full_name: [debt.sentence for debt in row.debts] for row in owing(cast).debtors
    }


def nudge(cast: Cast, role: str = "hanh", url: str = SCHOOL_URL) -> HttpResponse:
    return client_of(cast, role).post(url, follow=True)


# Who owes what


def test_each_teacher_owes_what_she_is_assigned(cast: Cast) -> None:
    assert debts(cast)["Y Bình Êban"] == ["Lớp 4A, Ngoại ngữ 1: Thiếu 3 mức, 3 điểm"]


def test_the_homeroom_teacher_owes_the_rest_too(cast: Cast) -> None:
    sentences = debts(cast)["Trần Thị Ngọc"]
    assert any("Toán" in sentence for sentence in sentences)
    assert any("Phẩm chất, năng lực" in sentence for sentence in sentences)
    assert any("Phần chủ nhiệm" in sentence for sentence in sentences)


def test_a_subject_without_a_teacher_is_nobodys(cast: Cast) -> None:
    assert any("Đạo đức" in debt.sentence for debt in owing(cast).nobodys)


def test_a_complete_class_owes_its_handing_in(cast: Cast) -> None:
    states.filled(cast)
    assert debts(cast) == {"Trần Thị Ngọc": ["Lớp 4A: đã đủ, chưa gửi hiệu trưởng"]}


@pytest.mark.parametrize("bring", [states.submitted, states.signed_off])
def test_what_was_handed_in_is_owed_by_nobody(cast: Cast, bring) -> None:
    bring(cast)
    assert owing(cast) == Owing([], [])


def test_a_returned_class_that_is_complete_is_not_pressed(cast: Cast) -> None:
    states.returned(cast)
    assert debts(cast) == {}


def test_a_class_without_pupils_owes_nothing(cast: Cast) -> None:
    empty = factories.make_class(cast.school_year, "4B", (4,))
    factories.assign_homeroom(empty, cast.suong)
    progress = progress_of([empty], school_year=cast.school_year, period=END_TERM_1)
    assert owing_in(progress, school_year=cast.school_year, today=NOW.date()).debtors == []


# The page


def test_the_page_lists_who_would_get_what(cast: Cast) -> None:
    give_addresses("binh")
    page = client_of(cast, "hanh").get(SCHOOL_URL).content.decode()
    assert "1 thầy/cô sẽ nhận thư" in page
    assert "Gửi thư nhắc 1 thầy/cô" in page
    assert "Lớp 4A, Ngoại ngữ 1: Thiếu 3 mức, 3 điểm" in page


def test_who_has_no_address_is_named_to_be_called(cast: Cast) -> None:
    page = client_of(cast, "hanh").get(SCHOOL_URL).content.decode()
    after = page.partition("Chưa có địa chỉ thư, hãy gọi điện")[2]
    assert "Y Bình Êban" in after
    assert "Gửi thư nhắc" not in page


def test_a_homeroom_teacher_does_not_remind_herself(cast: Cast) -> None:
    give_addresses("ngoc", "binh")
    page = client_of(cast, "ngoc").get(class_url(cast)).content.decode()
    assert "Gửi thư nhắc 1 thầy/cô" in page


def test_when_nobody_owes_anything_the_page_says_so(cast: Cast) -> None:
    states.submitted(cast)
    assert "Không ai còn nợ kết quả" in (client_of(cast, "hanh").get(SCHOOL_URL).content.decode())


def test_the_pages_of_readiness_lead_here(cast: Cast) -> None:
    school = reverse("school_readiness", args=[2026, END_TERM_1])
    assert f'href="{SCHOOL_URL}"' in client_of(cast, "hanh").get(school).content.decode()
    own = reverse("class_readiness", args=[cast.school_class.pk, END_TERM_1])
    assert f'href="{class_url(cast)}"' in client_of(cast, "ngoc").get(own).content.decode()


def test_more_classes_cost_no_more_queries(cast: Cast, django_assert_max_num_queries) -> None:
    for number in range(5):
        school_class = factories.make_class(cast.school_year, f"4{number}", (4,))
        factories.enroll(factories.make_student("Phan Gia Bảo"), school_class)
        factories.assign_homeroom(school_class, cast.suong)
    client = client_of(cast, "hanh")
    with django_assert_max_num_queries(19):
        client.get(SCHOOL_URL)


# The e-mail


@sending
def test_each_gets_one_e_mail_with_what_is_missing_and_links(cast: Cast) -> None:
    give_addresses("ngoc", "binh", "hanh")
    response = nudge(cast)
    assert "Đã nhắc 2 thầy/cô." in response.content.decode()
    by_address = {message.to[0]: message for message in mail.outbox}
    assert set(by_address) == {"ngoc@kimdong.example", "binh@kimdong.example"}
    message = by_address["binh@kimdong.example"]
    assert message.subject == "Trường Tiểu học Kim Đồng: kết quả cuối học kỳ I còn thiếu"
    assert "Kính gửi thầy/cô Y Bình Êban" in message.body
    assert "Nguyễn Thị Hạnh" in message.body
    assert "- Lớp 4A, Ngoại ngữ 1: Thiếu 3 mức, 3 điểm" in message.body
    grid = reverse("subject_grid", args=[cast.school_class.pk, END_TERM_1, "ngoai_ngu_1"])
    assert f"http://testserver{grid}" in message.body
    assert "toan" not in message.body
    assert message.reply_to == ["hanh@kimdong.example"]


@sending
def test_no_pupil_is_named(cast: Cast) -> None:
    give_addresses("ngoc", "binh")
    nudge(cast)
    for message in mail.outbox:
        for pupil in (cast.anh, cast.hhen, cast.duc):
            assert pupil.student.full_name not in message.body


@sending
def test_names_stand_in_the_e_mail_as_they_are_written(cast: Cast) -> None:
    User.objects.filter(username="binh").update(email="binh@kimdong.example")
    cast.hanh.full_name = "H'Hạnh Niê & Con"
    cast.hanh.save()
    nudge(cast)
    assert "H'Hạnh Niê & Con" in mail.outbox[0].body


@sending
def test_an_english_reader_sends_the_schools_language(cast: Cast) -> None:
    give_addresses("binh")
    client = client_of(cast, "hanh")
    client.cookies["django_language"] = "en"
    client.post(SCHOOL_URL)
    assert is_vietnamese(mail.outbox[0].subject)
    assert "Thiếu 3 mức" in mail.outbox[0].body


@sending
def test_one_a_day_whoever_sends(cast: Cast) -> None:
    give_addresses("binh")
    nudge(cast, "ngoc", class_url(cast))
    response = nudge(cast)
    assert len(mail.outbox) == 1
    assert "Hôm nay đã nhắc" in response.content.decode()
    assert Nudge.objects.count() == 1


@sending
def test_the_day_that_another_has_just_taken_is_named(cast: Cast) -> None:
    """Both pages were open; the database lets one of them send."""
    give_addresses("binh")
    debtors = owing(cast).to_nudge
    first, second = (
        actions.send_nudges(debtors=debtors, site_url="http://hocba.example/", by=leader)
        for leader in (cast.hanh, cast.phuc)
    )
    assert (first.sent, second.already_nudged) == ([cast.binh], [cast.binh])
    assert len(mail.outbox) == 1


@sending
def test_who_is_not_reached_is_named_and_may_be_reminded_again(cast: Cast, settings) -> None:
    give_addresses("ngoc", "binh")
    settings.EMAIL_BACKEND = f"{__name__}.BrokenServer"
    page = nudge(cast).content.decode()
    assert "Đã nhắc 1 thầy/cô." in page
    assert "Không gửi được thư cho Y Bình Êban; hãy gọi điện, hoặc gửi lại sau." in page
    assert AuditEvent.objects.filter(event="nudge.failed").count() == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert "Đã nhắc 1 thầy/cô." in nudge(cast).content.decode()


@sending
def test_each_nudge_is_audited(cast: Cast) -> None:
    give_addresses("binh")
    nudge(cast)
    event = AuditEvent.objects.get(event="nudge.sent")
    assert (event.actor, event.school_id) == (cast.hanh.user, cast.school.pk)
    assert event.changes == {"teacher": [None, "Y Bình Êban"]}


@sending
def test_a_request_without_anybody_to_remind_says_so(cast: Cast) -> None:
    assert "Không có ai để nhắc qua thư lúc này." in nudge(cast).content.decode()
    assert mail.outbox == []


@sending
def test_a_failure_before_the_commit_sends_nothing(cast: Cast) -> None:
    give_addresses("binh")
    with pytest.raises(NotPermitted):
        actions.send_nudges(debtors=owing(cast).to_nudge, site_url="http://x/", by=cast.ngoc)
    assert mail.outbox == []
    assert not Nudge.objects.exists()


# Who may


def test_a_homeroom_teacher_reminds_for_her_own_class_only(cast: Cast) -> None:
    other = factories.make_class(cast.school_year, "4B", (4,))
    assign_every_subject(other, cast.binh)
    factories.enroll(factories.make_student("Phan Gia Bảo"), other)
    progress = progress_of([other], school_year=cast.school_year, period=END_TERM_1)
    debtors = owing_in(progress, school_year=cast.school_year, today=NOW.date()).debtors
    with pytest.raises(NotPermitted):
        actions.send_nudges(
            debtors=debtors, site_url="http://x/", by=cast.ngoc, school_class=cast.school_class
        )


def test_nobody_reminds_another_schools_teachers(cast: Cast) -> None:
    debtors = owing(cast).debtors
    with pytest.raises(NotPermitted):
        actions.send_nudges(debtors=debtors, site_url="http://x/", by=cast.quang)
