"""A pupil with a disability: her individual plan, and whether she is assessed."""

import datetime
import json

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments import actions as results
from assessments.models import SignOff
from audit.errors import NotPermitted
from audit.models import AppendOnlyError, AuditEvent
from rulesets import Period
from schools.models import StaffMember
from students import actions
from students.models import Enrollment, IndividualPlan
from students.permissions import grades_with_plans_seen
from students.support import AssessmentSettled, PlanRewritten, plans_today
from tests import factories
from tests.assessments import states
from tests.assessments.filling import assign_every_subject, fill_class
from tests.assessments.pages import subject_url
from tests.cast import Cast
from tests.pages import client_of

JAN_5 = datetime.date(2027, 1, 5)
TEXT = "Toán: chỉ các phép tính trong phạm vi 20."
DECISION = "QĐ 12/QĐ-KĐ của hiệu trưởng: khuyết tật trí tuệ nặng"


def write_plan(cast: Cast, text: str = TEXT, **changes: object) -> IndividualPlan:
    values = {
        "enrollment": cast.anh,
        "adjustments": text,
        "valid_from": JAN_5,
        "valid_until": None,
        "supersedes": None,
        "by": cast.ngoc,
        **changes,
    }
    return actions.write_individual_plan(**values)


def settle(cast: Cast, by: StaffMember | None = None, *, is_not_assessed: bool = True) -> None:
    actions.settle_assessment(
        enrollment=cast.anh,
        is_not_assessed=is_not_assessed,
        decided_on=JAN_5,
        decision=DECISION,
        by=by or cast.tam,
    )


def page(cast: Cast, name: str = "student_support", role: str = "ngoc") -> HttpResponse:
    return client_of(cast, role).get(reverse(name, args=[cast.anh.student_id]))


def send(cast: Cast, name: str, role: str = "ngoc", **form: object) -> HttpResponse:
    url = reverse(name, args=[cast.anh.student_id])
    return client_of(cast, role).post(url, form, follow=True)


# The plan


def test_a_new_version_supersedes_the_one_before_and_both_are_kept(cast: Cast) -> None:
    first = write_plan(cast)
    second = write_plan(cast, "Toán: trong phạm vi 100.", supersedes=first)
    assert list(IndividualPlan.objects.in_force()) == [second]
    assert IndividualPlan.objects.count() == 2


def test_a_plan_is_never_edited(cast: Cast) -> None:
    plan = write_plan(cast)
    with pytest.raises(AppendOnlyError):
        plan.save()
    with pytest.raises(AppendOnlyError):
        IndividualPlan.objects.update(adjustments="Khác")


def test_whoever_has_not_read_the_newest_version_writes_none(cast: Cast) -> None:
    first = write_plan(cast)
    write_plan(cast, "Toán: trong phạm vi 100.", supersedes=first)
    with pytest.raises(PlanRewritten):
        write_plan(cast, "Toán: trong phạm vi 50.", supersedes=first)
    with pytest.raises(PlanRewritten):
        write_plan(cast, "Toán: trong phạm vi 50.")


def test_a_plan_is_audited_in_the_pupils_history_alone(cast: Cast) -> None:
    """The class's history is read by teachers whom it does not concern."""
    write_plan(cast)
    event = AuditEvent.objects.get(event="individual_plan.written")
    assert (event.student_id, event.school_class_id) == (cast.anh.student_id, None)
    assert event.changes["adjustments"] == [None, TEXT]


@pytest.mark.parametrize("role", ["ngoc", "hanh", "phuc", "tam"])
def test_homeroom_teacher_leaders_and_registrar_write_it(cast: Cast, role: str) -> None:
    assert write_plan(cast, by=getattr(cast, role)).written_by == getattr(cast, role).user


@pytest.mark.parametrize("role", ["binh", "suong", "van", "kien", "quang"])
def test_nobody_else_does(cast: Cast, role: str) -> None:
    with pytest.raises(NotPermitted):
        write_plan(cast, by=getattr(cast, role))


def test_a_plan_that_has_run_out_is_none_today(cast: Cast) -> None:
    yesterday = JAN_5 - datetime.timedelta(days=1)
    plan = write_plan(cast, valid_from=yesterday, valid_until=yesterday)
    assert not plans_today().exists()
    ends_today = write_plan(cast, valid_from=yesterday, valid_until=JAN_5, supersedes=plan)
    assert plans_today().get() == ends_today


def test_the_page_shows_the_plan_and_the_versions_before(cast: Cast) -> None:
    first = write_plan(cast, "Toán: trong phạm vi 10.")
    write_plan(cast, supersedes=first)
    text = page(cast).content.decode()
    assert TEXT in text
    assert "1 bản trước" in text
    assert "Toán: trong phạm vi 10." in text


