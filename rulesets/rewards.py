"""Titles at the year's end (danh hiệu): what a result brings, and what only people can give."""

from dataclasses import dataclass

from rulesets.year import YearOutcome


@dataclass(frozen=True)
class RewardTitle:
    """A title for those of one outcome; `wording` is what stands on the form.

    `needs_recognition`: the result alone does not bring it. A person records an outstanding
    subject or a trait with clear progress, and that the class recognises the pupil.
    """

    code: str
    name: str
    wording: str
    outcome: YearOutcome
    needs_recognition: bool = False
