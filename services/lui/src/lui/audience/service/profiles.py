"""What a snapshot's recipients have in common, and how many of them consented to be known."""

from collections.abc import Sequence
from dataclasses import dataclass

from common.contracts.consent import is_consent
from common.contracts.problem import Invalid
from common.messaging.unit_of_work import UnitOfWork
from lui.audience.grouping import SnapshotGroups
from lui.audience.rules.profiles import Group, Profiles, merged
from lui.audience.service.snapshots import get_snapshot

_MAX_ANSWERS = 10_000
"""Different values of a column of consent; with more it is another kind of column."""


@dataclass(frozen=True)
class Common:
    """What was counted of a snapshot."""

    people: int
    consenting: int | None
    """None when no column of consent was named."""
    profiles: Profiles | None
    """None when no columns of profiles were named."""


async def count_common(
    uow: UnitOfWork, snapshot_id: str, profile_columns: Sequence[str], consent_column: str | None
) -> Common:
    """Count consent, and profiles of those who consented. The columns must be there.

    Raises SnapshotMissing, and Invalid pointing at a column that holds no answers.
    """
    snapshot = await get_snapshot(uow, snapshot_id)
    groups = SnapshotGroups(uow.session, snapshot)
    consent, consenting = None, None
    if consent_column is not None:
        position = snapshot.columns.index(consent_column)
        answers = await groups.values(position, limit=_MAX_ANSWERS + 1)
        if len(answers) > _MAX_ANSWERS:
            detail = f"the column {consent_column} has more than {_MAX_ANSWERS:,} different values: it holds no consent"
            raise Invalid(("/consent_column", detail))
        yes: list[Group] = [((value,), people) for value, people in answers if is_consent(value)]
        consenting = sum(people for _, people in yes)
        consent = (position, [value for (value,), _ in yes])
    profiles = None
    if profile_columns:
        positions = [snapshot.columns.index(name) for name in profile_columns]
        combinations, people, largest = await groups.combinations(positions, consent)
        profiles = merged(largest, combinations=combinations, people=people)
    return Common(snapshot.accepted_count, consenting, profiles)
