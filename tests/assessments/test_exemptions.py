"""Exempt from a subject (M): with a reason, or the class is not handed in."""

import pytest
from django.http import HttpResponse
from django.urls import reverse

from assessments import actions
from assessments.completeness import Kind, missing_in_class
from assessments.errors import ClassIncomplete, InvalidEntry
from assessments.history_values import HistoryValues
from assessments.merge import Edit, RowEdit
from assessments.models import PeriodRecord, SubjectResult
from assessments.payload import draft_payload
from assessments.progress import progress_of
from assessments.workflow import Status
from audit.models import AuditEvent
from rulesets import Period
from tests.assessments import states
from tests.assessments.pages import GridForm, subject_url
from tests.cast import Cast
from tests.pages import client_of

SPORT = "giao_duc_the_chat"
REASON = "Em mổ tim, có giấy của bệnh viện"


@pytest.fixture
def exempt(cast: Cast) -> Cast:
    """Anh takes no part in physical education; nobody has said why."""
    states.filled(cast)
    states.correct(cast, SPORT, level=("T", "M"))
    return cast


def result(cast: Cast) -> SubjectResult:
    return SubjectResult.objects.get(record__enrollment=cast.anh, subject_code=SPORT)


def explain(cast: Cast, reason: str = REASON) -> None:
    states.correct(cast, SPORT, exemption_reason=("", reason))


def read(cast: Cast, role: str = "ngoc", subject_code: str = SPORT) -> HttpResponse:
    return client_of(cast, role).get(subject_url(cast, subject_code))


def send(cast: Cast, **typed: str) -> HttpResponse:
    form = GridForm(read(cast))
    posted = form.typed(**{f"e{cast.anh.pk}_{name}": value for name, value in typed.items()})
    return client_of(cast, "ngoc").post(subject_url(cast, SPORT), posted)


def test_an_exemption_without_reason_keeps_the_class_back(exempt: Cast) -> None:
    missing = missing_in_class(exempt.school_class, Period.END_TERM_1)
    assert [(row.kind, row.code) for row in missing] == [(Kind.EXEMPTION_REASON, SPORT)]
    with pytest.raises(ClassIncomplete):
        states.submit(exempt)


def test_what_is_missing_is_listed_with_the_pupil_and_a_link(exempt: Cast) -> None:
    url = reverse("class_period", args=[exempt.school_class.pk, Period.END_TERM_1])
    page = client_of(exempt, "ngoc").get(url).content.decode()
    assert "1 em được miễn chưa có lý do" in page
    assert subject_url(exempt, SPORT) in page


def test_the_progress_counts_her_as_not_done(exempt: Cast) -> None:
    (progress,) = progress_of(
        [exempt.school_class], school_year=exempt.school_year, period=Period.END_TERM_1
    )
    part = progress.subjects[SPORT]
    assert (part.done, part.missing[Kind.EXEMPTION_REASON]) == (2, 1)
    assert not progress.is_complete


def test_in_a_tested_subject_too(cast: Cast) -> None:
    states.filled(cast)
    states.correct(cast, "toan", level=("T", "M"), score=(9, None))
    (progress,) = progress_of(
        [cast.school_class], school_year=cast.school_year, period=Period.END_TERM_1
    )
    part = progress.subjects["toan"]
    assert (part.done, part.missing[Kind.EXEMPTION_REASON]) == (2, 1)
    assert part.missing[Kind.TEST_SCORE] == 0


def test_with_the_reason_the_class_is_handed_in(exempt: Cast) -> None:
    explain(exempt)
    assert states.submit(exempt).status == Status.SUBMITTED


def test_the_reason_is_audited(exempt: Cast) -> None:
    explain(exempt)
    event = AuditEvent.objects.filter(event="subject_result.saved").latest("pk")
    assert event.changes["exemption_reason"] == ["", REASON]


def test_back_from_exempt_the_reason_goes_and_the_audit_keeps_it(exempt: Cast) -> None:
    explain(exempt)
    states.correct(exempt, SPORT, level=("M", "H"))
    assert (result(exempt).level, result(exempt).exemption_reason) == ("H", "")
    event = AuditEvent.objects.filter(event="subject_result.saved").latest("pk")
    assert event.changes["exemption_reason"] == [REASON, ""]


def test_a_reason_without_the_level_is_refused(cast: Cast) -> None:
    states.filled(cast)
    with pytest.raises(InvalidEntry, match="chỉ đi với mức miễn"):
        explain(cast)


def test_level_and_reason_may_come_together(cast: Cast) -> None:
    states.filled(cast)
    states.correct(cast, SPORT, level=("T", "M"), exemption_reason=("", REASON))
    assert result(cast).exemption_reason == REASON


