"""What each level stores, for how long, and who can see it, as told to people."""

from typing import Literal

from pydantic import BaseModel

from common.contracts.lui import TrackingLevel


class StoredOut(BaseModel):
    """One thing that is recorded of a reaction."""

    what: Literal["who", "when", "program", "network", "delay"]
    kept: str


class KeptForOut(BaseModel):
    """How long something is kept."""

    what: Literal["reactions", "recipients", "counters"]
    months: int | None
    """None: as long as the delivery is known; 0: it is not stored."""


class SeenByOut(BaseModel):
    """Which rights it takes to see something."""

    what: Literal["counters", "recipients"]
    rights: list[str]


class LevelOut(BaseModel):
    """What one level means."""

    level: TrackingLevel
    counts_people: bool
    """Whether it can be told how many different recipients reacted."""
    recipient_reports: bool
    """Whether reactions can be listed by recipient, or by profile."""
    reaction_source: bool
    """Whether recipients can be chosen by how they reacted."""
    stored: list[StoredOut]
    kept_for: list[KeptForOut]
    seen_by: list[SeenByOut]
    without_consent: TrackingLevel
    """The level that holds for a recipient who did not consent."""


class PrivacyOut(BaseModel):
    """What every level means, in the order in which they know more."""

    rules_version: int
    """The rules by which people are told from machines."""
    levels: list[LevelOut]
