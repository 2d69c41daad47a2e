"""One pupil's row of a grid as a form, and the choice between two people's values."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from assessments.forms.fields import GridCell
from assessments.grids import PupilRow, StoredCell
from assessments.merge import Edit, RowEdit
from rulesets import Ruleset

MINE, THEIRS = "mine", "theirs"
UNDECIDED = object()  # equals no stored value, so that the merge asks again

Posted = Mapping[str, Any]


class RowForm(forms.Form):
    """The hidden initial value of each cell is its base: what the page was made from."""

    def __init__(
        self,
        pupil: PupilRow,
        fields: Mapping[str, GridCell],
        stored: Mapping[str, StoredCell],
        posted: Posted | None = None,
    ) -> None:
        super().__init__(
            posted,
            prefix=f"e{pupil.enrollment.pk}",
            initial={name: cell.value for name, cell in stored.items()},
            use_required_attribute=False,
        )
        self.pupil = pupil
        self.cells = fields
        self.fields.update(fields)
        self.undecided: list[str] = []
        if posted is not None:
            self._settle_choices(posted)

    def _settle_choices(self, posted: Posted) -> None:
        """Takes the other's value where that was chosen; no choice leaves the cell undecided."""
        self.data = {name: posted[name] for name in self.posted_names() if name in posted}
        for name in self.fields:
            cell = self.add_prefix(name)
            keep = posted.get(f"{cell}-keep")
            if keep == THEIRS:
                self.data[cell] = self._raw_base(name)
            elif keep != MINE and f"{cell}-asked" in posted:
                self.undecided.append(name)

    def posted_names(self) -> list[str]:
        return [
            posted_name
            for name in self.fields
            for posted_name in (self.add_prefix(name), self.add_initial_prefix(name))
        ]

    def row_edit(self) -> RowEdit:
        return RowEdit(
            self.pupil.enrollment.pk,
            {name: Edit(self._base(name), self.cleaned_data[name]) for name in self.changed_data},
        )

    def _base(self, name: str) -> Any:
        if name in self.undecided:
            return UNDECIDED
        return self.cells[name].base_value(self._raw_base(name))

    def _raw_base(self, name: str) -> str:
        return self.data.get(self.add_initial_prefix(name), "")

    def typed_over(self, stored: Mapping[str, StoredCell]) -> Posted:
        """What was typed here upon what is stored now: saving that again is a knowing act."""
        bases = {name: stored[name].value if name in stored else None for name in self.fields}
        return {
            **self.data,
            **{
                self.add_initial_prefix(name): as_posted(self.fields[name], value)
                for name, value in bases.items()
            },
        }


def as_posted(field: forms.Field, value: Any) -> str:
    return "" if value is None else str(field.prepare_value(value))


class SubjectRowForm(RowForm):
    """Level, score and comment; who is exempt has a reason and no score.

    A score stays while another test is proposed or agreed, and one that a retest brought is
    corrected, not emptied.
    """

    ruleset: Ruleset
    has_open_retest = False
    was_retested = False

    def clean_score(self) -> int | None:
        score: int | None = self.cleaned_data["score"]
        if "score" not in self.changed_data:
            return score
        if self.has_open_retest:
            raise forms.ValidationError(
                _(
                    "đang có đề nghị kiểm tra lại nên điểm này giữ nguyên; "
                    "điểm mới ghi ở trang Kiểm tra lại."
                )
            )
        if score is None and self.was_retested:
            raise forms.ValidationError(_("điểm kiểm tra lại sửa được nhưng không xóa trống được."))
        return score

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        is_exempt = self._value_now("level") == self.ruleset.exempt_level.code
        if is_exempt and cleaned.get("score") is not None:
            self.add_error(
                "score", _("Học sinh được miễn thì không có điểm; hãy xóa điểm hoặc đổi mức.")
            )
        has_new_reason = "exemption_reason" in self.changed_data
        if not is_exempt and has_new_reason and cleaned.get("exemption_reason"):
            self.add_error(
                "exemption_reason",
                _("Lý do miễn chỉ đi với mức miễn; hãy chọn mức ấy hoặc xóa lý do."),
            )
        return cleaned

    def _value_now(self, name: str) -> Any:
        """What was typed, or what is stored where the cell was not sent."""
        if self.add_prefix(name) in self.data:
            return self.cleaned_data.get(name)
        return self.initial.get(name)
