"""Pages of rewards and handovers that are read in English, and what was arranged before."""

from django.urls import reverse

from assessments.models import Commendation, Handover
from tests.assessments import commendations, handovers
from tests.cast import Cast
from tests.english_readings import CARD, Address, Reading, at, named, of_class, of_pupil


def of_commendation(name: str) -> Address:
    return named(name, lambda cast: reverse(name, args=[Commendation.objects.get().pk]))


def commendations_of_all_kinds(cast: Cast) -> None:
    for make in (
        commendations.proposed,
        commendations.forwarded,
        commendations.awarded,
        commendations.declined,
        commendations.letter,
        commendations.withdrawn,
    ):
        make(cast)


def the_rewards(cast: Cast) -> str:
    return reverse("reward_list", args=[2026])


YEAR_END_READINGS = [
    # Commendations during the year
    Reading("ngoc", of_class("class_commendations")),
    Reading("hanh", of_class("class_commendations"), commendations_of_all_kinds),
    Reading("tam", of_class("class_commendations")),
    Reading("ngoc", of_class("new_praise_letter")),
    Reading("hanh", at("commendations")),
    Reading("hanh", at("commendations"), commendations_of_all_kinds),
    Reading("hanh", at("desk"), commendations_of_all_kinds),
    Reading("hanh", of_commendation("commendation_award"), commendations.forwarded),
    Reading("hanh", of_commendation("commendation_decline"), commendations.proposed),
    Reading("hanh", of_commendation("commendation_withdraw"), commendations.letter),
    Reading("hanh", of_pupil("student_history"), commendations_of_all_kinds),
    Reading("hoa", CARD, commendations_of_all_kinds),
    Reading("hanh", the_rewards),
    Reading("van", the_rewards, commendations_of_all_kinds),
    Reading("van", at("desk")),
]


def of_handover(name: str) -> Address:
    return named(name, lambda cast: reverse(name, args=[Handover.objects.get().pk]))


HANDOVER = of_class("grade_handover", grade_level=4)
YEAR_END_READINGS_IN_MAY = [
    Reading("ngoc", HANDOVER),
    Reading("ngoc", HANDOVER, handovers.prepared),
    Reading("ngoc", HANDOVER, handovers.returned),
    Reading("hanh", HANDOVER, handovers.prepared),
    Reading("suong", HANDOVER, handovers.handed_over),
    Reading("suong", HANDOVER, handovers.received),
    Reading("suong", of_handover("handover_return"), handovers.handed_over),
    Reading("suong", at("desk"), handovers.handed_over),
    Reading("ngoc", at("desk"), handovers.handed_over),
    Reading("ngoc", at("desk"), handovers.returned),
    Reading("ngoc", of_class("class_history"), handovers.received),
    Reading("ngoc", of_pupil("student_history"), handovers.received),
]