def test_writing_begins_with_what_is_in_force(cast: Cast) -> None:
    write_plan(cast)
    assert TEXT in page(cast, "individual_plan").content.decode()


def test_the_page_writes_a_version(cast: Cast) -> None:
    plan = write_plan(cast)
    form = {"adjustments": "Trong phạm vi 50.", "valid_from": "2027-01-10", "read": plan.pk}
    text = send(cast, "individual_plan", **form).content.decode()
    assert "Đã lưu kế hoạch giáo dục cá nhân." in text
    assert IndividualPlan.objects.in_force().get().supersedes == plan


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"adjustments": ""}, "Hãy ghi yêu cầu được điều chỉnh."),
        ({"valid_from": ""}, "Hãy ghi ngày bắt đầu."),
        ({"valid_from": "mai"}, "Hãy ghi ngày theo dạng ngày/tháng/năm"),
        ({"valid_until": "2027-01-01"}, "Ngày hết hiệu lực phải sau ngày bắt đầu."),
    ],
)
def test_what_is_wrong_is_named_and_what_was_typed_is_kept(
    cast: Cast, typed: dict[str, str], sentence: str
) -> None:
    form = {"adjustments": TEXT, "valid_from": "2027-01-05", **typed}
    response = send(cast, "individual_plan", **form)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert TEXT in response.content.decode() or not form["adjustments"]
    assert not IndividualPlan.objects.exists()


def test_a_colleagues_version_of_meanwhile_is_not_overwritten(cast: Cast) -> None:
    write_plan(cast, by=cast.hanh)
    response = send(cast, "individual_plan", adjustments="Khác", valid_from="2027-01-05")
    assert response.status_code == 422
    assert "Kế hoạch vừa có bản mới của người khác" in response.content.decode()
    assert "Khác" in response.content.decode()


def test_decomposed_text_is_composed(cast: Cast) -> None:
    send(cast, "individual_plan", adjustments="Toa\u0301n", valid_from="2027-01-05")
    assert IndividualPlan.objects.get().adjustments == "Toán"


# Who sees it


@pytest.mark.parametrize("role", ["hanh", "phuc", "ngoc", "binh", "tam"])
def test_those_who_need_the_plan_read_it(cast: Cast, role: str) -> None:
    write_plan(cast)
    assert TEXT in page(cast, role=role).content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [("suong", 403), ("van", 403), ("kien", 403), ("quang", 404), ("hoa", 404)],
)
def test_nobody_else_finds_it(cast: Cast, role: str, status: int) -> None:
    write_plan(cast)
    assert page(cast, role=role).status_code == status


def test_a_teacher_of_another_grade_of_the_class_does_not(cast: Cast) -> None:
    mixed = factories.make_class(cast.school_year, "45", (4, 5))
    for_grade_5 = mixed.subject_offerings.get(subject_code="toan", grade_level=5)
    for_grade_5.teaching_assignments.create(
        staff_member=cast.suong, started_on=factories.YEAR_START
    )
    assert grades_with_plans_seen(cast.suong, mixed) == {5}
    pupil = factories.enroll(factories.make_student("Y Bham Êban"), mixed, grade_level=4)
    url = reverse("student_support", args=[pupil.student_id])
    assert client_of(cast, "suong").get(url).status_code == 403


def test_a_teacher_who_was_replaced_does_not(cast: Cast) -> None:
    write_plan(cast)
    cast.binh.teaching_assignments.update(ended_on=JAN_5 - datetime.timedelta(days=1))
    assert page(cast, role="binh").status_code == 403


def test_the_grids_row_opens_it(cast: Cast) -> None:
    write_plan(cast)
    url = reverse("student_support", args=[cast.anh.student_id])
    text = client_of(cast, "ngoc").get(subject_url(cast)).content.decode()
    assert url in text
    assert reverse("student_support", args=[cast.duc.student_id]) not in text


def test_the_grid_of_a_class_without_plans_asks_nothing_more(cast: Cast) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(subject_url(cast))
        return len(captured)

    client = client_of(cast, "ngoc")
    client.get(subject_url(cast))
    without = queries()
    plan = write_plan(cast)
    with_one = queries()
    write_plan(cast, enrollment=cast.duc)
    assert (queries(), with_one > without) == (with_one, True)
    assert plan.pk


def test_the_pupils_page_links_to_it_for_those_alone(cast: Cast) -> None:
    url = reverse("student_support", args=[cast.anh.student_id])
    assert url in page(cast, "student", "binh").content.decode()


