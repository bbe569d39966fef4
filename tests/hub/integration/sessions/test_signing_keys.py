import secrets
from datetime import timedelta

import pytest

from hub.config import HubSettings
from hub.sessions.sealing import SealBroken, Sealer
from hub.sessions.service.signing_keys import published_keys, rotate_keys, signing_pair
from hub.worker import Upkeep
from tests.support.builders.hub import HubUnderTest, rows


async def published(hub: HubUnderTest) -> list[str]:
    async with hub.unit() as uow:
        return [key["kid"] for key in await published_keys(uow)]


async def signing(hub: HubUnderTest) -> str:
    async with hub.unit() as uow:
        return (await signing_pair(uow, hub.sealer)).id


async def test_ten_weeks_keep_keys_young_and_every_token_verifiable(hub: HubUnderTest) -> None:
    signed_by, known = [await signing(hub)], await published(hub)
    for _ in range(2 * 70):
        hub.clock.advance(hours=12)
        async with hub.unit() as uow:
            await rotate_keys(uow, hub.sealer)
        now = await signing(hub)
        assert now in known, "a key signs only after it was published"
        known = await published(hub)
        assert len(known) <= 3
        if now != signed_by[-1]:
            assert signed_by[-1] in known, "what the last key signed must still verify"
            signed_by.append(now)
    assert len(signed_by) == 3


async def test_upkeep_makes_no_key_before_its_time(hub: HubUnderTest, settings: HubSettings) -> None:
    hub.clock.advance(days=29)
    await Upkeep(settings, hub.resources).once()
    assert len(await published(hub)) == 1


async def test_a_private_key_rests_sealed_and_moves_nowhere(hub: HubUnderTest, settings: HubSettings) -> None:
    hub.clock.advance(timedelta(days=30))
    await Upkeep(settings, hub.resources).once()
    async with hub.unit() as uow:
        private = (await signing_pair(uow, hub.sealer)).private
        stored = await rows(uow, "SELECT id, sealed_private_key FROM hub.signing_keys ORDER BY activates_at")
        assert all(private not in sealed for _, sealed in stored)
        with pytest.raises(SealBroken):
            await signing_pair(uow, Sealer([secrets.token_bytes(32)]))
        # One row's secret in another's place: the seal is bound to the key it is of.
        connection = await uow.session.connection()
        swapped = "UPDATE hub.signing_keys SET sealed_private_key = %s WHERE id = %s"
        await connection.exec_driver_sql(swapped, (stored[1][1], stored[0][0]))
        uow.session.expire_all()
        with pytest.raises(SealBroken):
            await signing_pair(uow, hub.sealer)
