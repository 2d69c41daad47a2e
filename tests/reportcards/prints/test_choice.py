"""Of whom one prints, and what is printed of each."""

import pytest

from assessments.reading import classes_in_order
from reportcards.models import PrintedDocument, PrintOutput
from reportcards.prints.choice import Choice, scopes_for
from reportcards.prints.contents import PrintOrder, contents_of, reasons_against
from reportcards.prints.permissions import printable_classes
from rulesets import Period
from schools.models import SchoolYear
from tests import factories
from tests.reportcards.digital_cards import pupils_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(cast):
    """With a class of grade 4 and 5 beside 4A, and one of grade 5."""
    factories.make_class(cast.school_year, "4B", (4, 5))
    factories.make_class(cast.school_year, "5A", (5,))
    return SchoolYear.objects.select_related("school__department").get(pk=cast.school_year.pk)


def scopes(year, staff):
    return {scope.key: scope for scope in scopes_for(staff, year, classes_in_order(year))}


def names(scope):
    return [row.name for row in scope.classes]


class TestScopes:
    @pytest.mark.parametrize("name", ["hanh", "phuc", "tam", "van"])
    def test_the_office_prints_everybody(self, year, cast, name):
        found = scopes(year, getattr(cast, name))
        assert [scope.label for scope in found.values()] == [
            "Lớp 4A",
            "Lớp 4B",
            "Lớp 5A",
            "Khối 4",
            "Khối 5",
            "Cả trường",
        ]
        assert names(found["school"]) == ["4A", "4B", "5A"]

    def test_a_class_of_two_grades_is_printed_once(self, year, cast):
        found = scopes(year, cast.van)
        assert names(found["grade-4"]) == ["4A", "4B"]
        assert names(found["grade-5"]) == ["5A"]

    def test_a_homeroom_teacher_prints_her_class_and_nothing_wider(self, year, cast):
        assert list(scopes(year, cast.ngoc)) == [f"class-{cast.school_class.pk}"]

    @pytest.mark.parametrize("name", ["binh", "suong", "kien"])
    def test_others_print_nobody(self, year, cast, name):
        assert scopes(year, getattr(cast, name)) == {}

    def test_a_year_without_classes_has_nobody(self, cast):
        empty = factories.make_school_year(cast.school, first_year=2027)
        assert scopes_for(cast.van, empty, []) == []

    def test_one_class_is_chosen_pupil_by_pupil_and_a_grade_is_not(self, year, cast):
        found = scopes(year, cast.van)
        assert found[f"class-{cast.school_class.pk}"].is_one_class
        assert not found["grade-5"].is_one_class

    def test_who_gave_her_class_up_prints_it_no_more(self, year, cast):
        cast.school_class.homeroom_assignments.update(ended_on=cast.school_year.starts_on)
        assert printable_classes(cast.ngoc, classes_in_order(year)) == []


class TestChoice:
    def choice(self, year, staff, key="school", document=PrintedDocument.YEAR, period="end_year"):
        return Choice(year, scopes(year, staff)[key], document, Period(period))

    def test_classes_stand_in_order_with_their_pupils(self, year, cast):
        choice = self.choice(year, cast.van)
        rows = [(row.school_class.name, len(row.pupils)) for row in choice.classes]
        assert rows == [("4A", 3), ("4B", 0), ("5A", 0)]

    def test_pupils_come_in_roll_order_with_their_class(self, year, cast):
        ready = self.choice(year, cast.van).ready
        assert [pupil.enrollment.pk for pupil in ready] == [row.pk for row in pupils_of(cast)]
        assert {pupil.enrollment.school_class.name for pupil in ready} == {"4A"}

    def test_the_button_says_how_many(self, year, cast):
        assert self.choice(year, cast.van).button == "In 3 em"
        own = self.choice(year, cast.ngoc, key=f"class-{cast.school_class.pk}")
        assert own.button == "In các em đã chọn"

    def test_an_order_has_what_was_chosen(self, year, cast):
        choice = self.choice(year, cast.van, key="grade-4")
        order = choice.order(choice.ready[:2], PrintOutput.BOTH)
        assert (order.title, order.document, order.output, order.period) == (
            "Học bạ khối 4, 2026-2027",
            "year",
            "both",
            "",
        )
        assert list(order.enrollments) == pupils_of(cast)[:2]

    def test_a_report_has_its_period(self, year, cast):
        choice = self.choice(year, cast.van, document=PrintedDocument.REPORT, period="end_term_1")
        assert choice.order([], PrintOutput.MERGED).period == Period.END_TERM_1
        assert choice.title == "Phiếu liên lạc toàn trường, 2026-2027, cuối học kỳ I"

    def test_where_nothing_can_be_printed_the_reason_is_told_once(self, year, cast):
        choice = self.choice(year, cast.van, document=PrintedDocument.DISPLAY)
        assert (choice.ready, choice.left_out_count) == ([], 3)
        assert choice.way_out.startswith("Học bạ số chưa phát hành. Hãy in học bạ giấy")

    def test_of_a_report_another_period_is_the_way_out(self, year, cast):
        choice = self.choice(year, cast.van, document=PrintedDocument.REPORT, period="mid_term_1")
        assert choice.ready == []
        assert "Hãy chọn thời điểm khác" in choice.way_out


