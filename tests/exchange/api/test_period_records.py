import datetime
import hashlib
import json

import pytest

from assessments.models import ClassPeriod, PeriodRecord
from assessments.workflow import Status
from rulesets import Period
from students.models import Student
from tests import factories
from tests.cast import NOW, Cast
from tests.exchange.api.conftest import Get
from tests.exchange.api.sign_offs import move, sign_off

LATER = NOW + datetime.timedelta(hours=1)
LATEST = NOW + datetime.timedelta(hours=2)


def rows(get: Get, query: dict[str, str] | None = None) -> list[dict]:
    response = get("period-records/", query)
    assert response.status_code == 200, response.content
    return response.json()["results"]


def test_a_row(get: Get, cast: Cast):
    signed = sign_off(cast.anh, cast.hanh)
    row = get(f"period-records/{signed.record_id}/").json()
    assert row.pop("payload") == signed.payload
    assert row == {
        "id": signed.record_id,
        "school": cast.school.ministry_code,
        "school_year": "2026-2027",
        "school_class": {"id": cast.school_class.pk, "name": "4A"},
        "grade_level": 4,
        "period": "end_term_1",
        "student": {
            "id": cast.anh.student_id,
            "ministry_code": cast.anh.student.ministry_code,
            "personal_id": cast.anh.student.personal_id,
        },
        "status": "signed_off",
        "is_under_review": False,
        "signed_at": "2027-01-05T20:30:00+07:00",
        "signed_by": {"full_name": "Nguyễn Thị Hạnh", "position_title": "Hiệu trưởng"},
        "updated_at": "2027-01-05T20:30:00+07:00",
        "digest": signed.digest,
    }


