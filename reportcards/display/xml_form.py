"""The display form as far as a card's XML says it: the profile's table, read backwards.

A text that no profile writes is taken as it stands, so that a comparison finds it.
"""

import datetime
from collections.abc import Iterator, Mapping

from lxml import etree

from reportcards.display.form import DisplayForm, SubjectRow, TraitBlock, TraitRow, printed_day
from reportcards.documents.paper_form import GROUP_COMMENTS, name_after_label, rewards
from reportcards.profiles.spelling import Spelling
from reportcards.profiles.tables import Field, Group, Profile
from reportcards.profiles.writing import primary_completion, promotion
from rulesets import Level, Ruleset, Subject, TraitGroup, get_ruleset

OF_THE_SCHOOL = ("commune_name", "district_name", "province_name")
OF_THE_PUPIL = (
    "full_name",
    "gender",
    "ethnicity",
    "nationality",
    "personal_id",
    "birth_place",
    "home_town",
    "residence",
    "father_name",
    "mother_name",
    "guardian_name",
)

NOT_PRINTED = (promotion, primary_completion)
"""What the sentence of mục 6 says in words."""

Texts = Mapping[str, str]
"""The texts of elements by the path of the payload that they say, "subjects.TOA.level"."""


class UnknownForm(ValueError):
    """The XML names no ruleset whose form is known."""


def form_of_xml(data_node: bytes, profile: Profile) -> DisplayForm:
    """`data_node`: DU_LIEU_HOC_BA or the whole card. None is what the XML does not say.

    Raises UnknownForm; the XML itself has been checked by the profile's schema.
    """
    texts = _Said(_texts_in(data_node, profile))
    ruleset = _ruleset(texts["ruleset"], profile.spelling)
    return DisplayForm(
        class_name=texts["school_class.name"],
        school_name=name_after_label(texts["school.name"]),
        school_year=texts["school_year"].replace("-", " – "),
        **{name: texts[f"school.{name}"] for name in OF_THE_SCHOOL},
        **{name: texts[f"student.{name}"] for name in OF_THE_PUPIL},
        date_of_birth=_day(texts["student.date_of_birth"], profile.spelling.date_of_birth),
        uuid=texts["uuid"],
        leader_name=texts["leader.full_name"],
        leader_title=texts["leader.position_title"],
        issued_on=_day(texts["issued_on"], "%Y-%m-%dT%H:%M:%S%z"),
        subjects=tuple(_subject_row(subject, texts, ruleset) for subject in ruleset.subjects),
        traits=_trait_blocks(texts, ruleset),
        outcome=texts["year_decision.result_name"],
        rewards=rewards(
            {
                "reward": texts["year_decision.reward"],
                "extraordinary_reward": texts["year_decision.extraordinary_reward"],
            }
        ),
        completion=texts["year_decision"],
        place_of_issue=texts["place_of_issue"],
        homeroom_teacher=_homeroom_teacher(texts),
        digest=None,
    )


class _Said(dict[str, str]):
    """A null has no element, and on paper it is an empty place."""

    def __missing__(self, _source: str) -> str:
        return ""


def _texts_in(data_node: bytes, profile: Profile) -> dict[str, str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(data_node, parser)
    node = next(root.iter(profile.tree.tag), root)
    return dict(_texts(profile.tree.members, node, "", profile.spelling))


def _texts(
    members: tuple[Field | Group, ...], node: etree._Element, place: str, spelling: Spelling
) -> Iterator[tuple[str, str]]:
    for member in members:
        for element in node.findall(member.tag):
            if isinstance(member, Group):
                inside = _place_of(member, element, place, spelling)
                yield from _texts(member.members, element, inside, spelling)
            elif member.derives not in NOT_PRINTED:
                yield f"{place}{member.source}", element.text or ""


def _place_of(group: Group, element: etree._Element, place: str, spelling: Spelling) -> str:
    """Of an entry of a list, with its code, "subjects.toan."."""
    if group.each is None:
        return place
    codes = {written: code for code, written in spelling.subject_codes.items()}
    fields = (member for member in group.members if isinstance(member, Field))
    tag = next((field.tag for field in fields if field.source == "code"), "")
    written = element.findtext(tag, "") if tag else ""
    return f"{place}{group.each}.{codes.get(written, written)}."


def _ruleset(circular: str, spelling: Spelling) -> Ruleset:
    keys = {written: key for key, written in spelling.circulars.items()}
    if circular not in keys:
        raise UnknownForm(circular)
    return get_ruleset(keys[circular])


def _day(written: str, spelling: str) -> str:
    try:
        day = datetime.datetime.strptime(written, spelling).date()
    except ValueError:
        return written
    return printed_day(day.isoformat())


def _subject_row(subject: Subject, texts: Texts, ruleset: Ruleset) -> SubjectRow:
    """The XML has no comment of a subject; what is not studied has no element at all."""
    place = f"subjects.{subject.code}"
    is_studied = bool(texts[f"{place}.code"])
    return SubjectRow(
        code=subject.code,
        name=texts[f"{place}.name"] if is_studied else subject.name,
        level=_name_of(texts[f"{place}.level"], (*ruleset.subject_levels, ruleset.exempt_level)),
        score=texts[f"{place}.score"],
        comment=None if is_studied else "",
    )


def _name_of(code: str, levels: tuple[Level, ...]) -> str:
    return {level.code: level.name for level in levels}.get(code, code)


def _trait_blocks(texts: Texts, ruleset: Ruleset) -> tuple[TraitBlock, ...]:
    groups = zip(ruleset.trait_groups, GROUP_COMMENTS, strict=True)
    return tuple(_trait_block(group, comment, texts, ruleset) for group, comment in groups)


def _trait_block(group: TraitGroup, comment: str, texts: Texts, ruleset: Ruleset) -> TraitBlock:
    rows = (
        TraitRow(
            trait.code,
            trait.name,
            _name_of(texts[f"traits.{trait.code}.level"], ruleset.trait_levels),
        )
        for trait in ruleset.traits
        if trait.group == group
    )
    return TraitBlock(comment, group.name, tuple(rows), texts[f"comments.{comment}"])


def _homeroom_teacher(texts: Texts) -> str | None:
    """Without her ID nobody knows whether a leader confirms in her place, which is printed."""
    name = texts["homeroom_signer.full_name"]
    return name if texts["homeroom_signer.personal_id"] or not name else None
