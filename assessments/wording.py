"""The words of the school for what the code calls by kind and code.

Names of subjects, qualities and levels stand in the ruleset in Vietnamese; each is the msgid
of its own translation.
"""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.completeness import Kind
from assessments.models import PeriodRecord
from rulesets import Ruleset

LONGEST_QUOTE = 30


def translated(name: str) -> str:
    return _(name) if name else ""


def lowered(name: str) -> str:
    """Inside a sentence: "Cuối học kỳ I" keeps its numeral."""
    return name[:1].lower() + name[1:]


def shortened(typed: str) -> str:
    """What somebody typed, as a sentence quotes it."""
    return typed if len(typed) <= LONGEST_QUOTE else f"{typed[: LONGEST_QUOTE - 1]}…"


def decimal_in_words(value: str) -> str:
    """ "132.5" as the reader's language writes it."""
    return localize(Decimal(value))


def subject_name(ruleset: Ruleset, code: str) -> str:
    return translated(ruleset.subject(code).name)


def trait_name(ruleset: Ruleset, code: str) -> str:
    return translated(ruleset.trait(code).name)


def field_name(name: str) -> str:
    return str(PeriodRecord._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def missing_in_words(missing: Mapping[Kind, int]) -> str:
    """What one grid still lacks: "Thiếu 4 mức, 2 điểm"."""
    parts = [_short_lack(kind, count) for kind, count in missing.items() if count]
    return _("Thiếu %(parts)s") % {"parts": ", ".join(parts)} if parts else _("Đã nhập đủ")


def _short_lack(kind: Kind, count: int) -> str:
    words = {
        Kind.SUBJECT_LEVEL: ngettext("%(count)s mức", "%(count)s mức", count),
        Kind.TEST_SCORE: ngettext("%(count)s điểm", "%(count)s điểm", count),
        Kind.RETEST_SCORE: ngettext(
            "%(count)s điểm kiểm tra lại", "%(count)s điểm kiểm tra lại", count
        ),
        Kind.EXEMPTION_REASON: ngettext("%(count)s lý do miễn", "%(count)s lý do miễn", count),
        Kind.TRAIT_LEVEL: ngettext("%(count)s mức", "%(count)s mức", count),
        Kind.RECORD_FIELD: ngettext("%(count)s ô", "%(count)s ô", count),
        Kind.YEAR_DECISION: ngettext("%(count)s kết quả", "%(count)s kết quả", count),
    }
    return words[kind] % {"count": count}
