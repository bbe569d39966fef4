"""Looking at an unsubscribe link changes nothing; one POST ends the subscription."""

import itertools
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import orjson
import pytest

from common.contracts.lui import LuiActionRecordedV1, SubscriptionEndedV1
from common.contracts.mailer import UnsubscribeReceivedV1
from common.contracts.signed_token import Purpose, TokenKeys
from common.http import httpx
from common.ids import new_id
from lui.audience import service as audience
from lui.deliveries.models import Delivery
from lui.subscriber_pages import service
from lui.subscriber_pages.routes import router
from lui.worker import SUBSCRIPTIONS
from tests.lui.integration.deliveries.world import GROUP, MASTER_KEY, Asked, World, a_world
from tests.support.bus import stated
from tests.support.clock import START
from tests.support.engines import Postgres

KEYS = TokenKeys([MASTER_KEY])
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
BROWSER = {"Accept": "text/html,application/xhtml+xml"}


@dataclass
class Mailer:
    """mailer as far as suppressions go."""

    is_away: bool = False
    asked: list[httpx.Request] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.is_away:
            raise httpx.ConnectError("away", request=request)
        self.asked.append(request)
        return httpx.Response(200, json={})


@pytest.fixture
def mailer() -> Mailer:
    return Mailer()


@pytest.fixture
async def lui(clone: Callable[[str], str], mailer: Mailer) -> AsyncIterator[World]:
    async with a_world(
        clone("lui"), [router], neighbours=httpx.MockTransport(mailer), subscriptions=SUBSCRIPTIONS
    ) as world:
        yield world


@pytest.fixture
async def anyone(lui: World) -> AsyncIterator[httpx.AsyncClient]:
    async with lui.callers.anonymous() as client:
        yield client


def link_to(delivery: Delivery, ordinal: int) -> str:
    return f"/u/{KEYS.mint_action(Purpose.UNSUBSCRIBE, delivery.number, ordinal)}"


async def ended(lui: World) -> list[SubscriptionEndedV1]:
    return await stated(lui.resources, SubscriptionEndedV1)


async def test_one_click_is_recorded_and_obeyed_before_it_is_answered(
    lui: World, mailer: Mailer, anyone: httpx.AsyncClient
) -> None:
    delivery = await lui.a_delivery()
    reply = await anyone.post(link_to(delivery, 2), data=ONE_CLICK)
    assert reply.status_code == 200
    [fact] = await ended(lui)
    assert (fact.delivery_id, fact.delivery_number, fact.ordinal) == (delivery.id, delivery.number, 2)
    assert (fact.group_id, fact.reason) == (GROUP, "one_click")
    [asked] = mailer.asked
    assert (asked.method, asked.url.path) == ("PUT", "/internal/v1/suppressions/by-envelope")
    assert orjson.loads(asked.content) == {
        "delivery_id": delivery.id,
        "ordinal": 2,
        "address": "r2@example.net",
        "group_id": GROUP,
        "reason": "one_click",
    }


async def test_one_click_works_in_both_encodings_of_rfc_8058(lui: World, anyone: httpx.AsyncClient) -> None:
    delivery = await lui.a_delivery()
    urlencoded = await anyone.post(
        link_to(delivery, 1),
        content=b"List-Unsubscribe=One-Click",
        headers={"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"},
    )
    multipart = await anyone.post(link_to(delivery, 2), files={"List-Unsubscribe": (None, "One-Click")})
    assert (urlencoded.status_code, multipart.status_code) == (200, 200)
    assert [fact.ordinal for fact in await ended(lui)] == [1, 2]


async def test_the_record_names_nobody(lui: World, anyone: httpx.AsyncClient) -> None:
    delivery = await lui.a_delivery()
    await anyone.post(link_to(delivery, 2), data=ONE_CLICK)
    recorded = [fact for fact in await stated(lui.resources, LuiActionRecordedV1) if fact.action == "subscription.end"]
    [fact] = recorded
    assert (fact.actor_id, fact.target_id, fact.detail) == (None, delivery.id, {"ordinal": 2, "reason": "one_click"})
    assert "example.net" not in fact.model_dump_json()


