import datetime
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments import actions
from assessments.merge import Edit, RowEdit
from assessments.models import PeriodRecord, Retest
from assessments.payload import canonical_bytes, digest_of, draft_payload, signed_payload
from rulesets import Period
from tests.assessments.filling import assign_every_subject, fill_class
from tests.cast import NOW, Cast
from tests.rows import saved_row

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@pytest.fixture
def filled(cast: Cast) -> Cast:
    assign_every_subject(cast.school_class, cast.ngoc)
    fill_class(
        cast.school_class,
        Period.END_TERM_1,
        homeroom=cast.ngoc,
        teachers={"ngoai_ngu_1": cast.binh},
    )
    return cast


def _record(cast: Cast) -> PeriodRecord:
    return PeriodRecord.objects.with_results().get(enrollment=cast.anh)


def test_a_draft_names_no_signer(filled: Cast) -> None:
    payload = draft_payload(_record(filled))
    assert payload["signed_by"] is None
    assert payload["signed_at"] is None


def test_a_signed_payload_names_the_signer_and_the_local_time(filled: Cast) -> None:
    payload = signed_payload(_record(filled), signer=filled.hanh, signed_at=NOW)
    assert payload["signed_by"] == {
        "full_name": "Nguyễn Thị Hạnh",
        "position_title": "Hiệu trưởng",
    }
    assert payload["signed_at"] == "2027-01-05T20:30:00+07:00"


def test_subjects_stand_in_form_order_with_their_words(filled: Cast) -> None:
    subjects = draft_payload(_record(filled))["subjects"]
    assert [row["code"] for row in subjects][:4] == [
        "tieng_viet",
        "toan",
        "ngoai_ngu_1",
        "lich_su_va_dia_li",
    ]
    assert subjects[1] == {
        "code": "toan",
        "name": "Toán",
        "language_name": "",
        "level": "T",
        "level_name": "Hoàn thành tốt",
        "score": 9,
        "is_tested": True,
        "comment": "",
        "attempts": [{"score": 9, "taken_on": None}],
    }


def test_the_last_attempt_is_the_score(filled: Cast) -> None:
    result = _record(filled).subject_results.get(subject_code="toan")
    retest = saved_row(Retest, filled, record=result.record)
    result.test_scores.create(attempt=2, score=6, retest=retest, taken_on=datetime.date(2027, 1, 5))
    subjects = draft_payload(_record(filled))["subjects"]
    assert next(row["score"] for row in subjects if row["code"] == "toan") == 6


def test_what_was_not_entered_is_null_and_never_zero(cast: Cast) -> None:
    class_period = cast.school_class.class_periods.create(period=Period.END_TERM_1)
    class_period.records.create(enrollment=cast.anh)
    payload = draft_payload(_record(cast))
    assert {row["level"] for row in payload["subjects"]} == {None}
    assert {row["score"] for row in payload["subjects"]} == {None}
    assert payload["attendance"] == {
        "absences_with_leave": None,
        "absences_without_leave": None,
    }


def test_no_sensitive_field_is_in_it(filled: Cast) -> None:
    text = json.dumps(draft_payload(_record(filled)))
    assert "ethnicity" not in text
    assert "disability" not in text


def test_text_is_composed(filled: Cast) -> None:
    decomposed = unicodedata.normalize("NFD", "Tiến bộ rõ rệt")
    actions.save_period_records(
        school_class=filled.school_class,
        period=Period.END_TERM_1,
        rows=[
            RowEdit(
                filled.anh.pk,
                {"quality_comment": Edit("Biết giúp đỡ bạn.", decomposed)},
            )
        ],
        by=filled.ngoc,
    )
    assert draft_payload(_record(filled))["comments"]["quality"] == "Tiến bộ rõ rệt"


def test_a_class_takes_the_same_queries_as_a_pupil(filled: Cast, django_assert_num_queries) -> None:
    with django_assert_num_queries(8):
        records = PeriodRecord.objects.with_results().filter(
            class_period__school_class=filled.school_class
        )
        payloads = [draft_payload(record) for record in records]
    assert len(payloads) == 3


@given(plain)
def test_the_digest_does_not_depend_on_the_order_of_keys(value: object) -> None:
    payload = {"b": value, "a": 1}
    assert digest_of(payload) == digest_of({"a": 1, "b": value})


@given(plain)
def test_a_payload_reads_back_from_its_canonical_form(value: object) -> None:
    payload = {"value": value}
    assert json.loads(canonical_bytes(payload)) == payload
