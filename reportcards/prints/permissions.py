"""A print is of whoever began it, as long as she may print what is in it."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from audit.errors import NotPermitted
from reportcards.models import DocumentKind, PrintedDocument, PrintRun, Rendering
from reportcards.permissions import check_user_can_print, is_of_the_office, user_can_print
from schools.models import SchoolClass, StaffMember
from schools.models.classes import SchoolClassQuerySet
from schools.permissions import check_user_works_at, homeroom_classes


def check_user_can_use_print(staff: StaffMember, run: PrintRun) -> None:
    check_user_works_at(staff, run.school)
    if run.started_by_id != staff.user_id:
        raise NotPermitted(_("Lượt in này của người khác; hãy tự in lại nếu cần."))
    if not is_of_the_office(staff):
        for school_class in _printed_classes(run):
            check_user_can_print(staff, school_class)


def check_user_prints(scopes: Sequence[object]) -> None:
    """`scopes`: of whom she may print."""
    if not scopes:
        raise NotPermitted(
            _(
                "Học bạ và phiếu liên lạc do giáo viên chủ nhiệm, lãnh đạo trường, học vụ "
                "hoặc văn thư in."
            )
        )


def _printed_classes(run: PrintRun) -> SchoolClassQuerySet:
    """Of a book those that the pupils are in now: its years may be older."""
    printed = Rendering.objects.filter(parts__run=run)
    if run.document == PrintedDocument.BOOK:
        printed = printed.filter(kind=DocumentKind.FRONT)
    if run.document == PrintedDocument.DISPLAY_BOOK:
        later = printed.filter(
            enrollment__student=OuterRef("enrollment__student"),
            enrollment__enrolled_on__gt=OuterRef("enrollment__enrolled_on"),
        )
        printed = printed.exclude(Exists(later))
    return SchoolClass.objects.filter(pk__in=printed.values("enrollment__school_class"))


def printable_classes(staff: StaffMember, classes: list[SchoolClass]) -> list[SchoolClass]:
    """Those of the given ones that she may print."""
    if is_of_the_office(staff):
        return classes
    own = set(homeroom_classes(staff).values_list("pk", flat=True))
    return [row for row in classes if row.pk in own and user_can_print(staff, row)]
