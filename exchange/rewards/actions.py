from io import BytesIO

from assessments.rewards import RewardChoice
from exchange.rewards.sheet import write_reward_sheet
from reportcards.rewards.actions import take_reward_list
from reportcards.rewards.paper import DecisionReference
from schools.models import StaffMember


def download_reward_list(
    *, choice: RewardChoice, reference: DecisionReference, by: StaffMember
) -> bytes:
    reward_list = take_reward_list(choice=choice, reference=reference, by=by)
    file = BytesIO()
    write_reward_sheet(file, reward_list)
    return file.getvalue()