def test_a_reason_for_a_level_that_somebody_changed_is_asked_about_with_it(cast: Cast) -> None:
    states.filled(cast)
    report = actions.save_subject_results(
        school_class=cast.school_class,
        period=Period.END_TERM_1,
        subject_code=SPORT,
        rows=[
            RowEdit(cast.anh.pk, {"level": Edit("", "M"), "exemption_reason": Edit("", REASON)}),
        ],
        by=cast.ngoc,
    )
    assert [conflict.field for conflict in report.conflicts] == ["level", "exemption_reason"]
    assert (result(cast).level, result(cast).exemption_reason) == ("T", "")


def test_the_signed_payload_and_the_card_say_exempt_and_not_why(exempt: Cast) -> None:
    """No form has a place for it, and it is often about the child's health."""
    explain(exempt)
    record = PeriodRecord.objects.with_results().get(enrollment=exempt.anh)
    payload = draft_payload(record)
    sport = {row["code"]: row for row in payload["subjects"]}[SPORT]
    assert sport["level_name"] == "Miễn"
    assert REASON not in str(payload)


# In the grid


def test_only_the_row_of_who_is_exempt_has_the_field(exempt: Cast) -> None:
    form = GridForm(read(exempt))
    assert f"e{exempt.anh.pk}-exemption_reason" in form
    assert f"e{exempt.duc.pk}-exemption_reason" not in form


def test_a_row_that_lacks_its_reason_says_so(exempt: Cast) -> None:
    rows = {row.name: row.state for row in read(exempt).context["page"].rows}
    assert rows == {"Lê Minh Anh": "missing", "H'Hen Niê": "saved", "Võ Trí Đức": "saved"}


def test_the_reason_is_saved_like_every_other_cell(exempt: Cast) -> None:
    assert send(exempt, exemption_reason=REASON).status_code == 302
    assert result(exempt).exemption_reason == REASON
    assert GridForm(read(exempt))[f"e{exempt.anh.pk}-exemption_reason"] == REASON


def test_without_a_script_the_level_is_saved_first_and_then_asks(cast: Cast) -> None:
    states.filled(cast)
    assert send(cast, level="M").status_code == 302
    assert "Lý do miễn học" in read(cast).content.decode()


def test_a_decomposed_reason_is_composed(exempt: Cast) -> None:
    send(exempt, exemption_reason="Em mo\u0302\u0309 tim")
    assert result(exempt).exemption_reason == "Em mổ tim"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"exemption_reason": "a" * 251}, "Lý do dài tối đa 250 ký tự; đang có 251."),
        ({"exemption_reason": REASON, "level": "T"}, "Lý do miễn chỉ đi với mức miễn"),
    ],
)
def test_a_wrong_reason_is_refused_at_its_field_and_kept(
    exempt: Cast, typed: dict[str, str], sentence: str
) -> None:
    response = send(exempt, **typed)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert GridForm(response)[f"e{exempt.anh.pk}-exemption_reason"] == typed["exemption_reason"]


def test_a_locked_row_shows_the_reason(exempt: Cast) -> None:
    explain(exempt)
    states.submit(exempt)
    assert REASON in read(exempt).content.decode()


@pytest.mark.parametrize("role", ["ngoc", "hanh", "tam"])
def test_who_needs_the_reason_reads_it(exempt: Cast, role: str) -> None:
    explain(exempt)
    assert REASON in read(exempt, role).content.decode()


def test_a_teacher_of_another_subject_does_not(exempt: Cast) -> None:
    """She may look at the grid; why a child is exempt is often her health."""
    explain(exempt)
    page = read(exempt, "binh").content.decode()
    assert "Lê Minh Anh" in page
    assert REASON not in page


@pytest.mark.parametrize(("sees_health", "shown"), [(True, REASON), (False, "không hiển thị")])
def test_the_history_spells_it_for_whoever_sees_health(
    exempt: Cast, sees_health: bool, shown: str
) -> None:
    explain(exempt)
    event = AuditEvent.objects.filter(event="subject_result.saved").latest("pk")
    values = HistoryValues(
        exempt.school_year.ruleset, sees_health=sees_health, sees_sensitive=False
    )
    assert values.value(event, "exemption_reason", REASON) == shown


def test_the_principal_reads_it_before_she_signs(exempt: Cast) -> None:
    explain(exempt)
    states.submit(exempt)
    url = reverse("class_period", args=[exempt.school_class.pk, Period.END_TERM_1])
    assert f"miễn học, lý do: {REASON}" in client_of(exempt, "hanh").get(url).content.decode()
