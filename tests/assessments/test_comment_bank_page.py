"""The comment bank as pages: the list, adding, changing, removing, copying."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from assessments.models import CommentEntry
from tests.assessments.banks import own_entry, school_entry, stored
from tests.assessments.pages import log_in

LIST = reverse("comment_bank")
NEW = reverse("new_comment_entry")


def listed(client, **query):
    page = client.get(LIST, query).context["page"]
    return [row.entry.code for row in page.rows]


def entered(**fields):
    return {
        "bank": "own",
        "purpose": "toan",
        "level": "T",
        "code": "T1",
        "text": "{tên} tính nhanh.",
        **fields,
    }


@pytest.fixture
def ngoc(client, cast):
    return log_in(client, cast.ngoc)


@pytest.fixture
def bank(cast):
    """Ms Ngọc's own, a colleague's own, and the school's for several purposes."""
    own_entry(cast.ngoc, code="N1", text="Cô Ngọc khen {tên}.")
    own_entry(cast.binh, code="B1")
    school_entry(cast, code="C1", level="C", text="Còn chậm; cần kèm thêm.")
    school_entry(cast, code="T1")
    school_entry(cast, code="D1", purpose="tieng_viet", level="H", text="Đọc đúng.")
    school_entry(cast, code="A1", purpose="", level="", text="Cần đi học đều.")


# The list


def test_the_list_stands_in_the_order_of_the_form(ngoc, bank):
    assert listed(ngoc) == ["D1", "N1", "T1", "C1", "A1"]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"q": "doc dung"}, ["D1"]),
        ({"q": "ĐỌC"}, ["D1"]),
        ({"q": "c1"}, ["C1"]),
        ({"q": "khen"}, ["N1"]),
        ({"q": "can"}, ["C1", "A1"]),
        ({"q": "không có"}, []),
        ({"q": "100%"}, []),
        ({"purpose": "toan"}, ["N1", "T1", "C1"]),
        ({"purpose": "any"}, ["A1"]),
        ({"level": "H"}, ["D1"]),
        ({"bank": "own"}, ["N1"]),
        ({"bank": "school"}, ["D1", "T1", "C1", "A1"]),
        ({"purpose": "toan", "level": "T", "bank": "school"}, ["T1"]),
        ({"purpose": "hoa_hoc"}, []),
        ({"bank": "theirs"}, []),
    ],
    ids=str,
)
def test_what_is_asked_for_is_found(ngoc, bank, query, codes):
    assert listed(ngoc, **query) == codes


def test_an_empty_bank_says_what_stands_here(ngoc):
    assert "Bảng mã còn trống" in ngoc.get(LIST).content.decode()


def test_nothing_found_says_how_to_find(ngoc, bank):
    assert "Không tìm thấy mã nhận xét nào" in ngoc.get(LIST, {"q": "zzz"}).content.decode()


def test_a_teacher_changes_hers_and_copies_the_schools(ngoc, bank):
    page = ngoc.get(LIST).content.decode()
    own, school = CommentEntry.objects.get(code="N1"), CommentEntry.objects.get(code="T1")
    assert reverse("comment_entry", args=[own.pk]) in page
    assert reverse("copy_comment_entry", args=[own.pk]) not in page
    assert reverse("copy_comment_entry", args=[school.pk]) in page
    assert f'href="{reverse("comment_entry", args=[school.pk])}"' not in page


def test_a_registrar_changes_the_schools_and_has_none_of_her_own(client, cast, bank):
    page = log_in(client, cast.tam).get(LIST).content.decode()
    school = CommentEntry.objects.get(code="T1")
    assert reverse("comment_entry", args=[school.pk]) in page
    assert "copy/" not in page


def test_who_writes_no_bank_reads_the_schools_without_acts(client, cast, bank):
    response = log_in(client, cast.van).get(LIST)
    assert [row.entry.code for row in response.context["page"].rows] == ["D1", "T1", "C1", "A1"]
    page = response.content.decode()
    assert NEW not in page
    assert "Sửa" not in page


def test_a_long_bank_has_pages(ngoc, cast):
    for number in range(51):
        school_entry(cast, code=f"N{number:02}")
    assert len(listed(ngoc)) == 50
    assert listed(ngoc, page="2") == ["N50"]


def test_the_queries_do_not_grow_with_the_bank(ngoc, cast, django_assert_max_num_queries):
    for number in range(45):
        school_entry(cast, code=f"N{number:02}")
    with django_assert_max_num_queries(9):
        ngoc.get(LIST)


# Adding


def test_an_entry_is_added_as_it_was_entered(ngoc, cast):
    response = ngoc.post(
        NEW, entered(code=" t1 ", text=" {Tên} tính nhanh.\r\nGiỏi. "), follow=True
    )
    assert "Đã thêm mã T1." in response.content.decode()
    assert stored(owner=cast.ngoc) == [("T1", "toan", "T", "{tên} tính nhanh.\nGiỏi.")]


