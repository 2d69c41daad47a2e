"""What is signed off is laid out at once, so that nobody waits when she prints."""

import pytest
import time_machine

from assessments import sign_off_listeners
from assessments.models import SignOff
from audit.models import AuditEvent
from reportcards.models import Rendering
from reportcards.renderings.after_sign_off import ask_for_documents
from reportcards.renderings.on_demand import printed_on_demand
from rulesets import Period
from tests.assessments import states
from tests.cast import IN_MAY, NOW

pytestmark = pytest.mark.django_db


TIMES = {Period.END_TERM_1: NOW, Period.END_YEAR: IN_MAY}


@pytest.fixture
def sign_off(cast, django_capture_on_commit_callbacks):
    def sign_off(period):
        with (
            time_machine.travel(TIMES[period], tick=False),
            django_capture_on_commit_callbacks(execute=True),
        ):
            states.signed_off(cast, period)

    return sign_off


def kinds():
    return sorted(Rendering.objects.values_list("kind", flat=True))


def test_a_terms_end_asks_for_the_reports_to_parents(cast, sign_off):
    sign_off(Period.END_TERM_1)
    pupils = SignOff.objects.count()
    assert kinds() == ["report"] * pupils
    assert set(Rendering.objects.values_list("sign_off", flat=True)) == set(
        SignOff.objects.values_list("pk", flat=True)
    )


def test_a_years_end_also_asks_for_the_pages_of_the_year(sign_off):
    sign_off(Period.END_YEAR)
    pupils = SignOff.objects.count()
    assert kinds() == ["report"] * pupils + ["year"] * pupils


def test_it_is_recorded_who_signed(cast, sign_off):
    sign_off(Period.END_TERM_1)
    [event] = AuditEvent.objects.filter(event="rendering.asked")
    assert event.actor == SignOff.objects.first().signed_by


def test_a_demo_school_prints_on_demand(cast, sign_off):
    with printed_on_demand():
        sign_off(Period.END_TERM_1)
    assert not Rendering.objects.exists()


def test_what_is_under_review_by_then_is_a_draft(
    cast, sign_off, django_capture_on_commit_callbacks
):
    with printed_on_demand():
        sign_off(Period.END_TERM_1)
    signed = SignOff.objects.first()
    type(signed.record).objects.filter(pk=signed.record_id).update(
        status="reopened", locked_at=None
    )
    with django_capture_on_commit_callbacks(execute=True):
        ask_for_documents([signed], by=cast.hanh.user)
    assert Rendering.objects.get().sign_off is None


def test_a_refusal_to_lay_out_does_not_reach_whoever_signs(cast, sign_off, monkeypatch, caplog):
    def refuse(**_):
        raise RuntimeError("no disk")

    monkeypatch.setattr("reportcards.renderings.after_sign_off.ask_for_renderings", refuse)
    sign_off(Period.END_TERM_1)
    assert SignOff.objects.exists()
    assert "no disk" in caplog.text


def test_assessments_know_the_listener_by_its_apps_word():
    assert list(sign_off_listeners._listeners()) == [ask_for_documents]
