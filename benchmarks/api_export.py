"""Reading every signed-off record and every pupil of a school through the export."""

import datetime
from functools import partial
from typing import Any

from django.test import Client

from benchmarks.database import fresh_database
from benchmarks.figures import Figure, percentile, report, seconds

PUPILS = 875
PERIODS = ["mid_term_1", "end_term_1", "mid_term_2", "end_year"]
PAGE_SIZES = (100, 500)


def main() -> None:
    with fresh_database(__doc__ or ""):
        token = make_school()
        for page_size in PAGE_SIZES:
            measure(token, "period-records", page_size, rows=PUPILS * len(PERIODS))
            measure(token, "students", page_size, rows=PUPILS)


def measure(token: str, name: str, page_size: int, *, rows: int) -> None:
    pages: list[Any] = []

    def read_page(address: str) -> None:
        answer = Client(SERVER_NAME="localhost").get(
            address, headers={"Authorization": f"Bearer {token}"}
        )
        pages.append(answer.json())

    address = f"/api/v1/{name}/?page_size={page_size}"
    times = [seconds(partial(read_page, address))]
    while address := pages[-1]["next"]:
        times.append(seconds(partial(read_page, address)))
    check_rows(pages, rows)
    label = f"api {name}, {rows} rows by {page_size}"
    report(Figure(f"{label}: all pages", sum(times), "s"))
    report(Figure(f"{label}: a page, p95", percentile(times, 95), "s"))


def check_rows(pages: list[Any], expected: int) -> None:
    read = {row["id"] for page in pages for row in page["results"]}
    if len(read) != expected:
        raise SystemExit(f"{len(read)} rows read, {expected} expected")


def make_school() -> str:
    from audit.models import SystemJob
    from exchange.api.actions import create_client
    from schools.models import Role
    from tests import factories

    school = factories.make_school()
    year = factories.make_school_year(school)
    leader = factories.make_staff(
        school, "Nguyễn Thị Hạnh", Role.PRINCIPAL, user=factories.make_user("hanh")
    )
    for number in range(PUPILS // 35):
        school_class = factories.make_class(year, f"{number % 5 + 1}A{number}", (number % 5 + 1,))
        for pupil in range(35):
            factories.enroll(factories.make_student(f"Trần Văn Số {pupil}"), school_class)
        for period in PERIODS:
            sign_off_class(school_class, period, leader)
    return create_client(name="Sở", schools=[school], by=SystemJob("benchmark")).token


def sign_off_class(school_class: Any, period: str, leader: Any) -> None:
    """A payload of ordinary length: every subject with a comment."""
    from django.utils import timezone

    from assessments.models import ClassPeriod, PeriodRecord, SignOff
    from assessments.payload import digest_of, signed_payload

    now: datetime.datetime = timezone.now()
    class_period = ClassPeriod.objects.create(school_class=school_class, period=period)
    PeriodRecord.objects.bulk_create(
        PeriodRecord(
            class_period=class_period,
            enrollment=enrollment,
            status="signed_off",
            locked_at=now,
            homeroom_comment="Em chăm học, hòa đồng và hay giúp bạn trong lớp.",
        )
        for enrollment in school_class.enrollments.all()
    )
    sign_offs = []
    for record in PeriodRecord.objects.with_results().filter(class_period=class_period):
        payload = signed_payload(record, signer=leader, signed_at=now)
        for subject in payload["subjects"]:
            subject["comment"] = "Em nắm vững kiến thức, trình bày sạch đẹp; cần luyện thêm."
        sign_offs.append(
            SignOff(
                record=record,
                payload=payload,
                digest=digest_of(payload),
                signed_at=now,
                signed_by=leader.user,
                signer=leader,
            )
        )
    SignOff.objects.bulk_create(sign_offs)


if __name__ == "__main__":
    main()
