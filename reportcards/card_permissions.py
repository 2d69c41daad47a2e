"""Who may do what with digital cards (CV 2088, III.2: văn thư, giáo viên, lãnh đạo)."""

from django.utils.translation import gettext_lazy as _

from audit.errors import NotPermitted
from reportcards.models import ReportCard, SigningCertificate, SlotKey
from reportcards.permissions import is_of_the_office, user_can_print
from schools.models import Role, School, SchoolClass, StaffMember
from schools.permissions import check_user_works_at, has_role, is_school_leader


def user_can_make_cards(staff: StaffMember) -> bool:
    return has_role(staff, Role.CLERK, Role.REGISTRAR)


def check_user_can_make_cards(staff: StaffMember, school: School) -> None:
    check_user_works_at(staff, school)
    if not user_can_make_cards(staff):
        raise NotPermitted(_("Học bạ số do văn thư hoặc học vụ của trường khởi tạo."))


def check_user_can_oversee_cards(staff: StaffMember, school: School) -> None:
    """Of the whole school: who prints all its paper cards."""
    check_user_works_at(staff, school)
    if not is_of_the_office(staff):
        raise NotPermitted(
            _("Học bạ số của cả trường dành cho lãnh đạo trường, học vụ và văn thư.")
        )


def check_user_can_see_class_cards(staff: StaffMember, school_class: SchoolClass) -> None:
    if not user_can_print(staff, school_class):
        raise NotPermitted(
            _(
                "Học bạ số của lớp %(name)s dành cho giáo viên chủ nhiệm, lãnh đạo trường, "
                "học vụ và văn thư."
            )
            % {"name": school_class.name}
        )


def user_can_see_card(staff: StaffMember, card: ReportCard) -> bool:
    """Who prints the class's paper cards, and whoever has signed or is to sign this one."""
    return card.school_year.school_id == staff.school_id and (
        user_can_print(staff, card.enrollment.school_class)
        or staff.pk in {card.homeroom_signer_id, card.leader_id}
    )


def check_user_can_see_card(staff: StaffMember, card: ReportCard) -> None:
    if not user_can_see_card(staff, card):
        raise NotPermitted(
            _(
                "Học bạ của lớp %(name)s dành cho giáo viên chủ nhiệm, người ký, "
                "lãnh đạo trường, học vụ và văn thư."
            )
            % {"name": card.enrollment.school_class.name}
        )


def user_can_sign_slot(staff: StaffMember, card: ReportCard, slot: str) -> bool:
    """The people are frozen in the card; the seal is the clerk's (CV 2088, III.2 bước 7)."""
    if slot == SlotKey.SEAL:
        return staff.school_id == card.school_year.school_id and has_role(staff, Role.CLERK)
    signer = card.homeroom_signer_id if slot == SlotKey.HOMEROOM else card.leader_id
    return staff.pk == signer


def check_user_can_sign_slot(staff: StaffMember, card: ReportCard, slot: str) -> None:
    if user_can_sign_slot(staff, card, slot):
        return
    if slot == SlotKey.SEAL:
        raise NotPermitted(_("Dấu số của trường do văn thư đóng."))
    signer = card.homeroom_signer if slot == SlotKey.HOMEROOM else card.leader
    raise NotPermitted(
        _("Học bạ này đã ghi người ký là %(name)s; chỉ người đó ký được ô này.")
        % {"name": signer.full_name}
    )


def check_user_can_use_certificate(
    staff: StaffMember, certificate: SigningCertificate, slot: str
) -> None:
    check_user_works_at(staff, certificate.school)
    if not _holds(staff, certificate, slot):
        raise NotPermitted(_("Mỗi người chỉ ký bằng chứng thư số của chính mình."))


def _holds(staff: StaffMember, certificate: SigningCertificate, slot: str) -> bool:
    if slot == SlotKey.SEAL:
        return certificate.is_seal and has_role(staff, Role.CLERK)
    return certificate.staff_member_id == staff.pk


def user_can_keep_register(staff: StaffMember) -> bool:
    """Of the school's certificates: approvals, revocation lists, the seal."""
    return has_role(staff, Role.CLERK) or is_school_leader(staff)


def check_user_can_keep_register(staff: StaffMember, school: School) -> None:
    check_user_works_at(staff, school)
    if not user_can_keep_register(staff):
        raise NotPermitted(_("Sổ chứng thư số của trường do văn thư hoặc lãnh đạo giữ."))


def user_can_record_delivery(staff: StaffMember) -> bool:
    return has_role(staff, Role.CLERK, Role.REGISTRAR)


def check_user_can_record_delivery(staff: StaffMember, school: School) -> None:
    check_user_works_at(staff, school)
    if not user_can_record_delivery(staff):
        raise NotPermitted(_("Việc gửi Sở và trả lời của Sở do văn thư hoặc học vụ ghi nhận."))


def check_user_can_ask_withdrawal(staff: StaffMember, school: School) -> None:
    check_user_works_at(staff, school)
    if not is_school_leader(staff):
        raise NotPermitted(_("Thu hồi học bạ do hiệu trưởng hoặc phó hiệu trưởng đề nghị."))


def user_can_give_copies(staff: StaffMember) -> bool:
    return is_of_the_office(staff)


def check_user_can_give_copies(staff: StaffMember, school: School) -> None:
    check_user_works_at(staff, school)
    if not user_can_give_copies(staff):
        raise NotPermitted(
            _("Bản sao và tệp học bạ do văn thư, học vụ hoặc lãnh đạo trường cấp và ghi sổ.")
        )
