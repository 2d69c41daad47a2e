"""Downloading, uploading, looking and confirming, as a teacher's browser meets them."""

import io

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from exchange.class_sheets.actions import download_class_sheet, upload_class_sheet
from exchange.models import EditFate, SheetEdit, SheetUpload
from tests import factories
from tests.assessments import states
from tests.assessments.filling import assign_every_subject
from tests.assessments.pages import result_of, save_cells
from tests.exchange.class_sheets import (
    ENGLISH,
    LEVEL,
    PERIOD,
    downloaded,
    filled,
    put,
    rows_of,
    upload_workbook,
)
from tests.exchange.workbooks import saved
from tests.hocba.rendering import text_of
from tests.pages import client_of

UNPROCESSABLE = 422


@pytest.fixture
def client(cast):
    return client_of(cast, "ngoc")


def class_url(cast, name):
    return reverse(name, args=[cast.school_class.pk, PERIOD])


def upload_url(upload, name="sheet_upload"):
    return reverse(name, args=[upload.pk])


def send(client, cast, content, name="lop.xlsx"):
    file = SimpleUploadedFile(name, content)
    return client.post(class_url(cast, "new_sheet_upload"), {"file": file})


def messages_of(response):
    return [(message.level_tag, str(message)) for message in response.context["messages"]]


def confirm(client, upload, **choices):
    return client.post(upload_url(upload, "confirm_sheet_upload"), choices, follow=True)


def a_conflict(cast):
    workbook = filled(cast, level="H", comment="Chăm học.")
    factories.assign_teacher(cast.school_class, "toan", cast.suong)
    save_cells(cast, cast.anh, by=cast.suong, level=("", "C"))
    return upload_workbook(cast, workbook)


# Download


def test_the_download_is_a_workbook_named_after_class_and_period(client, cast):
    response = client.get(class_url(cast, "class_sheet"))
    assert response["Content-Disposition"] == 'attachment; filename="lop-4a-cuoi-hoc-ky-i.xlsx"'
    assert "hocba" in load_workbook(io.BytesIO(response.content)).sheetnames


@pytest.mark.parametrize("role", ["ngoc", "binh"])
def test_the_class_page_offers_both_to_its_teachers(cast, role):
    page = client_of(cast, role).get(class_url(cast, "class_period")).content.decode()
    assert class_url(cast, "class_sheet") in page
    assert class_url(cast, "new_sheet_upload") in page


def test_the_class_page_offers_neither_to_its_readers(cast):
    page = client_of(cast, "hanh").get(class_url(cast, "class_period")).content.decode()
    assert class_url(cast, "class_sheet") not in page
    assert class_url(cast, "new_sheet_upload") not in page


@pytest.mark.parametrize("name", ["trait_grid", "record_grid", "trait_notes"])
def test_each_grid_offers_both(client, cast, name):
    page = client.get(class_url(cast, name)).content.decode()
    assert class_url(cast, "class_sheet") in page
    assert class_url(cast, "new_sheet_upload") in page


def test_a_grid_offers_neither_to_who_only_reads_it(cast):
    page = client_of(cast, "hanh").get(class_url(cast, "trait_grid")).content.decode()
    assert class_url(cast, "class_sheet") not in page


# Upload


def test_a_good_file_leads_to_its_preview(client, cast):
    response = send(client, cast, saved(filled(cast, level="T")).getvalue())
    assert response.url == upload_url(SheetUpload.objects.get())


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "lop.xlsx", "trống"),
        (b"%PDF", "lop.pdf", "không phải là bảng tính .xlsx"),
        (b"PK", "lop.xlsm", "macro"),
    ],
)
def test_a_bad_file_is_said_at_the_field(client, cast, content, name, said):
    response = send(client, cast, content, name)
    assert response.status_code == UNPROCESSABLE
    assert any(said in error for error in response.context["form"].errors["file"])


def test_no_file_is_said_at_the_field(client, cast):
    response = client.post(class_url(cast, "new_sheet_upload"), {})
    assert response.status_code == UNPROCESSABLE
    assert response.context["form"].errors["file"] == ["Hãy chọn tệp đã điền."]


def test_another_classs_file_is_said_at_the_field(client, cast):
    other = factories.make_class(cast.school_year, "4B", (4,))
    factories.assign_homeroom(other, cast.suong)
    content = download_class_sheet(school_class=other, period=PERIOD, by=cast.suong)
    response = send(client, cast, content)
    assert "của lớp 4B" in response.context["form"].errors["file"][0]


# Preview


