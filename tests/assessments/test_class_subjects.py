"""Which subjects each grade of a class takes, and what follows from it."""

import pytest
from django.http import HttpResponse
from django.urls import reverse

from assessments import actions
from assessments.completeness import missing_in_class
from assessments.errors import StepNotAllowed
from assessments.models import SubjectResult
from assessments.payload import draft_payload
from audit.models import AuditEvent
from reportcards.documents.paper_form import YearState, year_pages
from rulesets import Period
from schools.models import SchoolClass, TeachingAssignment
from students.models import Enrollment
from tests import factories
from tests.assessments import states
from tests.assessments.filling import fill_class, subject_row
from tests.assessments.pages import GridForm
from tests.cast import Cast
from tests.pages import client_of

END_TERM_1 = Period.END_TERM_1
ETHNIC = (4, "tieng_dan_toc")


def set_subjects(
    cast: Cast,
    *optional: tuple[int, str],
    school_class: SchoolClass | None = None,
    names: dict[tuple[int, str], str] | None = None,
) -> int:
    return actions.set_class_subjects(
        school_class=school_class or cast.school_class,
        optional=frozenset(optional),
        language_names=names or {},
        by=cast.tam,
    )


def offered(school_class: SchoolClass, grade_level: int = 4) -> set[str]:
    rows = school_class.subject_offerings.filter(grade_level=grade_level)
    return set(rows.values_list("subject_code", flat=True))


def enter(cast: Cast, subject_code: str, school_class: SchoolClass, *pupils: Enrollment) -> None:
    factories.assign_teacher(school_class, subject_code, cast.ngoc)
    actions.save_subject_results(
        school_class=school_class,
        period=END_TERM_1,
        subject_code=subject_code,
        rows=[subject_row(pupil.pk, level="T", comment="Chăm") for pupil in pupils],
        by=cast.ngoc,
    )


@pytest.fixture
def mixed(cast: Cast) -> SchoolClass:
    """Grades 2 and 3 in one room; grade 3 has a test where grade 2 has none."""
    school_class = factories.make_class(cast.school_year, "Ghép 2-3", (2, 3))
    factories.assign_homeroom(school_class, cast.suong)
    return school_class


# Turning on and off


def test_an_optional_subject_is_taken_and_left(cast: Cast) -> None:
    assert set_subjects(cast, ETHNIC) == 1
    assert "tieng_dan_toc" in offered(cast.school_class)
    assert set_subjects(cast) == 1
    assert "tieng_dan_toc" not in offered(cast.school_class)
    events = AuditEvent.objects.filter(event__startswith="subject_offering").order_by("pk")
    assert [row.event for row in events] == ["subject_offering.added", "subject_offering.removed"]
    assert events[0].changes["subject"] == [None, "tieng_dan_toc"]
    assert events[0].school_class_id == cast.school_class.pk


def test_what_is_compulsory_stays_whatever_is_asked(cast: Cast) -> None:
    before = offered(cast.school_class)
    assert set_subjects(cast) == 0
    assert offered(cast.school_class) == before
    assert not AuditEvent.objects.exists()


def test_a_compulsory_subject_that_a_class_lacks_is_added(cast: Cast) -> None:
    cast.school_class.subject_offerings.filter(subject_code="am_nhac").delete()
    set_subjects(cast)
    assert "am_nhac" in offered(cast.school_class)


def test_a_subject_that_the_grade_does_not_know_is_not_added(cast: Cast) -> None:
    set_subjects(cast, (4, "tu_nhien_va_xa_hoi"), (5, "tieng_dan_toc"), (4, "bay"))
    assert offered(cast.school_class) & {"tu_nhien_va_xa_hoi", "bay"} == set()
    assert offered(cast.school_class, 5) == set()


@pytest.mark.parametrize("code", ["tin_hoc", "ngoai_ngu_1", "tieng_dan_toc"])
def test_grades_1_and_2_may_begin_early(cast: Cast, code: str) -> None:
    first = factories.make_class(cast.school_year, "1A", (1,))
    set_subjects(cast, (1, code), school_class=first)
    assert code in offered(first, 1)


def test_each_grade_of_a_mixed_class_takes_its_own(cast: Cast, mixed: SchoolClass) -> None:
    set_subjects(cast, (2, "tin_hoc"), school_class=mixed)
    assert "tin_hoc" in offered(mixed, 2)
    assert "ngoai_ngu_1" not in offered(mixed, 2)
    assert "ngoai_ngu_1" in offered(mixed, 3)


def test_a_special_class_has_nothing_to_choose(cast: Cast) -> None:
    special = factories.make_class(cast.school_year, "KT1", (4,), kind="special")
    set_subjects(cast, ETHNIC, school_class=special)
    assert offered(special) == {"tieng_viet", "toan"}


