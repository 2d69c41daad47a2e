"""What stands at the head of a class's pages: where it belongs, its state in words, its facts."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.calendar import period_name
from assessments.class_page import ClassPage
from assessments.links import class_period_url
from assessments.offers import who_and_when
from assessments.workflow import Status

Link = dict[str, str | bool]


def crumbs(page: ClassPage) -> list[Link]:
    return [
        {"label": _("Bàn làm việc"), "url": reverse("desk")},
        {"label": page.title, "url": ""},
    ]


def period_sections(page: ClassPage) -> list[Link]:
    school_class = page.school_class
    return [
        {
            "label": period_name(period),
            "url": class_period_url(school_class, period),
            "is_current": period == page.class_period.period,
        }
        for period in school_class.school_year.ruleset.periods
    ]


def summary(page: ClassPage) -> list[Link]:
    return [
        {
            "term": _("Năm học"),
            "value": page.school_class.school_year.name,
            "url": reverse("class_history", args=[page.school_class.pk]),
            "url_label": _("Lịch sử của lớp"),
        },
        {"term": _("Sĩ số"), "value": _pupils(page)},
        {"term": _("Giáo viên chủ nhiệm"), "value": page.homeroom_name or _("chưa phân công")},
        {"term": _("Thời gian nhập"), "value": _window(page)},
        {
            "term": _("Khen thưởng"),
            "value": _("đột xuất, cấp trên, thư khen"),
            "url": reverse("class_commendations", args=[page.school_class.pk]),
            "url_label": _("Khen thưởng trong năm"),
        },
    ]


def _pupils(page: ClassPage) -> str:
    pupils, excused = page.progress.pupils, page.progress.not_assessed
    total = ngettext("%(count)s học sinh", "%(count)s học sinh", pupils) % {"count": pupils}
    if not excused:
        return total
    return _("%(total)s, trong đó %(count)s em không đánh giá") % {"total": total, "count": excused}


def _window(page: ClassPage) -> str:
    window = page.moment.window
    if window is None:
        return page.moment.time_left
    opens, closes = date_format(window.opens_on), date_format(window.closes_on)
    if page.class_period.status != Status.OPEN:
        return f"{opens} – {closes}"
    return _("%(opens)s – %(closes)s, %(time_left)s") % {
        "opens": opens,
        "closes": closes,
        "time_left": page.moment.time_left,
    }


def state_sentence(page: ClassPage) -> str:
    """The state in words, under the title."""
    endings = {
        Status.OPEN: _("Giáo viên đang nhập, %(time_left)s.")
        % {"time_left": page.moment.time_left},
        Status.SUBMITTED: _("Đang chờ hiệu trưởng ký duyệt."),
        Status.RETURNED: _("Giáo viên sửa rồi gửi lại."),
        Status.SIGNED_OFF: _("Kết quả đã khóa."),
        Status.REOPENED: _("Giáo viên sửa rồi gửi lại để ký duyệt lần nữa."),
    }
    ending = endings[Status(page.class_period.status)]
    return f"{who_and_when(page.class_period)} {ending}".strip()
