import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import PeriodRecord, SubjectResult, TestScore
from audit.models import AuditEvent
from rulesets import Period
from schools.models import SchoolClass
from tests import factories
from tests.assessments.filling import assign_every_subject, fill_class
from tests.assessments.pages import GridForm, log_in, result_of, save_cells, subject_url
from tests.cast import Cast

END_TERM_1 = Period.END_TERM_1


@pytest.fixture
def url(cast: Cast) -> str:
    return subject_url(cast)


@pytest.fixture
def ngoc(client: Client, cast: Cast) -> Client:
    return log_in(client, cast.ngoc)


# Opening


def test_a_row_for_each_pupil_before_anything_was_entered(ngoc: Client, cast: Cast, url: str):
    page = GridForm(ngoc.get(url))

    for pupil in (cast.anh, cast.hhen, cast.duc):
        assert page[f"e{pupil.pk}-level"] == ""
        assert page[f"initial-e{pupil.pk}-level"] == ""
    assert not PeriodRecord.objects.exists()


def test_pupils_stand_in_roll_order_with_their_numbers(ngoc: Client, cast: Cast, url: str):
    rows = ngoc.get(url).context["page"].rows

    assert [(row.pupil.number, row.name) for row in rows] == [
        (1, "Lê Minh Anh"),
        (2, "Võ Trí Đức"),
        (3, "H'Hen Niê"),
    ]


def test_what_is_stored_stands_in_its_cells_and_as_their_base(ngoc: Client, cast: Cast, url: str):
    save_cells(
        cast, cast.anh, level=("", "T"), score=(None, 9), comment=("", "Tính nhanh.\nCẩn thận.")
    )

    page = GridForm(ngoc.get(url))

    for prefix in ("", "initial-"):
        assert page[f"{prefix}e{cast.anh.pk}-level"] == "T"
        assert page[f"{prefix}e{cast.anh.pk}-score"] == "9"
        assert page[f"{prefix}e{cast.anh.pk}-comment"] == "Tính nhanh.\nCẩn thận."


def test_no_score_is_asked_where_no_test_is_due(ngoc: Client, cast: Cast):
    factories.assign_teacher(cast.school_class, "dao_duc", cast.ngoc)

    page = GridForm(ngoc.get(subject_url(cast, "dao_duc")))

    assert f"e{cast.anh.pk}-level" in page
    assert f"e{cast.anh.pk}-score" not in page


def test_the_levels_are_the_rulesets_and_exemption(ngoc: Client, cast: Cast, url: str):
    row = ngoc.get(url).context["page"].rows[0]

    assert [value for value, _label in row.form.fields["level"].choices] == ["", "T", "H", "C", "M"]


def test_a_row_says_whether_something_is_missing(ngoc: Client, cast: Cast, url: str):
    save_cells(cast, cast.anh, level=("", "T"), score=(None, 9))
    save_cells(cast, cast.hhen, level=("", "M"), exemption_reason=("", "Em mổ tim"))
    save_cells(cast, cast.duc, level=("", "T"))

    rows = ngoc.get(url).context["page"].rows

    assert [row.state for row in rows] == ["saved", "missing", "saved"]


def test_the_page_leads_back_to_the_class(ngoc: Client, cast: Cast, url: str):
    class_url = reverse("class_period", args=[cast.school_class.pk, END_TERM_1])

    assert f'href="{class_url}"' in ngoc.get(url).content.decode()


def test_a_multigrade_class_shows_the_grades_that_take_the_subject(client: Client, cast: Cast):
    mixed = factories.make_class(cast.school_year, "2-3", (2, 3))
    younger = factories.enroll(factories.make_student("Hà Thị Bé"), mixed, grade_level=2)
    older = factories.enroll(factories.make_student("Hà Văn Lớn"), mixed, grade_level=3)
    for subject_code in ("cong_nghe", "toan"):
        factories.assign_teacher(mixed, subject_code, cast.suong)
    log_in(client, cast.suong)

    technology, maths = (
        GridForm(client.get(reverse("subject_grid", args=[mixed.pk, END_TERM_1, subject_code])))
        for subject_code in ("cong_nghe", "toan")
    )

    assert f"e{older.pk}-level" in technology
    assert f"e{younger.pk}-level" not in technology
    assert f"e{older.pk}-score" in maths
    assert f"e{younger.pk}-score" in maths


def test_a_teacher_of_one_grade_writes_that_grade_only(client: Client, cast: Cast):
    mixed = factories.make_class(cast.school_year, "4-5", (4, 5))
    younger = factories.enroll(factories.make_student("Hà Thị Bé"), mixed, grade_level=4)
    older = factories.enroll(factories.make_student("Hà Văn Lớn"), mixed, grade_level=5)
    factories.TeachingAssignment.objects.create(
        offering=mixed.subject_offerings.get(subject_code="toan", grade_level=5),
        staff_member=cast.suong,
        started_on=factories.YEAR_START,
    )

    page = GridForm(
        log_in(client, cast.suong).get(reverse("subject_grid", args=[mixed.pk, END_TERM_1, "toan"]))
    )

    assert f"e{older.pk}-level" in page
    assert f"e{younger.pk}-level" not in page


