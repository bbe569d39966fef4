"""A handler that notes what it got and fails when told to, and what became of it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from common.contracts.hub import HubActionRecordedV1, HubSeenV1
from common.messaging import dead_letters
from common.messaging.unit_of_work import UnitOfWork
from common.service.resources import Resources
from tests.common.sample.tables import DeadLetter, Note

ACTION = HubActionRecordedV1.model_validate(HubActionRecordedV1.examples[0])


def action(target: object) -> HubActionRecordedV1:
    return ACTION.model_copy(update={"target_id": str(target)})


@dataclass
class Handler:
    """Writes a note per fact and states a fact of its own; fails as often as it is told to."""

    failures: dict[str, int] = field(default_factory=dict)
    calls: list[list[str]] = field(default_factory=list)
    causes: list[str | None] = field(default_factory=list)
    correlations: list[str] = field(default_factory=list)
    gate: asyncio.Event | None = None

    async def one(self, uow: UnitOfWork, fact: HubActionRecordedV1) -> None:
        await self.many(uow, [fact])

    async def many(self, uow: UnitOfWork, facts: Sequence[HubActionRecordedV1]) -> None:
        self.calls.append([fact.target_id for fact in facts])
        self.causes.append(uow.causation_id)
        self.correlations.append(uow.correlation_id)
        for fact in facts:
            uow.session.add(Note(text=fact.target_id))
            uow.emit(HubSeenV1.model_validate(HubSeenV1.examples[0]))
        await uow.session.flush()
        if self.gate is not None:
            await self.gate.wait()
        for fact in facts:
            if self.failures.get(fact.target_id, 0) > 0:
                self.failures[fact.target_id] -= 1
                raise ValueError(f"no {fact.target_id}")


async def notes(resources: Resources) -> list[str]:
    async with resources.uow.reader() as uow:
        return sorted(await uow.session.scalars(select(Note.text)))


async def letters(resources: Resources) -> list[dead_letters.DeadLetterMixin]:
    async with resources.uow.reader() as uow:
        return list(await dead_letters.listed(uow.session, DeadLetter))