async def test_the_page_asks_and_its_form_is_enough(lui: World, anyone: httpx.AsyncClient) -> None:
    delivery = await lui.a_delivery()
    page = await anyone.get(link_to(delivery, 3), headers=BROWSER)
    assert page.status_code == 200
    assert "Ada &amp; Co" in page.text
    assert 'name="unsubscribe" value="yes"' in page.text
    done = await anyone.post(link_to(delivery, 3), data={"unsubscribe": "yes"}, headers=BROWSER)
    assert (done.status_code, "You are unsubscribed" in done.text) == (200, True)
    assert [fact.reason for fact in await ended(lui)] == ["page"]
    again = await anyone.get(link_to(delivery, 3), headers=BROWSER)
    assert "You are unsubscribed" in again.text


async def test_scanners_may_follow_every_link_and_nobody_is_unsubscribed(
    lui: World, mailer: Mailer, anyone: httpx.AsyncClient
) -> None:
    delivery = await lui.a_delivery(Asked(recipients=50))
    for ordinal, method in itertools.product(range(1, 51), ("GET", "HEAD", "OPTIONS")):
        reply = await anyone.request(method, link_to(delivery, ordinal))
        assert reply.status_code == (405 if method == "OPTIONS" else 200)
        assert "set-cookie" not in reply.headers
        assert "location" not in reply.headers
    assert await ended(lui) == []
    assert mailer.asked == []


URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
NOT_WISHES = [
    (b"", URLENCODED),
    (b"List-Unsubscribe=One-Click&more=1", URLENCODED),
    (b"List-Unsubscribe=one-click", URLENCODED),
    (b"List-Unsubscribe", URLENCODED),
    (b"List-Unsubscribe=One-Click&" * 100, URLENCODED),
    (b"List-Unsubscribe=" + b"x" * 20_000, URLENCODED),
    (b"\xff\xfe", URLENCODED),
    (b"List-Unsubscribe=One-Click", "text/plain"),
    (b"List-Unsubscribe=One-Click", MULTIPART),
    (b"List-Unsubscribe=One-Click", f"{MULTIPART}; boundary=x"),
    (
        b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"; filename="f"\r\n\r\nOne-Click\r\n--x--\r\n',
        f"{MULTIPART}; boundary=x",
    ),
    (b'{"List-Unsubscribe":"One-Click"}', "application/json"),
    (b"List-Unsubscribe=One-Click", None),
]


async def test_any_other_body_changes_nothing(lui: World, mailer: Mailer, anyone: httpx.AsyncClient) -> None:
    delivery = await lui.a_delivery()
    for body, encoding in NOT_WISHES:
        headers = {"Content-Type": encoding} if encoding else {}
        reply = await anyone.post(link_to(delivery, 1), content=body, headers=headers)
        assert (reply.status_code, reply.headers["content-type"]) == (422, "application/problem+json"), body[:50]
    assert await ended(lui) == []
    assert mailer.asked == []


async def test_asking_again_changes_nothing_and_is_answered_alike(
    lui: World, mailer: Mailer, anyone: httpx.AsyncClient
) -> None:
    delivery = await lui.a_delivery()
    replies = [await anyone.post(link_to(delivery, 1), data=ONE_CLICK) for _ in range(3)]
    assert [reply.status_code for reply in replies] == [200, 200, 200]
    assert len(await ended(lui)) == 1
    assert len(mailer.asked) == 3


async def test_while_mailer_is_away_the_wish_is_recorded_for_it(
    lui: World, mailer: Mailer, anyone: httpx.AsyncClient
) -> None:
    mailer.is_away = True
    delivery = await lui.a_delivery()
    reply = await anyone.post(link_to(delivery, 1), data=ONE_CLICK, headers=BROWSER)
    assert (reply.status_code, "recorded" in reply.text) == (202, True)
    assert len(await ended(lui)) == 1


async def test_a_wish_holds_even_when_the_address_is_no_longer_kept(
    lui: World, mailer: Mailer, anyone: httpx.AsyncClient
) -> None:
    delivery = await lui.a_delivery()
    async with lui.resources.uow() as uow:
        await audience.forget_snapshots(uow, [delivery.snapshot_id])
    reply = await anyone.post(link_to(delivery, 1), data=ONE_CLICK)
    assert reply.status_code == 202
    assert len(await ended(lui)) == 1
    assert mailer.asked == []


