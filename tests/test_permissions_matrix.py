"""Every URL, every role: one line a page and method.

A colleague who may not gets 403, a stranger (the other school's principal, a mother) 404,
and somebody who is not logged in the login page; where a page differs, its line says so.
"""

from collections import Counter

import pytest
from django.shortcuts import resolve_url
from django.urls import reverse

from assessments.models import (
    CommentEntry,
    Extension,
    ExtensionRequest,
    PeriodRecord,
    ReopenRequest,
)
from tests.assessments import states
from tests.certificate_pages import CERTIFICATE_PAGES
from tests.digital_card_pages_making import MAKING_PAGES
from tests.digital_card_pages_runs import RUN_PAGES
from tests.digital_card_pages_withdraw import WITHDRAWAL_PAGES
from tests.exchange.class_sheets import filled, upload_workbook
from tests.exchange.imports import MAY, upload
from tests.pages import (
    ANONYMOUS,
    ANYBODY,
    COLLEAGUES,
    LOGGED_IN,
    client_of,
    get,
    post,
    statuses,
    url_names,
)
from tests.print_pages import PRINT_PAGES
from tests.rows import saved_row
from tests.verification_pages import VERIFICATION_PAGES
from tests.year_end_pages import YEAR_END_PAGES, the_class, the_year


def the_row(cast):
    return {"pk": 1}


def the_pupil(cast):
    return {"student_id": cast.anh.student_id}


def the_term(cast):
    return {"first_year": 2026, "period": "end_term_1"}


def the_grade_in_term(cast):
    return {**the_term(cast), "grade_level": 4}


def an_import(cast):
    return {"pk": upload(cast, MAY).pk}


def the_period(cast):
    return {"school_class_id": cast.school_class.pk, "period": "end_term_1"}


def a_sheet_upload(cast):
    return {"pk": upload_workbook(cast, filled(cast, level="T")).pk}


def the_maths(cast):
    return {**the_period(cast), "subject_code": "toan"}


def a_record(cast):
    return {"pk": saved_row(PeriodRecord, cast).pk}


def a_request(cast):
    return {"pk": saved_row(ReopenRequest, cast).pk}


def an_extension_request(cast):
    return {"pk": saved_row(ExtensionRequest, cast).pk}


def an_extension(cast):
    return {"pk": saved_row(Extension, cast).pk}


def a_schools_entry(cast):
    return {"pk": saved_row(CommentEntry, cast).pk}


def a_bank(cast):
    return {"bank": "school"}


def a_retest(cast):
    return {"pk": states.proposed_retest(cast).pk}


def a_signed_card(cast):
    states.signed_off(cast)
    return {"student_id": cast.anh.student_id, "first_year": 2026, "period": "end_term_1"}


def an_address(cast):
    return {"address": "nowhere"}


NEEDS_TOKEN = {"refused": 401, "unknown": 401, "anonymous": 401}