def test_decomposed_letters_are_stored_composed(ngoc, cast):
    ngoc.post(NEW, entered(text="To\u0302\u0301t."))
    assert stored()[0][3] == "Tốt."


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"code": ""}, "Mã gồm 1 đến 12"),
        ({"code": "chăm"}, "chữ cái không dấu"),
        ({"level": "Đ"}, "chỉ nhận: T, H, C"),
        ({"text": " "}, "Hãy ghi nội dung nhận xét."),
        ({"text": "x" * 501}, "tối đa 500 ký tự"),
        ({"purpose": "hoa_hoc"}, "không có trong các lựa chọn; hãy chọn lại"),
        ({"bank": "school"}, "không có trong các lựa chọn; hãy chọn lại"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(ngoc, fields, words):
    response = ngoc.post(NEW, entered(**fields))
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert escape(entered(**fields)["text"]).strip() in page
    assert stored() == []


def test_a_code_that_is_taken_is_said_at_the_code(ngoc, cast):
    own_entry(cast.ngoc)
    response = ngoc.post(NEW, entered())
    assert response.status_code == 422
    assert "đã có mã T1" in response.context["form"].errors["code"][0]


@pytest.mark.parametrize(
    ("person", "banks"),
    [("ngoc", ["own"]), ("tam", ["school"]), ("hanh", ["own", "school"])],
)
def test_each_is_asked_for_the_banks_that_she_writes(client, cast, person, banks):
    form = log_in(client, getattr(cast, person)).get(NEW).context["form"]
    assert [value for value, _label in form.fields["bank"].choices] == banks
    assert form.fields["bank"].widget.is_hidden is (len(banks) == 1)


def test_a_principal_writes_into_either(client, cast):
    log_in(client, cast.hanh)
    client.post(NEW, entered(bank="school"))
    client.post(NEW, entered(bank="own"))
    assert len(stored(owner=None)) == len(stored(owner=cast.hanh)) == 1


# Changing, removing, copying


def test_an_entry_is_changed(ngoc, cast):
    entry = own_entry(cast.ngoc)
    url = reverse("comment_entry", args=[entry.pk])
    assert "{tên} tính nhanh và chính xác." in ngoc.get(url).content.decode()
    response = ngoc.post(url, entered(code="T2", level=""), follow=True)
    assert "Đã lưu mã T2." in response.content.decode()
    assert stored() == [("T2", "toan", "", "{tên} tính nhanh.")]


def test_a_change_that_is_wrong_is_shown_again(ngoc, cast):
    entry = own_entry(cast.ngoc)
    response = ngoc.post(reverse("comment_entry", args=[entry.pk]), entered(code="?", text="Mới."))
    assert response.status_code == 422
    assert "Mới." in response.content.decode()
    assert stored()[0][0] == "T1"


def test_an_entry_is_removed(ngoc, cast):
    entry = own_entry(cast.ngoc)
    response = ngoc.post(reverse("remove_comment_entry", args=[entry.pk]), follow=True)
    assert "Đã xóa mã T1." in response.content.decode()
    assert stored() == []


def test_a_copy_is_ones_own(ngoc, cast):
    url = reverse("copy_comment_entry", args=[school_entry(cast).pk])
    assert "Đã chép mã T1" in ngoc.post(url, follow=True).content.decode()
    assert stored(owner=cast.ngoc) == stored(owner=None)
    assert "đã có mã T1" in ngoc.post(url, follow=True).content.decode()


@pytest.mark.parametrize("name", ["comment_entry", "remove_comment_entry", "copy_comment_entry"])
def test_a_colleagues_own_entry_does_not_exist(ngoc, cast, name):
    entry = own_entry(cast.binh)
    assert ngoc.post(reverse(name, args=[entry.pk]), entered()).status_code == 404
    assert CommentEntry.objects.get() == entry


@pytest.mark.parametrize("name", ["comment_entry", "remove_comment_entry"])
def test_a_teacher_does_not_touch_the_schools(ngoc, cast, name):
    entry = school_entry(cast)
    assert ngoc.post(reverse(name, args=[entry.pk]), entered()).status_code == 403
    assert stored()[0][3] == entry.text


# The way there


@pytest.mark.parametrize(
    ("person", "is_shown"),
    [("hanh", True), ("ngoc", True), ("tam", True), ("van", False), ("kien", False)],
)
def test_the_bar_leads_those_who_write_a_bank_here(client, cast, person, is_shown):
    page = log_in(client, getattr(cast, person)).get(reverse("desk")).content.decode()
    assert (f'href="{LIST}"' in page) is is_shown