def test_the_preview_tells_where_and_why_something_is_refused(client, cast):
    upload = upload_workbook(cast, filled(cast, score="9,5"))
    told = text_of(client.get(upload_url(upload)))
    for words in ("1 chỗ không ghi được", "Toán!E5", "Lê Minh Anh", "9,5", "thập phân"):
        assert words in told


def test_it_tells_old_and_new(client, cast):
    states.filled(cast)
    upload = upload_workbook(cast, filled(cast, level="H", comment="xóa"))
    told = text_of(client.get(upload_url(upload)))
    assert "1 ô thay đổi" in told
    assert "Toán!D5 Lê Minh Anh Mức đạt được T H" in told


def test_a_cleared_value_is_called_empty(client, cast):
    states.filled(cast)
    upload = upload_workbook(cast, filled(cast, level="xóa"))
    assert "T (trống)" in text_of(client.get(upload_url(upload)))


def test_a_conflict_shows_both_values_with_who_and_when(client, cast):
    told = text_of(client.get(upload_url(a_conflict(cast))))
    for words in ("1 ô đã đổi từ khi tải tệp về", "Lê Thị Sương, 20:30 05/01/2027"):
        assert words in told


def test_refused_come_first_then_conflicts_then_changes(client, cast):
    workbook = filled(cast, level="H", score=99, comment="Chăm học.")
    factories.assign_teacher(cast.school_class, "toan", cast.suong)
    save_cells(cast, cast.anh, by=cast.suong, level=("", "C"))
    told = text_of(client.get(upload_url(upload_workbook(cast, workbook))))
    places = [told.index(f"Toán!{cell}5") for cell in "EDF"]
    assert places == sorted(places)


def test_the_rest_is_counted_and_what_was_not_read_is_named(client, cast):
    states.filled(cast)
    workbook = filled(cast, level="H", score=None)
    workbook.create_sheet("Nháp")
    told = text_of(client.get(upload_url(upload_workbook(cast, workbook))))
    assert "ô giữ nguyên." in told
    assert "1 ô trong tệp để trống mà đang có kết quả" in told
    assert "«Nháp»" in told


def test_a_file_without_changes_has_nothing_to_confirm(client, cast):
    response = client.get(upload_url(upload_workbook(cast, downloaded(cast))))
    assert "Không có ô nào để ghi" in text_of(response)
    assert "button--primary" not in response.content.decode()


def a_long_upload(cast, fate):
    upload = upload_workbook(cast, filled(cast, level="T"))
    [row] = upload.edits.all()
    SheetEdit.objects.bulk_create(
        SheetEdit(
            upload=upload,
            number=number,
            grid_key=row.grid_key,
            worksheet="Toán",
            reference=f"D{number}",
            enrollment=cast.anh,
            pupil_name="Lê Minh Anh",
            fate=fate,
            sentence="Vì thế.",
        )
        for number in range(2, 302)
    )
    upload.refused = upload.changed = 301
    upload.save()
    return upload


@pytest.mark.parametrize("fate", [EditFate.REFUSED, EditFate.CHANGES])
def test_a_long_list_is_shown_in_part_and_whole_on_pages(client, cast, fate):
    upload = a_long_upload(cast, fate)
    first = client.get(upload_url(upload)).content.decode()
    assert f"?show={fate.value}" in first
    assert "Toán!D299" not in first
    second = client.get(upload_url(upload), {"show": fate.value, "page": 2}).content.decode()
    assert "Toán!D299" in second
    assert "Toán!D60<" not in second
    assert upload_url(upload) in second


@pytest.mark.parametrize("asked", ["conflict", "x", ""])
def test_another_list_is_the_preview(client, cast, asked):
    upload = upload_workbook(cast, filled(cast, level="T"))
    response = client.get(upload_url(upload), {"show": asked})
    assert "Xem trước" in text_of(response)


# Confirmation


def test_confirming_saves_and_says_so(client, cast):
    upload = upload_workbook(cast, filled(cast, level="T"))
    response = confirm(client, upload)
    assert messages_of(response) == [("success", "Đã ghi kết quả từ tệp lop-4a.xlsx.")]
    assert "Đã ghi 1 ô" in text_of(response)
    assert result_of(cast.anh).level == "T"


def test_the_page_afterwards_shows_no_pupil(client, cast):
    response = confirm(client, upload_workbook(cast, filled(cast, level="T", score=99)))
    assert "Lê Minh Anh" not in response.content.decode()
    assert "1 chỗ khác trong tệp không được ghi" in text_of(response)


