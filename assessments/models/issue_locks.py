from django.db import models
from django.utils.translation import gettext_lazy as _

from students.models import Enrollment


class IssueLock(models.Model):
    """A report card of the pupil's year is in force: her results stay as they are, every period's.

    Models say with `held_by` that this row holds them; the database refuses the rest.
    """

    enrollment = models.OneToOneField(
        Enrollment, primary_key=True, on_delete=models.PROTECT, related_name="issue_lock"
    )
    held_at = models.DateTimeField()

    class Meta:
        verbose_name = _("khóa kết quả theo học bạ")
        verbose_name_plural = _("khóa kết quả theo học bạ")

    def __str__(self) -> str:
        return str(self.enrollment)
