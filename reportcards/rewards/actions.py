"""Taking the list out, which is recorded for every pupil on it, as printing a card is."""

from django.db import transaction

from assessments.rewards import RewardChoice, rewards_in
from audit.events import Happening, Scope, record_events
from reportcards.documents.document import Document
from reportcards.permissions import check_user_can_list_rewards
from reportcards.rewards.document import reward_list_document
from reportcards.rewards.paper import DecisionReference, RewardList
from schools.models import StaffMember


@transaction.atomic
def take_reward_list(
    *, choice: RewardChoice, reference: DecisionReference, by: StaffMember
) -> RewardList:
    """For paper or a spreadsheet."""
    school = choice.school_year.school
    check_user_can_list_rewards(by, school)
    reward_list = RewardList(choice, reference, tuple(rewards_in(choice)))
    record_events(
        [
            Happening(
                "reward_list.printed",
                reward.enrollment.student,
                Scope(school.pk, reward.enrollment.school_class_id, student_id),
                {"file_name": (None, reward_list.file_name)},
            )
            for student_id, reward in reward_list.pupils.items()
        ],
        by=by.acting_user,
    )
    return reward_list


def print_reward_list(
    *, choice: RewardChoice, reference: DecisionReference, by: StaffMember
) -> Document:
    return reward_list_document(take_reward_list(choice=choice, reference=reference, by=by))
