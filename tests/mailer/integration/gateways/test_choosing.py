"""Which gateway a message takes, and what is remembered when the database is away."""

from collections.abc import Callable, Sequence

from sqlalchemy import text

from mailer.gateways.rules.breaker import Pause
from mailer.gateways.rules.results import Result
from mailer.gateways.service import Gateways
from tests.support.builders.pacing import Said, Turned
from tests.support.gateways import a_process, column, line_of, made, sent_through
from tests.support.signing import Place

Clone = Callable[[str], str]


def ids_chosen(process: Gateways, keys: Sequence[int]) -> dict[int, str]:
    """Which gateway each key gets, for a sender no gateway names."""
    return {key: line.id for key in keys if (line := process.choose("other.example", key, "live")) is not None}


async def test_gateways_are_chosen_by_domain_then_by_weight_and_those_that_fail_are_left_out(place: Place) -> None:
    named = await made(place, name="Named", sender_domains=["news.example"])
    heavy = await made(place, name="Heavy", weight=3)
    clock = Turned()
    process = a_process(place, clock=clock)
    await process.refresh()
    assert {getattr(process.choose("News.Example", key, "live"), "id", None) for key in range(100)} == {named["id"]}
    keys = range(2_000)
    before = ids_chosen(process, keys)
    assert set(before.values()) == {"default", heavy["id"]}
    assert 1_350 < list(before.values()).count(heavy["id"]) < 1_650
    failing = line_of(process, heavy["id"])
    assert failing.pacer.may_connect()
    failing.pacer.connection_failed("nothing listens", is_refused_by_configuration=False)
    assert process.leaves(failing, "other.example")
    assert not process.leaves(line_of(process, "default"), "other.example")
    clock.now += 1
    assert set(ids_chosen(process, keys).values()) == {"default"}
    clock.now += 60
    assert list(ids_chosen(process, keys).values()).count(heavy["id"]) == 1
    assert process.problem("other.example") is None
    failing.opened(None)
    assert ids_chosen(process, keys) == before
    assert process.choose("news.example", 1, "rehearsal") is None


async def test_a_gateway_that_is_removed_or_switched_off_is_used_no_more(place: Place) -> None:
    gateway = await made(place, sender_domains=["news.example"])
    process = a_process(place)
    await process.refresh()
    line = line_of(process, gateway["id"])
    async with place.administrator() as client:
        path = f"/api/v1/gateways/{gateway['id']}"
        assert (await client.patch(path, json={"is_enabled": False})).json()["state"] == "off"
        await process.refresh()
        assert not line.is_usable
        assert (process.choose("news.example", 1, "live") or line).id == "default"
        await client.patch(path, json={"is_enabled": True})
        await process.refresh()
        assert process.choose("news.example", 1, "live") is line
        await client.delete(path)
    await process.refresh()
    assert not line.is_usable
    assert (process.choose("news.example", 1, "live") or line).id == "default"


async def test_refreshing_survives_a_database_that_is_away(place: Place) -> None:
    process = a_process(place)
    await process.refresh()
    await place.resources.engine.dispose()
    away = Gateways(place.settings, type(process._means)(_Away(), place.sealer, None, process._means.process))  # type: ignore[arg-type]
    await away.refresh()
    await away.close()
    assert away.choose("news.example", 1, "live") is not None


class _Away:
    """No database."""

    def __call__(self) -> None:
        raise OSError("away")


async def test_a_deferral_of_one_recipient_is_no_reason(place: Place) -> None:
    process = a_process(place)
    await process.refresh()
    line = line_of(process, "default")
    assert line.pacer.admit("d.example")
    line.pacer.report("d.example", Result.deferred(Said(452, "4.2.2 full")))
    assert list(line.pacer.slowness()) == []


async def alter_outbox(place: Place, how: str) -> None:
    """Let commits fail from now on, or no more."""
    async with place.resources.engine.begin() as connection:
        await connection.execute(text(f"ALTER TABLE mailer.outbox {how}"))


async def test_what_could_not_be_committed_is_neither_used_nor_forgotten(place: Place) -> None:
    gateway = await made(place, rate_per_hour=400)
    process = a_process(place)
    await process.refresh()
    line = line_of(process, gateway["id"])
    assert sent_through(line, 100) == 10
    line.pacer.stop(Pause("d.example", "blocks", "for a reason"))
    await alter_outbox(place, "ADD CONSTRAINT shut CHECK (false) NOT VALID")
    await process.refresh()
    assert not line.pacer.admit("other.example")
    assert await column(place.resources.uow, "SELECT used FROM mailer.gateway_usage") == [10]
    assert not line.pacer.admit("d.example")
    await alter_outbox(place, "DROP CONSTRAINT shut")
    await process.refresh()
    assert sent_through(line, 100, "other.example") == 10
    assert await column(place.resources.uow, "SELECT destination FROM mailer.destination_pauses") == ["d.example"]
    # The sum over all destinations: ten of the first block, ten of the second.
    await process.close()
    assert await column(place.resources.uow, "SELECT accepted FROM mailer.destination_days") == [20]


async def test_counting_what_was_accepted_costs_few_rows_however_many_destinations_there_are(place: Place) -> None:
    gateway = await made(place)
    process = a_process(place)
    await process.refresh()
    line = line_of(process, gateway["id"])
    for number in range(3_000):
        assert sent_through(line, 1, f"small{number}.example") == 1
    assert sent_through(line, 500, "large.example") == 500
    for _ in range(5):
        await process.refresh()
    await process.close()
    rows = "SELECT destination || ' ' || accepted FROM mailer.destination_days ORDER BY 1"
    assert await column(place.resources.uow, rows) == [" 3500", "large.example 500"]
