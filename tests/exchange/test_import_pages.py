import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from exchange.models import ImportBatch
from students.models import Student
from tests.exchange.imports import MAY, imported, row_of, stored, upload
from tests.exchange.workbooks import cells_of, students_file, workbook_of
from tests.pages import client_of


@pytest.fixture
def client(cast):
    return client_of(cast, "tam")


def text_of(response):
    """What a reader sees, in one line."""
    body = response.content.decode().partition("<main")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def look(client, batch, **query):
    return text_of(client.get(reverse("student_import", args=[batch.pk]), query))


def post_file(client, cast, file, name="C1-HocSinh.xlsx", **fields):
    form = {
        "school_year": cast.school_year.pk,
        "file": SimpleUploadedFile(name, file.getvalue()),
        **fields,
    }
    return client.post(reverse("new_student_import"), form)


def many(count):
    return [
        {
            **MAY,
            "ministry_code": "",
            "personal_id": f"0663170{number:05}",
            "full_name": f"Mây {number}",
        }
        for number in range(count)
    ]


def test_list_without_imports_says_how_to_begin(client):
    page = text_of(client.get(reverse("student_imports")))
    assert "Chưa nhập tệp nào" in page
    assert "Nhập học sinh từ tệp" in page


def test_list_shows_imports_newest_first_with_their_counts(client, cast):
    imported(cast, MAY, file_name="thang-9.xlsx")
    upload(cast, {**MAY, "gender": "x"}, file_name="thang-10.xlsx")
    page = text_of(client.get(reverse("student_imports")))
    assert page.index("thang-10.xlsx") < page.index("thang-9.xlsx")
    assert "Chờ xác nhận, chưa nhập gì" in page
    assert "Đã nhập lúc 20:30 05/01/2027, Phạm Văn Tâm" in page


def test_list_does_not_show_imports_of_other_schools(client, cast):
    ImportBatch.objects.create(
        school_year=cast.other_class.school_year, file_name="cua-le-loi.xlsx", uploaded_by=cast.hoa
    )
    assert "cua-le-loi.xlsx" not in text_of(client.get(reverse("student_imports")))


@pytest.mark.parametrize("count", [1, 12])
def test_list_takes_few_queries(client, cast, count, django_assert_max_num_queries):
    for _ in range(count):
        upload(cast, MAY)
    with django_assert_max_num_queries(8):
        client.get(reverse("student_imports"))


def test_form_offers_the_schools_years_the_present_one_first(client, cast):
    response = client.get(reverse("new_student_import"))
    form = response.context["form"]
    assert list(form.fields["school_year"].queryset) == [cast.school_year]
    assert form.fields["school_year"].initial == cast.school_year


def test_a_good_file_leads_to_its_preview(client, cast):
    response = post_file(client, cast, students_file(MAY))
    batch = ImportBatch.objects.get()
    assert response.url == reverse("student_import", args=[batch.pk])
    assert batch.file_name == "C1-HocSinh.xlsx"


def test_a_refused_file_says_why_at_the_field_and_keeps_nothing(client, cast):
    response = post_file(client, cast, workbook_of([["a", "b"]]))
    assert response.status_code == 422
    assert "Không tìm thấy dòng tiêu đề" in text_of(response)
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("name", ["danh-sach.xls", "danh-sach.xlsm", "danh-sach.csv"])
def test_a_file_of_another_kind_is_refused(client, cast, name):
    assert post_file(client, cast, students_file(MAY), name).status_code == 422


def test_no_file_is_refused(client, cast):
    response = client.post(reverse("new_student_import"), {"school_year": cast.school_year.pk})
    assert response.status_code == 422
    assert "file" in response.context["form"].errors


def test_another_schools_year_cannot_be_chosen(client, cast):
    year = cast.other_class.school_year
    response = post_file(client, cast, students_file(MAY), school_year=year.pk)
    assert response.status_code == 422
    assert "school_year" in response.context["form"].errors