@pytest.mark.parametrize(("choice", "level"), [("mine", "H"), ("theirs", "C"), ("x", "C")])
def test_a_conflict_is_written_as_it_was_chosen(client, cast, choice, level):
    upload = a_conflict(cast)
    [row] = rows_of(upload, EditFate.CONFLICT)
    confirm(client, upload, **{f"edit-{row.pk}": choice})
    assert result_of(cast.anh).level == level


def test_without_a_choice_the_stored_value_stays(client, cast):
    confirm(client, a_conflict(cast))
    assert (result_of(cast.anh).level, result_of(cast.anh).comment) == ("C", "Chăm học.")


def test_the_page_carries_the_moment_of_its_preview(client, cast):
    upload = upload_workbook(cast, filled(cast, level="T"))
    page = client.get(upload_url(upload)).context["page"]
    response = confirm(client, upload, seen_at=page.seen_at)
    assert messages_of(response)[0][0] == "success"


def test_a_page_of_an_earlier_preview_is_answered_with_the_new_one(client, cast):
    upload = upload_workbook(cast, filled(cast, level="T"))
    response = confirm(client, upload, seen_at="2026-01-01T00:00:00+00:00")
    assert "đã thay đổi sau khi xem trước" in messages_of(response)[0][1]
    assert rows_of(upload, EditFate.CHANGES)


def test_what_changed_meanwhile_is_shown_again(client, cast):
    upload = upload_workbook(cast, filled(cast, level="H"))
    factories.assign_teacher(cast.school_class, "toan", cast.suong)
    save_cells(cast, cast.anh, by=cast.suong, level=("", "C"))
    response = confirm(client, upload)
    assert messages_of(response)[0][0] == "error"
    assert "Lê Thị Sương" in text_of(response)


def test_confirming_twice_says_that_it_is_done(client, cast):
    upload = upload_workbook(cast, filled(cast, level="T"))
    confirm(client, upload)
    assert "đã được xác nhận" in messages_of(confirm(client, upload))[0][1]


def test_an_expired_preview_leads_to_a_new_upload(client, cast):
    upload = upload_workbook(cast, filled(cast, level="T"))
    with time_machine.travel(upload.expires_at, tick=False):
        client.force_login(cast.ngoc.user)
        response = client.get(upload_url(upload))
    assert "đã quá hạn" in text_of(response)
    assert "Lê Minh Anh" not in response.content.decode()


def test_a_subject_teacher_goes_the_whole_way(cast):
    client = client_of(cast, "binh")
    content = client.get(class_url(cast, "class_sheet")).content
    workbook = put(load_workbook(io.BytesIO(content)), ENGLISH, cast.anh, {LEVEL: "T"})
    send(client, cast, saved(workbook).getvalue())
    response = confirm(client, SheetUpload.objects.get())
    assert messages_of(response)[0][0] == "success"


# Queries: as many for a class of 45 as for one pupil


def make_class_of(cast, pupils):
    school_class = factories.make_class(cast.school_year, f"4.{pupils}", (4,))
    factories.assign_homeroom(school_class, cast.ngoc)
    assign_every_subject(school_class, cast.ngoc)
    for number in range(pupils):
        factories.enroll(factories.make_student(f"Hà Thị Số {number}"), school_class)
    return school_class


def uploaded(cast, school_class):
    content = download_class_sheet(school_class=school_class, period=PERIOD, by=cast.ngoc)
    workbook = load_workbook(io.BytesIO(content))
    for worksheet in workbook.worksheets[:-1]:
        for row in range(5, worksheet.max_row + 1):
            worksheet.cell(row, 4).value = 3 if worksheet.cell(4, 4).value != LEVEL else "T"
    return upload_class_sheet(
        school_class=school_class,
        period=PERIOD,
        file=saved(workbook),
        file_name="x.xlsx",
        by=cast.ngoc,
    )


def queries(count, work):
    """But for the inserts of the edits, which a database takes so many at a time."""
    with count() as captured:
        work()
    return sum('INSERT INTO "exchange_sheetedit"' not in query["sql"] for query in captured)


@pytest.fixture
def count():
    from functools import partial

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return partial(CaptureQueriesContext, connection)


def test_the_queries_do_not_grow_with_the_class(client, cast, count):
    def each_step(school_class):
        address = reverse("class_sheet", args=[school_class.pk, PERIOD])
        yield queries(count, lambda: client.get(address))
        upload = []
        yield queries(count, lambda: upload.append(uploaded(cast, school_class)))
        yield queries(count, lambda: client.get(upload_url(upload[0])))

    client.get(reverse("desk"))
    small, large = make_class_of(cast, 1), make_class_of(cast, 45)
    list(each_step(make_class_of(cast, 2)))  # fills the caches of a process
    few, many = list(each_step(small)), list(each_step(large))
    assert few == many
