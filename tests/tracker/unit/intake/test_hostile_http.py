"""What comes from the outside may be anything: it gets a plain refusal, costs little, and disturbs nobody else."""

import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.builders.tracker import KEYS, a_token
from tests.support.intake_site import LINK, PIXEL, Client, Site, a_site, request
from tests.tracker.unit.intake.test_forgery import mutations
from tracker.intake.spool.reading import SpoolReader
from tracker.intake.spool.record import Hit, decode

HOST = "Host: go.example.org"


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with a_site(tmp_path) as opened:
        yield opened


@pytest.fixture
async def client(site: Site) -> AsyncIterator[Client]:
    made = await site.connect()
    yield made
    await made.leave()


def recorded(site: Site) -> list[Hit]:
    reader, hits = SpoolReader(site.process.folder), []
    while batch := reader.next_batch():
        hits += [decode(line.partition("\t")[2]) for line in batch.lines]
        reader.advance(batch)
    return hits


async def is_refused(client: Client, status: int) -> None:
    """One plain answer without a way on, and the end of the connection."""
    answer = await client.rest()
    assert answer.startswith(b"HTTP/1.1 %d " % status), answer
    assert answer.count(b"HTTP/1.1 ") == 1
    assert b"location:" not in answer.lower()
    assert b"connection: close" in answer


SMUGGLED = f"GET {LINK} HTTP/1.1\r\n{HOST}\r\n\r\n"


@pytest.mark.parametrize(
    "shape",
    [
        f"GET {PIXEL} HTTP/1.1\r\n{HOST}\r\nContent-Length: {len(SMUGGLED)}\r\n\r\n{SMUGGLED}",
        f"GET {PIXEL} HTTP/1.1\r\n{HOST}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{SMUGGLED}",
        f"GET {PIXEL} HTTP/1.1\r\n{HOST}\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n{SMUGGLED}",
        f"GET {PIXEL} HTTP/1.1\r\n{HOST}\r\nContent-Length: 0\r\nContent-Length: 9\r\n\r\n{SMUGGLED}",
        f"GET {PIXEL} HTTP/1.1\r\n{HOST}\r\nContent-Length: +0\r\n\r\n{SMUGGLED}",
        f"GET {PIXEL} HTTP/1.1\r\n{HOST}\r\nContent-Length: -1\r\n\r\n{SMUGGLED}",
        f"GET {PIXEL} HTTP/1.1\r\n{HOST}\r\nTransfer-Encoding: xchunked\r\n\r\n{SMUGGLED}",
        f"GET {PIXEL} HTTP/1.1\r\n{HOST}\r\nTransfer-Encoding : chunked\r\n\r\n{SMUGGLED}",
        f"GET {PIXEL} HTTP/1.1\r\n{HOST}\r\n Folded: x\r\n\r\n{SMUGGLED}",
        f"GET {PIXEL} HTTP/1.1\n{HOST}\n\n{SMUGGLED}",
        f"GET {PIXEL} HTTP/1.1\r\n{HOST}\nX: y\r\n\r\n{SMUGGLED}",
        f"GET {PIXEL} HTTP/1.1\r\n{HOST}\rX: y\r\n\r\n{SMUGGLED}",
        f"GET {PIXEL} HTTP/1.1\r\nX: a\0b\r\n\r\n{SMUGGLED}",
        f"GET {PIXEL} HTTP/9.9\r\n{HOST}\r\n\r\n{SMUGGLED}",
        f"GET {PIXEL}\r\n\r\n{SMUGGLED}",
        f"GET {PIXEL} x HTTP/1.1\r\n{HOST}\r\n\r\n{SMUGGLED}",
        f"BREW {PIXEL} HTTP/1.1\r\n{HOST}\r\n\r\n{SMUGGLED}",
        f"get {PIXEL} HTTP/1.1\r\n{HOST}\r\n\r\n{SMUGGLED}",
        f"\r\n\r\nGET {PIXEL} HTTP/1.1\r\n{HOST}\r\n\r\n{SMUGGLED}",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        "\0" * 100 + "\r\n\r\n",
    ],
)
async def test_a_shape_that_two_servers_could_read_differently_is_one_refused_request(
    client: Client, site: Site, shape: str
) -> None:
    await client.say(shape.encode("latin-1"))
    await is_refused(client, 400)
    assert recorded(site) == []