class TestContents:
    def order(self, cast, document, period="", enrollments=None):
        rows = pupils_of(cast) if enrollments is None else enrollments
        return PrintOrder("", document, PrintOutput.MERGED, rows, period)

    def test_cards_in_force_alone_are_printed(self, signed_class, issued_cards):
        contents = contents_of(
            self.order(signed_class, PrintedDocument.DISPLAY), signed_class.school
        )
        assert [content.report_card for content in contents] == issued_cards

    def test_a_card_in_making_is_none(self, signed_class, cards):
        order = self.order(signed_class, PrintedDocument.DISPLAY)
        assert contents_of(order, signed_class.school) == []
        assert set(reasons_against(order.enrollments, "display", "").values()) == {
            "Học bạ số chưa phát hành"
        }

    def test_a_book_of_cards_holds_every_year_in_order(
        self, signed_class, issued_cards, an_older_card
    ):
        order = self.order(signed_class, PrintedDocument.DISPLAY_BOOK)
        contents = contents_of(order, signed_class.school)
        assert [content.report_card for content in contents] == [an_older_card, *issued_cards]

    def test_who_has_an_older_card_alone_has_a_book(self, signed_class, cards, an_older_card):
        reasons = reasons_against(pupils_of(signed_class), "display_book", "")
        assert signed_class.anh.pk not in reasons
        assert set(reasons.values()) == {"Học bạ số chưa phát hành"}

    def test_years_of_the_chosen_alone(self, signed_class):
        _anh, duc, _hhen = pupils_of(signed_class)
        order = self.order(signed_class, PrintedDocument.YEAR, enrollments=[duc])
        [content] = contents_of(order, signed_class.school)
        assert content.enrollment == duc

    def test_a_year_is_printed_from_its_card_once_it_is_issued(self, signed_class, issued_cards):
        order = self.order(signed_class, PrintedDocument.YEAR)
        contents = contents_of(order, signed_class.school)
        assert [content.report_card for content in contents] == issued_cards

    def test_the_order_asked_for_is_kept(self, signed_class):
        backwards = list(reversed(pupils_of(signed_class)))
        order = self.order(signed_class, PrintedDocument.YEAR, enrollments=backwards)
        contents = contents_of(order, signed_class.school)
        assert [content.enrollment for content in contents] == backwards

    def test_reports_are_of_the_sign_off_in_force(self, signed_class):
        order = self.order(signed_class, PrintedDocument.REPORT, Period.END_YEAR)
        contents = contents_of(order, signed_class.school)
        assert {content.kind for content in contents} == {"report"}
        assert all(content.sign_off for content in contents)
        assert reasons_against(order.enrollments, "report", Period.END_YEAR) == {}

    def test_paper_is_printed_of_everybody(self, cast):
        for document in (PrintedDocument.YEAR, PrintedDocument.BOOK):
            assert reasons_against(pupils_of(cast), document, "") == {}
