from django.utils.translation import gettext_lazy as _

from assessments.permissions import is_homeroom_teacher, teaches_class
from audit.errors import NotPermitted
from exchange.models import SheetUpload
from schools.models import SchoolClass, StaffMember


def check_user_can_write_in(staff: StaffMember, school_class: SchoolClass) -> None:
    if not (is_homeroom_teacher(staff, school_class) or teaches_class(staff, school_class)):
        raise NotPermitted(
            _("Chỉ giáo viên đang dạy lớp %(name)s được tải tệp của lớp về và lên.")
            % {"name": school_class.name}
        )


def check_user_uploaded(staff: StaffMember, upload: SheetUpload) -> None:
    if upload.uploaded_by_id != staff.acting_user.pk:
        raise NotPermitted(_("Chỉ người tải tệp lên được xem và xác nhận."))
