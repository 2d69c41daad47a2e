from datetime import datetime
from types import SimpleNamespace

import pytest
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.test import RequestFactory
from django.utils.timezone import get_default_timezone

from hocba.templatetags.components import ROW_LOOKS, STATUS_LOOKS
from tests.hocba.rendering import include, parse, render

THE_WORDS_OF_STATUSES = {
    "open": "Đang nhập",
    "submitted": "Chờ ký duyệt",
    "returned": "Bị trả lại",
    "signed_off": "Đã ký duyệt",
    "reopened": "Được mở lại",
    "missing": "Còn thiếu",
    "complete": "Đã nhập đủ",
    "late": "Quá hạn",
    "draft": "Bản nháp",
}
NOON = datetime(2026, 12, 21, 12, 5, tzinfo=get_default_timezone())


class TestIcon:
    def test_is_hidden_from_screen_readers(self):
        svg = render('{% icon "lock" %}').one("svg")

        assert svg["aria-hidden"] == "true"
        assert svg.one("use")["href"].endswith("icons.svg#lock")

    def test_with_a_label_is_read_aloud(self):
        svg = render('{% icon "lock" label="Đã khóa" %}').one("svg")

        assert svg["role"] == "img"
        assert svg["aria-label"] == "Đã khóa"
        assert svg["aria-hidden"] is None


class TestStatusTag:
    def test_every_status_has_its_word(self):
        assert {key: str(look.word) for key, look in STATUS_LOOKS.items()} == THE_WORDS_OF_STATUSES

    @pytest.mark.parametrize("status", STATUS_LOOKS)
    def test_says_the_state_by_icon_word_and_tone(self, status):
        tag = render("{% status_tag status %}", status=status).one(css_class="status")

        assert tag.one("use")["href"].endswith(f"#{STATUS_LOOKS[status].icon}")
        assert tag.text == THE_WORDS_OF_STATUSES[status]
        assert f"status--{STATUS_LOOKS[status].tone}" in tag.classes

    def test_takes_the_status_in_capitals(self):
        assert render('{% status_tag "SIGNED_OFF" %}').text == "Đã ký duyệt"

    def test_takes_another_word(self):
        assert render('{% status_tag "late" label="Trễ 3 ngày" %}').text == "Trễ 3 ngày"

    def test_an_unknown_status_is_a_mistake_of_the_page(self):
        with pytest.raises(KeyError):
            render('{% status_tag "approved" %}')


class TestRowState:
    @pytest.mark.parametrize("state", ROW_LOOKS)
    def test_says_the_state_by_icon_and_word(self, state):
        shown = render("{% row_state state %}", state=state).one(css_class="row-state")

        assert shown.text == str(ROW_LOOKS[state].word)
        assert shown.one("use")["href"].endswith(f"#{ROW_LOOKS[state].icon}")


class TestNotice:
    def test_shows_text_and_link(self):
        notice = include("notice.html", tone="done", text="Đã lưu.", url="/4a/", url_label="Xem")

        assert "notice--done" in notice.one(css_class="notice").classes
        assert notice.one("a")["href"] == "/4a/"
        assert notice.text == "Đã lưu. Xem"

    def test_is_information_when_no_tone_is_given(self):
        assert include("notice.html", text="Mở").all(css_class="notice--accent")

    @pytest.mark.parametrize(
        ("level", "tone"), [(20, "accent"), (25, "done"), (30, "waiting"), (40, "attention")]
    )
    def test_a_message_has_the_tone_of_its_level(self, level, tone):
        notice = render("{% message_notice message %}", message=Message(level, "Đã lưu 35 em."))

        assert f"notice--{tone}" in notice.one(css_class="notice").classes
        assert notice.text == "Đã lưu 35 em."

    def test_text_is_escaped(self):
        assert not include("notice.html", text="<b>x</b>").all("b")


class TestButton:
    def test_is_a_submit_button_of_the_second_rank(self):
        button = include("button.html", label="Lưu").one("button")

        assert button["type"] == "submit"
        assert button.text == "Lưu"
        assert "button--secondary" in button.classes

    def test_with_an_address_is_a_link(self):
        link = include("button.html", label="Xem", url="/4a/", variant="primary").one("a")

        assert link["href"] == "/4a/"
        assert "button--primary" in link.classes

    def test_carries_name_value_and_form(self):
        button = include(
            "button.html", label="Ký", name="act", value="sign", form_id="sheet", icon="check"
        ).one("button")

        assert (button["name"], button["value"], button["form"]) == ("act", "sign", "sheet")
        assert button.one("use")["href"].endswith("#check")

    def test_disabled_says_why_and_is_described_by_it(self):
        shown = include("button.html", label="Sửa", name="edit", disabled_reason="Đã ký duyệt.")

        button = shown.one("button")
        assert "disabled" in button.attributes
        assert shown.by_id(button["aria-describedby"]).text == "Đã ký duyệt."


