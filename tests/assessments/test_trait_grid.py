import pytest
from django.test import Client
from django.urls import reverse

from assessments import actions
from assessments.merge import Edit, RowEdit
from assessments.models import TraitResult
from rulesets import Period
from tests import factories
from tests.assessments.pages import GridForm, log_in
from tests.cast import Cast

END_TERM_1 = Period.END_TERM_1


@pytest.fixture
def url(cast: Cast) -> str:
    return reverse("trait_grid", args=[cast.school_class.pk, END_TERM_1])


@pytest.fixture
def ngoc(client: Client, cast: Cast) -> Client:
    return log_in(client, cast.ngoc)


def levels_of(cast: Cast) -> dict[str, str]:
    stored = TraitResult.objects.filter(record__enrollment=cast.anh)
    return dict(stored.values_list("trait_code", "level"))


def note(cast: Cast, text: str) -> None:
    actions.save_trait_notes(
        school_class=cast.school_class,
        period=END_TERM_1,
        rows=[RowEdit(cast.anh.pk, {"text": Edit("", text)})],
        by=cast.binh,
    )


def test_every_trait_of_the_grade_has_its_column_under_its_group(
    ngoc: Client, cast: Cast, url: str
):
    page = ngoc.get(url).context["page"]

    assert page.groups == [
        ("Những phẩm chất chủ yếu", 5),
        ("Những năng lực chung", 3),
        ("Những năng lực đặc thù", 7),
    ]
    assert [column.label for column in page.columns][:2] == ["Yêu nước", "Nhân ái"]


def test_the_levels_are_the_rulesets(ngoc: Client, cast: Cast, url: str):
    form = ngoc.get(url).context["page"].rows[0].form

    assert [value for value, _label in form.fields["yeu_nuoc"].choices] == ["", "T", "Đ", "C"]


def test_a_younger_grade_is_not_asked_for_computing(client: Client, cast: Cast):
    mixed = factories.make_class(cast.school_year, "2-3", (2, 3))
    younger = factories.enroll(factories.make_student("Hà Thị Bé"), mixed, grade_level=2)
    older = factories.enroll(factories.make_student("Hà Văn Lớn"), mixed, grade_level=3)
    factories.assign_homeroom(mixed, cast.suong)

    page = GridForm(
        log_in(client, cast.suong).get(reverse("trait_grid", args=[mixed.pk, END_TERM_1]))
    )

    assert f"e{older.pk}-tin_hoc" in page
    assert f"e{younger.pk}-tin_hoc" not in page


def test_levels_are_saved_changed_and_taken_back(ngoc: Client, cast: Cast, url: str):
    first = GridForm(ngoc.get(url)).typed(
        **{f"e{cast.anh.pk}_yeu_nuoc": "T", f"e{cast.anh.pk}_nhan_ai": "Đ"}
    )
    ngoc.post(url, first)
    assert levels_of(cast) == {"yeu_nuoc": "T", "nhan_ai": "Đ"}

    second = GridForm(ngoc.get(url)).typed(
        **{f"e{cast.anh.pk}_yeu_nuoc": "C", f"e{cast.anh.pk}_nhan_ai": ""}
    )
    ngoc.post(url, second)
    assert levels_of(cast) == {"yeu_nuoc": "C"}


def test_an_unknown_level_is_refused_with_the_list(ngoc: Client, cast: Cast, url: str):
    response = ngoc.post(url, GridForm(ngoc.get(url)).typed(**{f"e{cast.anh.pk}_yeu_nuoc": "H"}))

    assert response.status_code == 422
    assert "Mức “H” không có trong quy định; chỉ nhận: T, Đ, C." in response.content.decode()
    assert levels_of(cast) == {}


def test_a_newer_level_is_asked_about_and_the_others_saved(ngoc: Client, cast: Cast, url: str):
    page = GridForm(ngoc.get(url))
    actions.save_trait_results(
        school_class=cast.school_class,
        period=END_TERM_1,
        rows=[RowEdit(cast.anh.pk, {"yeu_nuoc": Edit("", "T")})],
        by=cast.ngoc,
    )

    response = ngoc.post(
        url, page.typed(**{f"e{cast.anh.pk}_yeu_nuoc": "C", f"e{cast.anh.pk}_nhan_ai": "Đ"})
    )

    assert response.status_code == 422
    assert "Yêu nước của Lê Minh Anh đã được người khác sửa" in response.content.decode()
    assert levels_of(cast) == {"yeu_nuoc": "T", "nhan_ai": "Đ"}


def test_a_row_is_complete_when_every_trait_has_a_level(ngoc: Client, cast: Cast, url: str):
    form = ngoc.get(url).context["page"].rows[0].form
    ngoc.post(
        url,
        GridForm(ngoc.get(url)).typed(**{f"e{cast.anh.pk}_{code}": "T" for code in form.fields}),
    )

    rows = ngoc.get(url).context["page"].rows

    assert [row.state for row in rows] == ["saved", "missing", "missing"]


def test_the_homeroom_teacher_reads_the_notes_beside_the_pupil(ngoc: Client, cast: Cast, url: str):
    note(cast, "Hay giúp bạn phát âm.")

    rows = ngoc.get(url).context["page"].rows

    assert [[remark.text for remark in row.notes] for row in rows] == [
        ["Hay giúp bạn phát âm."],
        [],
        [],
    ]
    assert "Y Bình Êban" in ngoc.get(url).content.decode()


def test_a_note_is_text_and_not_markup(ngoc: Client, cast: Cast, url: str):
    note(cast, "<b>Đậm</b>\nHai dòng")

    html = ngoc.get(url).content.decode()

    assert "&lt;b&gt;Đậm&lt;/b&gt;<br>Hai dòng" in html


@pytest.mark.parametrize(
    ("reader", "reads_notes"), [("hanh", True), ("binh", False), ("tam", False)]
)
def test_readers_see_levels_and_only_leaders_the_notes(
    reader: str, reads_notes: bool, client: Client, cast: Cast, url: str
):
    note(cast, "Hay giúp bạn phát âm.")

    html = log_in(client, getattr(cast, reader)).get(url).content.decode()

    assert "<select" not in html
    assert ("Hay giúp bạn phát âm." in html) is reads_notes


@pytest.mark.parametrize("person", ["binh", "hanh", "tam"])
def test_only_the_homeroom_teacher_writes(person: str, client: Client, cast: Cast, url: str):
    assert log_in(client, getattr(cast, person)).post(url).status_code == 403


def test_strangers_and_colleagues_elsewhere_stay_outside(client: Client, cast: Cast, url: str):
    assert log_in(client, cast.quang).get(url).status_code == 404
    assert log_in(client, cast.suong).get(url).status_code == 403


@pytest.mark.parametrize("reader", ["ngoc", "hanh", "binh"])
def test_opening_takes_as_few_queries_for_many_as_for_one(
    reader: str, client: Client, cast: Cast, url: str, django_assert_max_num_queries
):
    note(cast, "Hay giúp bạn phát âm.")
    log_in(client, getattr(cast, reader))
    with django_assert_max_num_queries(10) as few:
        client.get(url)
    for number in range(40):
        factories.enroll(factories.make_student(f"Hà Thị {number}"), cast.school_class)
    with django_assert_max_num_queries(10) as many:
        assert len(client.get(url).context["page"].rows) == 43

    assert len(few) == len(many)