def test_its_teachers_leave_with_the_subject_and_the_audit_names_them(cast: Cast) -> None:
    set_subjects(cast, ETHNIC)
    factories.assign_teacher(cast.school_class, "tieng_dan_toc", cast.binh)
    set_subjects(cast)
    assert not TeachingAssignment.objects.filter(offering__subject_code="tieng_dan_toc").exists()
    event = AuditEvent.objects.get(event="subject_offering.removed")
    assert event.changes["teacher"] == ["Y Bình Êban", None]


def test_a_subject_with_results_stays_and_the_refusal_says_what_to_do(cast: Cast) -> None:
    set_subjects(cast, ETHNIC)
    enter(cast, "tieng_dan_toc", cast.school_class, cast.anh, cast.duc)
    with pytest.raises(StepNotAllowed) as refusal:
        set_subjects(cast)
    sentence = str(refusal.value.message)
    assert "Tiếng dân tộc ở khối 4" in sentence
    assert "cuối học kỳ I: 2 em" in sentence
    assert "xóa các kết quả ấy ở bảng nhập" in sentence
    assert "tieng_dan_toc" in offered(cast.school_class)


def test_results_that_were_cleared_do_not_keep_it(cast: Cast) -> None:
    set_subjects(cast, ETHNIC)
    enter(cast, "tieng_dan_toc", cast.school_class, cast.anh)
    SubjectResult.objects.update(level="", comment="")
    assert set_subjects(cast) == 1


def test_results_of_another_grade_do_not_keep_it(cast: Cast, mixed: SchoolClass) -> None:
    both = [(2, "tieng_dan_toc"), (3, "tieng_dan_toc")]
    set_subjects(cast, *both, school_class=mixed)
    pupil = factories.enroll(factories.make_student("Bùi Văn Mẫu"), mixed, grade_level=3)
    enter(cast, "tieng_dan_toc", mixed, pupil)
    set_subjects(cast, (3, "tieng_dan_toc"), school_class=mixed)
    assert "tieng_dan_toc" not in offered(mixed, 2)


def test_nothing_changes_while_the_class_waits_for_a_signature(cast: Cast) -> None:
    states.submitted(cast)
    with pytest.raises(StepNotAllowed, match="đang chờ ký duyệt"):
        set_subjects(cast, ETHNIC)


def test_a_name_alone_is_a_change_and_is_audited(cast: Cast) -> None:
    assert set_subjects(cast, names={(4, "ngoai_ngu_1"): "Tiếng Anh"}) == 1
    event = AuditEvent.objects.get(event="subject_offering.renamed")
    assert event.changes["language_name"] == ["", "Tiếng Anh"]


def test_only_a_language_has_a_name(cast: Cast) -> None:
    assert set_subjects(cast, names={(4, "toan"): "Tiếng Anh"}) == 0


# The page


def page_url(cast: Cast) -> str:
    return reverse("class_subjects", args=[cast.school_class.pk])


def send(cast: Cast, **form: str) -> HttpResponse:
    return client_of(cast, "tam").post(page_url(cast), {"save": "yes", **form}, follow=True)


def test_the_page_shows_what_is_compulsory_and_what_is_a_choice(cast: Cast) -> None:
    controls = GridForm(client_of(cast, "tam").get(page_url(cast))).controls
    assert "takes-4-tieng_dan_toc" in controls
    assert "takes-4-toan" not in controls
    assert "language-4-ngoai_ngu_1" in controls


def test_the_page_saves(cast: Cast) -> None:
    form = {"takes-4-tieng_dan_toc": "on", "language-4-tieng_dan_toc": "Tiếng Ê-đê"}
    assert "Đã lưu môn học của lớp." in send(cast, **form).content.decode()
    offering = cast.school_class.subject_offerings.get(subject_code="tieng_dan_toc")
    assert offering.language_name == "Tiếng Ê-đê"


def test_a_refusal_stands_on_the_page_and_keeps_what_was_typed(cast: Cast) -> None:
    set_subjects(cast, ETHNIC)
    enter(cast, "tieng_dan_toc", cast.school_class, cast.anh)
    response = send(cast, **{"language-4-ngoai_ngu_1": "Tiếng Pháp"})
    assert response.status_code == 422
    assert "Không bỏ được Tiếng dân tộc" in response.content.decode()
    assert "Tiếng Pháp" in response.content.decode()


def test_a_name_that_is_too_long_is_refused(cast: Cast) -> None:
    response = send(cast, **{"language-4-ngoai_ngu_1": "a" * 51})
    assert "Tên dài tối đa 50 ký tự; đang có 51." in response.content.decode()


def test_a_name_that_cannot_be_printed_is_refused_and_stays_typed(cast: Cast) -> None:
    page = send(cast, **{"language-4-ngoai_ngu_1": "Tiếng Trung 中文"}).content.decode()
    assert "Không in được ký tự “中” (U+4E2D)" in page
    assert "Tiếng Trung 中文" in page


@pytest.mark.parametrize(("role", "sees"), [("tam", True), ("hanh", True), ("ngoc", False)])
def test_the_class_page_links_to_it_for_those_who_may(cast: Cast, role: str, sees: bool) -> None:
    url = reverse("class_period", args=[cast.school_class.pk, END_TERM_1])
    assert (page_url(cast) in client_of(cast, role).get(url).content.decode()) is sees


