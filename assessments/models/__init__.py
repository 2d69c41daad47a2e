from assessments.models.commendations import Commendation
from assessments.models.comments import CommentEntry
from assessments.models.confirmations import SubjectConfirmation
from assessments.models.extensions import Extension, ExtensionRequest
from assessments.models.handovers import Handover, HandoverNote
from assessments.models.issue_locks import IssueLock
from assessments.models.nudges import Nudge
from assessments.models.periods import ClassPeriod, PeriodRecord, ReopenRequest
from assessments.models.results import SubjectResult, TestScore, TraitNote, TraitResult
from assessments.models.retests import Retest
from assessments.models.sign_off import SignOff
from assessments.models.supplementary import SupplementaryAssessment
from assessments.models.year import YearDecision

__all__ = [
    "ClassPeriod",
    "Commendation",
    "CommentEntry",
    "Extension",
    "ExtensionRequest",
    "Handover",
    "HandoverNote",
    "IssueLock",
    "Nudge",
    "PeriodRecord",
    "ReopenRequest",
    "Retest",
    "SignOff",
    "SubjectConfirmation",
    "SubjectResult",
    "SupplementaryAssessment",
    "TestScore",
    "TraitNote",
    "TraitResult",
    "YearDecision",
]
