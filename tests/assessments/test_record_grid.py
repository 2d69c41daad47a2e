from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from assessments import actions
from assessments.merge import Edit, RowEdit
from assessments.models import PeriodRecord
from rulesets import Period
from tests import factories
from tests.assessments.filling import record_row
from tests.assessments.pages import GridForm, log_in
from tests.cast import Cast

END_TERM_1 = Period.END_TERM_1


@pytest.fixture
def url(cast: Cast) -> str:
    return reverse("record_grid", args=[cast.school_class.pk, END_TERM_1])


@pytest.fixture
def ngoc(client: Client, cast: Cast) -> Client:
    return log_in(client, cast.ngoc)


@pytest.fixture
def filled(cast: Cast) -> Cast:
    actions.save_period_records(
        school_class=cast.school_class,
        period=END_TERM_1,
        rows=[record_row(cast.anh.pk)],
        by=cast.ngoc,
    )
    return cast


def test_what_was_typed_is_saved(ngoc: Client, cast: Cast, url: str):
    typed = {
        "absences_with_leave": "2",
        "absences_without_leave": "0",
        "height_cm": "132,5",
        "weight_kg": "29",
        "quality_comment": "Biết giúp bạn.",
        "homeroom_comment": "Em chăm học.\r\nCần đọc thêm sách.",
    }

    response = ngoc.post(
        url,
        GridForm(ngoc.get(url)).typed(**{f"e{cast.anh.pk}_{name}": typed[name] for name in typed}),
    )

    assert response.status_code == 302
    record = PeriodRecord.objects.get()
    assert (record.absences_with_leave, record.absences_without_leave) == (2, 0)
    assert (record.height_cm, record.weight_kg) == (Decimal("132.5"), Decimal(29))
    assert record.quality_comment == "Biết giúp bạn."
    assert record.homeroom_comment == "Em chăm học.\nCần đọc thêm sách."
    assert record.saved_by == cast.ngoc.user


def test_stored_measures_are_written_as_people_write_them(ngoc: Client, filled: Cast, url: str):
    page = GridForm(ngoc.get(url))

    assert page[f"e{filled.anh.pk}-height_cm"] == "132,5"
    assert page[f"e{filled.anh.pk}-weight_kg"] == "29"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_untouched_page_changes_nothing(language: str, ngoc: Client, filled: Cast, url: str):
    ngoc.cookies["django_language"] = language
    before = PeriodRecord.objects.get()

    response = ngoc.post(url, GridForm(ngoc.get(url)).typed())

    assert response.status_code == 302
    assert PeriodRecord.objects.get().saved_at == before.saved_at


@pytest.mark.parametrize("typed", ["128.5", "128,5", " 128,5 "])
def test_comma_and_point_both_separate_decimals(typed: str, ngoc: Client, cast: Cast, url: str):
    ngoc.post(url, GridForm(ngoc.get(url)).typed(**{f"e{cast.anh.pk}_height_cm": typed}))

    assert PeriodRecord.objects.get().height_cm == Decimal("128.5")


@pytest.mark.parametrize(
    ("cell", "typed", "sentence"),
    [
        ("absences_with_leave", "-1", "Số buổi là số nguyên từ 0 đến 200."),
        ("absences_with_leave", "201", "Số buổi là số nguyên từ 0 đến 200."),
        ("absences_with_leave", "1,5", "Số buổi là số nguyên từ 0 đến 200."),
        ("absences_without_leave", "hai", "Số buổi là số nguyên từ 0 đến 200."),
        ("height_cm", "1,28", "Chiều cao tính bằng cm, từ 10 đến 300, ví dụ 128,5."),
        ("height_cm", "301", "Chiều cao tính bằng cm, từ 10 đến 300, ví dụ 128,5."),
        ("weight_kg", "0", "Cân nặng tính bằng kg, từ 1 đến 300, ví dụ 26,5."),
        ("weight_kg", "26,55", "Cân nặng tính bằng kg, từ 1 đến 300, ví dụ 26,5."),
        ("quality_comment", "ô" * 501, "Nhận xét dài tối đa 500 ký tự; đang có 501."),
        ("homeroom_comment", "ô" * 2001, "Nhận xét dài tối đa 2000 ký tự; đang có 2001."),
    ],
)
def test_a_wrong_value_is_refused_and_stays_typed(
    cell: str, typed: str, sentence: str, ngoc: Client, cast: Cast, url: str
):
    response = ngoc.post(url, GridForm(ngoc.get(url)).typed(**{f"e{cast.anh.pk}_{cell}": typed}))

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert GridForm(response)[f"e{cast.anh.pk}-{cell}"] == typed
    assert not PeriodRecord.objects.exists()


