from datetime import datetime

import pytest
from django.contrib.messages.storage.base import Message
from django.utils.timezone import get_default_timezone

from hocba.templatetags.components import ROW_LOOKS, STATUS_LOOKS
from tests.hocba.rendering import include, render

THE_WORDS_OF_STATUSES = {
    "open": "Đang nhập",
    "submitted": "Chờ ký duyệt",
    "returned": "Bị trả lại",
    "signed_off": "Đã ký duyệt",
    "reopened": "Được mở lại",
    "missing": "Còn thiếu",
    "complete": "Đã nhập đủ",
    "late": "Quá hạn",
    "proposed": "Chờ hiệu trưởng trả lời",
    "agreed": "Chờ điểm kiểm tra lại",
    "declined": "Không được đồng ý",
    "taken": "Đã kiểm tra lại",
    "withdrawn": "Giáo viên đã rút",
    "forwarded": "Đã đề nghị cấp trên",
    "awarded": "Đã khen thưởng",
    "sent": "Đã gửi thư",
    "to_sign": "Chờ ký",
    "to_hand_over": "Cần bàn giao",
    "to_receive": "Chờ ký nhận",
    "received": "Đã ký nhận",
    "task_waiting": "Chờ ký",
    "task_prepared": "Chờ chữ ký từ nơi khác",
    "task_signed": "Đã ký số",
    "task_failed": "Chưa ký được",
    "task_cancelled": "Đã hủy",
    "rendering_waiting": "Đang tạo",
    "rendering_ready": "Đã có",
    "rendering_failed": "Chưa in được",
    "print_going_on": "Đang làm",
    "print_finished": "Có tệp",
    "print_refused": "Chưa in được",
    "print_cancelled": "Đã hủy",
    "print_expired": "Tệp đã xóa",
    "draft": "Bản nháp",
    "usable": "Dùng được",
    "expiring": "Sắp hết hạn",
    "unapproved": "Chờ Sở phê duyệt",
    "unusable": "Không dùng được",
    "ended": "Đã ngừng dùng",
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
