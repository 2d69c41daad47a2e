import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils import translation

from audit.models import AuditEvent
from schools.models import Department, StaffRole
from tests import factories
from tests.cast import Cast
from tests.vietnamese import is_vietnamese

PASSWORD = "mot-mat-khau-moi"
AS_IT_IS = {
    "card_profile": "v1.0",
    "uuid_source": "school",
    "year_due_month": 6,
    "year_due_day": 30,
    "supplementary_due_month": 8,
    "supplementary_due_day": 15,
}
RESULT_APPS = {"assessments", "reportcards", "students", "audit", "exchange"}


@pytest.fixture
def administrator(client: Client, cast: Cast) -> Client:
    client.force_login(
        factories.make_user("root", "Quản trị máy chủ", is_staff=True, is_superuser=True)
    )
    return client


def test_results_and_pupils_are_not_registered() -> None:
    registered = {model._meta.app_label for model in admin.site._registry}
    assert not registered & RESULT_APPS


each_model = pytest.mark.parametrize(
    "model",
    [model for model in admin.site._registry if model._meta.app_label in {"schools", "accounts"}],
    ids=lambda model: model.__name__,
)


@each_model
def test_each_list_and_form_opens(administrator: Client, model: type) -> None:
    label = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    assert administrator.get(reverse(f"{label}_changelist")).status_code == 200
    assert administrator.get(reverse(f"{label}_add")).status_code == 200
    row = apps.get_model(model._meta.label)._default_manager.first()
    assert administrator.get(reverse(f"{label}_change", args=[row.pk])).status_code == 200


@each_model
def test_every_field_has_a_vietnamese_label(model: type) -> None:
    models = [model, *(inline.model for inline in admin.site._registry[model].inlines)]
    with translation.override("vi"):
        labels = [
            str(field.verbose_name)
            for edited in models
            for field in edited._meta.fields
            if field.editable and not field.primary_key
        ]
    assert [label for label in labels if not is_vietnamese(label)] == []


@pytest.mark.parametrize("app", ["accounts", "schools"])
def test_an_app_is_called_by_a_vietnamese_name(app: str) -> None:
    with translation.override("vi"):
        assert is_vietnamese(str(apps.get_app_config(app).verbose_name))


def test_a_change_is_audited(administrator: Client, cast: Cast) -> None:
    department = Department.objects.get()
    administrator.post(
        reverse("admin:schools_department_change", args=[department.pk]),
        {**AS_IT_IS, "code": "66", "name": "Sở GDĐT Đắk Lắk"},
    )
    department.refresh_from_db()
    assert department.name == "Sở GDĐT Đắk Lắk"
    event = AuditEvent.objects.get(event="department.changed")
    assert event.actor.username == "root"
    assert event.changes == {"name": ["Sở Giáo dục và Đào tạo Đắk Lắk", "Sở GDĐT Đắk Lắk"]}


def test_saving_without_a_change_leaves_no_trace(administrator: Client, cast: Cast) -> None:
    department = Department.objects.get()
    administrator.post(
        reverse("admin:schools_department_change", args=[department.pk]),
        {**AS_IT_IS, "code": "66", "name": department.name},
    )
    assert not AuditEvent.objects.filter(event="department.changed").exists()


def test_a_new_row_is_audited_with_its_values(administrator: Client, cast: Cast) -> None:
    administrator.post(
        reverse("admin:schools_department_add"),
        {**AS_IT_IS, "code": "68", "name": "Sở Lâm Đồng"},
    )
    event = AuditEvent.objects.get(event="department.created")
    assert event.target_id == Department.objects.get(code="68").pk
    assert event.changes["name"] == [None, "Sở Lâm Đồng"]


def test_a_new_user_is_audited_without_her_password(administrator: Client, cast: Cast) -> None:
    administrator.post(
        reverse("admin:accounts_user_add"),
        {
            "username": "moi",
            "full_name": "Đinh Thị Mới",
            "usable_password": "true",
            "password1": PASSWORD,
            "password2": PASSWORD,
        },
    )
    event = AuditEvent.objects.get(event="user.created")
    assert event.changes == {"username": [None, "moi"], "full_name": [None, "Đinh Thị Mới"]}


def test_a_password_that_is_set_anew_is_audited(administrator: Client, cast: Cast) -> None:
    administrator.post(
        reverse("admin:auth_user_password_change", args=[cast.ngoc.user_id]),
        {"password1": PASSWORD, "password2": PASSWORD},
    )
    event = AuditEvent.objects.get(event="user.changed")
    assert (event.target_id, event.changes) == (cast.ngoc.user_id, {"password": [None, "***"]})


def test_a_broken_rule_is_told_on_the_form(administrator: Client, cast: Cast) -> None:
    response = administrator.post(
        reverse("admin:schools_department_add"),
        {"code": "7", "name": "Sở", "card_profile": "v1.0", "uuid_source": "school"},
    )
    assert "Mã sở gồm đúng 2 chữ số." in response.content.decode()


def test_nothing_is_deleted(administrator: Client, cast: Cast) -> None:
    url = reverse("admin:schools_school_delete", args=[cast.school.pk])
    assert administrator.get(url).status_code == 403


def test_a_role_is_given(administrator: Client, cast: Cast) -> None:
    administrator.post(
        reverse("admin:schools_staffmember_change", args=[cast.suong.pk]),
        {
            "school": cast.school.pk,
            "user": cast.suong.user_id,
            "full_name": "Lê Thị Sương",
            "given_name": "",
            "position_title": "Giáo viên",
            "personal_id": cast.suong.personal_id,
            "roles-TOTAL_FORMS": "1",
            "roles-INITIAL_FORMS": "0",
            "roles-0-role": "clerk",
            "roles-0-started_on": "05/01/2027",
        },
    )
    role = StaffRole.objects.get(staff_member=cast.suong, role="clerk")
    event = AuditEvent.objects.get(event="staffrole.created")
    assert event.target_id == role.pk
    assert event.changes["role"] == [None, "clerk"]
    assert event.changes["started_on"] == [None, "2027-01-05"]


def test_a_role_below_its_holder_is_not_deleted(administrator: Client, cast: Cast) -> None:
    role = cast.suong.roles.get()
    page = administrator.get(reverse("admin:schools_staffmember_change", args=[cast.suong.pk]))
    assert f'value="{role.pk}"' in page.content.decode()
    assert "DELETE" not in page.content.decode()


def test_the_cast_is_no_administrator(client: Client, cast: Cast) -> None:
    client.force_login(cast.kien.user)
    assert client.get(reverse("admin:index")).status_code == 302
