"""Which pages are read in English, by whom, and what was arranged before."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import translation

from accounts.models import User
from assessments import actions
from assessments.merge import Edit, RowEdit
from assessments.models import CommentEntry, Nudge, Retest
from exchange.models import ImportBatch, SheetUpload
from rulesets import Period
from students.actions import settle_assessment, write_individual_plan
from tests import factories
from tests.assessments import states
from tests.assessments.banks import own_entry, school_entry
from tests.assessments.filling import assign_every_subject, fill_class, subject_row
from tests.assessments.pages import save_cells
from tests.cast import Cast
from tests.exchange import class_sheets
from tests.exchange.imports import MAY, imported, upload
from tests.pages import LOGGED_IN
from tests.rows import saved_row

Address = Callable[[Cast], str]
State = Callable[[Cast], object]

MAY_20 = datetime.datetime(2027, 5, 20, 3, tzinfo=datetime.UTC)  # the year's end is open
FEBRUARY = datetime.datetime(2027, 2, 2, 3, tzinfo=datetime.UTC)  # the first term is closed


def untouched(cast: Cast) -> None:
    pass


@dataclass(frozen=True)
class Reading:
    """Who reads which page of what."""

    role: str
    address: Address
    state: State = untouched

    def __str__(self) -> str:
        return f"{self.role} {self.address.__name__} {self.state.__name__}"


def named(name: str, url: Address) -> Address:
    url.__name__ = name
    return url


def at(name: str) -> Address:
    return named(name, lambda cast: reverse(name))


def of_class(name: str, **kwargs: object) -> Address:
    return named(
        name, lambda cast: reverse(name, kwargs={"school_class_id": cast.school_class.pk, **kwargs})
    )


def of_period(name: str, **kwargs: object) -> Address:
    return of_class(name, period=Period.END_TERM_1, **kwargs)


def of_pupil(name: str) -> Address:
    return named(name, lambda cast: reverse(name, args=[cast.anh.student_id]))


def of_retest(name: str) -> Address:
    return named(name, lambda cast: reverse(name, args=[Retest.objects.get().pk]))


def of_import(cast: Cast) -> str:
    return reverse("student_import", args=[ImportBatch.objects.get().pk])


def of_sheet_upload(cast: Cast) -> str:
    return reverse("sheet_upload", args=[SheetUpload.objects.get().pk])


def all_refused_of_the_sheet(cast: Cast) -> str:
    return of_sheet_upload(cast) + "?show=refused"


def a_search_for_nobody(cast: Cast) -> str:
    return reverse("students") + "?q=xyz"


def the_windows(cast: Cast) -> str:
    return reverse("period_windows", args=[2026])


def the_statistics(**asked: str) -> Address:
    url = reverse("school_statistics", args=[2026, asked.pop("period", Period.END_TERM_1)])
    return named(
        f"the_statistics_{'_'.join(asked.values())}", lambda cast: f"{url}?{urlencode(asked)}"
    )


def the_schools_readiness(cast: Cast) -> str:
    return reverse("school_readiness", args=[2026, Period.END_TERM_1])


def the_schools_nudges(cast: Cast) -> str:
    return reverse("school_nudges", args=[2026, Period.END_TERM_1])


def addresses_and_a_nudge(cast: Cast) -> None:
    for staff in (cast.ngoc, cast.binh):
        User.objects.filter(pk=staff.user_id).update(email="gv@kimdong.example")
    saved_row(Nudge, cast)


def anh_begun(cast: Cast) -> None:
    """One pupil has everything of Toán, and the first of the traits."""
    rows = [subject_row(cast.anh.pk, level="T", score=9)]
    where = {"school_class": cast.school_class, "period": Period.END_TERM_1, "by": cast.ngoc}
    actions.save_subject_results(**where, subject_code="toan", rows=rows)
    traits = [RowEdit(cast.anh.pk, {"yeu_nuoc": Edit("", "T")})]
    actions.save_trait_results(**where, rows=traits)


def a_comment_bank(cast: Cast) -> None:
    own_entry(cast.ngoc)
    school_entry(cast, purpose="", level="")


def an_own_entry(cast: Cast) -> str:
    return reverse("comment_entry", args=[CommentEntry.objects.get(owner=cast.ngoc).pk])


def a_bank_search_for_nothing(cast: Cast) -> str:
    return reverse("comment_bank") + "?q=xyz"


def a_cell_history(cast: Cast) -> str:
    return f"{MATHS(cast)}history/?pupil={cast.anh.pk}&field=level"


def no_such_class(cast: Cast) -> str:
    return reverse("class_history", args=[0])


def a_right_and_a_wrong_row(cast: Cast) -> None:
    with translation.override("en"):  # the errors are kept in the language of who uploads
        upload(cast, MAY, MAY | {"date_of_birth": "mai", "class_name": "9Z"})


def a_wrong_row(cast: Cast) -> None:
    with translation.override("en"):
        upload(cast, MAY | {"class_name": ""})


def a_language_named(cast: Cast) -> None:
    actions.set_class_subjects(
        school_class=cast.school_class,
        optional=frozenset({(4, "tieng_dan_toc")}),
        language_names={(4, "tieng_dan_toc"): "Tiếng Ê-đê", (4, "ngoai_ngu_1"): "Tiếng Anh"},
        by=cast.tam,
    )


def a_plan_and_a_decision(cast: Cast) -> None:
    day = datetime.date(2027, 1, 5)
    values = {"enrollment": cast.anh, "valid_from": day, "valid_until": day}
    first = write_individual_plan(**values, adjustments="Phạm vi 20", supersedes=None, by=cast.ngoc)
    write_individual_plan(**values, adjustments="Phạm vi 50", supersedes=first, by=cast.ngoc)
    settle_assessment(
        enrollment=cast.anh, is_not_assessed=True, decided_on=day, decision="Số 12", by=cast.tam
    )


def a_confirmed_import(cast: Cast) -> None:
    imported(cast, MAY)


def a_sheet_upload(cast: Cast) -> None:
    """Something refused, a conflict and a change, and columns and worksheets left unread."""
    with translation.override("en"):  # sentences are kept in the language of who uploads
        workbook = class_sheets.downloaded(cast)
        maths = workbook.worksheets[1]
        for reference, value in {"D5": "H", "E5": 99, "F5": "Tốt", "G4": "x", "D6": "T"}.items():
            maths[reference].value = value
        workbook.create_sheet("y")
        save_cells(cast, cast.anh, level=("", "C"))
        class_sheets.upload_workbook(cast, workbook)


def a_sheet_upload_that_changes_nothing(cast: Cast) -> None:
    class_sheets.upload_workbook(cast, class_sheets.downloaded(cast))


def a_confirmed_sheet_upload(cast: Cast) -> None:
    class_sheets.confirmed(cast, class_sheets.filled(cast, level="T", score=99))


def an_expired_sheet_upload(cast: Cast) -> None:
    class_sheets.upload_workbook(cast, class_sheets.filled(cast, level="T"))
    SheetUpload.objects.update(uploaded_at=MAY_20 - datetime.timedelta(days=365))


def a_second_post(cast: Cast) -> None:
    factories.make_staff(cast.other_school, cast.hanh.full_name, user=cast.hanh.user)


def a_reopen_request(cast: Cast) -> None:
    class_period = states.signed_off(cast)
    actions.request_reopening(class_period=class_period, reason="Sai một điểm", by=cast.ngoc)


def the_year_filled(cast: Cast) -> None:
    """Nothing but scores keeps the best result away."""
    assign_every_subject(cast.school_class, cast.ngoc)
    teachers = {"ngoai_ngu_1": cast.binh}
    fill_class(cast.school_class, Period.END_YEAR, homeroom=cast.ngoc, teachers=teachers, score=8)


def the_year_lacking(cast: Cast) -> None:
    assign_every_subject(cast.school_class, cast.ngoc)


def the_year_signed(cast: Cast) -> None:
    states.signed_off(cast, Period.END_YEAR)


def more_time(cast: Cast) -> None:
    states.extended(cast, FEBRUARY.date())


def more_time_asked(cast: Cast) -> None:
    actions.request_extension(
        school_class=cast.school_class, period=Period.END_TERM_1, reason="Tôi ốm", by=cast.ngoc
    )


def entered_late(cast: Cast) -> None:
    more_time(cast)
    states.submitted(cast)


CLASS_PAGE = of_period("class_period")
MATHS = of_period("subject_grid", subject_code="toan")
SUMMARY = of_period("summary_sheet")
SUMMARY_OF_YEAR = of_class("summary_sheet", period=Period.END_YEAR)
CARD = of_pupil("child_card")

READINGS = [
    Reading("anonymous", at("login")),
    Reading("ngoc", at("password_change")),
    Reading("ngoc", no_such_class),
    Reading("suong", CLASS_PAGE),
    # The first page
    *(Reading(role, at("desk")) for role in LOGGED_IN.split()),
    Reading("ngoc", at("desk"), states.returned),
    Reading("hanh", at("desk"), states.submitted),
    Reading("hanh", at("desk"), a_reopen_request),
    Reading("hoa", at("desk"), states.signed_off),
    Reading("hanh", at("choose_post"), a_second_post),
    # When each period opens and closes
    # Statistics
    Reading("hanh", the_statistics(show="subjects"), states.filled),
    Reading("hanh", the_statistics(show="scores", compare="2026-mid_term_1"), states.filled),
    Reading("hanh", the_statistics(show="traits", by="cut"), states.filled),
    Reading("hanh", the_statistics(show="traits", by="class", cut="minority"), states.filled),
    Reading("hanh", the_statistics(period=Period.END_YEAR, show="year")),
    Reading("van", the_statistics(show="subjects"), states.filled),
    Reading("kien", the_windows),
    # Pupils
    Reading("tam", at("students")),
    Reading("tam", a_search_for_nobody),
    Reading("tam", of_pupil("student")),
    Reading("ngoc", of_pupil("student_history"), states.with_anh_reopened),
    Reading("ngoc", of_pupil("student_support")),
    Reading("tam", of_pupil("student_support"), a_plan_and_a_decision),
    Reading("ngoc", of_pupil("individual_plan"), a_plan_and_a_decision),
    Reading("tam", of_pupil("student_assessment")),
    Reading("tam", of_pupil("student_assessment"), a_plan_and_a_decision),
    Reading("tam", of_pupil("student_history"), a_plan_and_a_decision),
    Reading("ngoc", MATHS, a_plan_and_a_decision),
    # A class at a period
    Reading("ngoc", CLASS_PAGE),
    Reading("hanh", CLASS_PAGE),
    Reading("ngoc", CLASS_PAGE, states.submitted),
    Reading("hanh", CLASS_PAGE, states.submitted),
    Reading("ngoc", CLASS_PAGE, states.returned),
    Reading("ngoc", CLASS_PAGE, states.signed_off),
    Reading("hanh", CLASS_PAGE, states.signed_off),
    Reading("ngoc", CLASS_PAGE, states.reopened),
    Reading("hanh", CLASS_PAGE, states.with_anh_reopened),
    Reading("hanh", CLASS_PAGE, a_reopen_request),
    Reading("hanh", of_period("class_period_return"), states.submitted),
    Reading("hanh", of_period("class_period_reopen"), states.signed_off),
    Reading("ngoc", of_period("class_period_ask_reopening"), states.signed_off),
    Reading("ngoc", of_class("class_history"), states.reopened),
    # What is still missing
    Reading("ngoc", of_period("class_readiness")),
    Reading("ngoc", of_period("class_readiness"), anh_begun),
    Reading("hanh", the_schools_readiness),
    Reading("hanh", the_schools_readiness, anh_begun),
    Reading("hanh", the_schools_readiness, states.submitted),
    Reading("hanh", the_schools_nudges),
    Reading("hanh", the_schools_nudges, addresses_and_a_nudge),
    Reading("hanh", the_schools_nudges, states.filled),
    Reading("hanh", the_schools_nudges, states.submitted),
    Reading("ngoc", of_period("class_nudges")),
    # The summary sheet
    Reading("ngoc", SUMMARY),
    Reading("tam", SUMMARY, states.submitted),
    Reading("hanh", SUMMARY, states.with_anh_reopened),
    Reading("ngoc", SUMMARY, states.taken_retest),
    Reading("hanh", SUMMARY, a_plan_and_a_decision),
    # The grids
    Reading("ngoc", MATHS),
    Reading("hanh", MATHS),
    Reading("ngoc", MATHS, states.signed_off),
    Reading("ngoc", a_cell_history, states.filled),
    Reading("ngoc", a_cell_history),
    Reading("ngoc", of_period("trait_grid")),
    Reading("ngoc", of_period("trait_grid"), states.submitted),
    Reading("ngoc", of_period("record_grid")),
    Reading("binh", of_period("trait_notes")),
    Reading("ngoc", of_class("year_results")),
    # The comment bank
    Reading("ngoc", at("comment_bank")),
    Reading("hanh", at("comment_bank"), a_comment_bank),
    Reading("ngoc", a_bank_search_for_nothing),
    Reading("hanh", at("new_comment_entry")),
    Reading("ngoc", an_own_entry, a_comment_bank),
    Reading("hanh", at("new_comment_import")),
    Reading("tam", of_class("class_subjects")),
    Reading("hanh", of_class("class_subjects"), a_language_named),
    Reading("hanh", of_class("class_history"), a_language_named),
    # Another test
    Reading("ngoc", of_period("subject_retests", subject_code="toan"), states.taken_retest),
    Reading("hanh", of_period("subject_retests", subject_code="toan"), states.proposed_retest),
    Reading("hanh", of_period("subject_retests", subject_code="toan")),
    Reading("hanh", at("desk"), states.proposed_retest),
    Reading("ngoc", at("desk"), states.declined_retest),
    Reading("ngoc", at("desk"), states.agreed_retest),
    Reading("ngoc", MATHS, states.taken_retest),
    Reading("ngoc", MATHS, states.agreed_retest),
    Reading("hanh", of_retest("retest_decline"), states.proposed_retest),
    Reading("ngoc", of_retest("retest_withdraw"), states.proposed_retest),
    Reading("ngoc", of_retest("retest_score"), states.agreed_retest),
    Reading("ngoc", of_pupil("student_history"), states.taken_retest),
    # The parent's card
    Reading("hoa", CARD),
    Reading("hoa", CARD, states.signed_off),
    Reading("hoa", CARD, states.with_anh_reopened),
    # Imports, and the reads of the export
    Reading("tam", at("student_imports")),
    Reading("tam", at("student_imports"), a_right_and_a_wrong_row),
    Reading("tam", at("new_student_import")),
    Reading("tam", of_import, a_right_and_a_wrong_row),
    Reading("tam", of_import, a_wrong_row),
    Reading("tam", of_import, a_confirmed_import),
    Reading("hanh", at("api_reads")),
    # A class at a period as a workbook
    Reading("ngoc", of_period("new_sheet_upload")),
    Reading("ngoc", of_sheet_upload, a_sheet_upload),
    Reading("ngoc", all_refused_of_the_sheet, a_sheet_upload),
    Reading("ngoc", of_sheet_upload, a_sheet_upload_that_changes_nothing),
    Reading("ngoc", of_sheet_upload, a_confirmed_sheet_upload),
    Reading("ngoc", of_sheet_upload, an_expired_sheet_upload),
    Reading("ngoc", of_class("class_history"), a_confirmed_sheet_upload),
]
READINGS_LATE = [
    Reading("ngoc", MATHS),
    Reading("hanh", MATHS),
    Reading("ngoc", MATHS, more_time),
    Reading("ngoc", CLASS_PAGE),
    Reading("ngoc", CLASS_PAGE, more_time_asked),
    Reading("hanh", CLASS_PAGE, more_time_asked),
    Reading("hanh", CLASS_PAGE, entered_late),
    Reading("hanh", at("desk"), more_time_asked),
    Reading("ngoc", of_period("class_period_ask_extension")),
    Reading("hanh", of_period("class_period_extend")),
    Reading("ngoc", of_class("class_history"), entered_late),
]
READINGS_IN_MAY = [
    Reading("ngoc", of_class("year_results"), the_year_filled),
    Reading("ngoc", of_class("year_results"), the_year_lacking),
    Reading("hanh", SUMMARY_OF_YEAR, the_year_filled),
    Reading("hoa", CARD, the_year_signed),
]