class TestErrorSummary:
    def test_links_each_sentence_to_its_field(self):
        entries = [{"where": "Lò Thị Mai", "sentence": "Thiếu điểm.", "target": "row-4-score"}]

        link = include("error_summary.html", entries=entries).one("a")

        assert link["href"] == "#row-4-score"
        assert link.text == "Lò Thị Mai: Thiếu điểm."

    def test_a_sentence_without_a_field_is_not_a_link(self):
        summary = include("error_summary.html", entries=[{"sentence": "Hết hạn nhập."}])

        assert not summary.all("a")
        assert "Hết hạn nhập." in summary.text

    def test_counts_what_is_wrong_and_says_what_was_saved(self):
        entries = [{"sentence": "a"}, {"sentence": "b"}]

        summary = include("error_summary.html", entries=entries, saved_sentence="33 em đã lưu.")

        assert "Có 2 chỗ cần sửa" in summary.text
        assert "33 em đã lưu." in summary.text
        assert summary.one(css_class="error-summary")["role"] == "alert"

    def test_is_absent_without_errors(self):
        assert not include("error_summary.html", entries=[]).all()


class TestProgress:
    def test_gives_bar_figures_and_label(self):
        shown = include("progress.html", done=31, total=35, label="4A, Toán")

        bar = shown.one("progress")
        assert (bar["value"], bar["max"], bar["aria-label"]) == ("31", "35", "4A, Toán")
        assert shown.one(css_class="progress__figures").text == "31/35"
        assert not shown.all(css_class="progress--full")

    def test_shows_when_it_is_full(self):
        assert include("progress.html", done=35, total=35, label="x").all(
            css_class="progress--full"
        )


class TestEmptyState:
    def test_says_what_will_stand_here_and_the_act_that_brings_it(self):
        shown = include(
            "empty_state.html",
            title="Chưa có em nào",
            text="Nhập tệp.",
            url="/nhap/",
            url_label="Nhập",
        )

        assert shown.one("h2").text == "Chưa có em nào"
        assert shown.one("a")["href"] == "/nhap/"

    def test_needs_no_act(self):
        assert not include("empty_state.html", title="Chưa có", text="Đợi.").all("a")


class TestBreadcrumbs:
    def test_the_last_is_the_page_itself(self):
        shown = include(
            "breadcrumbs.html",
            crumbs=[{"label": "Bàn làm việc", "url": "/"}, {"label": "4A", "url": "/4a/"}],
        )

        assert [link.text for link in shown.all("a")] == ["Bàn làm việc"]
        [here] = [element for element in shown.all("span") if element["aria-current"]]
        assert here.text == "4A"


class TestHistory:
    def test_says_who_when_and_what_changed(self):
        event = {
            "at": NOON,
            "by": "Trần Văn Bình",
            "sentence": "Sửa điểm Toán",
            "before": 7,
            "after": 8,
        }

        shown = include("history.html", events=[event])

        assert shown.one("time").text == "12:05 21/12/2026"
        assert shown.one("del").text == "7"
        assert shown.one("ins").text == "8"
        assert "Trần Văn Bình" in shown.text

    def test_what_was_not_entered_before_is_a_dash(self):
        shown = include("history.html", events=[{"at": NOON, "sentence": "x", "after": 8}])

        assert shown.one("del").text == "—"

    def test_no_absence_is_a_value_too(self):
        shown = include(
            "history.html", events=[{"at": NOON, "sentence": "x", "before": 2, "after": 0}]
        )

        assert shown.one("ins").text == "0"

    def test_quotes_the_reason(self):
        shown = include("history.html", events=[{"at": NOON, "sentence": "x", "reason": "Thiếu."}])

        assert shown.one("blockquote").text == "Thiếu."
        assert not shown.all("del")


class TestMissingList:
    def test_each_gap_has_a_link_that_names_its_place(self):
        gaps = [{"where": "Lò Thị Mai", "what": "thiếu điểm", "url": "/4a/#row-4"}]

        shown = include("missing_list.html", title="Còn 1 chỗ thiếu", gaps=gaps)

        assert shown.one("a")["href"] == "/4a/#row-4"
        assert shown.one("a").text == "Đến chỗ thiếu : Lò Thị Mai"

    def test_is_named_by_its_title(self):
        shown = include("missing_list.html", title="Còn thiếu", gaps=[], id="gaps")

        assert shown.by_id(shown.one("section")["aria-labelledby"]).text == "Còn thiếu"


class TestLockBar:
    def test_says_who_locked_it_and_what_to_do(self):
        shown = include(
            "lock_bar.html",
            sentence="Đã ký duyệt 16:05.",
            next_step="Xin mở lại.",
            url="/xin/",
            url_label="Xin mở lại",
        )

        assert shown.one("strong").text == "Đã ký duyệt 16:05."
        assert "Xin mở lại." in shown.one("p").text
        assert shown.one("a")["href"] == "/xin/"


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
