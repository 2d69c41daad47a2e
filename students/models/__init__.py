from students.models.enrollment import Enrollment, EntryReason, ExitReason, Transfer
from students.models.guardian import Guardian, Relation
from students.models.plan import IndividualPlan
from students.models.student import Gender, Student

__all__ = [
    "Enrollment",
    "EntryReason",
    "ExitReason",
    "Gender",
    "Guardian",
    "IndividualPlan",
    "Relation",
    "Student",
    "Transfer",
]
