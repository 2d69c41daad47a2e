"""Who prints, asked of the actions: the pages find no class of another school anyway."""

import pytest

from audit.errors import NotPermitted
from audit.models import AuditEvent
from reportcards.actions import start_print_run
from reportcards.permissions import user_can_print
from schools.models import Role
from tests import factories
from tests.cast import Cast
from tests.pages import COLLEAGUES
from tests.reportcards.prints.arrange import order_of


@pytest.mark.parametrize("name", COLLEAGUES.split())
def test_the_office_and_the_homeroom_teacher_print(cast: Cast, name: str) -> None:
    may = name in {"hanh", "phuc", "ngoc", "tam", "van"}
    assert user_can_print(getattr(cast, name), cast.school_class) == may


@pytest.mark.parametrize(
    "role", [Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.REGISTRAR, Role.CLERK, Role.TEACHER]
)
def test_nobody_of_another_school_prints(cast: Cast, role: Role) -> None:
    stranger = factories.make_staff(cast.other_school, "Đinh Văn Lạ", role)
    assert not user_can_print(stranger, cast.school_class)


def test_a_strangers_printing_is_refused_before_anything_is_read(
    cast: Cast, django_assert_num_queries
) -> None:
    order = order_of(cast)
    with pytest.raises(NotPermitted), django_assert_num_queries(1):
        start_print_run(order=order, by=cast.quang)
    assert not AuditEvent.objects.filter(event="report_card.printed").exists()
