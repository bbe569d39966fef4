"""Intake in front of the application, as recipients' programs meet it."""

import os
import threading
from collections.abc import AsyncIterator

import pytest

from common.contracts.lui import TrackingLevel
from common.http import httpx
from common.service.resources import Resources
from tests.support.builders.tracker import KEYS, a_token, an_entry
from tests.support.http import Callers, StubHub
from tests.support.wait import eventually
from tracker.app import reports_app, with_intake
from tracker.config import TrackerSettings
from tracker.intake import metrics
from tracker.intake.process import IntakeOptions, IntakeProcess
from tracker.intake.spool.frames import read_frames
from tracker.intake.spool.record import Hit, decode
from tracker.intake.spool.writer import SpoolLimits

ADDRESS = "203.0.113.77"
AGENT = "Mozilla/5.0 (X11) Rare-Browser/77.123"


@pytest.fixture
async def process(settings: TrackerSettings) -> AsyncIterator[IntakeProcess]:
    opened = IntakeProcess.open(IntakeOptions(settings.data_dir, KEYS, SpoolLimits(segment_size=1 << 20, reserve=0)))
    links = [(1, "https://example.org/1", False), (2, "https://{{ x }}.example/", True)]
    for number, level in enumerate(TrackingLevel, 1):
        opened.links.add([an_entry(number, level, links, position=number)])
    yield opened
    await opened.close()


@pytest.fixture
async def client(
    settings: TrackerSettings, resources: Resources, process: IntakeProcess
) -> AsyncIterator[httpx.AsyncClient]:
    app = with_intake(reports_app(settings, resources), process, resources.clock)
    transport = httpx.ASGITransport(app=app, client=(ADDRESS, 4711))
    async with httpx.AsyncClient(
        transport=transport, base_url="https://track.example.org", headers={"User-Agent": AGENT}
    ) as opened:
        yield opened


def number_of(level: TrackingLevel) -> int:
    return list(TrackingLevel).index(level) + 1


def recorded(process: IntakeProcess) -> list[Hit]:
    """What is in the spool, without touching it."""
    frames = [payload for path in process.folder.segments.iterdir() for _, payload in read_frames(path.read_bytes())]
    return [decode(payload.decode()) for payload in frames[1:]]


async def test_an_answered_hit_is_on_disk(client: httpx.AsyncClient, process: IntakeProcess) -> None:
    token = a_token(number_of(TrackingLevel.PERSONAL))
    pixel = await client.get(f"/o/{token}.gif")
    click = await client.get(f"/c/{token}/1")

    assert (pixel.status_code, len(pixel.content), pixel.headers["content-type"]) == (200, 43, "image/gif")
    assert (click.status_code, click.headers["location"]) == (302, "https://example.org/1")
    assert [(hit.kind, hit.subject, hit.link_number, hit.network) for hit in recorded(process)] == [
        ("o", 3, 0, "203.0.113.0/24"),
        ("c", 3, 1, "203.0.113.0/24"),
    ]


async def test_head_gets_the_same_headers_without_a_body(client: httpx.AsyncClient, process: IntakeProcess) -> None:
    path = f"/o/{a_token(number_of(TrackingLevel.UNIQUE))}.gif"
    got, asked = await client.get(path), await client.head(path)

    assert (asked.status_code, asked.content, asked.headers) == (got.status_code, b"", got.headers)
    assert [hit.method for hit in recorded(process)] == ["GET", "HEAD"]


async def test_the_query_is_ignored_wherever_it_points(client: httpx.AsyncClient) -> None:
    token = a_token(number_of(TrackingLevel.UNIQUE))
    for query in ("url=https://evil.example/", "1", "next=//evil.example", "%0d%0aLocation:%20x"):
        response = await client.get(f"/c/{token}/1?{query}")
        assert response.headers["location"] == "https://example.org/1"


async def test_a_crawler_that_tries_every_method_is_recorded_for_what_it_read(
    client: httpx.AsyncClient, process: IntakeProcess
) -> None:
    token = a_token(number_of(TrackingLevel.UNIQUE))
    statuses = {
        method: (await client.request(method, f"/c/{token}/1")).status_code
        for method in ("GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH")
    }

    assert statuses == {"GET": 302, "HEAD": 302, **dict.fromkeys(("OPTIONS", "POST", "PUT", "DELETE", "PATCH"), 405)}
    assert [hit.method for hit in recorded(process)] == ["GET", "HEAD"]


