from datetime import datetime
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.test import RequestFactory
from django.utils.timezone import get_default_timezone

from tests.hocba.rendering import include, parse

NOON = datetime(2026, 12, 21, 12, 5, tzinfo=get_default_timezone())


class TestSummaryList:
    def test_pairs_terms_and_values(self):
        shown = include(
            "summary_list.html", rows=[{"term": "Lớp", "value": "4A"}, {"term": "Ngày khóa"}]
        )

        assert [term.text for term in shown.all("dt")] == ["Lớp", "Ngày khóa"]
        assert [value.text for value in shown.all("dd")] == ["4A", "—"]

    def test_zero_is_a_value(self):
        assert (
            include("summary_list.html", rows=[{"term": "Nghỉ", "value": 0}]).one("dd").text == "0"
        )


class TestTable:
    def test_has_a_caption_and_column_headers(self):
        shown = include("table.html", caption="Khối 4", columns=[{"label": "Lớp"}], rows=[])

        assert shown.one("caption").text == "Khối 4"
        assert shown.one("th")["scope"] == "col"

    def test_cells_are_text_links_or_states(self):
        row = [{"text": 0, "kind": "number"}, {"text": "An", "url": "/an/"}, {"status": "late"}]

        cells = include("table.html", caption="x", columns=[], rows=[row]).all("td")

        assert [cell.text for cell in cells] == ["0", "An", "Quá hạn"]
        assert "table__number" in cells[0].classes
        assert cells[1].one("a")["href"] == "/an/"

    def test_can_be_scrolled_from_the_keyboard(self):
        frame = include("table.html", caption="x", columns=[], rows=[]).one(css_class="table-frame")

        assert (frame["tabindex"], frame["role"], frame["aria-label"]) == ("0", "region", "x")


class TestClassTiles:
    def test_a_tile_says_class_state_and_detail(self):
        tile = {"label": "4B", "status": "OPEN", "detail": "31/35", "url": "/4b/"}

        shown = include("class_tiles.html", groups=[{"label": "Khối 4", "tiles": [tile]}])

        assert shown.one("a").text == "4B Đang nhập 31/35"
        assert "tile--open" in shown.one("a").classes
        assert shown.one("h3").text == "Khối 4"


class TestSections:
    def test_the_present_section_is_marked(self):
        sections = [
            {"label": "Môn", "url": "/a/", "is_current": True},
            {"label": "Phẩm chất", "url": "/b/"},
        ]

        links = include("sections.html", label="Phần", sections=sections).all("a")

        assert [link["aria-current"] for link in links] == ["page", None]

    def test_a_count_of_zero_is_shown(self):
        shown = include(
            "sections.html", label="x", sections=[{"label": "a", "url": "/", "count": 0}]
        )

        assert shown.one(css_class="sections__count").text == "0"


class TestFigures:
    def test_number_and_sentence_make_one_reading(self):
        shown = include(
            "figures.html", figures=[{"number": 3, "sentence": "lớp chờ ký", "url": "/"}]
        )

        assert shown.one("a").text == "3 lớp chờ ký"


class TestWorkRow:
    WORK = {
        "title": "4A · Toán",
        "status": "open",
        "done": 31,
        "total": 35,
        "missing": "Thiếu 4 điểm",
        "saved_at": NOON,
        "url": "/4a/",
        "url_label": "Nhập tiếp",
    }

    def test_says_what_is_missing_and_when_it_was_saved(self):
        shown = include("work_row.html", work=self.WORK)

        assert "Thiếu 4 điểm" in shown.text
        assert "Lưu lần cuối 12:05 21/12" in shown.text
        assert shown.one("a").text == "Nhập tiếp"
        assert shown.one("progress")["aria-label"] == "4A · Toán"

    def test_returned_work_bears_the_sentence_of_who_returned_it(self):
        work = self.WORK | {"returned_reason": "Hai nhận xét giống nhau.", "returned_by": "Hằng"}

        quote = include("work_row.html", work=work).one("blockquote")

        assert quote.text == "Hai nhận xét giống nhau. Hằng"

    def test_work_never_saved_says_nothing_of_saving(self):
        shown = include("work_row.html", work=self.WORK | {"saved_at": None})

        assert "Lưu lần cuối" not in shown.text