def test_preview_shows_the_errors_first(client, cast):
    batch = upload(cast, MAY, {**MAY, "personal_id": "1", "ministry_code": "", "gender": "x"})
    page = look(client, batch)
    assert "Giới tính: «x» không rõ" in page
    assert "có thể đã mất số 0 ở đầu" in page


def test_preview_counts_the_four_kinds_of_rows(client, cast):
    batch = upload(
        cast,
        MAY,
        {**MAY, "personal_id": "1", "ministry_code": ""},
        row_of(cast.anh.student, mother_name="Khác"),
        row_of(cast.duc.student),
        row_of(cast.hhen.student),
    )
    assert "Lỗi 1 Thêm mới 1 Thay đổi 1 Giữ nguyên 2" in look(client, batch)


def test_preview_shows_new_pupils_in_words(client, cast):
    page = look(client, upload(cast, MAY), show="created")
    assert "4 Nông Thị Mây 4A 01/05/2017 Nữ Nùng 6612345678 066317000001" in page


def test_preview_shows_old_and_new_values(client, cast):
    batch = upload(
        cast, row_of(cast.anh.student, mother_name="Phạm Thị Hoa", date_of_birth="15/03/2017")
    )
    page = look(client, batch, show="changed")
    assert "Họ và tên mẹ Phạm Thị Hòa Phạm Thị Hoa" in page
    assert "Ngày sinh 14/03/2017 15/03/2017" in page


def test_preview_shows_who_leaves(client, cast):
    batch = upload(cast, row_of(cast.anh.student, status="04", status_on="20/11/2026"))
    page = look(client, batch, show="changed")
    assert "Ngày rời lớp 20/11/2026" in page
    assert "Lý do rời chuyển đi" in page


def test_preview_says_why_a_row_is_left_alone(client, cast):
    batch = upload(cast, {**MAY, "status": "Thôi học kỳ 1"})
    assert "không còn học ở trường" in look(client, batch, show="unchanged")


def test_an_empty_kind_says_so(client, cast):
    assert "Không có dòng nào" in look(client, upload(cast, MAY), show="refused")


@pytest.mark.parametrize("show", ["", "x", "<script>"])
def test_an_unknown_kind_is_the_first_that_has_rows(client, cast, show):
    assert "Nông Thị Mây" in look(client, upload(cast, MAY), show=show)


def test_preview_shows_fifty_rows_a_page(client, cast):
    batch = upload(cast, *many(51))
    assert "Trang 1 trên 2" in look(client, batch, show="created")
    assert "Mây 50" in look(client, batch, show="created", page=2)


@pytest.mark.parametrize("count", [1, 45])
def test_preview_takes_few_queries(client, cast, count, django_assert_max_num_queries):
    batch = upload(cast, *many(count))
    with django_assert_max_num_queries(8):
        client.get(reverse("student_import", args=[batch.pk]))


def test_what_a_file_says_is_never_markup(client, cast):
    batch = upload(cast, {**MAY, "full_name": "<b>Mây</b>", "gender": "<i>x</i>"})
    body = client.get(reverse("student_import", args=[batch.pk])).content.decode()
    assert "<b>Mây</b>" not in body
    assert "<i>x</i>" not in body


def test_the_button_says_how_many_rows_go_in_and_how_many_do_not(client, cast):
    batch = upload(cast, MAY, {**MAY, "personal_id": "1", "ministry_code": ""})
    assert "Nhập 1 học sinh, bỏ qua 1 dòng lỗi" in look(client, batch)


def test_the_button_of_a_file_without_errors_says_only_how_many(client, cast):
    page = look(client, upload(cast, MAY))
    assert "Nhập 1 học sinh" in page
    assert "bỏ qua" not in page


def test_a_file_with_nothing_to_write_has_no_such_button(client, cast):
    page = look(client, upload(cast, row_of(cast.anh.student)))
    assert "Không có gì để nhập" in page
    assert "Nhập 0" not in page


