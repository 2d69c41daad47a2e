"""A file of comment entries: uploaded, looked at, confirmed."""

import datetime
import io
import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.models import AuditEvent
from exchange.comments.actions import import_comment_entries
from exchange.comments.plan import make_plan
from exchange.comments.sheet import DraftRow
from exchange.errors import PreviewOutdated
from exchange.models import Outcome
from tests.assessments.banks import draft, own_entry, school_entry, stored
from tests.assessments.pages import log_in
from tests.exchange.workbooks import cells_of, workbook_of

NEW, CONFIRM = reverse("new_comment_import"), reverse("confirm_comment_import")
HEADERS = ["Mã", "Môn học", "Mức", "Nội dung"]
GOOD = ["T1", "Toán", "T", "{tên} tính nhanh."]
BAD = ["T2", "Hóa học", "G", ""]


@pytest.fixture
def ngoc(client, cast):
    return log_in(client, cast.ngoc)


def upload(client, *rows, bank="own", name="ma.xlsx"):
    content = workbook_of([HEADERS, *rows]).getvalue()
    return client.post(NEW, {"bank": bank, "file": SimpleUploadedFile(name, content)})


def confirm(client, preview, **fields):
    [signed] = re.findall(r'name="preview" value="([^"]+)"', preview.content.decode())
    return client.post(CONFIRM, {"preview": signed, **fields}, follow=True)


def outcomes(response):
    return {row.number: row.outcome for row in response.context["preview"].plan.rows}


def rows_of(*drafts):
    return [DraftRow(number, entry) for number, entry in enumerate(drafts, 2)]


def test_a_preview_writes_nothing(ngoc):
    response = upload(ngoc, GOOD)
    assert outcomes(response) == {2: Outcome.CREATED}
    assert "Nhập 1 mã nhận xét" in response.content.decode()
    assert stored() == []


def test_confirming_writes_what_was_shown(ngoc, cast):
    response = confirm(ngoc, upload(ngoc, GOOD))
    assert "Đã nhập 1 mã nhận xét." in response.content.decode()
    assert stored(owner=cast.ngoc) == [("T1", "toan", "T", "{tên} tính nhanh.")]
    assert AuditEvent.objects.get(event="comment_entry.created").actor == cast.ngoc.user


def test_errors_stand_first_and_say_what_to_mend(ngoc):
    response = upload(ngoc, GOOD, BAD)
    page = response.content.decode()
    assert outcomes(response) == {2: Outcome.CREATED, 3: Outcome.REFUSED}
    assert page.index("Dòng lỗi, không nhập (1)") < page.index("Thêm mới (1)")
    assert "Môn học: Không có môn học hoặc ô nhận xét “Hóa học”" in page
    assert "Mức: Mức “G” không dùng ở đây" in page
    assert "Nội dung: Hãy ghi nội dung nhận xét." in page
    assert "Nhập 1 mã nhận xét, bỏ qua 1 dòng lỗi" in page


def test_rows_with_errors_stay_out(ngoc):
    confirm(ngoc, upload(ngoc, BAD, GOOD))
    assert [row[0] for row in stored()] == ["T1"]


def test_the_same_file_again_changes_nothing(ngoc):
    confirm(ngoc, upload(ngoc, GOOD, ["H1", "", "", "Ngoan."]))
    events = AuditEvent.objects.count()
    again = upload(ngoc, GOOD, ["H1", "", "", "Ngoan."])
    assert set(outcomes(again).values()) == {Outcome.UNCHANGED}
    page = again.content.decode()
    assert "Không có gì để nhập" in page
    assert "2 mã đã đúng như trong bảng mã" in page
    confirm(ngoc, again)
    assert AuditEvent.objects.count() == events


def test_a_changed_row_shows_both_texts(ngoc, cast):
    own_entry(cast.ngoc, level="", text="Cũ.")
    response = upload(ngoc, GOOD)
    assert outcomes(response) == {2: Outcome.CHANGED}
    assert "Cũ." in response.content.decode()
    assert "T: {tên} tính nhanh." in response.content.decode()
    confirm(ngoc, response)
    assert stored() == [("T1", "toan", "T", "{tên} tính nhanh.")]


def test_what_the_file_does_not_mention_stays(ngoc, cast):
    own_entry(cast.ngoc, code="X1")
    confirm(ngoc, upload(ngoc, GOOD))
    assert [row[0] for row in stored()] == ["T1", "X1"]


def test_a_code_that_stands_twice_counts_once(ngoc):
    response = upload(ngoc, GOOD, ["t1", "Toán", "H", "Khác."], ["T1", "Tiếng Việt", "T", "Đọc."])
    assert outcomes(response) == {2: Outcome.CREATED, 3: Outcome.REFUSED, 4: Outcome.CREATED}
    assert "Mã T1 đã có ở dòng 2 của tệp." in response.content.decode()