def test_the_reader_can_recompute_the_digest(get: Get, cast: Cast):
    sign_off(cast.hhen, cast.hanh)
    (row,) = rows(get)
    canonical = json.dumps(
        row["payload"], ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    assert hashlib.sha256(canonical.encode()).hexdigest() == row["digest"]


@pytest.mark.parametrize("status", [Status.OPEN, Status.SUBMITTED, Status.RETURNED])
def test_what_never_was_signed_off_does_not_appear(get: Get, cast: Cast, status: Status):
    class_period = ClassPeriod.objects.create(
        school_class=cast.school_class, period=Period.END_TERM_1
    )
    record = PeriodRecord.objects.create(
        class_period=class_period, enrollment=cast.anh, status=status
    )
    assert rows(get) == []
    assert get(f"period-records/{record.pk}/").status_code == 404


def test_a_list_row_and_a_single_row_are_the_same(get: Get, cast: Cast):
    sign_off(cast.anh, cast.hanh)
    sign_off(cast.duc, cast.hanh)
    for row in rows(get):
        assert row == get(f"period-records/{row['id']}/").json()


def test_a_record_of_another_school_does_not_exist(get: Get, cast: Cast):
    signed = sign_off(cast.stranger, cast.quang)
    assert rows(get) == []
    assert get(f"period-records/{signed.record_id}/").status_code == 404


@pytest.mark.parametrize("status", [Status.REOPENED, Status.SUBMITTED, Status.RETURNED])
def test_while_it_is_reopened_the_last_signed_payload_is_served(
    get: Get, cast: Cast, status: Status
):
    signed = sign_off(cast.anh, cast.hanh)
    move(signed.record, status, at=LATER)
    PeriodRecord.objects.filter(pk=signed.record_id).update(homeroom_comment="Đã sửa")
    (row,) = rows(get)
    assert (row["payload"], row["digest"]) == (signed.payload, signed.digest)
    assert (row["status"], row["is_under_review"]) == (status, True)
    assert row["signed_at"] == "2027-01-05T20:30:00+07:00"


def test_reopening_moves_the_row_for_those_who_read_it_before(get: Get, cast: Cast):
    signed = sign_off(cast.anh, cast.hanh)
    sign_off(cast.duc, cast.hanh)
    since = {"updated_since": LATER.isoformat()}
    assert rows(get, since) == []
    move(signed.record, Status.REOPENED, at=LATER)
    (row,) = rows(get, since)
    assert (row["id"], row["updated_at"]) == (signed.record_id, "2027-01-05T21:30:00+07:00")


def test_signed_again_the_newest_payload_is_served_once(get: Get, cast: Cast):
    first = sign_off(cast.anh, cast.hanh)
    move(first.record, Status.REOPENED, at=LATER)
    PeriodRecord.objects.filter(pk=first.record_id).update(homeroom_comment="Đã sửa")
    second = sign_off(cast.anh, cast.hanh, at=LATEST)
    (row,) = rows(get)
    assert row["digest"] == second.digest != first.digest
    assert row["is_under_review"] is False
    assert row["updated_at"] == row["signed_at"] == "2027-01-05T22:30:00+07:00"
    assert row["payload"]["comments"]["homeroom"] == "Đã sửa"


def test_a_correction_of_the_pupil_does_not_change_what_was_signed(get: Get, cast: Cast):
    sign_off(cast.anh, cast.hanh)
    (before,) = rows(get)
    Student.objects.filter(pk=cast.anh.student_id).update(ministry_code="6699999999")
    assert rows(get) == [before]


def test_updated_since_includes_the_instant_itself(get: Get, cast: Cast):
    sign_off(cast.anh, cast.hanh)
    assert len(rows(get, {"updated_since": NOW.isoformat()})) == 1
    after = NOW + datetime.timedelta(microseconds=1)
    assert rows(get, {"updated_since": after.isoformat()}) == []


def test_updated_since_is_an_instant_whatever_its_offset(get: Get, cast: Cast):
    sign_off(cast.anh, cast.hanh)
    assert len(rows(get, {"updated_since": "2027-01-05T13:30:00Z"})) == 1
    assert rows(get, {"updated_since": "2027-01-05T13:30:01+00:00"}) == []


def test_an_updated_at_can_be_sent_back_as_it_is(get: Get, cast: Cast):
    at = NOW + datetime.timedelta(microseconds=123456)
    sign_off(cast.anh, cast.hanh, at=at)
    (row,) = rows(get)
    assert row["updated_at"] == "2027-01-05T20:30:00.123456+07:00"
    assert rows(get, {"updated_since": row["updated_at"]}) == [row]


def test_the_filter_by_period(get: Get, cast: Cast):
    sign_off(cast.anh, cast.hanh, period=Period.MID_TERM_1)
    end = sign_off(cast.anh, cast.hanh, period=Period.END_TERM_1)
    assert [row["id"] for row in rows(get, {"period": "end_term_1"})] == [end.record_id]


def test_the_filter_by_school_year(get: Get, cast: Cast):
    past_year = factories.make_school_year(cast.school, 2025)
    past_class = factories.make_class(past_year, "3A", (3,))
    enrollment = factories.enroll(factories.make_student("Hoàng Gia Bảo"), past_class)
    past = sign_off(enrollment, cast.hanh, period=Period.END_YEAR)
    sign_off(cast.anh, cast.hanh)
    assert [row["id"] for row in rows(get, {"school_year": "2025-2026"})] == [past.record_id]


def test_the_filter_by_school(get: Get, api_client, cast: Cast):
    api_client.schools.add(cast.other_school)
    sign_off(cast.anh, cast.hanh)
    other = sign_off(cast.stranger, cast.quang)
    assert len(rows(get)) == 2
    code = cast.other_school.ministry_code
    assert [row["id"] for row in rows(get, {"school": code})] == [other.record_id]


def test_filters_narrow_together(get: Get, cast: Cast):
    sign_off(cast.anh, cast.hanh)
    query = {
        "school": cast.school.ministry_code,
        "school_year": "2026-2027",
        "period": "end_term_1",
        "updated_since": NOW.isoformat(),
    }
    assert len(rows(get, query)) == 1
    assert rows(get, {**query, "period": "mid_term_1"}) == []


def test_queries_do_not_grow_with_the_rows(get: Get, cast: Cast, django_assert_num_queries):
    sign_off(cast.anh, cast.hanh)
    with django_assert_num_queries(4):
        assert len(rows(get)) == 1
    for number in range(44):
        student = factories.make_student(f"Trần Văn Số {number}")
        sign_off(factories.enroll(student, cast.school_class), cast.hanh)
    with django_assert_num_queries(4):
        assert len(rows(get)) == 45
