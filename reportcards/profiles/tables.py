"""The shapes of a profile: one mapping table from the frozen payload to the XML of a card.

A profile is data. Tree, order, requiredness, what an element is called, where a signature
stands and what it covers are rows of its table; `document.build_card` only walks them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from reportcards.profiles.spelling import Spelling
from reportcards.profiles.writing import as_text

ROOT_TAG = "HOC_BA"
BATCH_TAG = "DANH_SACH_HOC_BA"
ID_ATTRIBUTE = "Id"
WHOLE = ""
"""The part that is the data node itself."""


def element_id(uuid: str, part: str = WHOLE) -> str:
    """The Id of a part of the card's data: it carries the UUID, so that no two cards share one."""
    return f"HB-{uuid}-{part}" if part else f"HB-{uuid}"


Write = Callable[[Any, Spelling], str | None]


@dataclass(frozen=True)
class Field:
    """One element with text.

    `source` is the path of its value in the payload, or within an entry where its group repeats;
    a step into a list is an entry's code. `writes` makes the text of that value; `derives` makes
    it of the whole payload (or entry), for what no single value says, and `source` then says
    where the school puts it right. `is_assumed`: the tag or its values are in no source.
    """

    tag: str
    source: str
    writes: Write = as_text
    derives: Write | None = None
    is_required: bool = False
    is_assumed: bool = False


@dataclass(frozen=True)
class Group:
    """An element with elements in it, once, or once for each entry of the list at `each`.

    `part` names it for a signer's Reference (see `element_id`); where the group repeats it may
    name values of the entry in braces.
    """

    tag: str
    members: "tuple[Field | Group, ...]"
    each: str | None = None
    part: str | None = None
    is_assumed: bool = False

    @property
    def is_repeated(self) -> bool:
        return self.each is not None


@dataclass(frozen=True)
class Slot:
    """The place of one signature, below the root and outside the data.

    `path`: tags from below HOC_BA down to the slot's own element, which holds NGAY_KY, SO_CCCD
    (of a person) and Signature. `covers`: the parts that its References name, see `element_id`.
    `own_id`: the Id of the slot's element, where several slots share a tag.
    """

    key: str
    path: tuple[str, ...]
    covers: tuple[str, ...] = (WHOLE,)
    has_personal_id: bool = True
    is_required: bool = True
    own_id: str = ""


@dataclass(frozen=True, eq=False)
class Profile:
    """`slots` stand in the order in which they are signed and in which they stand in the file;
    `slot_lists` are the elements that hold them, and that an unsigned card has empty.
    `schema_file`: its XSD beside this module; only what has one can be checked.
    """

    key: str
    title: str
    can_be_signed: bool
    spelling: Spelling
    tree: Group
    slot_lists: tuple[str, ...]
    slots: tuple[Slot, ...]
    schema_file: str = ""

    def slot(self, key: str) -> Slot:
        return next(slot for slot in self.slots if slot.key == key)


def fields_of(group: Group) -> Iterator[tuple[Group, Field]]:
    """Every field of the tree in the order of the file, with the group that it stands in."""
    for member in group.members:
        if isinstance(member, Field):
            yield group, member
        else:
            yield from fields_of(member)


def tag_of(profile: Profile, source: str) -> str:
    """The tag of the first field that says this value of the payload."""
    return next(field.tag for _group, field in fields_of(profile.tree) if field.source == source)
