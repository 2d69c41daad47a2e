"""What a report card in force forbids, whoever asks; the database refuses it too."""

from collections.abc import Iterable, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.errors import CardInForce
from assessments.models import IssueLock

MOST_NAMES = 5


def check_not_issued(enrollment_ids: Iterable[int]) -> None:
    held = IssueLock.objects.filter(pk__in=enrollment_ids)
    names = list(
        held.order_by("enrollment__student__sort_key").values_list(
            "enrollment__student__full_name", flat=True
        )
    )
    if names:
        raise CardInForce(_sentence(names))


def _sentence(names: Sequence[str]) -> str | Promise:
    if len(names) == 1:
        return _(
            "Học bạ năm học này của em %(name)s đã phát hành. "
            "Muốn sửa kết quả, hãy đề nghị thu hồi học bạ."
        ) % {"name": names[0]}
    return _(
        "Học bạ năm học này của %(count)s em đã phát hành (%(names)s). Muốn sửa kết quả của em "
        "nào, hãy đề nghị thu hồi học bạ của em ấy, rồi mở lại riêng em ấy."
    ) % {"count": len(names), "names": _listed(names)}


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:MOST_NAMES]) + (", …" if len(names) > MOST_NAMES else "")
