from typing import Any

from django.db import models
from django.db.models import BooleanField, Func, Q, Value
from django.db.models.functions import Length, Replace
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from assessments.models.periods import LONGEST_COMMENT, LONGEST_HOMEROOM_COMMENT
from schools.models import School, StaffMember
from schools.names import fold

NAME_MARK = "{tên}"
LONGEST_CODE = 12
# What a name takes when the mark is written out: few given names are longer.
ROOM_FOR_NAME = 10
HOMEROOM = "homeroom_comment"
COMMENT_FIELDS = (
    HOMEROOM,
    "quality_comment",
    "general_competence_comment",
    "specific_competence_comment",
)


class HasOnlyCapitalsAndDigits(Func):
    """ASCII letters, so that both engines and every collation call the same codes equal."""

    template = "%(expressions)s !~ '[^A-Z0-9]'"
    output_field = BooleanField()
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "%(expressions)s NOT GLOB '*[^A-Z0-9]*'"
        return self.as_sql(compiler, connection, template=template, **context)


class EntrySearchKeyField(models.TextField):
    """Follows the row's code and text at every save, bulk_create included."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"editable": False, "default": "", **kwargs})

    def pre_save(self, model_instance: Any, add: bool) -> str:  # noqa: FBT001
        key = fold(f"{model_instance.code} {model_instance.text}")
        setattr(model_instance, self.attname, key)
        return key


def fits_in(longest: int) -> LessThanOrEqual:
    """With names of usual length written where the mark stands."""
    written = Replace("text", Value(NAME_MARK), Value("x" * ROOM_FOR_NAME))
    return LessThanOrEqual(Length(written), longest)


class CommentEntryQuerySet(models.QuerySet):
    def for_school(self, school: School) -> "CommentEntryQuerySet":
        return self.filter(school=school)

    def readable_by(self, staff: StaffMember) -> "CommentEntryQuerySet":
        """The school's, and her own; a colleague's own are nobody else's."""
        return self.filter(Q(owner__isnull=True) | Q(owner=staff))

    def in_bank_of(self, owner: StaffMember | None) -> "CommentEntryQuerySet":
        return self.filter(owner=owner) if owner else self.filter(owner__isnull=True)

    def matching(self, text: str) -> "CommentEntryQuerySet":
        return self.filter(search_key__contains=fold(text))


class CommentEntry(models.Model):
    """One line of the comment bank: a code that stands for a text.

    Nobody owns the school's. `purpose` is the code of a subject, or the comment field of a
    period record; without one, as without a level, the entry goes with any.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="comment_entries")
    owner = models.ForeignKey(
        StaffMember,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="comment_entries",
    )
    purpose = models.CharField(_("dùng cho"), max_length=30, blank=True)
    level = models.CharField(_("mức"), max_length=4, blank=True)
    code = models.CharField(_("mã"), max_length=LONGEST_CODE)
    text = models.TextField(_("nội dung"), max_length=LONGEST_HOMEROOM_COMMENT)
    search_key = EntrySearchKeyField()

    objects = CommentEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("mã nhận xét")
        verbose_name_plural = _("bảng mã nhận xét")
        constraints = [
            models.UniqueConstraint(
                fields=["school", "purpose", "code"],
                condition=Q(owner__isnull=True),
                name="comment_entry_unique_school",
                violation_error_message=_("Bảng mã của trường đã có mã này; hãy chọn mã khác."),
            ),
            models.UniqueConstraint(
                fields=["owner", "purpose", "code"],
                condition=Q(owner__isnull=False),
                name="comment_entry_unique_own",
                violation_error_message=_("Bảng mã của thầy/cô đã có mã này; hãy chọn mã khác."),
            ),
            models.CheckConstraint(
                name="comment_entry_code_plain",
                condition=~Q(code="") & Q(HasOnlyCapitalsAndDigits("code")),
                violation_error_message=_("Mã gồm chữ cái không dấu và chữ số, viết liền."),
            ),
            models.CheckConstraint(
                name="comment_entry_text_present",
                condition=~Q(text=""),
                violation_error_message=_("Hãy ghi nội dung nhận xét."),
            ),
            models.CheckConstraint(
                name="comment_entry_text_fits",
                condition=Q(fits_in(LONGEST_COMMENT))
                | (Q(purpose=HOMEROOM) & Q(fits_in(LONGEST_HOMEROOM_COMMENT))),
                violation_error_message=_("Nội dung dài hơn ô nhận xét mà nó dùng cho."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.text}"
