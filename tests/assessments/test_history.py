import inspect
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments import actions
from assessments.event_sentences import EVENT_LOOKS
from assessments.merge import Edit, RowEdit
from audit.events import Scope, record_event
from audit.models import AuditEvent, SystemJob
from rulesets import Period
from tests.actions import public_actions, written_function
from tests.assessments import states
from tests.assessments.filling import subject_row
from tests.cast import Cast
from tests.pages import client_of

END_TERM_1 = Period.END_TERM_1


def read_class(cast: Cast, role: str, **query: object) -> str:
    url = reverse("class_history", args=[cast.school_class.pk])
    response = client_of(cast, role).get(url, query)
    assert response.status_code == 200
    return response.content.decode()


def read_anh(cast: Cast, role: str) -> str:
    url = reverse("student_history", args=[cast.anh.student_id])
    response = client_of(cast, role).get(url)
    assert response.status_code == 200
    return response.content.decode()


def record(cast: Cast, event: str, *, reason: str = "", **changes: tuple) -> AuditEvent:
    return record_event(
        event,
        by=cast.tam.user,
        target=cast.anh.student,
        scope=Scope(cast.school.pk, cast.school_class.pk, cast.anh.student_id),
        changes=changes,
        reason=reason,
    )


def weigh(cast: Cast) -> None:
    actions.save_period_records(
        school_class=cast.school_class,
        period=END_TERM_1,
        rows=[RowEdit(cast.anh.pk, {"weight_kg": Edit(None, "31.5")})],
        by=cast.ngoc,
    )


def test_nothing_yet_says_what_will_stand_here(cast: Cast) -> None:
    assert "Chưa có gì được ghi" in read_class(cast, "ngoc")


def test_a_correction_shows_who_when_old_and_new(cast: Cast) -> None:
    states.filled(cast)
    states.correct(cast, "toan", score=(9, 10), level=("T", "H"))
    page = read_class(cast, "ngoc")
    assert "Nhập Toán của em Lê Minh Anh, cuối học kỳ I" in page
    assert "<del>9</del> <ins>10</ins>" in page
    assert "<del>Hoàn thành tốt</del> <ins>Hoàn thành</ins>" in page
    assert "Trần Thị Ngọc · <time" in page
    assert "20:30 05/01/2027" in page


def test_one_save_of_a_grid_is_one_entry(cast: Cast) -> None:
    actions.save_subject_results(
        school_class=cast.school_class,
        period=END_TERM_1,
        subject_code="toan",
        rows=[subject_row(pupil.pk, level="T") for pupil in (cast.anh, cast.hhen, cast.duc)],
        by=cast.ngoc,
    )
    page = read_class(cast, "ngoc")
    assert page.count("history__sentence") == 1
    assert "Nhập Toán của 3 em, cuối học kỳ I" in page
    assert "Lê Minh Anh: Mức đạt được" in page


def test_two_subjects_are_two_entries(cast: Cast) -> None:
    for subject_code in ("toan", "tieng_viet"):
        actions.save_subject_results(
            school_class=cast.school_class,
            period=END_TERM_1,
            subject_code=subject_code,
            rows=[subject_row(pupil.pk, level="T") for pupil in (cast.anh, cast.duc)],
            by=cast.ngoc,
        )
    assert read_class(cast, "ngoc").count("history__sentence") == 2


def test_steps_of_the_class_are_told_once_with_their_reason(cast: Cast) -> None:
    states.returned(cast)
    page = read_class(cast, "hanh")
    assert "Gửi lớp 4A lên hiệu trưởng, cuối học kỳ I" in page
    assert "Trả lại lớp 4A, cuối học kỳ I" in page
    assert "Xem lại điểm Toán" in page
    assert "Gửi kết quả của" not in page


def test_the_step_of_one_pupil_names_her(cast: Cast) -> None:
    states.with_anh_reopened(cast)
    assert "Mở lại kết quả của em Lê Minh Anh, cuối học kỳ I" in read_class(cast, "hanh")


def test_newest_first(cast: Cast) -> None:
    states.signed_off(cast)
    page = read_class(cast, "hanh")
    assert page.index("Ký duyệt lớp 4A") < page.index("Gửi lớp 4A")


