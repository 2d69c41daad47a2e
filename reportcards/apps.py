from django.apps import AppConfig
from django.db.models import Q

from audit.holds import Hold
from reportcards.workflow import IN_FORCE


class ReportCardsConfig(AppConfig):
    name = "reportcards"
    hears_of_sign_offs = "reportcards.renderings.after_sign_off.ask_for_documents"
    # A pupil's results are set free by withdrawing her card, and by nothing else.
    holds = (
        Hold(
            held="assessments.IssueLock",
            by="reportcards.ReportCard",
            key="enrollment",
            condition=Q(state__in=[state.value for state in IN_FORCE]),
        ),
    )

    def ready(self) -> None:
        from reportcards import checks  # noqa: F401 - they register themselves
