from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.forms import BaseForm
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from reportcards.workflow import CardState

register = template.Library()


class StatusLook(NamedTuple):
    """What stands for a status: its icon, its word, and the token that colours both."""

    icon: str
    word: Promise
    tone: str


STATUS_LOOKS: Mapping[str, StatusLook] = {
    "open": StatusLook("pencil", _("Đang nhập"), "accent"),
    "submitted": StatusLook("hourglass", _("Chờ ký duyệt"), "waiting"),
    "returned": StatusLook("return", _("Bị trả lại"), "attention"),
    "signed_off": StatusLook("sealed", _("Đã ký duyệt"), "done"),
    "reopened": StatusLook("unlock", _("Được mở lại"), "waiting"),
    "missing": StatusLook("gap", _("Còn thiếu"), "gap"),
    "complete": StatusLook("check", _("Đã nhập đủ"), "done"),
    "late": StatusLook("clock", _("Quá hạn"), "attention"),
    "proposed": StatusLook("hourglass", _("Chờ hiệu trưởng trả lời"), "waiting"),
    "agreed": StatusLook("pencil", _("Chờ điểm kiểm tra lại"), "accent"),
    "declined": StatusLook("return", _("Không được đồng ý"), "attention"),
    "taken": StatusLook("check", _("Đã kiểm tra lại"), "done"),
    "withdrawn": StatusLook("cross", _("Giáo viên đã rút"), "locked"),
    "forwarded": StatusLook("send", _("Đã đề nghị cấp trên"), "waiting"),
    "awarded": StatusLook("check", _("Đã khen thưởng"), "done"),
    "sent": StatusLook("check", _("Đã gửi thư"), "done"),
    "to_sign": StatusLook("hourglass", _("Chờ ký"), "waiting"),
    "to_hand_over": StatusLook("pencil", _("Cần bàn giao"), "accent"),
    "to_receive": StatusLook("hourglass", _("Chờ ký nhận"), "waiting"),
    "received": StatusLook("lock", _("Đã ký nhận"), "done"),
    "task_waiting": StatusLook("hourglass", _("Chờ ký"), "locked"),
    "task_prepared": StatusLook("external", _("Chờ chữ ký từ nơi khác"), "waiting"),
    "task_signed": StatusLook("check", _("Đã ký số"), "done"),
    "task_failed": StatusLook("alert", _("Chưa ký được"), "attention"),
    "task_cancelled": StatusLook("cross", _("Đã hủy"), "locked"),
    "rendering_waiting": StatusLook("hourglass", _("Đang tạo"), "waiting"),
    "rendering_ready": StatusLook("check", _("Đã có"), "done"),
    "rendering_failed": StatusLook("alert", _("Chưa in được"), "attention"),
    "print_going_on": StatusLook("hourglass", _("Đang làm"), "waiting"),
    "print_finished": StatusLook("check", _("Có tệp"), "done"),
    "print_refused": StatusLook("alert", _("Chưa in được"), "attention"),
    "print_cancelled": StatusLook("cross", _("Đã hủy"), "locked"),
    "print_expired": StatusLook("clock", _("Tệp đã xóa"), "locked"),
    "draft": StatusLook("draft", _("Bản nháp"), "locked"),
    "usable": StatusLook("check", _("Dùng được"), "done"),
    "expiring": StatusLook("clock", _("Sắp hết hạn"), "waiting"),
    "unapproved": StatusLook("hourglass", _("Chờ Sở phê duyệt"), "waiting"),
    "unusable": StatusLook("alert", _("Không dùng được"), "attention"),
    "ended": StatusLook("cross", _("Đã ngừng dùng"), "locked"),
}

