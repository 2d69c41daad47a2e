from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.models import AppendOnlyModel, AppendOnlyQuerySet
from schools.models import School

TOKEN_DIGEST_LENGTH = 64


class ApiClient(models.Model):
    """A program that reads the export, bound to its schools. Only its token's digest is kept."""

    name = models.CharField(_("tên"), max_length=100, unique=True)
    token_digest = models.CharField(max_length=TOKEN_DIGEST_LENGTH, unique=True)
    schools = models.ManyToManyField(School, related_name="api_clients")
    created_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("chương trình đọc dữ liệu")
        verbose_name_plural = _("chương trình đọc dữ liệu")
        constraints = [
            models.CheckConstraint(
                name="api_client_name_present",
                condition=~Q(name=""),
                violation_error_message=_("Hãy đặt tên cho chương trình."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_authenticated(self) -> bool:
        return self.revoked_at is None


class ApiReadQuerySet(AppendOnlyQuerySet):
    def for_school(self, school: School) -> "ApiReadQuerySet":
        return self.filter(school=school)

    def newest_first(self) -> "ApiReadQuerySet":
        return self.order_by("-at", "-pk")


class ApiRead(AppendOnlyModel):
    """The access log: one row a request and school."""

    client = models.ForeignKey(ApiClient, on_delete=models.PROTECT, related_name="reads")
    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    path = models.CharField(max_length=300)
    query = models.CharField(max_length=500, blank=True)
    rows = models.PositiveIntegerField()
    address = models.GenericIPAddressField(null=True)

    objects = ApiReadQuerySet.as_manager()

    class Meta:
        verbose_name = _("lượt đọc dữ liệu")
        verbose_name_plural = _("lượt đọc dữ liệu")
        indexes = [models.Index(fields=["school", "at"]), models.Index(fields=["client", "at"])]

    def __str__(self) -> str:
        return f"{self.client} {self.path}"
