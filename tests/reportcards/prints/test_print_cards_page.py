"""The page on which one chooses what is printed of whom."""

import pytest
from django.urls import reverse

from reportcards.models import PrintedDocument, PrintRun
from reportcards.prints.addresses import class_key, print_url, year_print_url
from rulesets import Period
from tests import factories
from tests.hocba.rendering import parse, text_of
from tests.pages import client_of
from tests.reportcards.digital_cards import pupils_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
UNPROCESSABLE = 422
COUNT = 11
PAGE = "print_cards"


@pytest.fixture
def clerk(signed_class):
    return client_of(signed_class, "van")


def choose(client, cast, **asked):
    query = {"whom": class_key(cast.school_class), **asked}
    return client.get(reverse(PAGE), query)


def send(client, cast, *, pupils=(), output="merged", **asked):
    query = "&".join(
        f"{name}={value}" for name, value in {"whom": class_key(cast.school_class), **asked}.items()
    )
    form = {"pupils": [row.pk for row in pupils], "output": output}
    return client.post(f"{reverse(PAGE)}?{query}", form)


def boxes(response):
    page = parse(response.content.decode())
    return [box for box in page.all("input") if box["name"] == "pupils"]


def options(response, name):
    page = parse(response.content.decode())
    [select] = [found for found in page.all("select") if found["name"] == name]
    return [option.text for option in select.all("option")]


class TestWhom:
    def test_the_office_prints_classes_grades_and_the_school(self, clerk, signed_class):
        factories.make_class(signed_class.school_year, "5A", (5,))
        assert options(clerk.get(reverse(PAGE)), "whom") == [
            "Lớp 4A",
            "Lớp 5A",
            "Khối 4",
            "Khối 5",
            "Cả trường",
        ]

    def test_a_homeroom_teacher_prints_her_class(self, signed_class):
        factories.make_class(signed_class.school_year, "5A", (5,))
        response = client_of(signed_class, "ngoc").get(reverse(PAGE))
        assert options(response, "whom") == ["Lớp 4A"]

    @pytest.mark.parametrize("whom", ["school", "grade-4", "class-999999", "class-x", "x"])
    def test_what_she_may_not_print_is_not_there(self, signed_class, whom):
        ngoc = client_of(signed_class, "ngoc")
        assert ngoc.get(reverse(PAGE), {"whom": whom}).status_code == 404

    def test_another_schools_class_is_not_there(self, signed_class):
        stranger = client_of(signed_class, "quang")
        assert stranger.get(print_url(signed_class.school_class)).status_code == 404

    def test_who_prints_nothing_is_told_who_does(self, signed_class):
        response = client_of(signed_class, "binh").get(reverse(PAGE))
        assert response.status_code == 403
        assert "do giáo viên chủ nhiệm, lãnh đạo trường, học vụ hoặc văn thư" in text_of(response)

    def test_another_year_has_its_own_classes(self, clerk, signed_class):
        former = factories.make_school_year(signed_class.school, first_year=2025)
        factories.make_class(former, "3C", (3,))
        response = clerk.get(reverse(PAGE), {"year": 2025})
        assert options(response, "whom")[0] == "Lớp 3C"
        assert "2026-2027" in text_of(response)

    @pytest.mark.parametrize("year", ["2031", "x", "0"])
    def test_a_year_that_the_school_lacks_is_not_found(self, clerk, year):
        assert clerk.get(reverse(PAGE), {"year": year}).status_code == 404


