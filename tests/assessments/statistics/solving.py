"""An attacker: whoever knows all that is shown and can solve linear equations.

The unknowns are how many girls, and how many boys, of a grade have a value. What is shown are
sums of them. A number is given away when it is a combination of what is shown.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from assessments.statistics.cube import Cube
from assessments.statistics.cuts import SCHOOL, Cut, Unit

Unknown = tuple[int, str, bool]  # grade, value, girl
Equation = tuple[dict[Unknown, Fraction], Fraction]
ONE = Fraction(1)


class Attacker:
    def __init__(self, shown: Cube, grades: Iterable[int]) -> None:
        self.shown, self.grades = shown, list(grades)
        self.codes = [value.code for value in shown.measure.values]
        self.pivots: dict[Unknown, Equation] = {}
        for terms, value in self.equations():
            self.learn(terms, value)
        self.learn_zeros()

    def terms(self, unit: Unit, codes: Iterable[str], cut: Cut) -> dict[Unknown, Fraction]:
        sexes = [True] if cut == Cut.GIRLS else [True, False]
        grades = self.grades if unit == SCHOOL else [unit.grade_level]
        return {(g, code, girl): ONE for g in grades for code in codes for girl in sexes}

    def equations(self) -> Iterator[Equation]:
        for unit in (SCHOOL, *(Unit(grade) for grade in self.grades)):
            for cut in (Cut.ALL, Cut.GIRLS):
                if unit != SCHOOL and (unit, cut) not in self.shown.totals:
                    continue  # no line of the table
                total = self.shown.total(unit, cut)
                if total is not None:
                    yield self.terms(unit, self.codes, cut), Fraction(total)
                for code in self.codes:
                    n = self.shown.count(unit, code, cut)
                    if n is not None:
                        yield self.terms(unit, [code], cut), Fraction(n)

    def learn(self, terms: dict[Unknown, Fraction], value: Fraction) -> None:
        terms, value = self.reduced(terms, value)
        if not terms:
            assert value == 0, "what is shown contradicts itself"
            return
        pivot = next(iter(terms))
        factor = terms[pivot]
        new = {key: n / factor for key, n in terms.items()}, value / factor
        for key, (old_terms, old_value) in list(self.pivots.items()):
            if pivot in old_terms:
                self.pivots[key] = without(old_terms, old_value, pivot, new)
        self.pivots[pivot] = new

    def reduced(self, terms: dict[Unknown, Fraction], value: Fraction) -> Equation:
        for pivot, equation in self.pivots.items():
            if pivot in terms:
                terms, value = without(terms, value, pivot, equation)
        return terms, value

    def learn_zeros(self) -> None:
        """Counts are never negative: a sum of none is none of each."""
        while True:
            zeros = [
                terms
                for terms, value in self.pivots.values()
                if value == 0 and len(terms) > 1 and all(n > 0 for n in terms.values())
            ]
            if not zeros:
                return
            for terms in zeros:
                for unknown in terms:
                    self.learn({unknown: ONE}, Fraction(0))

    def knows(self, unit: Unit, code: str, cut: Cut) -> bool:
        return not self.reduced(self.terms(unit, [code], cut), Fraction(0))[0]

    def knows_boys(self, unit: Unit, code: str) -> bool:
        boys = {key: n for key, n in self.terms(unit, [code], Cut.ALL).items() if not key[2]}
        return not self.reduced(boys, Fraction(0))[0]


def without(
    terms: dict[Unknown, Fraction], value: Fraction, pivot: Unknown, equation: Equation
) -> Equation:
    factor = terms[pivot]
    left = dict(terms)
    for key, n in equation[0].items():
        left[key] = left.get(key, Fraction(0)) - factor * n
    return {key: n for key, n in left.items() if n}, value - factor * equation[1]
