"""Not writing to people who must not be written to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import orjson

from common.contracts.mailer import BounceClass, MailerActionRecordedV1
from common.messaging.unit_of_work import UnitOfWork
from mailer.config import SuppressionSettings
from mailer.suppression import repository, rules
from mailer.suppression.repository import Candidate
from mailer.suppression.rules import StreakPolicy, address_hash
from mailer.suppression.schemas import Reason

MAX_NOTE = 500
_MAX_TEXT = 500
_STRIKES_KEPT = timedelta(days=400)
_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Request:
    """Who is to be left alone, by whom, and why; without a group it holds for the whole installation."""

    address: str
    group_id: str | None
    reason: Reason
    evidence: Mapping[str, Any] = field(default_factory=dict)
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Failing:
    """The delivery that addresses failed in."""

    delivery_id: str
    created_at: datetime
    group_id: str | None


@dataclass(frozen=True, slots=True)
class Failure:
    """What a server said about one address: in our own session, or in a report afterwards."""

    ordinal: int
    address: str
    bounce_class: str | None
    enhanced_code: str | None
    reply_code: int | None
    text: str | None
    is_permanent: bool | None = None
    """Known from a report; None: by the codes."""


async def suppress(uow: UnitOfWork, request: Request, *, by: str | None) -> bool:
    """Suppress an address; the very next intent obeys. False when it was suppressed already."""
    row = await repository.add(
        uow.session,
        {
            "group_id": request.group_id,
            "address_hash": address_hash(request.address),
            "address": request.address,
            "reason": request.reason.value,
            "note": request.note[:MAX_NOTE] if request.note else None,
            "evidence": dict(request.evidence),
            "since": uow.now,
            "added_by": by,
        },
    )
    if row is not None:
        uow.emit(
            MailerActionRecordedV1(
                at=uow.now,
                actor_id=by,
                action="suppression.add",
                target_type="suppression",
                target_id=str(row.id),
                group_id=request.group_id,
                detail={"reason": request.reason.value},
                correlation_id=uow.correlation_id,
            )
        )
    return row is not None


async def suppressed_among(uow: UnitOfWork, addresses: Sequence[str], group_id: str | None) -> set[str]:
    """Which of these addresses a group must not write to."""
    by_hash = {address_hash(address): address for address in addresses}
    hashes = await repository.in_force(uow.session, list(by_hash), group_id)
    return {address for address in addresses if address_hash(address) in hashes} if hashes else set()


async def suppressed_hashes(uow: UnitOfWork, hashes: Sequence[bytes], group_id: str | None) -> set[bytes]:
    """Which of these addresses, by their hashes, a group must not write to."""
    return await repository.in_force(uow.session, hashes, group_id) if hashes else set()


async def horizon(uow: UnitOfWork) -> int:
    """The first transaction whose suppressions may be missing in what is read after this; asked before reading."""
    return await repository.horizon(uow.session)


async def note_refusals(
    uow: UnitOfWork, delivery: Failing, failures: Sequence[Failure], policy: SuppressionSettings
) -> int:
    """Draw the consequences of failures in a live delivery: suppressed at once, or one more strike.

    One statement for all of them, none when nothing matters. Returns how many addresses are newly suppressed.
    """
    said = ((each, _ends(each, policy)) for each in failures)
    found = {address_hash(each.address): (each, ends) for each, ends in said if ends is not None}
    if not found:
        return 0
    # In one order everywhere, so that two batches with the same addresses do not wait for each other in a circle.
    judged = dict(sorted(found.items()))
    added = await repository.note_failures(
        uow.session,
        {
            "now": uow.now,
            "delivery_id": delivery.delivery_id,
            "group_id": delivery.group_id,
            "mailed_at": delivery.created_at,
            "hashes": list(judged),
            "addresses": [each.address for each, _ in judged.values()],
            "classes": [each.bounce_class for each, _ in judged.values()],
            "ends": [ends for _, ends in judged.values()],
            "evidence": [_evidence(delivery, each) for each, _ in judged.values()],
        },
    )
    if added:
        _record_many(uow, delivery, added)
    return added


def _ends(failure: Failure, policy: SuppressionSettings) -> bool | None:
    """Whether a failure ends the writing at once; None when it says nothing about the address."""
    if failure.bounce_class is None:
        return None
    bounce_class = BounceClass(failure.bounce_class)
    final = failure.is_permanent
    if final is None:
        final = rules.is_final(failure.enhanced_code, failure.reply_code)
    if rules.ends_at_once(bounce_class, is_permanent=final, at_once=policy.at_once):
        return True
    return False if bounce_class in policy.streak_classes else None


def _evidence(delivery: Failing, failure: Failure) -> str:
    said = {
        "delivery_id": delivery.delivery_id,
        "ordinal": failure.ordinal,
        "status": failure.enhanced_code,
        "reply_code": failure.reply_code,
        "text": (failure.text or "")[:_MAX_TEXT] or None,
    }
    return orjson.dumps({name: value for name, value in said.items() if value is not None}).decode()


def _record_many(uow: UnitOfWork, delivery: Failing, count: int) -> None:
    """One line in the audit for what one batch did; who and why stands with each suppression."""
    uow.emit(
        MailerActionRecordedV1(
            at=uow.now,
            actor_id="service:mailer",
            action="suppression.add",
            target_type="delivery",
            target_id=delivery.delivery_id,
            group_id=delivery.group_id,
            detail={"reason": "failed for good", "count": str(count)},
            correlation_id=uow.correlation_id,
        )
    )


async def judge_some(uow: UnitOfWork) -> list[Candidate]:
    """Some addresses that failed since they were last looked at."""
    return await repository.judge_some(uow.session, uow.now, _BATCH)


def has_streak(candidate: Candidate, succeeded: Sequence[datetime], policy: SuppressionSettings) -> bool:
    """Whether an address failed often and long enough without a success between."""
    streak = StreakPolicy(
        policy.streak_count, timedelta(days=policy.streak_days), timedelta(hours=policy.streak_gap_hours)
    )
    return rules.has_streak(candidate.mailed, succeeded, streak)


async def forget_strikes(uow: UnitOfWork) -> bool:
    """Remove some strikes of long ago; false when none is left."""
    return await repository.forget_strikes(uow.session, uow.now - _STRIKES_KEPT, _BATCH) == _BATCH
