"""What an uploaded file and its state allow."""

import datetime

from django.utils.translation import gettext as _

from assessments.calendar import period_name
from exchange.class_sheets.layout import Stamp
from exchange.errors import FileRefused, NothingToSave, UploadNotPending, UploadOutdated
from exchange.models import SheetUpload
from rulesets import Period
from schools.models import SchoolClass


def check_sheet_belongs_to(stamp: Stamp, school_class: SchoolClass, period: str) -> None:
    year = school_class.school_year
    school_name, class_name, *_rest = (*stamp.labels, "", "")
    school_name = school_name or stamp.school_code
    if stamp.school_code != year.school.ministry_code:
        raise FileRefused(_("Tệp này của trường khác (%(school)s).") % {"school": school_name})
    if stamp.school_class_id != school_class.pk:
        raise FileRefused(
            _("Tệp này của lớp %(other)s, không phải lớp %(name)s; hãy tải lên ở trang của lớp ấy.")
            % {"other": class_name, "name": school_class.name}
        )
    if stamp.period != period:
        raise FileRefused(_of_another_period(stamp, period))
    if stamp.ruleset_key != year.ruleset_key:
        raise FileRefused(
            _("Quy định đánh giá đã đổi từ khi tải tệp này; hãy tải tệp mới về rồi chép sang.")
        )


def _of_another_period(stamp: Stamp, period: str) -> str:
    known = {choice.value for choice in Period}
    words = {
        "other": period_name(stamp.period) if stamp.period in known else stamp.period,
        "period": period_name(period),
    }
    return _("Tệp này của thời điểm “%(other)s”, không phải “%(period)s”.") % words


def check_upload_is_pending(upload: SheetUpload) -> None:
    if not upload.is_pending:
        raise UploadNotPending


def check_preview_was_seen(upload: SheetUpload, seen_at: datetime.datetime | None) -> None:
    """Another window may have asked for the preview anew."""
    if seen_at is not None and seen_at != upload.previewed_at:
        raise UploadOutdated


def check_has_cells_to_save(count: int) -> None:
    if not count:
        raise NothingToSave
