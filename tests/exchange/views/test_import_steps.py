"""Confirming, undoing and downloading, as the registrar's browser meets them."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from exchange.models import ImportBatch
from students.models import Student
from tests import factories
from tests.exchange.imports import MAY, imported, row_of, stored, upload
from tests.exchange.workbooks import students_file
from tests.pages import client_of

BAD = {**MAY, "gender": "x"}


@pytest.fixture
def client(cast):
    return client_of(cast, "tam")


def url(name, batch):
    return reverse(name, args=[batch.pk])


def post(client, name, batch):
    return client.post(url(name, batch), follow=True)


def preview(client, batch, **query):
    return client.get(url("student_import", batch), query).context["preview"]


def fresh(batch):
    return ImportBatch.objects.get(pk=batch.pk)


def messages_of(response):
    return [(message.level_tag, str(message)) for message in response.context["messages"]]


def send(client, cast, name, content):
    form = {"school_year": cast.school_year.pk, "file": SimpleUploadedFile(name, content)}
    return client.post(reverse("new_student_import"), form)


def outdated(cast):
    batch = upload(cast, row_of(cast.anh.student, mother_name="Khác"))
    Student.objects.filter(pk=cast.anh.student_id).update(mother_name="Phạm Thị Hoa")
    return batch


def test_confirming_leads_back_to_the_import(client, cast):
    batch = upload(cast, MAY)
    response = post(client, "confirm_student_import", batch)
    assert response.redirect_chain == [(url("student_import", batch), 302)]


def test_confirming_names_the_file(client, cast):
    [(level, said)] = messages_of(post(client, "confirm_student_import", upload(cast, MAY)))
    assert (level, "C1-HocSinh.xlsx" in said) == ("success", True)


def test_confirming_twice_creates_nobody_twice(client, cast):
    batch = upload(cast, MAY)
    post(client, "confirm_student_import", batch)
    count = Student.objects.count()
    post(client, "confirm_student_import", batch)
    assert Student.objects.count() == count


def test_an_outdated_preview_writes_nothing(client, cast):
    post(client, "confirm_student_import", outdated(cast))
    assert Student.objects.get(pk=cast.anh.student_id).mother_name == "Phạm Thị Hoa"


def test_an_outdated_preview_is_told_as_an_error(client, cast):
    [(level, said)] = messages_of(post(client, "confirm_student_import", outdated(cast)))
    assert (level, "đã thay đổi sau khi xem trước" in said) == ("error", True)


def test_a_preview_made_again_can_be_confirmed(client, cast):
    batch = outdated(cast)
    post(client, "confirm_student_import", batch)
    post(client, "confirm_student_import", batch)
    assert Student.objects.get(pk=cast.anh.student_id).mother_name == "Khác"


def test_a_file_of_errors_only_is_not_confirmed(client, cast):
    batch = upload(cast, BAD)
    [(level, _said)] = messages_of(post(client, "confirm_student_import", batch))
    assert (level, fresh(batch).is_pending) == ("error", True)


def test_what_is_pending_is_not_undone(client, cast):
    [(level, said)] = messages_of(post(client, "undo_student_import", upload(cast, MAY)))
    assert (level, "Chỉ hoàn tác được" in said) == ("error", True)


def test_undoing_twice_says_that_it_was_done(client, cast):
    batch = imported(cast, MAY)
    post(client, "undo_student_import", batch)
    [(level, _said)] = messages_of(post(client, "undo_student_import", batch))
    assert level == "error"


def test_an_undone_import_is_not_confirmed_again(client, cast):
    batch = imported(cast, MAY)
    post(client, "undo_student_import", batch)
    post(client, "confirm_student_import", batch)
    assert not Student.objects.filter(personal_id=MAY["personal_id"]).exists()


def test_an_undo_that_is_refused_names_the_row(client, cast):
    batch = imported(cast, MAY)
    factories.make_guardian(cast.hoa, stored(), confirmed_by=cast.tam.user)
    [(level, said)] = messages_of(post(client, "undo_student_import", batch))
    assert (level, "dòng 4 (Nông Thị Mây)" in said) == ("error", True)


@pytest.mark.parametrize("step", ["confirm_student_import", "undo_student_import"])
def test_a_step_on_an_import_that_is_not_there_is_not_found(client, step):
    assert client.post(reverse(step, args=[987654])).status_code == 404


@pytest.mark.parametrize("page", ["student_import", "refused_rows"])
def test_the_pages_of_another_schools_import_are_not_found(client, cast, page):
    batch = upload(cast, MAY)
    ImportBatch.objects.filter(pk=batch.pk).update(school_year=cast.other_class.school_year)
    assert client.get(url(page, batch)).status_code == 404


def test_the_state_before_confirming(client, cast):
    assert preview(client, upload(cast, MAY)).state == "Chờ xác nhận, chưa nhập gì"


def test_the_state_after_confirming_says_when_and_who(client, cast):
    state = preview(client, imported(cast, MAY)).state
    assert state.startswith("Đã nhập lúc")
    assert state.endswith(cast.tam.full_name)


def test_the_state_after_undoing_is_the_undoing(client, cast):
    batch = imported(cast, MAY)
    post(client, "undo_student_import", batch)
    assert preview(client, batch).state.startswith("Đã hoàn tác lúc")


def test_the_page_says_for_which_year_it_is(client, cast):
    assert "Năm học 2026-2027" in preview(client, upload(cast, MAY)).lead


def test_the_lists_are_offered_errors_first(client, cast):
    labels = [section["label"] for section in preview(client, upload(cast, MAY)).sections]
    assert labels == ["Lỗi", "Thêm mới", "Thay đổi", "Giữ nguyên"]


def test_without_errors_the_new_pupils_are_shown_first(client, cast):
    batch = upload(cast, MAY, row_of(cast.anh.student))
    [shown] = [section for section in preview(client, batch).sections if section["is_current"]]
    assert shown["label"] == "Thêm mới"


def test_another_list_can_be_asked_for(client, cast):
    batch = upload(cast, BAD, row_of(cast.anh.student))
    assert preview(client, batch, show="unchanged").rows[0][1]["text"] == "Lê Minh Anh"


@pytest.mark.parametrize(("asked", "shown"), [("0", 2), ("2", 2), ("99", 2), ("x", 1)])
def test_asking_for_a_page_that_is_not_there_shows_one_that_is(client, cast, asked, shown):
    rows = [{**BAD, "personal_id": f"0663170{number:05}"} for number in range(51)]
    assert preview(client, upload(cast, *rows), page=asked).page.number == shown


def test_the_last_page_holds_the_rest(client, cast):
    rows = [{**BAD, "full_name": f"Mây {number}"} for number in range(51)]
    page = preview(client, upload(cast, *rows), page="2")
    assert [line[1]["text"] for line in page.rows if line[1]["text"]] == ["Mây 50"]


def test_the_list_of_imports_has_pages(client, cast, now):
    batch = upload(cast, MAY)
    for number in range(50):
        batch.pk, batch.uploaded_at = None, now + datetime.timedelta(minutes=number + 1)
        batch.save()
    second = client.get(reverse("student_imports"), {"page": "2"})
    assert len(second.context["rows"]) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [("ds.xlsx", b"PK\x03\x04cut off"), ("ds.csv", b"a;b"), ("ds.xls", b"a"), ("ds", b"a")],
)
def test_a_file_that_is_refused_is_said_at_its_field(client, cast, name, content):
    response = send(client, cast, name, content)
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["file"])


def test_an_empty_file_is_refused(client, cast):
    assert send(client, cast, "ds.xlsx", b"").status_code == 422


def test_the_folder_of_an_uploaded_file_is_not_kept(client, cast):
    send(client, cast, "../../ds.xlsx", students_file(MAY).getvalue())
    assert ImportBatch.objects.get().file_name == "ds.xlsx"


def test_the_extension_may_be_in_capitals(client, cast):
    assert send(client, cast, "DS.XLSX", students_file(MAY).getvalue()).status_code == 302


def download(client, batch):
    return client.get(url("refused_rows", batch))


def sheet_in(response):
    return load_workbook(io.BytesIO(response.content)).worksheets[0]


def test_the_file_of_refused_rows_is_a_workbook(client, cast):
    kind = download(client, upload(cast, BAD))["Content-Type"]
    assert kind == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_without_refused_rows_the_file_has_its_headers_only(client, cast):
    assert sheet_in(download(client, upload(cast, MAY))).max_row == 1


def test_good_rows_are_not_in_the_file(client, cast):
    sheet = sheet_in(download(client, upload(cast, MAY, row_of(cast.anh.student, gender="x"))))
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == [5]


def test_refused_rows_can_still_be_fetched_after_confirming(client, cast):
    batch = imported(cast, MAY, row_of(cast.anh.student, gender="x"))
    assert sheet_in(download(client, batch)).max_row == 2


def test_all_reasons_of_a_row_stand_in_its_cell(client, cast):
    batch = upload(cast, {**BAD, "date_of_birth": "x"})
    reasons = sheet_in(download(client, batch))["B2"].value
    assert [line.partition(":")[0] for line in reasons.splitlines()] == ["Ngày sinh", "Giới tính"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_the_file_of_refused_rows_can_be_uploaded_again_and_again(client, cast, start):
    first = upload(cast, {**BAD, "mother_name": f"{start}Hoa"})
    send(client, cast, "lai.xlsx", download(client, first).content)
    again = ImportBatch.objects.latest("pk").rows.get()
    assert again.cells["mother_name"] == f"{start}Hoa"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("page", ["student_import", "refused_rows"])
def test_a_page_is_only_read(client, cast, page, method):
    assert getattr(client, method)(url(page, upload(cast, MAY))).status_code == 405
