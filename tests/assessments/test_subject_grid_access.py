"""Who sees and who writes a subject's grid, and when."""

import datetime

import pytest
import time_machine
from django.test import Client

from assessments import actions
from assessments.models import ClassPeriod, SubjectResult
from rulesets import Period
from tests.assessments.filling import assign_every_subject, fill_class
from tests.assessments.pages import GridForm, log_in, subject_url
from tests.cast import Cast

END_TERM_1 = Period.END_TERM_1


@pytest.fixture
def url(cast: Cast) -> str:
    return subject_url(cast)


@pytest.fixture
def ngoc(client: Client, cast: Cast) -> Client:
    return log_in(client, cast.ngoc)


@pytest.fixture
def submitted(cast: Cast) -> ClassPeriod:
    assign_every_subject(cast.school_class, cast.ngoc)
    fill_class(
        cast.school_class, END_TERM_1, homeroom=cast.ngoc, teachers={"ngoai_ngu_1": cast.binh}
    )
    return actions.submit_class_period(
        school_class=cast.school_class, period=END_TERM_1, by=cast.ngoc
    )


@pytest.fixture
def signed_off(submitted: ClassPeriod, cast: Cast) -> ClassPeriod:
    return actions.sign_off_class_period(class_period=submitted, by=cast.hanh)


# Who


def test_a_stranger_finds_nothing(client: Client, cast: Cast, url: str):
    log_in(client, cast.quang)

    assert client.get(url).status_code == 404
    assert client.post(url).status_code == 404


def test_a_guardian_finds_nothing(client: Client, cast: Cast, url: str):
    client.force_login(cast.hoa)

    assert client.get(url).status_code == 404


@pytest.mark.parametrize("person", ["suong", "van", "kien"])
def test_a_colleague_without_assignment_is_refused_with_a_sentence(
    person: str, client: Client, cast: Cast, url: str
):
    response = log_in(client, getattr(cast, person)).get(url)

    assert response.status_code == 403
    assert "Thầy/cô không dạy lớp 4A" in response.content.decode()


@pytest.mark.parametrize(
    ("subject_code", "period"),
    [
        ("thien_van", END_TERM_1),
        ("tieng_dan_toc", END_TERM_1),
        ("toan", "end_term_3"),
        ("toan", "supplementary"),
    ],
)
def test_an_unknown_subject_or_period_is_not_found(
    subject_code: str, period: str, ngoc: Client, cast: Cast
):
    known = subject_url(cast)
    unknown = known.replace("toan", subject_code).replace(END_TERM_1, period)

    assert ngoc.get(known).status_code == 200
    assert ngoc.get(unknown).status_code == 404


@pytest.mark.parametrize("reader", ["hanh", "phuc", "tam", "ngoc"])
def test_leaders_registrar_and_homeroom_teacher_look_at_a_colleagues_subject(
    reader: str, client: Client, cast: Cast
):
    response = log_in(client, getattr(cast, reader)).get(subject_url(cast, "ngoai_ngu_1"))

    assert response.status_code == 200
    assert f"e{cast.anh.pk}-level" not in GridForm(response)
    assert "người được phân công mới nhập được" in response.content.decode()


@pytest.mark.parametrize("reader", ["hanh", "tam", "ngoc"])
def test_who_may_look_may_not_write(reader: str, client: Client, cast: Cast):
    response = log_in(client, getattr(cast, reader)).post(
        subject_url(cast, "ngoai_ngu_1"), {f"e{cast.anh.pk}-level": "T"}
    )

    assert response.status_code == 403
    assert "không được phân công dạy môn này" in response.content.decode()
    assert not SubjectResult.objects.exists()


def test_a_teacher_who_was_replaced_no_longer_writes(ngoc: Client, cast: Cast, url: str):
    page = GridForm(ngoc.get(url))
    assignment = cast.school_class.subject_offerings.get(
        subject_code="toan"
    ).teaching_assignments.get()
    assignment.ended_on = datetime.date(2027, 1, 4)
    assignment.save()

    assert ngoc.post(url, page.typed(**{f"e{cast.anh.pk}_level": "T"})).status_code == 403


# When