PAGES = [
    # Accounts
    get("login", ANYBODY),
    post("login", ANYBODY, answer=200),  # an empty form comes back
    post("logout", ANYBODY),
    get("password_change", LOGGED_IN),
    post("password_change", LOGGED_IN, answer=200),
    post("row_density", LOGGED_IN, form=lambda cast: {"row_density": "dense"}),
    get("draft_key", LOGGED_IN, anonymous=401),
    get("set_language", ANYBODY, answer=302),  # only POST sets it
    post("set_language", ANYBODY),
    # Looks
    post("appearance", ANYBODY, form=lambda cast: {"theme": "dark"}),
    get("gallery", ANYBODY),
    # The first page
    get("desk", LOGGED_IN),
    get("choose_post", COLLEAGUES, except_for={"quang": 200}),
    post("choose_post", COLLEAGUES, answer=200, except_for={"quang": 200}),
    # When each period opens and closes
    get("period_windows", "hanh phuc kien", the_year, except_for={"quang": 200}),
    post("period_windows", "hanh phuc kien", the_year, answer=422, except_for={"quang": 422}),
    # Pupils
    get("students", "hanh phuc ngoc binh suong tam", except_for={"quang": 200}),
    get("student", "hanh phuc ngoc binh tam", the_pupil),
    get("student_history", "hanh phuc ngoc tam", the_pupil),
    get("student_support", "hanh phuc ngoc binh tam", the_pupil),
    get("individual_plan", "hanh phuc ngoc tam", the_pupil),
    post("individual_plan", "hanh phuc ngoc tam", the_pupil, answer=422),
    get("student_assessment", "hanh phuc tam", the_pupil),
    post("student_assessment", "hanh phuc tam", the_pupil, answer=422),
    # A class at a period; in the untouched state each step is refused with a sentence
    get("class_period", "hanh phuc ngoc binh tam", the_period),
    post("subject_confirm", "ngoc", the_maths),
    get("class_history", "hanh phuc ngoc binh tam", the_class),
    post("class_period_submit", "ngoc", the_period),
    post("class_period_sign_off", "hanh phuc", the_period),
    get("class_period_return", "hanh phuc", the_period, answer=302),
    post("class_period_return", "hanh phuc", the_period, answer=422),
    get("class_period_reopen", "hanh phuc", the_period, answer=302),
    post("class_period_reopen", "hanh phuc", the_period, answer=422),
    get("class_period_ask_reopening", "ngoc binh", the_period, answer=302),
    post("class_period_ask_reopening", "ngoc binh", the_period, answer=422),
    # More time for a closed period
    get("class_period_ask_extension", "ngoc binh", the_period),
    post("class_period_ask_extension", "ngoc binh", the_period, answer=422),
    get("class_period_extend", "hanh phuc", the_period),
    post("class_period_extend", "hanh phuc", the_period, answer=422),
    post("extension_request_refuse", "hanh phuc", an_extension_request),
    post("extension_revoke", "hanh phuc", an_extension),
    # What is still missing
    get("class_readiness", "hanh phuc ngoc", the_period),
    # The class's summary sheet, and what the sector database takes
    get("summary_sheet", "hanh phuc ngoc tam", the_period),
    get("summary_sheet_pdf", "hanh phuc ngoc tam", the_period),
    get("summary_sheet_xlsx", "hanh phuc ngoc tam", the_period),
    get("ministry_results_of_class", "hanh phuc tam", the_period),
    get(
        "ministry_results_of_grade",
        "hanh phuc tam",
        the_grade_in_term,
        except_for={"quang": 200},
    ),
    get("school_readiness", "hanh phuc", the_term, except_for={"quang": 200}),
    # Statistics, which the administrator does not see
    get(
        "school_statistics",
        "hanh phuc ngoc binh suong tam van",
        the_term,
        except_for={"quang": 200},
    ),
    get(
        "school_statistics_file",
        "hanh phuc ngoc binh suong tam van",
        the_term,
        except_for={"quang": 200},
    ),
    get("class_nudges", "hanh phuc ngoc", the_period),
    post("class_nudges", "hanh phuc ngoc", the_period),
    get("school_nudges", "hanh phuc", the_term, except_for={"quang": 200}),
    post("school_nudges", "hanh phuc", the_term, except_for={"quang": 302}),
    # Entering results; an empty page is posted
    get("subject_grid", "hanh phuc ngoc binh tam", the_maths),
    post("subject_grid", "ngoc", the_maths),
    get("trait_grid", "hanh phuc ngoc binh tam", the_period),
    post("trait_grid", "ngoc", the_period),
    get("record_grid", "hanh phuc ngoc binh tam", the_period),
    post("record_grid", "ngoc", the_period),
    get("trait_notes", "ngoc binh", the_period),
    post("trait_notes", "ngoc binh", the_period),
    # The history of a cell; these ask for none, which is found by nobody
    get("subject_cell_history", "hanh phuc ngoc binh tam", the_maths, answer=404),
    get("trait_cell_history", "hanh phuc ngoc binh tam", the_period, answer=404),
    get("record_cell_history", "hanh phuc ngoc binh tam", the_period, answer=404),
    get("note_cell_history", "ngoc binh", the_period, answer=404),
    # Single cells, as a page's script sends them; what these post is no JSON
    post("subject_cells", "ngoc", the_maths, answer=400),
    post("trait_cells", "ngoc", the_period, answer=400),
    post("record_cells", "ngoc", the_period, answer=400),
    post("note_cells", "ngoc binh", the_period, answer=400),
    get("year_results", "hanh phuc ngoc", the_class),
    post("year_results", "ngoc", the_class),
    # The comment bank; everybody at a school reads its bank, and a grid's readers the grid's
    get("comment_bank", COLLEAGUES, except_for={"quang": 200}),
    get("new_comment_entry", "hanh phuc ngoc binh suong tam", except_for={"quang": 200}),
    post(
        "new_comment_entry", "hanh phuc ngoc binh suong tam", answer=422, except_for={"quang": 422}
    ),
    get("comment_entry", "hanh phuc tam", a_schools_entry),
    post("comment_entry", "hanh phuc tam", a_schools_entry, answer=422),
    post("remove_comment_entry", "hanh phuc tam", a_schools_entry),
    post("copy_comment_entry", "hanh phuc ngoc binh suong", a_schools_entry),
    get("subject_comments", "hanh phuc ngoc binh tam", the_maths),
    get("record_comments", "hanh phuc ngoc binh tam", the_period),
    get("comment_bank_file", COLLEAGUES, a_bank, except_for={"quang": 200}),
    get("new_comment_import", "hanh phuc ngoc binh suong tam", except_for={"quang": 200}),
    post(
        "new_comment_import", "hanh phuc ngoc binh suong tam", answer=422, except_for={"quang": 422}
    ),
    post("confirm_comment_import", "hanh phuc ngoc binh suong tam", except_for={"quang": 302}),
    # One pupil at a period
    post("record_submit", "ngoc", a_record),
    post("record_sign_off", "hanh phuc", a_record),
    get("record_return", "hanh phuc", a_record, answer=302),
    post("record_return", "hanh phuc", a_record, answer=422),
    get("record_reopen", "hanh phuc", a_record, answer=302),
    post("record_reopen", "hanh phuc", a_record, answer=422),
    get("record_ask_reopening", "ngoc binh", a_record, answer=302),
    post("record_ask_reopening", "ngoc binh", a_record, answer=422),
    post("reopen_request_decide", "hanh phuc", a_request),
    # The subjects of a class
    get("class_subjects", "hanh phuc tam", the_class),
    post("class_subjects", "hanh phuc tam", the_class, form=lambda cast: {"save": "yes"}),
    # Another test
    get("subject_retests", "hanh phuc ngoc binh tam", the_maths),
    post("subject_retests", "ngoc", the_maths, answer=422),
    post("retest_agree", "hanh phuc", a_retest),
    get("retest_decline", "hanh phuc", a_retest),
    post("retest_decline", "hanh phuc", a_retest, answer=422),
    get("retest_withdraw", "ngoc", a_retest),
    post("retest_withdraw", "ngoc", a_retest, answer=422),
    get("retest_score", "ngoc", a_retest),
    post("retest_score", "ngoc", a_retest, answer=422),
    # The parent's card
    get("child_card", "hoa", the_pupil, refused=404),
    get("child_period_card", "hoa", a_signed_card, refused=404),
    # The card on paper
    get("report_card_pdf", "hanh phuc ngoc tam van", the_pupil),
    get("child_report_card_pdf", "hoa", the_pupil, refused=404),
    # A period's report for a family
    get("period_report_pdf", "hanh phuc ngoc tam van", a_signed_card),
    get("child_period_report_pdf", "hoa", a_signed_card, refused=404),
    # Pupils from the ministry's sheet
    get("student_imports", "tam", except_for={"quang": 403}),
    get("new_student_import", "tam", except_for={"quang": 403}),
    post("new_student_import", "tam", answer=422, except_for={"quang": 403}),
    get("student_import", "tam", an_import),
    post("confirm_student_import", "tam", an_import),
    post("undo_student_import", "tam", an_import),
    get("refused_rows", "tam", an_import),
    # A class at a period as a workbook
    get("class_sheet", "ngoc binh", the_period),
    get("new_sheet_upload", "ngoc binh", the_period),
    post("new_sheet_upload", "ngoc binh", the_period, answer=422),
    get("sheet_upload", "ngoc", a_sheet_upload),
    post("confirm_sheet_upload", "ngoc", a_sheet_upload),
    # Who read the export
    get("api_reads", "hanh phuc kien quang"),
    # The export, which knows tokens and no sessions
    get("api_openapi", ANYBODY),
    get("api_schools", **NEEDS_TOKEN),
    get("api_school", kwargs=the_row, **NEEDS_TOKEN),
    get("api_classes", **NEEDS_TOKEN),
    get("api_class", kwargs=the_row, **NEEDS_TOKEN),
    get("api_students", **NEEDS_TOKEN),
    get("api_student", kwargs=the_row, **NEEDS_TOKEN),
    get("api_period_records", **NEEDS_TOKEN),
    get("api_period_record", kwargs=the_row, **NEEDS_TOKEN),
    get("api_unknown_address", kwargs=an_address, **NEEDS_TOKEN),
    *YEAR_END_PAGES,
    *VERIFICATION_PAGES,
    *CERTIFICATE_PAGES,
    *WITHDRAWAL_PAGES,
    *MAKING_PAGES,
    *RUN_PAGES,
    *PRINT_PAGES,
]