def test_neither_the_parents_card_nor_the_signed_payload_holds_it(cast: Cast) -> None:
    """Nor does the export, which serves the payload as it was signed."""
    write_plan(cast)
    states.signed_off(cast)
    card = client_of(cast, "hoa").get(reverse("child_card", args=[cast.anh.student_id]))
    assert TEXT not in card.content.decode()
    payloads = json.dumps([row.payload for row in SignOff.objects.all()], ensure_ascii=False)
    assert TEXT not in payloads


# Not assessed


@pytest.mark.parametrize("role", ["tam", "hanh", "phuc"])
def test_registrar_and_leaders_settle_it(cast: Cast, role: str) -> None:
    settle(cast, getattr(cast, role))
    assert Enrollment.objects.get(pk=cast.anh.pk).is_not_assessed


@pytest.mark.parametrize("role", ["ngoc", "binh", "suong", "van", "kien", "quang"])
def test_nobody_else_settles_it(cast: Cast, role: str) -> None:
    with pytest.raises(NotPermitted):
        settle(cast, getattr(cast, role))


def test_the_decision_is_kept_and_audited_in_the_pupils_history_alone(cast: Cast) -> None:
    settle(cast)
    event = AuditEvent.objects.get(event="enrollment.assessment_settled")
    assert event.changes == {
        "is_not_assessed": [False, True],
        "assessment_decided_on": [None, "2027-01-05"],
        "assessment_decision": ["", DECISION],
    }
    assert event.school_class_id is None
    assert event.reason == ""


def test_the_same_decision_is_not_made_twice(cast: Cast) -> None:
    settle(cast)
    with pytest.raises(AssessmentSettled):
        settle(cast)


def test_a_pupil_is_assessed_again_by_another_decision(cast: Cast) -> None:
    settle(cast)
    settle(cast, is_not_assessed=False)
    assert not Enrollment.objects.get(pk=cast.anh.pk).is_not_assessed


def test_the_page_settles_it(cast: Cast) -> None:
    form = {"decided_on": "2027-01-05", "decision": DECISION}
    text = send(cast, "student_assessment", "tam", **form).content.decode()
    assert "Em thuộc diện khuyết tật không đánh giá" in text
    assert DECISION in text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"decision": ""}, "Hãy ghi quyết định."),
        ({"decided_on": ""}, "Hãy ghi ngày của quyết định."),
    ],
)
def test_a_decision_has_a_day_and_a_text(cast: Cast, typed: dict, sentence: str) -> None:
    form = {"decided_on": "2027-01-05", "decision": DECISION, **typed}
    response = send(cast, "student_assessment", "tam", **form)
    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_a_subject_teacher_reads_that_she_is_not_assessed_and_not_why(cast: Cast) -> None:
    settle(cast)
    text = page(cast, role="binh").content.decode()
    assert "Em thuộc diện khuyết tật không đánh giá" in text
    assert DECISION not in text


def test_a_class_is_handed_in_and_signed_without_her_results(cast: Cast) -> None:
    assign_every_subject(cast.school_class, cast.ngoc)
    fill_class(
        cast.school_class,
        Period.END_TERM_1,
        homeroom=cast.ngoc,
        teachers={"ngoai_ngu_1": cast.binh},
    )
    for result in cast.anh.period_records.get().subject_results.all():
        result.test_scores.all().delete()
        result.delete()
    settle(cast)
    class_period = states.submit(cast)
    results.sign_off_class_period(class_period=class_period, by=cast.hanh)
    payload = SignOff.objects.get(record__enrollment=cast.anh).payload
    assert payload["is_not_assessed"] is True
    assert {row["level"] for row in payload["subjects"]} == {None}


def test_a_special_class_owes_two_subjects_and_is_signed(cast: Cast) -> None:
    """Lớp dành cho người khuyết tật: Tiếng Việt and Toán alone (Điều 8.3)."""
    special = factories.make_class(cast.school_year, "KT1", (4,), kind="special")
    factories.assign_homeroom(special, cast.suong)
    assign_every_subject(special, cast.suong)
    assert {row.subject_code for row in special.subject_offerings.all()} == {"tieng_viet", "toan"}
    pupil = factories.enroll(factories.make_student("Bùi Văn Mẫu"), special)
    fill_class(special, Period.END_TERM_1, homeroom=cast.suong)
    class_period = results.submit_class_period(
        school_class=special, period=Period.END_TERM_1, by=cast.suong
    )
    results.sign_off_class_period(class_period=class_period, by=cast.hanh)
    payload = SignOff.objects.get(record__enrollment=pupil).payload
    assert [(row["code"], row["is_tested"]) for row in payload["subjects"]] == [
        ("tieng_viet", True),
        ("toan", True),
    ]
