"""Providers' hooks: what is proven is taken in once, and nothing else."""

import hmac
from collections.abc import Callable
from typing import Any

from tests.support.builders.hooks import (
    SECRET,
    a_bounce,
    generic,
    hooked,
    stamp_of,
)

Clone = Callable[[str], str]


async def test_our_own_form_is_taken_in_and_a_replay_changes_nothing(clone: Clone) -> None:
    async with hooked(clone("mailer")) as hook:
        said = [
            a_bounce(hook.world, 1),
            a_bounce(hook.world, 2, type="complaint"),
            a_bounce(hook.world, 3, type="delay"),
        ]
        body, headers = generic(said)
        first = await hook.post("generic", body, headers)
        assert (first.status_code, first.json()) == (200, {"events": 3, "changed": 3})
        again = await hook.post("generic", body, headers)
        assert (again.status_code, again.json()) == (200, {"events": 3, "changed": 0})
        assert await hook.counts() == {"sent": 2, "bounced": 1, "complained": 1}
        assert ("person1@example.org", "unknown_mailbox") in await hook.world.suppressed()


async def test_unsigned_forged_and_stale_requests_are_refused(clone: Clone) -> None:
    async with hooked(clone("mailer")) as hook:
        body, headers = generic([a_bounce(hook.world, 1)])
        old_body, old = generic([a_bounce(hook.world, 1)], stamp_of(minutes=6))
        early_body, early = generic([a_bounce(hook.world, 1)], stamp_of(minutes=-6))
        for content, given in (
            (body, {}),
            (body + b" ", headers),
            (body, {**headers, "X-Tutti-Signature": "sha256=" + "0" * 64}),
            (body, {**headers, "X-Tutti-Timestamp": stamp_of(seconds=1)}),
            (body, {**headers, "X-Tutti-Timestamp": "soon"}),
            (old_body, old),
            (early_body, early),
        ):
            reply = await hook.post("generic", content, given)
            assert reply.status_code == 401
            assert reply.json()["type"] == "urn:tutti:problem:hook-unproven"
        for provider in ("ses", "postmark", "mailgun", "sendgrid"):
            assert (await hook.post(provider, b"{}")).status_code == 401
            assert (await hook.post(provider, b"\xff not json")).status_code == 401
        assert await hook.counts() == {"sent": 4}


async def test_a_signed_event_without_a_token_of_ours_is_parked(clone: Clone) -> None:
    async with hooked(clone("mailer")) as hook:
        forged = "b+" + "0" * 54 + "@bounces.test"
        reply = await hook.post("generic", *generic([a_bounce(hook.world, 1, return_path=forged)]))
        assert reply.json() == {"events": 1, "changed": 0}
        assert await hook.counts() == {"sent": 4}
        [source] = await hook.world.mailer.rows("SELECT name, unmatched_count FROM mailer.bounce_sources")
        assert tuple(source) == ("generic", 1)


async def test_who_is_not_set_up_is_not_there(clone: Clone) -> None:
    async with hooked(clone("mailer"), generic_secret="", mailgun_key="") as hook:
        assert (await hook.post("generic", *generic([]))).status_code == 404
        assert (await hook.post("mailgun", b"{}")).status_code == 404
        assert (await hook.post("nobody", b"{}")).status_code == 404


async def test_a_huge_body_and_a_flood_are_refused(clone: Clone) -> None:
    async with hooked(clone("mailer"), per_second=1.0) as hook:
        assert (await hook.post("generic", b"x" * (1024 * 1024 + 1))).status_code == 413
        replies = [await hook.post("generic", b"{}") for _ in range(6)]
        assert {reply.status_code for reply in replies} == {401, 429}
        assert replies[-1].headers["retry-after"]


async def test_signed_nonsense_is_refused_in_words(clone: Clone) -> None:
    async with hooked(clone("mailer")) as hook:
        at = stamp_of()
        for body in (b"[]", b'{"events": 1}', b"nothing"):
            signature = hmac.digest(SECRET.encode(), at.encode() + b"." + body, "sha256").hex()
            headers = {"X-Tutti-Timestamp": at, "X-Tutti-Signature": f"sha256={signature}"}
            assert (await hook.post("generic", body, headers)).status_code == 422
        odd: list[dict[str, Any]] = [
            {"type": "bounce", "return_path": 7, "status": [], "reply_code": "x", "diagnostic": None},
            {"type": 1},
        ]
        assert (await hook.post("generic", *generic(odd))).status_code == 200