class TestWhat:
    def test_issued_cards_are_ticked(self, clerk, signed_class, issued_cards):
        response = choose(clerk, signed_class, document="display")
        assert [box["value"] for box in boxes(response)] == [
            str(card.enrollment_id) for card in issued_cards
        ]
        assert all("checked" in box.attributes for box in boxes(response))

    def test_who_has_no_card_stands_there_with_the_reason(self, clerk, signed_class):
        response = choose(clerk, signed_class, document="display")
        assert boxes(response) == []
        assert "Lê Minh Anh Học bạ số chưa phát hành" in text_of(response)
        assert "Chưa có gì để in Học bạ số chưa phát hành. Hãy in học bạ giấy" in text_of(response)
        assert "In các em đã chọn" not in text_of(response)

    def test_where_nothing_is_chosen_it_is_what_everybody_has(self, clerk, signed_class):
        response = clerk.get(reverse(PAGE))
        assert len(boxes(response)) == 3
        assert '<option value="year" selected>' in response.content.decode()

    def test_the_paper_card_is_printed_of_everybody(self, clerk, signed_class):
        assert len(boxes(choose(clerk, signed_class, document="year"))) == 3

    def test_reports_are_of_what_is_signed_off(self, clerk, signed_class):
        end = choose(clerk, signed_class, document="report", period=Period.END_YEAR)
        middle = choose(clerk, signed_class, document="report", period=Period.MID_TERM_1)
        assert len(boxes(end)) == 3
        assert "Kết quả chưa được ký duyệt" in text_of(middle)

    @pytest.mark.parametrize(
        "asked", [{"document": "x"}, {"period": "x"}, {"document": "display", "period": "0"}]
    )
    def test_other_documents_are_not_found(self, clerk, signed_class, asked):
        assert choose(clerk, signed_class, **asked).status_code == 404

    def test_a_school_is_shown_class_by_class(self, clerk, signed_class):
        factories.make_class(signed_class.school_year, "5A", (5,))
        response = clerk.get(reverse(PAGE), {"whom": "school", "document": "display"})
        [table] = parse(response.content.decode()).all("table")
        rows = [" ".join(row.text.split()) for row in table.all("tr")[1:]]
        assert rows[0].startswith("4A 0 3 em 4A Học bạ số chưa phát hành: Lê Minh Anh, ")
        assert rows[1] == "5A 0"

    def test_an_empty_class_says_when_pupils_come(self, clerk, signed_class):
        empty = factories.make_class(signed_class.school_year, "5A", (5,))
        response = clerk.get(print_url(empty))
        assert "Học sinh hiện ở đây khi học vụ xếp lớp." in text_of(response)

    def test_the_queries_do_not_grow_with_the_pupils(
        self, clerk, signed_class, django_assert_num_queries
    ):
        choose(clerk, signed_class, document="year")
        with django_assert_num_queries(COUNT):
            choose(clerk, signed_class, document="year")
        for number in range(5):
            factories.enroll(
                factories.make_student(f"Nông Thị Mây {number}"), signed_class.school_class
            )
        with django_assert_num_queries(COUNT):
            choose(clerk, signed_class, document="year")


class TestStart:
    def test_the_run_of_the_chosen_begins(self, clerk, signed_class):
        anh, *_others = pupils_of(signed_class)
        response = send(clerk, signed_class, pupils=[anh], document="year", output="both")
        run = PrintRun.objects.get()
        assert response.url == reverse("print_run", args=[run.pk])
        assert (run.document, run.output) == ("year", "both")
        assert run.title == "Học bạ lớp 4A, 2026-2027"
        assert [part.rendering.enrollment for part in run.parts.all()] == [anh]

    def test_the_school_is_printed_whole(self, clerk, signed_class):
        send(clerk, signed_class, whom="school", document="year")
        run = PrintRun.objects.get()
        assert run.title == "Học bạ toàn trường, 2026-2027"
        assert run.parts.count() == 3

    def test_a_report_says_of_which_period_it_is(self, clerk, signed_class):
        pupils = pupils_of(signed_class)
        send(clerk, signed_class, pupils=pupils, document="report", period=Period.END_YEAR)
        assert PrintRun.objects.get().title == "Phiếu liên lạc lớp 4A, 2026-2027, cuối năm học"

    def test_the_title_is_vietnamese_whatever_the_screen_is(self, clerk, signed_class):
        clerk.cookies["django_language"] = "en"
        send(clerk, signed_class, whom="school", document="report", period=Period.END_YEAR)
        assert PrintRun.objects.get().title.startswith("Phiếu liên lạc toàn trường")

    def test_who_chose_nobody_is_told_so(self, clerk, signed_class):
        response = send(clerk, signed_class, document="year")
        assert response.status_code == UNPROCESSABLE
        assert "Hãy chọn ít nhất một em để in." in text_of(response)
        assert not PrintRun.objects.exists()

    def test_what_was_ticked_stays_ticked(self, clerk, signed_class):
        anh, *_others = pupils_of(signed_class)
        response = send(clerk, signed_class, pupils=[anh], document="year", output="x")
        assert response.status_code == UNPROCESSABLE
        ticked = [box["value"] for box in boxes(response) if "checked" in box.attributes]
        assert ticked == [str(anh.pk)]

    def test_a_pupil_without_a_card_is_not_printed(self, clerk, signed_class):
        response = send(clerk, signed_class, pupils=pupils_of(signed_class), document="display")
        assert response.status_code == UNPROCESSABLE
        assert not PrintRun.objects.exists()

    def test_another_schools_pupil_is_no_choice(self, clerk, signed_class):
        response = send(clerk, signed_class, pupils=[signed_class.stranger], document="year")
        assert response.status_code == UNPROCESSABLE


def test_addresses_name_year_whom_and_what(signed_class):
    school_class, year = signed_class.school_class, signed_class.school_year
    assert print_url(school_class).endswith(
        f"?year=2026&whom=class-{school_class.pk}&document=year"
    )
    assert year_print_url(year, PrintedDocument.DISPLAY).endswith("whom=school&document=display")