def test_opening_takes_as_few_queries_for_45_pupils_as_for_one(
    client: Client, cast: Cast, django_assert_max_num_queries
):
    log_in(client, cast.suong)
    counts = []
    for name, pupils in (("4B", 1), ("4C", 45)):
        school_class = filled_class(cast, name, pupils)
        url = reverse("subject_grid", args=[school_class.pk, END_TERM_1, "toan"])
        with django_assert_max_num_queries(10) as queries:
            assert len(client.get(url).context["page"].rows) == pupils
        counts.append(len(queries))

    assert counts[0] == counts[1]


def filled_class(cast: Cast, name: str, pupils: int) -> SchoolClass:
    school_class = factories.make_class(cast.school_year, name, (4,))
    for number in range(pupils):
        factories.enroll(factories.make_student(f"Hà Thị {number}"), school_class)
    factories.assign_homeroom(school_class, cast.suong)
    assign_every_subject(school_class, cast.suong)
    fill_class(school_class, END_TERM_1, homeroom=cast.suong)
    return school_class


@pytest.mark.parametrize("reader", ["hanh", "tam", "ngoc"])
def test_readers_open_the_page_within_ten_queries(
    reader: str, client: Client, cast: Cast, django_assert_max_num_queries
):
    log_in(client, getattr(cast, reader))

    with django_assert_max_num_queries(10):
        client.get(subject_url(cast, "ngoai_ngu_1"))


# Saving


def test_what_was_typed_is_saved_with_its_author(ngoc: Client, cast: Cast, url: str):
    posted = GridForm(ngoc.get(url)).typed(
        **{
            f"e{cast.anh.pk}_level": "T",
            f"e{cast.anh.pk}_score": 9,
            f"e{cast.anh.pk}_comment": "Tốt.",
        }
    )

    response = ngoc.post(url, posted, follow=True)

    assert response.redirect_chain == [(url, 302)]
    assert "Đã lưu 1 học sinh." in response.content.decode()
    result = result_of(cast.anh)
    assert (result.level, result.effective_score, result.comment) == ("T", 9, "Tốt.")
    assert result.saved_by == cast.ngoc.user


def test_a_save_is_in_the_history(ngoc: Client, cast: Cast, url: str):
    ngoc.post(url, GridForm(ngoc.get(url)).typed(**{f"e{cast.anh.pk}_level": "T"}))

    event = AuditEvent.objects.get(event="subject_result.saved")
    assert event.changes == {"subject": [None, "toan"], "level": ["", "T"]}


def test_a_save_without_changes_writes_nothing(ngoc: Client, cast: Cast, url: str):
    response = ngoc.post(url, GridForm(ngoc.get(url)).typed(), follow=True)

    assert "Không có thay đổi nào để lưu." in response.content.decode()
    assert not PeriodRecord.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_cell_is_cleared(ngoc: Client, cast: Cast, url: str):
    save_cells(cast, cast.anh, level=("", "T"), score=(None, 9))

    ngoc.post(
        url,
        GridForm(ngoc.get(url)).typed(**{f"e{cast.anh.pk}_level": "", f"e{cast.anh.pk}_score": ""}),
    )

    assert result_of(cast.anh).level == ""
    assert not TestScore.objects.exists()


def test_a_score_is_corrected(ngoc: Client, cast: Cast, url: str):
    save_cells(cast, cast.anh, score=(None, 9))

    ngoc.post(url, GridForm(ngoc.get(url)).typed(**{f"e{cast.anh.pk}_score": 10}))

    assert TestScore.objects.get().score == 10


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Đọc to, rõ.  ", "Đọc to, rõ."),
        ("Đo\u0323c to\u200b, rõ\u0007.", "Đọc to, rõ."),
        ("Đọc\u00a0to,\trõ.", "Đọc to, rõ."),
        ("Đọc to. \r\nViết rõ.", "Đọc to.\nViết rõ."),
    ],
)
def test_a_comment_is_kept_as_plain_text(
    typed: str, stored: str, ngoc: Client, cast: Cast, url: str
):
    ngoc.post(url, GridForm(ngoc.get(url)).typed(**{f"e{cast.anh.pk}_comment": typed}))

    assert result_of(cast.anh).comment == stored


def test_a_comment_of_several_lines_is_not_a_change_of_its_own(ngoc: Client, cast: Cast, url: str):
    save_cells(cast, cast.anh, comment=("", "Một.\nHai."))
    posted = GridForm(ngoc.get(url)).typed()
    as_browsers_send = {name: text.replace("\n", "\r\n") for name, text in posted.items()}

    response = ngoc.post(url, as_browsers_send, follow=True)

    assert "Không có thay đổi nào để lưu." in response.content.decode()


def test_saving_takes_as_few_queries_for_45_pupils_as_for_one(
    client: Client, cast: Cast, django_assert_max_num_queries
):
    log_in(client, cast.suong)
    counts = []
    for name, pupils in (("4B", 1), ("4C", 45)):
        school_class = filled_class(cast, name, pupils)
        url = reverse("subject_grid", args=[school_class.pk, END_TERM_1, "toan"])
        page = GridForm(client.get(url))
        with django_assert_max_num_queries(25) as queries:
            client.post(url, page.typed(**everything_changed(school_class)))
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert SubjectResult.objects.filter(level="H", comment="Cần cố gắng.").count() == 46


def everything_changed(school_class: SchoolClass) -> dict[str, object]:
    cells = {"level": "H", "score": 6, "comment": "Cần cố gắng."}
    return {
        f"e{pupil.pk}_{name}": value
        for pupil in school_class.enrollments.all()
        for name, value in cells.items()
    }