def test_confirming_writes_and_says_so(client, cast):
    batch = upload(cast, MAY)
    response = client.post(reverse("confirm_student_import", args=[batch.pk]), follow=True)
    assert "Đã nhập danh sách học sinh từ tệp C1-HocSinh.xlsx" in text_of(response)
    assert stored().full_name == "Nông Thị Mây"


def test_confirming_twice_says_that_it_was_done(client, cast):
    batch = imported(cast, MAY)
    response = client.post(reverse("confirm_student_import", args=[batch.pk]), follow=True)
    assert "đã được nhập hoặc đã hoàn tác" in text_of(response)


def test_confirming_an_outdated_preview_shows_the_new_one(client, cast):
    batch = upload(cast, row_of(cast.anh.student, mother_name="Khác"))
    Student.objects.filter(pk=cast.anh.student_id).update(mother_name="Phạm Thị Hoa")
    response = client.post(reverse("confirm_student_import", args=[batch.pk]), follow=True)
    assert "đã thay đổi sau khi xem trước" in text_of(response)
    assert "Phạm Thị Hoa Khác" in text_of(response)


def test_a_confirmed_import_can_be_undone(client, cast):
    batch = imported(cast, MAY)
    assert "Hoàn tác lần nhập này" in look(client, batch)
    response = client.post(reverse("undo_student_import", args=[batch.pk]), follow=True)
    assert "Đã hoàn tác lần nhập" in text_of(response)
    assert not Student.objects.filter(personal_id=MAY["personal_id"]).exists()


def test_a_disabled_undo_says_why(client, cast):
    batch = imported(cast, MAY)
    Student.objects.filter(pk=stored().pk).update(residence="12 Lê Duẩn")
    page = look(client, batch)
    assert "dòng 4 (Nông Thị Mây): đã được sửa sau khi nhập" in page


def test_undoing_what_cannot_be_undone_says_why(client, cast):
    batch = imported(cast, MAY)
    Student.objects.filter(pk=stored().pk).update(residence="12 Lê Duẩn")
    response = client.post(reverse("undo_student_import", args=[batch.pk]), follow=True)
    assert "Không hoàn tác được" in text_of(response)


@pytest.mark.parametrize("step", ["confirm_student_import", "undo_student_import"])
def test_reading_a_step_does_nothing(client, cast, step):
    batch = upload(cast, MAY)
    assert client.get(reverse(step, args=[batch.pk])).status_code == 405
    assert ImportBatch.objects.get(pk=batch.pk).is_pending


def download(client, batch):
    response = client.get(reverse("refused_rows", args=[batch.pk]))
    assert response["Content-Disposition"] == f'attachment; filename="dong-loi-{batch.pk}.xlsx"'
    return response.content


def test_the_refused_rows_come_as_a_file_with_the_reasons(client, cast):
    batch = upload(cast, MAY, {**MAY, "personal_id": "1", "ministry_code": "", "gender": "x"})
    header, row = cells_of(download(client, batch))
    cells = dict(zip(header, row, strict=True))
    assert cells["Dòng trong tệp đã tải lên"] == 5
    assert "Giới tính: «x» không rõ" in cells["Lý do lỗi"]
    assert (cells["Họ tên"], cells["Số định danh cá nhân"]) == ("Nông Thị Mây", "1")


def test_the_file_of_refused_rows_can_be_put_right_and_uploaded(client, cast):
    batch = upload(cast, {**MAY, "gender": "x"})
    header, row = cells_of(download(client, batch))
    row[header.index("Giới tính")] = "Nữ"
    post_file(client, cast, workbook_of([header, row]))
    assert ImportBatch.objects.latest("pk").rows.get().outcome == "created"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t="])
def test_no_cell_of_the_file_is_a_formula(client, cast, start):
    evil = f'{start}HYPERLINK("http://x.example")'
    batch = upload(cast, {**MAY, "full_name": evil, "gender": evil})
    _header, row = cells_of(download(client, batch))
    texts = [cell for cell in row if isinstance(cell, str)]
    assert not [text for text in texts if text.startswith(("=", "+", "-", "@", "\t"))]
    assert any("HYPERLINK" in text for text in texts)