def test_a_period_that_has_not_opened_says_when_it_does(ngoc: Client, cast: Cast):
    response = ngoc.get(subject_url(cast, period=Period.END_YEAR))

    assert "mở nhập từ 10/05/2027" in response.content.decode()
    assert f"e{cast.anh.pk}-level" not in GridForm(response)


def test_nothing_is_written_before_the_period_opens(ngoc: Client, cast: Cast):
    response = ngoc.post(
        subject_url(cast, period=Period.END_YEAR), {f"e{cast.anh.pk}-level": "T"}, follow=True
    )

    assert response.status_code == 422
    assert not SubjectResult.objects.exists()


def test_after_closing_the_grid_says_so_and_takes_nothing(client: Client, cast: Cast, url: str):
    with time_machine.travel(datetime.datetime(2027, 1, 20, 3, tzinfo=datetime.UTC), tick=False):
        response = log_in(client, cast.ngoc).get(url)
        client.post(url, {f"e{cast.anh.pk}-level": "T", f"initial-e{cast.anh.pk}-level": ""})

    assert "nhập được đến hết ngày 17/01/2027" in response.content.decode()
    assert not SubjectResult.objects.exists()


# Locked


def test_a_submitted_class_is_shown_read_only_with_who_locked_it(
    submitted: ClassPeriod, ngoc: Client, cast: Cast, url: str
):
    response = ngoc.get(url)

    html = response.content.decode()
    assert f"e{cast.anh.pk}-level" not in GridForm(response)
    assert "Trần Thị Ngọc gửi lúc 20:30 05/01/2027." in html
    assert "xin hiệu trưởng trả lại lớp" in html


def test_a_signed_off_class_says_how_to_ask_for_reopening(
    signed_off: ClassPeriod, ngoc: Client, cast: Cast, url: str
):
    response = ngoc.get(url)

    html = response.content.decode()
    assert "Nguyễn Thị Hạnh ký duyệt lúc 20:30 05/01/2027." in html
    assert "đề nghị mở lại, kèm lý do" in html
    assert {row.state for row in response.context["page"].rows} == {"locked"}


def test_the_reason_of_a_return_stands_on_the_page(
    submitted: ClassPeriod, ngoc: Client, cast: Cast, url: str
):
    actions.return_class_period(class_period=submitted, reason="Xem lại điểm Toán", by=cast.hanh)

    response = ngoc.get(url)

    assert "“Xem lại điểm Toán”" in response.content.decode()
    assert f"e{cast.anh.pk}-level" in GridForm(response)


def test_only_the_reopened_pupil_is_editable_in_a_signed_off_class(
    signed_off: ClassPeriod, ngoc: Client, cast: Cast, url: str
):
    record = signed_off.records.get(enrollment=cast.anh)
    actions.reopen_record(record=record, reason="Nhầm điểm", by=cast.hanh)

    page = GridForm(ngoc.get(url))
    response = ngoc.post(url, page.typed(**{f"e{cast.anh.pk}_score": 10}))

    assert f"e{cast.duc.pk}-level" not in page
    assert response.status_code == 302
    result = SubjectResult.objects.get(record=record, subject_code="toan")
    assert result.effective_score == 10


def test_text_typed_while_the_class_was_handed_in_is_shown_and_not_saved(
    ngoc: Client, cast: Cast, url: str
):
    assign_every_subject(cast.school_class, cast.ngoc)
    fill_class(
        cast.school_class, END_TERM_1, homeroom=cast.ngoc, teachers={"ngoai_ngu_1": cast.binh}
    )
    page = GridForm(ngoc.get(url))
    actions.submit_class_period(school_class=cast.school_class, period=END_TERM_1, by=cast.ngoc)

    response = ngoc.post(url, page.typed(**{f"e{cast.anh.pk}_comment": "Em tính nhanh."}))

    html = response.content.decode()
    assert response.status_code == 422
    assert "kết quả của em đã khóa trong lúc thầy/cô gõ" in html
    assert "Nhận xét: Em tính nhanh." in html
    assert not SubjectResult.objects.filter(comment="Em tính nhanh.").exists()


def test_a_locked_page_posts_nothing_to_lose(
    signed_off: ClassPeriod, ngoc: Client, cast: Cast, url: str
):
    response = ngoc.post(url, {}, follow=True)

    assert "Không có thay đổi nào để lưu." in response.content.decode()
