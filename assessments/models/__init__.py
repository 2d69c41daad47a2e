from assessments.models.periods import ClassPeriod, PeriodRecord, ReopenRequest
from assessments.models.results import SubjectResult, TestScore, TraitNote, TraitResult
from assessments.models.sign_off import SignOff
from assessments.models.year import YearDecision

__all__ = [
    "ClassPeriod",
    "PeriodRecord",
    "ReopenRequest",
    "SignOff",
    "SubjectResult",
    "TestScore",
    "TraitNote",
    "TraitResult",
    "YearDecision",
]
