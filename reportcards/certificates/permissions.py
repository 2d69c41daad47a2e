"""Who registers, sees and ends which certificate."""

from django.utils.translation import gettext_lazy as _

from audit.errors import NotPermitted
from reportcards.card_permissions import user_can_keep_register
from reportcards.models import SigningCertificate
from schools.models import Role, StaffMember
from schools.permissions import check_user_works_at, has_role


def user_can_register_seal(staff: StaffMember) -> bool:
    """CV 2088, III.2: the clerk holds the seal."""
    return has_role(staff, Role.CLERK)


def check_user_can_register(staff: StaffMember, owner: StaffMember | None) -> None:
    """owner: None for the school's seal."""
    if owner is None:
        if not user_can_register_seal(staff):
            raise NotPermitted(_("Chứng thư của dấu trường do văn thư đăng ký."))
    elif owner.pk != staff.pk:
        raise NotPermitted(_("Mỗi người tự đăng ký chứng thư số của mình."))


def user_can_see_certificate(staff: StaffMember, certificate: SigningCertificate) -> bool:
    return _is_own(staff, certificate) or (
        certificate.school_id == staff.school_id and user_can_keep_register(staff)
    )


def check_user_can_see_certificate(staff: StaffMember, certificate: SigningCertificate) -> None:
    if not user_can_see_certificate(staff, certificate):
        raise NotPermitted(
            _("Chứng thư số của người khác chỉ văn thư và lãnh đạo trường xem được.")
        )


def check_user_can_end(staff: StaffMember, certificate: SigningCertificate) -> None:
    """Her own, and whoever keeps the register also that of somebody who has left."""
    check_user_works_at(staff, certificate.school)
    if not user_can_see_certificate(staff, certificate):
        raise NotPermitted(
            _("Chứng thư số do người giữ nó, văn thư hoặc lãnh đạo trường ngừng dùng.")
        )


def _is_own(staff: StaffMember, certificate: SigningCertificate) -> bool:
    return certificate.staff_member_id == staff.pk
