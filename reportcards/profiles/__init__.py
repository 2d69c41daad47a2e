"""The profiles of the XML card: pure Python, one mapping table each; a department names one."""

from reportcards.profiles.tables import Field, Group, Profile, Slot, Spelling, element_id
from reportcards.profiles.v1_0 import V1_0

__all__ = [
    "PROFILES",
    "Field",
    "Group",
    "Profile",
    "Slot",
    "Spelling",
    "UnknownProfile",
    "element_id",
    "get_profile",
]

PROFILES: dict[str, Profile] = {V1_0.key: V1_0}


class UnknownProfile(LookupError):
    """No profile has this key."""


def get_profile(key: str) -> Profile:
    if key not in PROFILES:
        raise UnknownProfile(key)
    return PROFILES[key]