@pytest.mark.parametrize(
    "path", ["/c/", "/o/x.gif", "/c/x/1", "/%6f/x.gif", "/c/%2e%2e/%2e%2e/api/v1/openapi.json", "/o/../o/x.gif"]
)
async def test_what_does_not_verify_is_plainly_not_found(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(path)

    assert response.status_code == 404
    assert "location" not in response.headers
    assert "set-cookie" not in response.headers


async def test_everything_else_is_the_applications(client: httpx.AsyncClient) -> None:
    assert (await client.get("/health/live")).status_code == 200
    assert (await client.get("/api/v1/deliveries/x/report")).status_code == 401
    assert (await client.get("/robots.txt")).text == "User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize(
    "level", [TrackingLevel.BLIND, TrackingLevel.UNIQUE, TrackingLevel.ANONYMOUS, TrackingLevel.PERSONAL]
)
async def test_the_spool_holds_no_more_than_the_level_promises(
    client: httpx.AsyncClient, process: IntakeProcess, level: TrackingLevel
) -> None:
    token = a_token(number_of(level), 0 if level is TrackingLevel.BLIND else 2**40 + 1)
    forwarded = {"X-Forwarded-For": "198.51.100.9", "Cookie": "who=ada", "Referer": "https://mail.example/ada"}
    for path in (f"/o/{token}.gif?to=ada@example.org", f"/c/{token}/1?to=ada@example.org"):
        assert (await client.get(path, headers=forwarded)).status_code in (200, 302)

    content = b"".join(path.read_bytes() for path in process.folder.segments.iterdir())
    assert len(recorded(process)) == 2
    for secret in (token, ADDRESS, "198.51.100", "ada", "mail.example", "track.example"):
        assert secret.encode() not in content, secret
    is_personal = level is TrackingLevel.PERSONAL
    assert (b"Rare-Browser" in content) is is_personal
    assert (b"203.0.113." in content) is is_personal
    assert (str(2**40 + 1).encode() in content) is (level is not TrackingLevel.BLIND)


async def test_blind_hits_of_one_hour_differ_in_nothing(client: httpx.AsyncClient, process: IntakeProcess) -> None:
    token = a_token(number_of(TrackingLevel.BLIND), 0)
    for agent in (AGENT, "Mozilla/5.0 (Windows NT 10.0)", "Mozilla/5.0 (iPhone)"):
        await client.get(f"/o/{token}.gif", headers={"User-Agent": agent})

    assert len(set(recorded(process))) == 1
    assert recorded(process)[0].at_ms % 3_600_000 == 0


async def test_a_slow_disk_delays_an_answer_by_a_quarter_of_a_second_at_most_and_loses_nothing(
    client: httpx.AsyncClient, process: IntakeProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, disk = a_token(number_of(TrackingLevel.UNIQUE)), threading.Event()
    await client.get(f"/c/{token}/1")
    real = os.fdatasync
    monkeypatch.setattr(os, "fdatasync", lambda descriptor: (disk.wait(20), real(descriptor)))
    late = metrics.LATE._value.get()

    response = await client.get(f"/c/{token}/1")

    assert (response.status_code, metrics.LATE._value.get() - late) == (302, 1)
    assert SpoolLimits().deadline == 0.25
    disk.set()
    await eventually(lambda: len(recorded(process)) == 2)


async def test_what_the_client_sends_is_not_written_to_logs_or_metrics(
    client: httpx.AsyncClient, capfd: pytest.CaptureFixture[str]
) -> None:
    token = a_token(number_of(TrackingLevel.PERSONAL))
    await client.get(f"/o/{token}.gif?to=ada@example.org")
    await client.get(f"/c/{token}/9")
    numbers = (await client.get("/metrics")).text

    said = "".join(capfd.readouterr()) + numbers
    for secret in (token, ADDRESS, "ada@example.org", "Rare-Browser"):
        assert secret not in said


async def test_the_reports_are_still_behind_their_rights(
    settings: TrackerSettings, resources: Resources, process: IntakeProcess, hub: StubHub
) -> None:
    app = with_intake(reports_app(settings, resources), process, resources.clock)
    async with Callers(app, settings, hub).as_service("mailer") as mailer:
        assert (
            await mailer.get("/internal/v1/report?delivery_id=0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d01")
        ).status_code == 403
