"""A gateway with wrong credentials, certificate or encryption pauses with that reason, and nothing leaves in clear."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from common.observability.metrics import render
from mailer.gateways.service import Gateways, Line
from mailer.transport.service import GatewayDown, Opener
from tests.support.builders.pacing import SLOW_DOWN
from tests.support.certificates import Authority
from tests.support.feeding import Pile, messages
from tests.support.gateways import a_process, line_of, made
from tests.support.signing import Place, a_place
from tests.support.smtp_peer import Peer, a_peer

Clone = Callable[[str], str]


@pytest.fixture
async def place(clone: Clone) -> AsyncIterator[Place]:
    async with a_place(clone("mailer")) as found:
        yield found


async def connected(process: Gateways, line: Line) -> None:
    """Try as a sender does, with messages at hand."""
    assert line.pacer.may_connect()
    try:
        connection = await Opener(line.target).open(Pile.of(messages(3)))
    except GatewayDown as down:
        line.pacer.connection_failed(down.reason, is_refused_by_configuration=down.is_refused_by_configuration)
    else:
        line.opened(connection.extensions.size)
        connection.abort("enough")
    await process.refresh()


async def tried(place: Place, peer: Peer, **settings: Any) -> dict[str, Any]:
    """The gateway as the API shows it after an attempt."""
    gateway = await made(place, **{"host": "localhost", "port": peer.port, **settings})
    process = a_process(place)
    await process.refresh()
    line = line_of(process, gateway["id"])
    await connected(process, line)
    async with place.administrator() as client:
        shown: dict[str, Any] = (await client.get(f"/api/v1/gateways/{gateway['id']}")).json()
    if shown["state"] == "paused":
        assert not line.is_usable
        assert not line.pacer.may_connect()
        assert not line.pacer.admit("d.example")
    assert b"MAIL" not in peer.clear
    assert peer.count("MAIL") == 0
    return shown


async def test_wrong_credentials(place: Place) -> None:
    async with a_peer(Peer(account=("ada", "right"))) as peer:
        shown = await tried(place, peer, tls="none", user="ada", password="canary-wrong")
    assert shown["state"] == "paused"
    assert "user name and password: 535" in shown["problem"]
    assert "canary" not in shown["problem"]


async def test_a_certificate_that_proves_nothing(place: Place, tmp_path: Path) -> None:
    async with a_peer(Peer(starttls=Authority(tmp_path).server("localhost"))) as peer:
        shown = await tried(place, peer, tls="verified")
    assert shown["state"] == "paused"
    assert "certificate" in shown["problem"]


async def test_encryption_that_somebody_stripped(place: Place) -> None:
    async with a_peer() as peer:
        shown = await tried(place, peer, tls="required")
    assert shown["state"] == "paused"
    assert "does not offer encryption" in shown["problem"]


async def test_a_server_that_is_away_is_failing_and_not_paused(place: Place) -> None:
    async with a_peer() as peer:
        pass
    shown = await tried(place, peer, tls="none")
    assert (shown["state"], "nothing listens" in shown["problem"]) == ("failing", True)


async def test_metrics_name_gateways_and_reasons_and_never_destinations(place: Place) -> None:
    process = a_process(place)
    await process.refresh()
    line = line_of(process, "default")
    for _ in range(3):
        assert line.pacer.admit("canary-destination.example")
        line.pacer.report("canary-destination.example", SLOW_DOWN)
    await process.refresh()
    said = render().decode()
    assert 'mailer_gateway_slowness{code="backing_off",gateway="default"} 1.0' in said
    assert "canary-destination" not in said