def test_a_newer_height_is_asked_about(ngoc: Client, filled: Cast, url: str):
    page = GridForm(ngoc.get(url))
    edit = RowEdit(filled.anh.pk, {"height_cm": Edit(Decimal("132.5"), Decimal(133))})
    actions.save_period_records(
        school_class=filled.school_class, period=END_TERM_1, rows=[edit], by=filled.ngoc
    )

    response = ngoc.post(url, page.typed(**{f"e{filled.anh.pk}_height_cm": "134"}))

    assert response.status_code == 422
    assert PeriodRecord.objects.get().height_cm == 133
    kept = GridForm(response).typed() | {f"e{filled.anh.pk}-height_cm-keep": "mine"}
    assert ngoc.post(url, kept).status_code == 302
    assert PeriodRecord.objects.get().height_cm == 134


def test_what_the_period_requires_is_missing_until_it_is_there(
    ngoc: Client, filled: Cast, url: str
):
    rows = ngoc.get(url).context["page"].rows

    assert [row.state for row in rows] == ["saved", "missing", "missing"]


def test_nothing_is_required_in_mid_term(ngoc: Client, cast: Cast):
    rows = (
        ngoc.get(reverse("record_grid", args=[cast.school_class.pk, Period.MID_TERM_1]))
        .context["page"]
        .rows
    )

    assert {row.state for row in rows} == {"empty"}


@pytest.mark.parametrize("reader", ["hanh", "tam"])
def test_leaders_and_registrar_read_everything(reader: str, client: Client, filled: Cast, url: str):
    html = log_in(client, getattr(filled, reader)).get(url).content.decode()

    assert "132,5" in html
    assert "Em chăm học và lễ phép." in html
    assert "<textarea" not in html


def test_a_subject_teacher_does_not_see_height_and_weight(client: Client, filled: Cast, url: str):
    html = log_in(client, filled.binh).get(url).content.decode()

    assert "Em chăm học và lễ phép." in html
    assert "132,5" not in html
    assert "Cân nặng" not in html


@pytest.mark.parametrize("person", ["binh", "hanh", "tam"])
def test_only_the_homeroom_teacher_writes(person: str, client: Client, cast: Cast, url: str):
    response = log_in(client, getattr(cast, person)).post(url)

    assert response.status_code == 403
    assert "Chỉ giáo viên chủ nhiệm đang phụ trách lớp 4A" in response.content.decode()


def test_strangers_and_colleagues_elsewhere_stay_outside(client: Client, cast: Cast, url: str):
    assert log_in(client, cast.quang).get(url).status_code == 404
    assert log_in(client, cast.suong).get(url).status_code == 403


def test_opening_takes_as_few_queries_for_many_as_for_one(
    ngoc: Client, filled: Cast, url: str, django_assert_max_num_queries
):
    with django_assert_max_num_queries(10) as few:
        ngoc.get(url)
    for number in range(40):
        factories.enroll(factories.make_student(f"Hà Thị {number}"), filled.school_class)
    with django_assert_max_num_queries(10) as many:
        assert len(ngoc.get(url).context["page"].rows) == 43

    assert len(few) == len(many)