class TestSteps:
    def test_done_and_present_steps_are_told_without_colour(self):
        steps = [{"label": "Chọn tệp", "is_done": True}, {"label": "Xem trước", "is_current": True}]

        first, second = include("steps.html", label="Nhập", steps=steps).all("li")

        assert "xong" in first.text
        assert second["aria-current"] == "step"


class TestPagination:
    def render_page(self, number):
        page = Paginator(range(90), 30).page(number)
        request = RequestFactory().get("/hoc-sinh/", {"lop": "4A"})
        return include("pagination.html", page=page, query=request.GET)

    def test_keeps_the_rest_of_the_query(self):
        links = self.render_page(2).all("a")

        assert [link["href"] for link in links] == ["?lop=4A&page=1", "?lop=4A&page=3"]

    def test_the_first_page_has_no_previous(self):
        assert [link["rel"] for link in self.render_page(1).all("a")] == ["next"]

    def test_one_page_needs_none(self):
        assert not include("pagination.html", page=Paginator([1], 30).page(1)).all()


class TestPageHeader:
    def test_has_the_one_heading_of_the_page(self):
        shown = include("page_header.html", title="Lớp 4A", lead="35 em", status="returned")

        assert shown.one("h1").text == "Lớp 4A"
        assert shown.one(css_class="status").text == "Bị trả lại"


class TestReportSubjects:
    LONG = "Bài văn tả cây bàng của con có nhiều hình ảnh đẹp và chân thật. " * 3

    def test_level_in_words_and_score_when_there_is_one(self):
        subjects = [
            {"name": "Toán", "level": "Hoàn thành tốt", "score": 9},
            {"name": "Đạo đức", "level": "Hoàn thành"},
        ]

        results = include("report_subjects.html", subjects=subjects).all(
            css_class="report-subject__result"
        )

        assert [result.text for result in results] == [
            "Hoàn thành tốt · điểm kiểm tra 9",
            "Hoàn thành",
        ]

    def test_a_long_comment_is_folded_and_whole(self):
        shown = include(
            "report_subjects.html", subjects=[{"name": "x", "level": "y", "comment": self.LONG}]
        )

        assert shown.one("details").one("p").text == self.LONG.strip()

    def test_a_short_comment_is_open(self):
        shown = include(
            "report_subjects.html", subjects=[{"name": "x", "level": "y", "comment": "Tốt."}]
        )

        assert not shown.all("details")
        assert shown.one(css_class="report-subject__comment").text == "Tốt."

    def test_no_comment_leaves_no_trace(self):
        shown = include(
            "report_subjects.html", subjects=[{"name": "x", "level": "y", "comment": ""}]
        )

        assert not shown.all(css_class="report-subject__comment")


class TestReportTraits:
    def test_a_group_is_a_sentence_and_a_comment(self):
        traits = [
            SimpleNamespace(name="Nhân ái", level="Tốt"),
            SimpleNamespace(name="Chăm chỉ", level="Đạt"),
        ]
        group = SimpleNamespace(name="Phẩm chất", comment="Con thật thà.", traits=traits)

        levels, comment = include("report_traits.html", groups=[group]).all("p")

        assert levels.text == "Nhân ái: Tốt ; Chăm chỉ: Đạt ."
        assert comment.text == "Con thật thà."


class TestErrorPage:
    def test_says_what_happened_and_leads_home(self):
        shown = include(
            "error_page.html", code="404", icon="search", title="Không có", text="Gõ lại."
        )

        assert shown.one("h1").text == "Không có"
        assert shown.one("a")["href"] == "/"


def test_the_reader_of_html_refuses_what_is_not_nested():
    with pytest.raises(AssertionError):
        parse("<p><b></p>")
