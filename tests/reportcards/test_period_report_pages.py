"""A period's report, printed by the school and by the family."""

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import SignOff
from audit.models import AuditEvent
from reportcards import actions
from reportcards.models import Rendering
from reportcards.renderings.contents import report_content
from reportcards.renderings.files import pdf_in, rendered_storage
from rulesets import Period
from students.models import ExitReason
from tests import factories
from tests.assessments import states
from tests.cast import Cast
from tests.pages import client_of
from tests.reportcards.reading import REVIEW_MARK, has_mark, pages_of, text_of
from tests.reportcards.year_ends import signed_year

END_TERM_1 = Period.END_TERM_1
PRINTED = "period_report.printed"


@pytest.fixture
def signed(cast: Cast) -> Cast:
    states.signed_off(cast)
    return cast


def url_of(name: str, cast: Cast, pupil: str = "anh", period: str = END_TERM_1, year: int = 2026):
    return reverse(name, args=[getattr(cast, pupil).student_id, year, period])


def of_school(cast: Cast, **where) -> str:
    return url_of("period_report_pdf", cast, **where)


def of_family(cast: Cast, **where) -> str:
    return url_of("child_period_report_pdf", cast, **where)


@pytest.fixture
def mother(cast: Cast) -> Client:
    return client_of(cast, "hoa")


def test_the_school_prints_what_it_signed_off(signed: Cast) -> None:
    response = client_of(signed, "ngoc").get(of_school(signed))
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "private, no-store"
    assert (
        'filename="phieu-lien-lac-le-minh-anh-cuoi-hoc-ky-i-nam-hoc-2026-2027.pdf"'
        in response["Content-Disposition"]
    )
    [page] = pages_of(response.content)
    assert "Cuối học kỳ I, năm học 2026 – 2027" in page
    assert "Em chăm học và lễ phép." in page


def test_printing_is_recorded_with_the_period(signed: Cast) -> None:
    client_of(signed, "van").get(of_school(signed))
    event = AuditEvent.objects.get(event=PRINTED)
    assert event.actor == signed.van.user
    assert (event.target_type, event.school_class_id, event.student_id) == (
        "assessments.periodrecord",
        signed.school_class.pk,
        signed.anh.student_id,
    )
    history = client_of(signed, "hanh").get(reverse("student_history", args=[event.student_id]))
    sentence = "In phiếu liên lạc của em Lê Minh Anh, cuối học kỳ I"
    assert sentence in history.content.decode()


@pytest.mark.parametrize("name", ["binh", "suong", "kien"])
def test_a_colleague_who_does_not_print_cards_prints_no_report(signed: Cast, name: str) -> None:
    assert client_of(signed, name).get(of_school(signed)).status_code == 403
    assert not AuditEvent.objects.filter(event=PRINTED).exists()


def test_what_is_not_signed_off_is_a_sentence_on_the_pupils_page(cast: Cast) -> None:
    states.submitted(cast)
    response = client_of(cast, "ngoc").get(of_school(cast), follow=True)
    assert response.redirect_chain == [(reverse("student", args=[cast.anh.student_id]), 302)]
    assert "chưa được hiệu trưởng ký duyệt" in response.content.decode()
    assert not AuditEvent.objects.filter(event=PRINTED).exists()


def test_another_schools_report_stays_there(cast: Cast) -> None:
    year = factories.make_school_year(cast.other_school, 2025)
    there = factories.enroll(
        cast.anh.student,
        factories.make_class(year, "3B", (3,)),
        ended_on=year.ends_on,
        exit_reason=ExitReason.YEAR_ENDED,
    )
    signed_year(there, signer=cast.quang)
    where = of_school(cast, period=Period.END_YEAR, year=2025)
    assert client_of(cast, "hanh").get(where).status_code == 302


def test_a_mother_prints_her_childs_report(signed: Cast, mother: Client) -> None:
    response = mother.get(of_family(signed))
    assert "Em chăm học và lễ phép." in text_of(response.content)
    event = AuditEvent.objects.get(event=PRINTED)
    assert (event.actor, event.student_id) == (signed.hoa, signed.anh.student_id)


def test_both_print_the_same_pages(signed: Cast, mother: Client) -> None:
    printed = client_of(signed, "hanh").get(of_school(signed)).content
    assert mother.get(of_family(signed)).content == printed


def test_a_mother_sees_that_it_is_under_review(cast: Cast, mother: Client) -> None:
    states.with_anh_reopened(cast)
    assert has_mark(text_of(mother.get(of_family(cast)).content), REVIEW_MARK)


def test_what_is_not_signed_off_does_not_exist_for_a_mother(cast: Cast, mother: Client) -> None:
    states.submitted(cast)
    assert mother.get(of_family(cast)).status_code == 404


@pytest.mark.parametrize("where", [{"period": Period.MID_TERM_1}, {"year": 2025}, {"pupil": "duc"}])
def test_another_period_year_or_child_does_not_exist(
    signed: Cast, mother: Client, where: dict[str, object]
) -> None:
    assert mother.get(of_family(signed, **where)).status_code == 404


def test_whoever_has_not_logged_in_is_asked_to(signed: Cast) -> None:
    for url in (of_school(signed), of_family(signed)):
        assert Client().get(url)["Location"].startswith(reverse("login"))


def test_the_pages_are_only_read(signed: Cast, mother: Client) -> None:
    assert client_of(signed, "hanh").post(of_school(signed)).status_code == 405
    assert mother.post(of_family(signed)).status_code == 405


def test_the_childs_page_leads_to_its_report(signed: Cast, mother: Client) -> None:
    page = mother.get(reverse("child_card", args=[signed.anh.student_id])).content.decode()
    assert f'href="{of_family(signed)}"' in page
    assert "Tải phiếu này, bản PDF" in page


@pytest.mark.parametrize(("name", "is_offered"), [("ngoc", True), ("hanh", True), ("binh", False)])
def test_the_classs_page_leads_to_each_pupils_report(
    signed: Cast, name: str, is_offered: bool
) -> None:
    url = reverse("class_period", args=[signed.school_class.pk, END_TERM_1])
    page = client_of(signed, name).get(url).content.decode()
    for pupil in ("anh", "duc", "hhen"):
        assert (of_school(signed, pupil=pupil) in page) == is_offered


def test_the_classs_page_offers_nothing_before_it_is_signed(cast: Cast) -> None:
    states.submitted(cast)
    url = reverse("class_period", args=[cast.school_class.pk, END_TERM_1])
    assert of_school(cast) not in client_of(cast, "ngoc").get(url).content.decode()


@pytest.fixture
def stored(signed: Cast, own_storages: None) -> Rendering:
    """Anh's report, as a worker laid it out."""
    content = report_content(SignOff.objects.in_force().get(record__enrollment=signed.anh))
    by = signed.van.acting_user
    [rendering] = actions.ask_for_renderings(contents=[content], by=by)
    return actions.render_now(rendering=rendering, by=by)


def test_what_a_worker_laid_out_is_not_laid_out_again(
    signed: Cast, mother: Client, stored: Rendering, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportcards.renderings.at_once.render", None)
    assert mother.get(of_family(signed)).content == pdf_in(stored)


def test_a_lost_file_is_laid_out_again(signed: Cast, mother: Client, stored: Rendering) -> None:
    kept = pdf_in(stored)
    rendered_storage().delete(stored.name)
    assert mother.get(of_family(signed)).content == kept