async def test_what_cannot_be_recorded_is_never_said_to_be(
    clone: Callable[[str], str], own_postgres: Postgres, mailer: Mailer
) -> None:
    del clone
    gone = own_postgres.url("postgres", "postgres")
    own_postgres.stop()
    async with (
        a_world(gone, [router], neighbours=httpx.MockTransport(mailer)) as lui,
        lui.callers.anonymous() as anyone,
    ):
        path = f"/u/{KEYS.mint_action(Purpose.UNSUBSCRIBE, 1, 1)}"
        reply = await anyone.post(path, data=ONE_CLICK)
        page = await anyone.post(path, data=ONE_CLICK, headers=BROWSER)
    assert (reply.status_code, reply.headers["retry-after"]) == (503, "30")
    assert reply.json()["type"] == "urn:tutti:problem:unavailable"
    assert (page.status_code, "Nothing was changed" in page.text) == (503, True)
    assert mailer.asked == []


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
async def test_a_forged_link_is_not_ours(lui: World, anyone: httpx.AsyncClient, method: str) -> None:
    delivery = await lui.a_delivery()
    token = KEYS.mint_action(Purpose.UNSUBSCRIBE, delivery.number, 1)
    forged = [
        TokenKeys([b"somebody else's key, just as long"]).mint_action(Purpose.UNSUBSCRIBE, delivery.number, 1),
        KEYS.mint_action(Purpose.RETURN_PATH, delivery.number, 1),
        KEYS.mint_action(Purpose.UNSUBSCRIBE, delivery.number + 1, 1),
        token[:-1],
        token + "A",
        ("A" if token[9] != "A" else "B").join((token[:9], token[10:])),
        "x",
        "%00",
    ]
    for path in forged:
        reply = await anyone.request(method, f"/u/{path}", data=ONE_CLICK if method == "POST" else None)
        assert reply.status_code == 404
        assert "location" not in reply.headers
    assert await ended(lui) == []


async def test_a_page_leads_nowhere_else_whatever_host_the_request_names(lui: World, anyone: httpx.AsyncClient) -> None:
    delivery = await lui.a_delivery()
    hosts = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    for reply in (
        await anyone.get(link_to(delivery, 1), headers=BROWSER | hosts),
        await anyone.post(link_to(delivery, 1), data=ONE_CLICK, headers=BROWSER | hosts),
        await anyone.get("/u/forged", headers=BROWSER | hosts),
    ):
        assert "evil.example" not in reply.text + str(reply.headers)
        assert "http" not in reply.text


async def test_every_answer_is_confined_kept_nowhere_and_sets_no_cookie(lui: World, anyone: httpx.AsyncClient) -> None:
    delivery = await lui.a_delivery()
    for reply in (
        await anyone.get(link_to(delivery, 1), headers=BROWSER),
        await anyone.post(link_to(delivery, 1), data=ONE_CLICK),
        await anyone.post(link_to(delivery, 1), data={}, headers=BROWSER),
        await anyone.get("/u/forged"),
    ):
        assert reply.headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
        assert "frame-ancestors 'none'" in reply.headers["content-security-policy"]
        assert reply.headers["cache-control"] == "no-store"
        assert reply.headers["referrer-policy"] == "no-referrer"
        assert reply.headers["x-robots-tag"] == "noindex, nofollow"
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert "set-cookie" not in reply.headers


async def test_the_key_in_the_link_is_never_logged(
    lui: World, anyone: httpx.AsyncClient, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    delivery = await lui.a_delivery()
    path = link_to(delivery, 1)
    await anyone.get(path)
    await anyone.post(path, data={"no": "wish"})
    await anyone.post(path + "x", data=ONE_CLICK)
    printed = capsys.readouterr()
    assert path[:20] not in printed.out + printed.err + caplog.text


async def test_a_wish_that_came_by_mail_is_recorded_too(lui: World, mailer: Mailer) -> None:
    delivery = await lui.a_delivery()
    received = UnsubscribeReceivedV1(delivery_id=delivery.id, delivery_number=delivery.number, ordinal=3, at=START)
    assert await lui.bus.deliver(received, received) == ["ack", "ack"]
    assert [(fact.ordinal, fact.reason) for fact in await ended(lui)] == [(3, "mail")]
    assert mailer.asked == []
    async with lui.resources.uow.reader() as uow:
        assert await service.count_ended(uow, [delivery.id]) == 1


async def test_a_wish_for_a_delivery_of_others_is_let_pass(lui: World) -> None:
    received = UnsubscribeReceivedV1(delivery_id=new_id(), delivery_number=9, ordinal=3, at=START)
    assert await lui.bus.deliver(received) == ["ack"]
    assert await ended(lui) == []