def test_an_unknown_event_is_still_told(cast: Cast) -> None:
    record(cast, "moon.rose", height=("low", "high"))
    page = read_class(cast, "hanh")
    assert "Thay đổi khác (moon.rose)" in page
    assert "<del>low</del> <ins>high</ins>" in page


def test_what_a_job_did_is_the_systems(cast: Cast) -> None:
    record_event(
        "school_class.created",
        by=SystemJob("seed_demo"),
        target=cast.school_class,
        scope=Scope(cast.school.pk, cast.school_class.pk),
    )
    assert "Hệ thống" in read_class(cast, "hanh")


@pytest.mark.parametrize("role", ["hanh", "tam", "ngoc"])
def test_weight_is_shown_to_those_who_keep_it(cast: Cast, role: str) -> None:
    weigh(cast)
    assert "<ins>31,5</ins>" in read_class(cast, role)


def test_weight_is_not_shown_to_a_subject_teacher(cast: Cast) -> None:
    weigh(cast)
    page = read_class(cast, "binh")
    assert "31,5" not in page
    assert "Cân nặng" not in page
    assert "Thông tin được bảo vệ" in page


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("ethnicity_code", "12", "Ê-đê"),
        ("disability", "khiếm thị", "khiếm thị"),
        ("personal_id", "066000000123", "066000000123"),
    ],
)
def test_sensitive_changes_are_for_leaders_and_registrar(
    cast: Cast, field: str, value: str, words: str
) -> None:
    record(cast, "student.updated", **{field: ("", value)})
    assert words in read_anh(cast, "tam")
    assert words not in read_anh(cast, "ngoc")
    assert "không hiển thị" in read_anh(cast, "ngoc")


def test_codes_and_dates_of_a_file_are_words(cast: Cast) -> None:
    record(
        cast,
        "student.updated",
        gender=("male", "female"),
        date_of_birth=("2017-03-14", "2017-03-15"),
    )
    page = read_anh(cast, "tam")
    assert "<del>Nam</del> <ins>Nữ</ins>" in page
    assert "<del>14/03/2017</del> <ins>15/03/2017</ins>" in page


@pytest.mark.parametrize("role", ["hanh", "phuc", "tam", "ngoc", "binh"])
def test_whoever_sees_the_class_sees_its_history(cast: Cast, role: str) -> None:
    read_class(cast, role)


@pytest.mark.parametrize("role", ["binh", "suong", "van", "kien"])
def test_a_pupils_history_is_for_leaders_registrar_and_homeroom_teacher(
    cast: Cast, role: str
) -> None:
    url = reverse("student_history", args=[cast.anh.student_id])
    assert client_of(cast, role).get(url).status_code == 403


def test_another_schools_events_about_a_pupil_stay_there(cast: Cast) -> None:
    record_event(
        "student.updated",
        by=cast.quang.user,
        target=cast.anh.student,
        scope=Scope(cast.other_school.pk, None, cast.anh.student_id),
        changes={"residence": ("", "Buôn Ma Thuột")},
    )
    assert "Buôn Ma Thuột" not in read_anh(cast, "tam")


def test_long_histories_have_pages(cast: Cast) -> None:
    for number in range(101):
        record(cast, f"event.{number}")
    assert "event.100" in read_class(cast, "hanh")
    assert "event.0)" not in read_class(cast, "hanh")
    assert "event.0)" in read_class(cast, "hanh", page=2)


def test_the_number_of_queries_does_not_grow_with_the_events(cast: Cast) -> None:
    counts = []
    client = client_of(cast, "hanh")
    states.with_anh_reopened(cast)
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("class_history", args=[cast.school_class.pk]))
        counts.append(len(queries))
        for number in range(20):
            record(cast, f"event.{number}")
    assert counts[0] == counts[1]


def test_every_event_of_the_actions_on_results_has_a_sentence() -> None:

    sources = {
        inspect.getsource(inspect.getmodule(written_function(action)))
        for action in public_actions()
        if action.__module__.startswith(("assessments", "students"))
    }
    named = set(re.findall(r'"([a-z_]+\.[a-z_]+)"', "".join(sources)))
    assert named
    assert named - set(EVENT_LOOKS) == set()