def test_a_bank_taken_out_and_read_back_is_unchanged(ngoc, cast):
    own_entry(cast.ngoc, text="=Em giỏi.")
    own_entry(cast.ngoc, code="X1", purpose="", level="Đ")
    own_entry(cast.ngoc, code="H1", purpose="homeroom_comment", level="H")
    content = ngoc.get(reverse("comment_bank_file", args=["own"])).content
    response = ngoc.post(NEW, {"bank": "own", "file": SimpleUploadedFile("ma.xlsx", content)})
    assert set(outcomes(response).values()) == {Outcome.UNCHANGED}


def test_a_file_holds_one_bank(client, cast):
    school_entry(cast, code="S1")
    own_entry(cast.ngoc, code="N1")
    own_entry(cast.binh, code="B1")
    log_in(client, cast.ngoc)
    codes = {
        bank: [row[0] for row in cells_of(client.get(f"/comments/{bank}.xlsx").content)[1:]]
        for bank in ("own", "school")
    }
    assert codes == {"own": ["N1"], "school": ["S1"]}
    assert client.get("/comments/theirs.xlsx").status_code == 404


def test_the_schools_bank_takes_files_from_its_registrar(client, cast):
    log_in(client, cast.tam)
    confirm(client, upload(client, GOOD, bank="school"))
    assert len(stored(owner=None)) == 1


def test_a_teacher_cannot_upload_into_the_schools(ngoc):
    assert upload(ngoc, GOOD, bank="school").status_code == 422


@pytest.mark.parametrize("name", ["ma.xls", "ma.csv", "ma.xlsm"])
def test_another_kind_of_file_is_refused_at_its_field(ngoc, name):
    response = upload(ngoc, GOOD, name=name)
    assert response.status_code == 422
    assert response.context["form"].errors["file"]


def test_no_file_is_refused_at_its_field(ngoc):
    response = ngoc.post(NEW, {"bank": "own"})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["file"]


def test_a_bank_that_changed_meanwhile_is_shown_anew(ngoc, cast):
    preview = upload(ngoc, GOOD)
    own_entry(cast.ngoc, text="Từ cửa sổ khác.")
    response = confirm(ngoc, preview)
    assert response.status_code == 422
    assert "chưa nhập gì" in response.content.decode()
    assert outcomes(response) == {2: Outcome.CHANGED}
    assert stored()[0][3] == "Từ cửa sổ khác."
    confirm(ngoc, response)
    assert stored()[0][3] == "{tên} tính nhanh."


@pytest.mark.parametrize("signed", ["", "nonsense", "eyJ9:abc:def"])
def test_a_preview_that_we_did_not_sign_is_refused(ngoc, signed):
    response = ngoc.post(CONFIRM, {"preview": signed}, follow=True)
    assert response.redirect_chain[0][0] == NEW
    assert stored() == []


def test_a_colleagues_preview_is_refused(client, cast):
    preview = upload(log_in(client, cast.ngoc), GOOD)
    response = confirm(log_in(client, cast.binh), preview)
    assert "Trang xem trước đã cũ" in response.content.decode()
    assert stored() == []


def test_a_preview_of_yesterday_is_refused(ngoc, cast, now):
    preview = upload(ngoc, GOOD)
    with time_machine.travel(now + datetime.timedelta(hours=25), tick=False):
        log_in(ngoc, cast.ngoc)
        assert "Trang xem trước đã cũ" in confirm(ngoc, preview).content.decode()
    assert stored() == []


def test_an_action_confirms_only_what_was_shown(cast):
    rows = rows_of(draft())
    shown = make_plan(rows, cast.school, cast.ngoc).digest
    with pytest.raises(PreviewOutdated):
        import_comment_entries(
            school=cast.school, owner=cast.ngoc, rows=rows, shown="0" * 64, by=cast.ngoc
        )
    assert stored() == []
    import_comment_entries(
        school=cast.school, owner=cast.ngoc, rows=rows, shown=shown, by=cast.ngoc
    )
    assert len(stored()) == 1


def test_the_language_of_the_reader_does_not_change_the_digest(cast):
    rows = [*rows_of(draft()), DraftRow(9, draft(code="?"), ["Sai"])]
    in_words = [*rows_of(draft()), DraftRow(9, draft(code="?"), ["Wrong"])]
    plans = [make_plan(each, cast.school, None) for each in (rows, in_words)]
    assert plans[0].digest == plans[1].digest


def test_a_broken_archive_is_refused(ngoc):
    response = ngoc.post(
        NEW, {"bank": "own", "file": SimpleUploadedFile("ma.xlsx", io.BytesIO(b"PK\3\4").read())}
    )
    assert response.status_code == 422
    assert "Tệp bị hỏng" in response.content.decode()