# The name of the language


def test_the_language_stands_in_the_grid_on_the_desk_and_on_paper(cast: Cast) -> None:
    set_subjects(cast, names={(4, "ngoai_ngu_1"): "Tiếng Anh"})
    states.filled(cast)
    english = reverse("subject_grid", args=[cast.school_class.pk, END_TERM_1, "ngoai_ngu_1"])
    class_url = reverse("class_period", args=[cast.school_class.pk, END_TERM_1])
    for url in (english, reverse("desk"), class_url):
        assert "Ngoại ngữ 1 (Tiếng Anh)" in client_of(cast, "binh").get(url).content.decode()
    record = cast.anh.period_records.with_results().get()
    pages = year_pages(draft_payload(record), state=YearState.DRAFT, place="Buôn Hồ")
    assert ("Ngoại ngữ 1", "Tiếng Anh") in [(row.name, row.qualifier) for row in pages.subjects]


def test_the_grades_of_a_mixed_class_may_learn_different_languages(
    cast: Cast, mixed: SchoolClass
) -> None:
    names = {(2, "ngoai_ngu_1"): "Tiếng Pháp", (3, "ngoai_ngu_1"): "Tiếng Anh"}
    set_subjects(cast, (2, "ngoai_ngu_1"), school_class=mixed, names=names)
    factories.assign_teacher(mixed, "ngoai_ngu_1", cast.binh)
    url = reverse("subject_grid", args=[mixed.pk, END_TERM_1, "ngoai_ngu_1"])
    page = client_of(cast, "binh").get(url).content.decode()
    assert "Ngoại ngữ 1 (Tiếng Pháp, Tiếng Anh)" in page


# One grid, each pupil by her own grade


@pytest.fixture
def two_grades(cast: Cast, mixed: SchoolClass) -> tuple[Enrollment, Enrollment]:
    for code in offered(mixed, 2) | offered(mixed, 3):
        factories.assign_teacher(mixed, code, cast.suong)
    second, third = (
        factories.enroll(factories.make_student(name), mixed, grade_level=grade)
        for name, grade in (("Hoàng Thị Hai", 2), ("Hoàng Văn Ba", 3))
    )
    return second, third


def grid(cast: Cast, mixed: SchoolClass, code: str) -> GridForm:
    url = reverse("subject_grid", args=[mixed.pk, END_TERM_1, code])
    return GridForm(client_of(cast, "suong").get(url))


def test_a_subject_of_both_grades_is_one_grid(
    cast: Cast, mixed: SchoolClass, two_grades: tuple[Enrollment, Enrollment]
) -> None:
    controls = grid(cast, mixed, "toan")
    assert all(f"e{pupil.pk}-score" in controls for pupil in two_grades)


def test_a_subject_of_one_grade_lists_its_pupils_alone(
    cast: Cast, mixed: SchoolClass, two_grades: tuple[Enrollment, Enrollment]
) -> None:
    second, third = two_grades
    controls = grid(cast, mixed, "cong_nghe")
    assert f"e{third.pk}-level" in controls
    assert f"e{second.pk}-level" not in controls


def test_a_test_is_due_by_the_pupils_own_grade(
    cast: Cast, mixed: SchoolClass, two_grades: tuple[Enrollment, Enrollment]
) -> None:
    """Taken early, Tin học is not tested; in grade 3 it is."""
    set_subjects(cast, (2, "tin_hoc"), school_class=mixed)
    early = mixed.subject_offerings.get(grade_level=2, subject_code="tin_hoc")
    early.teaching_assignments.create(staff_member=cast.suong, started_on=factories.YEAR_START)
    second, third = two_grades
    controls = grid(cast, mixed, "tin_hoc")
    assert f"e{third.pk}-score" in controls
    assert f"e{second.pk}-level" in controls
    assert f"e{second.pk}-score" not in controls


def test_what_is_owed_and_signed_follows_the_grade(
    cast: Cast, mixed: SchoolClass, two_grades: tuple[Enrollment, Enrollment]
) -> None:
    owed = {
        pupil: {row.code for row in missing_in_class(mixed, END_TERM_1) if row.enrollment == pupil}
        for pupil in two_grades
    }
    second, third = two_grades
    assert {"cong_nghe", "tin_hoc", "ngoai_ngu_1"} & owed[second] == set()
    assert {"cong_nghe", "tin_hoc", "ngoai_ngu_1"} <= owed[third]
    fill_class(mixed, END_TERM_1, homeroom=cast.suong)
    period = actions.submit_class_period(school_class=mixed, period=END_TERM_1, by=cast.suong)
    actions.sign_off_class_period(class_period=period, by=cast.hanh)
    codes = {
        record.enrollment: [row["code"] for row in draft_payload(record)["subjects"]]
        for record in period.records.with_results()
    }
    assert "cong_nghe" in codes[third]
    assert "cong_nghe" not in codes[second]
