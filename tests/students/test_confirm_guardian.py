import datetime

import pytest

from audit.models import AuditEvent
from students.actions import confirm_guardian
from students.models import Guardian, Relation
from tests.cast import NOW
from tests.factories import make_guardian, make_user


@pytest.fixture
def father(cast):
    return make_user("cuong", "Võ Mạnh Cường")


def confirm(cast, user, student, relation=Relation.FATHER):
    return confirm_guardian(
        student=student, user=user, relation=relation, school=cast.school, by=cast.tam.acting_user
    )


def events():
    return AuditEvent.objects.filter(event="guardian.confirmed")


def test_before_it_nothing_is_shown(cast, father):
    asking = make_guardian(father, cast.duc.student, confirmed_by=None)
    assert not Guardian.objects.confirmed().contains(asking)


def test_a_guardian_who_has_asked_is_confirmed(cast, father):
    asking = make_guardian(father, cast.duc.student, confirmed_by=None)
    assert confirm(cast, father, cast.duc.student) == asking
    assert Guardian.objects.confirmed().of_user(father).get() == asking


def test_a_guardian_may_be_confirmed_without_having_asked(cast, father):
    confirm(cast, father, cast.duc.student)
    assert Guardian.objects.confirmed().of_user(father).get().student == cast.duc.student


def test_who_confirmed_and_when_is_kept(cast, father):
    guardian = confirm(cast, father, cast.duc.student)
    assert (guardian.confirmed_at, guardian.confirmed_by) == (NOW, cast.tam.user)


def test_what_the_school_found_the_relation_to_be_counts(cast, father):
    make_guardian(father, cast.duc.student, confirmed_by=None, relation="mother")
    assert confirm(cast, father, cast.duc.student).relation == Relation.FATHER


def test_one_person_may_be_the_guardian_of_two_children(cast):
    confirm(cast, cast.hoa, cast.duc.student, Relation.GUARDIAN)
    children = {row.student for row in Guardian.objects.confirmed().of_user(cast.hoa)}
    assert children == {cast.anh.student, cast.duc.student}


def test_a_child_may_have_two_guardians(cast, father):
    confirm(cast, father, cast.anh.student)
    assert cast.anh.student.guardians.confirmed().count() == 2


def test_a_guardianship_that_had_ended_begins_anew(cast):
    Guardian.objects.update(ended_on=NOW.date() - datetime.timedelta(days=30))
    confirm(cast, cast.hoa, cast.anh.student, Relation.MOTHER)
    assert cast.anh.student.guardians.count() == 2
    assert cast.anh.student.guardians.confirmed().count() == 1


def test_it_stands_in_the_pupils_and_the_schools_history(cast, father):
    confirm(cast, father, cast.duc.student)
    event = events().get()
    assert event.actor == cast.tam.user
    assert (event.school_id, event.student_id) == (cast.school.pk, cast.duc.student_id)
    assert event.changes == {"guardian": [None, "Võ Mạnh Cường"], "relation": [None, "father"]}


def test_a_relation_that_was_wrong_is_in_the_history(cast):
    confirm(cast, cast.hoa, cast.anh.student, Relation.GUARDIAN)
    assert events().get().changes["relation"] == ["mother", "guardian"]


def test_confirming_what_is_confirmed_leaves_no_trace(cast):
    before = Guardian.objects.get()
    confirm(cast, cast.hoa, cast.anh.student, Relation.MOTHER)
    assert Guardian.objects.values().get() == vars_of(before)
    assert not events().exists()


def vars_of(guardian):
    return {field.attname: getattr(guardian, field.attname) for field in guardian._meta.fields}


def test_other_children_stay_unseen(cast, father):
    confirm(cast, father, cast.duc.student)
    assert not cast.hhen.student.guardians.exists()