every_page = pytest.mark.parametrize("page", PAGES, ids=str)
METHODS = {page.name: {row.method for row in PAGES if row.name == page.name} for page in PAGES}


@every_page
def test_each_role_is_answered_as_the_line_says(page, cast):
    assert statuses(page, cast) == page.expected()


@pytest.mark.both_databases
@every_page
def test_either_database_answers_whoever_may(page, cast):
    role = next(iter(page.allowed.split()), ANONYMOUS)
    assert statuses(page, cast, role) == {role: page.expected()[role]}


@every_page
def test_whoever_is_not_logged_in_is_sent_to_the_login_page(page, cast):
    if page.anonymous != 302 or ANONYMOUS in page.allowed:
        pytest.skip("open to everybody, or a page for programs")
    url = reverse(page.name, kwargs=page.kwargs(cast))
    response = client_of(cast, ANONYMOUS).generic(page.method, url)
    assert response.url == f"{resolve_url('login')}?next={url}"


@every_page
def test_a_method_without_a_line_is_refused(page, cast):
    """A page that takes POST has a line for POST."""
    role = page.allowed.split()[-1] if page.allowed else "hanh"
    url = reverse(page.name, kwargs=page.kwargs(cast))
    for method in {"GET", "POST"} - METHODS[page.name]:
        assert client_of(cast, role).generic(method, url).status_code in {405, page.refused}


def test_every_url_has_a_line():
    assert set(url_names()) == set(METHODS)


def test_no_line_stands_twice():
    assert max(Counter(map(str, PAGES)).values()) == 1
