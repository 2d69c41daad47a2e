"""What a picture shows, in one sentence. Shares of pupils, never an average."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.statistics.cube import Cube
from assessments.statistics.cuts import SCHOOL, Cut, cut_name
from assessments.statistics.measures import Band
from assessments.wording import lowered


def finding_of(cube: Cube, cut: Cut, *, before: Cube | None = None) -> str:
    """Of the whole school; `before` is the same at the period that it is compared with."""
    found = _found(cube, before, cut)
    return _("%(title)s: %(found)s") % {"title": _title(cube, cut), "found": found}


def _title(cube: Cube, cut: Cut) -> str:
    if cut == Cut.ALL:
        return cube.measure.title
    return f"{cube.measure.title}, {lowered(cut_name(cut))}"


def _found(cube: Cube, before: Cube | None, cut: Cut) -> str:
    if cube.entered(SCHOOL, cut) == 0:
        return _("chưa có số liệu")
    best = _best(cube, cut)
    if best is None:
        return _("ít học sinh nên không hiện số liệu")
    earlier = _best_share(before, cut) if before else None
    if earlier is not None:
        best = _("%(found)s (so với %(share)s%%)") % {"found": best, "share": earlier}
    worst = _worst(cube, cut)
    return f"{best}, {worst}" if worst else best


def _best(cube: Cube, cut: Cut) -> str | None:
    band = cube.measure.bands[0]
    share, count = _best_share(cube, cut), cube.count_in(band.code, SCHOOL, cut)
    if count is None:
        return None
    if share is None or not count:
        return _pupils(count, band)
    return _("%(share)s%% %(band)s") % {"share": share, "band": lowered(band.name)}


def _best_share(cube: Cube, cut: Cut) -> int | None:
    """In percent of those who have a value; no rounding makes all or nobody of some."""
    entered = cube.entered(SCHOOL, cut)
    count = cube.count_in(cube.measure.bands[0].code, SCHOOL, cut)
    if not entered or count is None:
        return None
    if count in {0, entered}:
        return 100 * count // entered
    return min(99, max(1, round(100 * count / entered)))


def _worst(cube: Cube, cut: Cut) -> str:
    *better, band = cube.measure.bands
    count = cube.count_in(band.code, SCHOOL, cut)
    if not better or not cube.measure.tells_worst or count is None:
        return ""
    return _pupils(count, band)


def _pupils(count: int, band: Band) -> str:
    words = {"n": count, "band": lowered(band.name)}
    if not count:
        return _("không em nào %(band)s") % words
    return ngettext("%(n)s em %(band)s", "%(n)s em %(band)s", count) % words
