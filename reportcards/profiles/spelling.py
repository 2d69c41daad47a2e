"""What the sources leave open or contradict, each at one place of a profile."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Spelling:
    """How a profile writes what is a code or a choice.

    version         PHIEN_BAN
    circulars       THONG_TU by ruleset key
    school_stage    MA_CAP_HOC
    date_of_birth   NGAY_SINH, for strftime; every other time is YYYY-MM-DDThh:mm:ss+07:00
    booleans        the texts of false and of true
    genders         GIOI_TINH by "male" and "female"
    subject_codes   MA_MON_HOC by subject code of the ruleset
    """

    version: str
    circulars: Mapping[str, str]
    school_stage: str
    date_of_birth: str
    booleans: tuple[str, str]
    genders: Mapping[str, str]
    subject_codes: Mapping[str, str]
