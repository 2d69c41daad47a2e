"""Who writes which bank, what is refused, and what the audit says."""

import pytest
from django.db import transaction

from assessments import actions
from assessments.errors import CodeTaken, EntryRefused
from assessments.models import CommentEntry
from audit.errors import NotPermitted
from audit.models import AuditEvent
from tests.assessments.banks import draft, own_entry, school_entry, stored

WRITES_SCHOOLS = "hanh phuc tam"
WRITES_OWN = "hanh phuc ngoc binh suong"
EVERYBODY = "hanh phuc ngoc binh suong tam van kien"


def events(name):
    return list(AuditEvent.objects.filter(event=f"comment_entry.{name}"))


@pytest.mark.parametrize("person", EVERYBODY.split())
def test_leaders_and_registrars_write_the_schools(cast, person):
    by = getattr(cast, person)
    if person in WRITES_SCHOOLS.split():
        assert school_entry(cast, by=by).owner is None
    else:
        with pytest.raises(NotPermitted, match="lãnh đạo trường và học vụ"):
            school_entry(cast, by=by)


@pytest.mark.parametrize("person", EVERYBODY.split())
def test_teachers_and_leaders_write_their_own(cast, person):
    by = getattr(cast, person)
    if person in WRITES_OWN.split():
        assert own_entry(by).owner == by
    else:
        with pytest.raises(NotPermitted, match="chính giáo viên ấy"):
            own_entry(by)


def test_nobody_writes_a_colleagues(cast):
    entry = own_entry(cast.ngoc)
    for action in (actions.change_comment_entry, actions.remove_comment_entry):
        fields = {"draft": draft()} if action is actions.change_comment_entry else {}
        with pytest.raises(NotPermitted):
            action(entry=entry, by=cast.hanh, **fields)
    with pytest.raises(NotPermitted):
        actions.create_comment_entry(
            school=cast.school, owner=cast.ngoc, draft=draft(code="T2"), by=cast.hanh
        )
    with pytest.raises(NotPermitted, match="riêng một giáo viên khác"):
        actions.copy_comment_entry(entry=entry, by=cast.binh)


def test_nobody_writes_at_another_school(cast):
    entry = school_entry(cast)
    with pytest.raises(NotPermitted):
        actions.remove_comment_entry(entry=entry, by=cast.quang)
    with pytest.raises(NotPermitted):
        actions.create_comment_entry(
            school=cast.school, owner=cast.quang, draft=draft(code="T2"), by=cast.quang
        )
    with pytest.raises(NotPermitted):
        actions.copy_comment_entry(entry=entry, by=cast.quang)


def test_creating_is_recorded_with_what_was_written(cast):
    entry = school_entry(cast)
    [event] = events("created")
    assert (event.actor, event.school_id, event.target_id) == (
        cast.tam.user,
        cast.school.pk,
        entry.pk,
    )
    assert event.changes["code"] == [None, "T1"]
    assert event.changes["text"] == [None, "{tên} tính nhanh và chính xác."]


def test_changing_records_only_what_changed(cast):
    entry = own_entry(cast.ngoc)
    actions.change_comment_entry(entry=entry, draft=draft(text="{tên} tính giỏi."), by=cast.ngoc)
    [event] = events("changed")
    assert event.changes == {"text": ["{tên} tính nhanh và chính xác.", "{tên} tính giỏi."]}
    assert stored() == [("T1", "toan", "T", "{tên} tính giỏi.")]


def test_a_changed_text_is_found_by_its_new_words(cast):
    entry = own_entry(cast.ngoc)
    actions.change_comment_entry(entry=entry, draft=draft(text="Đọc đúng."), by=cast.ngoc)
    assert CommentEntry.objects.matching("doc dung").get() == entry
    assert not CommentEntry.objects.matching("tính nhanh").exists()


def test_changing_nothing_records_nothing(cast):
    actions.change_comment_entry(entry=own_entry(cast.ngoc), draft=draft(), by=cast.ngoc)
    assert events("changed") == []


def test_removing_keeps_the_words_in_the_audit(cast):
    entry = own_entry(cast.ngoc)
    actions.remove_comment_entry(entry=entry, by=cast.ngoc)
    assert stored() == []
    [event] = events("removed")
    assert event.changes["text"] == ["{tên} tính nhanh và chính xác.", None]


def test_a_copy_is_ones_own_to_change(cast):
    original = school_entry(cast)
    copy = actions.copy_comment_entry(entry=original, by=cast.ngoc)
    actions.change_comment_entry(entry=copy, draft=draft(text="Khác."), by=cast.ngoc)
    original.refresh_from_db()
    assert original.text == "{tên} tính nhanh và chính xác."
    assert copy.owner == cast.ngoc


def test_a_code_stands_once_a_bank_and_purpose(cast):
    own_entry(cast.ngoc)
    own_entry(cast.ngoc, purpose="tieng_viet")
    own_entry(cast.binh)
    school_entry(cast)
    with pytest.raises(CodeTaken, match="đã có mã T1"):
        own_entry(cast.ngoc)
    with pytest.raises(CodeTaken):
        school_entry(cast)
    assert len(stored()) == 4


def test_an_entry_cannot_take_anothers_code(cast):
    own_entry(cast.ngoc)
    second = own_entry(cast.ngoc, code="T2")
    with pytest.raises(CodeTaken):
        actions.change_comment_entry(entry=second, draft=draft(), by=cast.ngoc)
    assert stored(code="T2") == [("T2", "toan", "T", "{tên} tính nhanh và chính xác.")]


def test_copying_twice_is_refused_with_the_way_out(cast):
    entry = school_entry(cast)
    actions.copy_comment_entry(entry=entry, by=cast.ngoc)
    with pytest.raises(CodeTaken, match="chọn mã khác"):
        actions.copy_comment_entry(entry=entry, by=cast.ngoc)


def test_an_action_judges_for_itself(cast):
    with pytest.raises(EntryRefused, match="viết liền"):
        own_entry(cast.ngoc, code="t 1")
    with pytest.raises(EntryRefused, match="“hoa_hoc”"):
        actions.write_comment_entries(
            school=cast.school,
            owner=None,
            drafts=[draft(), draft(code="T2", purpose="hoa_hoc")],
            by=cast.tam,
        )
    assert stored() == []
    assert not AuditEvent.objects.filter(event__startswith="comment_entry").exists()


def test_writing_many_makes_changes_and_leaves_the_rest(cast):
    own_entry(cast.ngoc, code="X1")
    own_entry(cast.ngoc)
    drafts = [draft(text="{tên} tính giỏi."), draft(code="T2"), draft(code="X2", purpose="")]
    actions.write_comment_entries(school=cast.school, owner=cast.ngoc, drafts=drafts, by=cast.ngoc)
    assert [row[0] for row in stored(owner=cast.ngoc)] == ["X2", "T1", "T2", "X1"]
    assert stored(code="T1")[0][3] == "{tên} tính giỏi."
    assert len(events("created")) == 4
    assert len(events("changed")) == 1


def test_many_are_written_in_few_queries(cast, django_assert_max_num_queries):
    drafts = [draft(code=f"T{number}") for number in range(300)]
    with django_assert_max_num_queries(20), transaction.atomic():
        actions.write_comment_entries(school=cast.school, owner=None, drafts=drafts, by=cast.tam)
    assert CommentEntry.objects.count() == 300


def test_writing_another_bank_is_refused(cast):
    with pytest.raises(NotPermitted):
        actions.write_comment_entries(
            school=cast.school, owner=None, drafts=[draft()], by=cast.ngoc
        )