async def test_a_body_is_not_read_and_what_looks_like_a_request_in_it_is_none(client: Client, site: Site) -> None:
    await client.say(f"POST {LINK} HTTP/1.1\r\n{HOST}\r\nContent-Length: {len(SMUGGLED)}\r\n\r\n{SMUGGLED}".encode())
    await is_refused(client, 405)
    assert recorded(site) == []


async def test_an_upgrade_is_answered_in_the_language_it_was_asked_in(client: Client, site: Site) -> None:
    await client.say(request(PIXEL, "GET", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AA"))
    status, _, _ = await client.reply()
    assert (status, await client.rest()) == (200, b"")
    assert len(recorded(site)) == 1


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (request(PIXEL, "GET", "X: " + "y" * (1 << 20)), 431),
        (request(PIXEL, "GET", *["X: y"] * 100_000), 431),
        (b"GET " + PIXEL.encode() + b" HTTP/1.1\r\nX: " + b"y" * (1 << 20), 431),
        (b"GET /c/" + b"A" * (1 << 20) + b" HTTP/1.1\r\n\r\n", 414),
        (b"GET /c/" + b"A" * (1 << 20), 414),
        (b"A" * (1 << 20), 414),
    ],
)
async def test_a_megabyte_of_anything_is_refused_after_eight_kilobytes(
    client: Client, site: Site, sent: bytes, status: int
) -> None:
    await client.say(sent)
    client.end()
    await is_refused(client, status)
    assert recorded(site) == []


async def test_the_largest_head_that_is_taken_and_the_smallest_that_is_not(site: Site) -> None:
    base = len(request(PIXEL, "GET", "X: "))
    for pad, status in (((8 << 10) - base, 200), ((8 << 10) - base + 1, 431)):
        client = await site.connect()
        assert (await client.ask(PIXEL, "GET", "X: " + "y" * pad))[0] == status
        await client.leave()


@pytest.mark.parametrize(
    "agent",
    [
        "<script>alert(1)</script>" * 200,
        "'; DROP TABLE reactions; --",
        "\x80\x9f\xff" * 500,
        "a\tb\tc\td",
        "x" * 7_000,
        "={1+1}",
        "${jndi:ldap://x}",
    ],
)
async def test_a_hostile_program_or_referer_is_kept_short_or_not_at_all(client: Client, site: Site, agent: str) -> None:
    await client.say(
        f"GET {LINK} HTTP/1.1\r\n{HOST}\r\nUser-Agent: {agent}\r\nReferer: https://secret.example/\r\n\r\n".encode(
            "latin-1"
        )
    )
    assert (await client.reply())[0] == 302
    (hit,) = recorded(site)
    assert len(hit.agent) <= 256
    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for character in hit.agent)
    spooled = b"".join(path.read_bytes() for path in site.process.folder.segments.iterdir())
    assert b"secret.example" not in spooled


async def test_garbage_gets_an_answer_or_an_end_and_the_next_client_is_served(site: Site) -> None:
    dice = random.Random(7)  # noqa: S311  repeatable
    pieces = [
        b"GET ",
        b"/o/",
        b"/c/",
        PIXEL.encode(),
        b" HTTP/1.1\r\n",
        b"\r\n",
        b"\r\n\r\n",
        b"Host: x\r\n",
        b"\0",
        b" ",
    ]
    for _ in range(300):
        client = await site.connect()
        made = b"".join(dice.choice([*pieces, dice.randbytes(dice.randrange(1, 60))]) for _ in range(12))
        await client.say(made)
        client.end()
        for line in (await client.rest()).split(b"\r\n"):
            assert not line.lower().startswith(b"location")
            assert not line.startswith(b"HTTP/") or line.split()[1] in (b"200", b"400", b"404", b"405", b"414", b"431")
        await client.leave()
    good = await site.connect()
    assert (await good.ask(LINK))[0] == 302
    await good.leave()


async def test_forged_paths_over_the_wire_lead_nowhere(client: Client, site: Site) -> None:
    dice, tried = random.Random(16), 0  # noqa: S311  repeatable
    while tried < 1_000:
        token = a_token(subject=dice.randrange(1, 2**48))
        paths = [
            path
            for path in mutations(token, KEYS.seal_target(token, 2, "https://example.org/ada"), dice)
            if path.isascii() and path.isprintable() and " " not in path
        ]
        await client.say(b"".join(map(request, paths)))
        for path in paths:
            status, fields, _ = await client.reply()
            assert status == 404, path
            assert "location" not in fields
        tried += len(paths)
    assert recorded(site) == []