# The life of a digital card: icon and tone; the words are those of the workflow.
CARD_LOOKS: Mapping[CardState, tuple[str, str]] = {
    CardState.CREATED: ("draft", "accent"),
    CardState.HOMEROOM_SIGNED: ("hourglass", "waiting"),
    CardState.LEADER_SIGNED: ("hourglass", "waiting"),
    CardState.ISSUED: ("sealed", "done"),
    CardState.SENT: ("send", "waiting"),
    CardState.ACCEPTED: ("check", "waiting"),
    CardState.CIRCULATED: ("sealed", "done"),
    CardState.REFUSED: ("return", "attention"),
    CardState.WITHDRAWAL_REQUESTED: ("hourglass", "attention"),
    CardState.WITHDRAWN: ("cross", "locked"),
    CardState.SUPERSEDED: ("history", "locked"),
    CardState.DISCARDED: ("cross", "locked"),
}

ROW_LOOKS: Mapping[str, StatusLook] = {
    "saved": StatusLook("check", _("Đã lưu"), "done"),
    "changed": StatusLook("pencil", _("Chưa lưu"), "waiting"),
    "waiting": StatusLook("offline", _("Chờ mạng"), "waiting"),
    "invalid": StatusLook("alert", _("Cần sửa"), "attention"),
    "conflict": StatusLook("alert", _("Cần chọn"), "attention"),
    "missing": StatusLook("gap", _("Còn thiếu"), "gap"),
    "locked": StatusLook("lock", _("Đã khóa"), "locked"),
}

MESSAGE_LOOKS: Mapping[str, tuple[str, str]] = {
    "success": ("check", "done"),
    "warning": ("alert", "waiting"),
    "error": ("alert", "attention"),
}


@register.simple_tag
@cache
def module_preloads(folder: str) -> SafeString:
    """All modules of a folder at once: on a slow line each import that is found late costs a
    round trip."""
    names = folder.split("/")  # plain texts: a path takes no template's safe one
    files = sorted(settings.BASE_DIR.joinpath("static", *names).glob("*.js"))
    links = ((static(f"{folder}/{file.name}"),) for file in files)
    return format_html_join("\n", '<link rel="modulepreload" href="{}" />', links)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """One drawing of the sprite. Without a label it is hidden from screen readers."""
    return drawn_icon(name, str(label))


@lru_cache(maxsize=500)
def drawn_icon(name: str, label: str) -> SafeString:
    """Drawn once: a grid has icons in every row."""
    context = {"name": name, "label": label, "sprite": static("img/icons.svg")}
    return render_to_string("components/icon.html", context)


@register.inclusion_tag("components/status_tag.html")
def status_tag(status: str, label: str = "") -> dict[str, Any]:
    look = STATUS_LOOKS[status.lower()]
    return {"icon_name": look.icon, "word": label or look.word, "tone": look.tone}


@register.inclusion_tag("components/status_tag.html")
def card_state(state: str) -> dict[str, Any]:
    """Where a digital card stands in its life."""
    known = CardState(state)
    icon_name, tone = CARD_LOOKS[known]
    return {"icon_name": icon_name, "word": capfirst(str(known.label)), "tone": tone}


@register.simple_tag
def row_state(state: str, label: str = "") -> str:
    """The state of one row of the results grid, smaller than a status tag."""
    return drawn_row_state(state, str(label), get_language() or "")


@cache
def drawn_row_state(state: str, label: str, language: str) -> str:
    """Rendered once for each language: every row of a grid has one of a few."""
    look = ROW_LOOKS[state]
    context = {"icon_name": look.icon, "word": label or look.word, "tone": look.tone}
    return render_to_string("components/row_state.html", context)


@register.inclusion_tag("components/notice.html")
def message_notice(message: Any) -> dict[str, Any]:
    """A message of django.contrib.messages in the look of its level."""
    icon_name, tone = MESSAGE_LOOKS.get(message.level_tag, ("info", "accent"))
    return {"icon_name": icon_name, "tone": tone, "text": message.message}


@register.filter
def error_entries(form: BaseForm) -> list[dict[str, Any]]:
    """The errors of a form as the error summary lists them: label, sentence, link target."""
    entries = [{"sentence": sentence} for sentence in form.non_field_errors()]
    for field in form:
        entries += [
            {
                "where": field.label,
                "sentence": sentence,
                "target": field.id_for_label or field.auto_id,
            }
            for sentence in field.errors
        ]
    return entries
