"""Who a recipient is in tracking tokens: as much as the level and the recipient's consent permit, and no more."""

from collections.abc import Callable, Sequence
from typing import Protocol

from common.contracts.consent import is_consent
from common.contracts.lui import TrackingLevel, TrackingPlanV1
from common.contracts.signed_token import pseudonym

NOBODY = 0
_PSEUDONYM_32 = 0xFFFFFFFF
_WITHOUT_KEY = frozenset({TrackingLevel.BLIND, TrackingLevel.PERSONAL})


class Person(Protocol):
    """What is read of a recipient."""

    @property
    def ordinal(self) -> int:
        """Their number in the snapshot."""

    @property
    def values(self) -> Sequence[str]:
        """One per column; fewer are possible here, and fail when the message is made."""


Subjects = Callable[[Sequence[Person]], list[int]]
"""From recipients to subjects, in the same order."""


def subjects_of(plan: TrackingPlanV1, columns: Sequence[str], k_pseudonym: bytes) -> Subjects:
    """How a delivery's recipients appear in its tokens.

    Without the key everybody is nobody: an empty one would give numbers that anybody could compute again.
    """
    of_level = _of_level(plan, columns, k_pseudonym)
    consents = plan.consent_column
    if consents is None or plan.level is TrackingLevel.BLIND:
        return of_level
    if consents not in columns:  # who cannot have said yes has not
        return _nobody
    position = columns.index(consents)

    def subjects(people: Sequence[Person]) -> list[int]:
        every = of_level(people)
        return [
            subject if position < len(person.values) and is_consent(person.values[position]) else NOBODY
            for subject, person in zip(every, people, strict=True)
        ]

    return subjects


def _of_level(plan: TrackingPlanV1, columns: Sequence[str], k_pseudonym: bytes) -> Subjects:
    if plan.level not in _WITHOUT_KEY and not k_pseudonym:
        return _nobody
    if plan.level is TrackingLevel.PERSONAL:
        return lambda people: [person.ordinal for person in people]
    if plan.level is TrackingLevel.UNIQUE:
        return lambda people: [pseudonym(k_pseudonym, person.ordinal) for person in people]
    if plan.level is TrackingLevel.ANONYMOUS:
        return _profiled(plan, columns, k_pseudonym)
    return _nobody


def _nobody(people: Sequence[Person]) -> list[int]:
    return [NOBODY] * len(people)


def _profiled(plan: TrackingPlanV1, columns: Sequence[str], k_pseudonym: bytes) -> Subjects:
    numbers = {values: number for number, values in enumerate(plan.profiles, 1)}
    # With a column gone no profile can be told, and everybody belongs to the merged rest.
    positions = [columns.index(name) for name in plan.profile_columns if name in columns]
    if len(positions) != len(plan.profile_columns):
        numbers = {}

    def profile(values: Sequence[str]) -> int:
        return numbers.get(tuple([values[at] for at in positions if at < len(values)]), 0)

    return lambda people: [
        profile(person.values) << 32 | (pseudonym(k_pseudonym, person.ordinal) & _PSEUDONYM_32 or 1)
        for person in people
    ]
