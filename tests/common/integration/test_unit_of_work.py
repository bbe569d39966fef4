import pytest
from sqlalchemy import select
from sqlalchemy.exc import InternalError

from common.contracts.hub import HubActionRecordedV1, HubSeenV1
from common.messaging.outbox import FactTooLarge
from common.messaging.unit_of_work import NothingMayBeStated
from common.service.resources import Resources
from tests.common.sample.tables import Note, Outbox
from tests.support.bus import stated

ACTION = HubActionRecordedV1.model_validate(HubActionRecordedV1.examples[0])
SEEN, SEEN_LATER = (HubSeenV1.model_validate(example) for example in HubSeenV1.examples)


async def test_a_fact_is_stated_with_the_effect_or_not_at_all(resources: Resources) -> None:
    async with resources.uow() as uow:
        uow.session.add(Note(text="kept"))
        uow.emit(ACTION)
    with pytest.raises(ZeroDivisionError):
        await _write_and_fail(resources)
    async with resources.uow.reader() as uow:
        assert list(await uow.session.scalars(select(Note.text))) == ["kept"]
    assert await stated(resources, HubActionRecordedV1) == [ACTION]


async def test_facts_keep_their_order_within_a_unit(resources: Resources) -> None:
    facts = [ACTION.model_copy(update={"target_id": str(number)}) for number in range(20)]
    async with resources.uow() as uow:
        for fact in facts:
            uow.emit(fact)
    assert await stated(resources, HubActionRecordedV1) == facts


async def test_a_coalesced_fact_replaces_the_one_that_waits_and_no_other(resources: Resources) -> None:
    async with resources.uow() as uow:
        uow.emit(SEEN, coalesce="a")
        uow.emit(SEEN, coalesce="b")
    first_ids = await _ids(resources)
    async with resources.uow() as uow:
        uow.emit(SEEN, coalesce="a")
        uow.emit(SEEN_LATER, coalesce="a")
    assert await stated(resources, HubSeenV1) == [SEEN_LATER, SEEN]
    assert (await _ids(resources))[0] != first_ids[0], "a relay that published the old body must not mark the new one"


async def test_a_fact_carries_what_caused_it(resources: Resources) -> None:
    async with resources.uow(correlation_id="c-1", causation_id="m-1") as uow:
        uow.emit(ACTION)
    async with resources.uow.reader() as uow:
        row = (await uow.session.scalars(select(Outbox))).one()
    assert row.headers["Correlation-Id"] == "c-1"
    assert row.headers["Causation-Id"] == "m-1"
    assert row.headers["Occurred-At"] == row.created_at.isoformat()


async def test_what_nats_would_never_take_is_not_stated(resources: Resources) -> None:
    """It would stand at the head of the outbox for ever."""
    with pytest.raises(FactTooLarge, match=r"hub\.action\.recorded\.v1"):
        await _emit(resources, ACTION.model_copy(update={"target_id": "ü" * 500_001}))
    await _emit(resources, ACTION.model_copy(update={"target_id": "ü" * 450_000}))
    assert len(await stated(resources, HubActionRecordedV1)) == 1


async def test_a_reader_changes_nothing_and_states_nothing(resources: Resources) -> None:
    async with resources.uow.reader() as uow:
        with pytest.raises(NothingMayBeStated):
            uow.emit(ACTION)
        uow.session.add(Note(text="no"))
        with pytest.raises(InternalError, match="read-only"):
            await uow.session.flush()
    async with resources.uow() as uow:  # the connection went back without staying read-only
        uow.session.add(Note(text="yes"))


async def _write_and_fail(resources: Resources) -> None:
    async with resources.uow() as uow:
        uow.session.add(Note(text="lost"))
        uow.emit(ACTION)
        await uow.session.flush()
        raise ZeroDivisionError


async def _emit(resources: Resources, fact: HubActionRecordedV1) -> None:
    async with resources.uow() as uow:
        uow.emit(fact)


async def _ids(resources: Resources) -> list[str]:
    async with resources.uow.reader() as uow:
        return list(await uow.session.scalars(select(Outbox.id).order_by(Outbox.position)))
