"""The check really connects, and says step by step what happened."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.certificates import Authority
from tests.support.gateways import made
from tests.support.signing import Place, a_place
from tests.support.smtp_peer import Peer, a_peer, on

Clone = Callable[[str], str]


@pytest.fixture
async def place(clone: Clone) -> AsyncIterator[Place]:
    smtp = {"host": "127.0.0.1", "port": 1, "tls": "none", "connect_seconds": 1.0}
    async with a_place(clone("mailer"), smtp=smtp) as found:
        yield found


async def checked(place: Place, **settings: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a check of such a gateway says, and the gateway afterwards."""
    gateway = await made(place, **settings)
    async with place.administrator() as client:
        answer = await client.post(f"/api/v1/gateways/{gateway['id']}/check")
        assert answer.status_code == 200, answer.text
        return answer.json(), (await client.get(f"/api/v1/gateways/{gateway['id']}")).json()


def steps(said: dict[str, Any]) -> list[tuple[str, bool]]:
    return [(step["name"], step["ok"]) for step in said["steps"]]


async def test_a_gateway_that_works_passes_every_step_and_its_size_is_remembered(place: Place) -> None:
    peer = Peer(features=("PIPELINING", "8BITMIME", "SIZE 10240000"), account=("ada", "right"))
    async with a_peer(peer):
        said, gateway = await checked(place, host="127.0.0.1", port=peer.port, tls="none", user="ada", password="right")
    assert said["ok"] is True
    assert steps(said) == [("connect", True), ("tls", True), ("sign_in", True), ("extensions", True)]
    offered = said["extensions"]
    assert (offered["size"], offered["pipelining"], offered["smtputf8"]) == (10_240_000, True, False)
    assert gateway["max_size"] == 10_240_000
    assert peer.count("MAIL") == 0
    assert peer.count("QUIT") == 1


async def test_encryption_is_said_to_be_there(place: Place, tmp_path: Path) -> None:
    async with a_peer(Peer(starttls=Authority(tmp_path).server("localhost"))) as peer:
        said, _ = await checked(place, host="localhost", port=peer.port, tls="required")
    assert said["steps"][1] == {"name": "tls", "ok": True, "detail": "encrypted"}


async def test_a_certificate_nobody_vouches_for_fails_where_proof_is_asked(place: Place, tmp_path: Path) -> None:
    async with a_peer(Peer(starttls=Authority(tmp_path).server("localhost"))) as peer:
        said, _ = await checked(place, host="localhost", port=peer.port, tls="verified")
    assert (said["ok"], steps(said)) == (False, [("connect", True), ("tls", False)])
    assert "MAIL" not in peer.verbs


async def test_a_server_without_encryption_fails_where_it_is_demanded(place: Place) -> None:
    async with a_peer() as peer:
        said, _ = await checked(place, host="127.0.0.1", port=peer.port, tls="required")
    assert steps(said) == [("connect", True), ("tls", False)]
    assert "does not offer encryption" in said["steps"][-1]["detail"]


async def test_a_wrong_password_is_said_without_quoting_it(place: Place) -> None:
    async with a_peer(Peer(account=("ada", "right"))) as peer:
        said, _ = await checked(
            place, host="127.0.0.1", port=peer.port, tls="none", user="ada", password="s3cr3t-wrong"
        )
    assert steps(said) == [("connect", True), ("tls", True), ("sign_in", False)]
    assert "535" in said["steps"][-1]["detail"]
    assert "s3cr3t" not in str(said)


async def test_a_closed_port_and_a_silent_server_fail_in_time(place: Place) -> None:
    async with a_peer() as peer:
        port = peer.port
    closed, _ = await checked(place, host="127.0.0.1", port=port, tls="none")
    assert steps(closed) == [("connect", False)]
    async with a_peer(Peer(script=on("connect", then="silence"))) as peer:
        silent, _ = await checked(place, name="Silent", host="127.0.0.1", port=peer.port, tls="none")
    assert silent["steps"][-1] == {"name": "connect", "ok": False, "detail": "it does not answer"}


async def test_the_deployments_gateway_is_checked_alike(place: Place) -> None:
    async with place.administrator() as client:
        said = (await client.post("/api/v1/gateways/default/check")).json()
        assert (said["ok"], said["extensions"]) == (False, None)
