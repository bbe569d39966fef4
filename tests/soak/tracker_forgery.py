"""Tokens by the million that we did not mint: nothing is found, nobody is led anywhere, nothing is recorded."""

import base64
import os
import random
from collections.abc import Iterator

from common.contracts.lui import TrackingLevel
from common.contracts.signed_token import Purpose, TokenKeys
from tests.soak.result import Result
from tests.support.builders.tracker import AT_MS, KEYS, an_entry
from tracker.intake.handler import Intake
from tracker.intake.link_table import DeliveryLinks, _links
from tracker.intake.visit import HeaderList, Visit

_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_SEALED_LINK = 2
_NO_HEADERS = HeaderList(())
_BLOCK = 4_096


class AnyDelivery:
    """The worst case: every number is that of a delivery, so that only the token itself stands in the way."""

    def __init__(self) -> None:
        links = [(1, "https://example.org/", False), (_SEALED_LINK, "https://{{ x }}", True)]
        self._links = _links(an_entry(1, TrackingLevel.PERSONAL, links, cookie_seconds=60))

    def get(self, delivery_number: int) -> DeliveryLinks:
        """The same for all."""
        del delivery_number
        return self._links


def forged(tokens: int, seed: int = 16) -> Result:
    """A third at random, a third that differ from good ones in one character, a third of another installation."""
    intake, tried, accepted, led = Intake(KEYS, AnyDelivery()), 0, 0, 0
    paths = _paths(random.Random(seed))  # noqa: S311 - repeatable
    while tried < tokens:
        reply, seen = intake.answer(Visit(b"GET", next(paths), _NO_HEADERS, "", AT_MS))
        tried += 1
        accepted += reply.status != 404 or seen is not None
        led += b"location" in dict(reply.headers)
    result = Result("forged tokens", {"tokens": tokens, "seed": seed}, {"accepted": accepted, "with_location": led})
    result.expect(accepted == 0, f"{accepted} forged tokens were accepted")
    result.expect(led == 0, f"{led} forged tokens led somewhere")
    return result


def _paths(dice: random.Random) -> Iterator[bytes]:
    stranger = TokenKeys([bytes(32)])
    while True:
        subjects = [dice.randrange(2**48) for _ in range(_BLOCK)]
        delivery = dice.randrange(1, 2**32)
        good = [token.encode() for token in KEYS.mint_tracking(delivery, subjects)]
        foreign = [token.encode() for token in stranger.mint_tracking(delivery, subjects)]
        octets = os.urandom(16 * _BLOCK)
        for at in range(_BLOCK):
            guessed = base64.urlsafe_b64encode(octets[16 * at : 16 * at + 16])[:22]
            for token in (guessed, _changed(good[at], dice), foreign[at]):
                yield _path(token, at)
        yield from _others(delivery, good[0].decode(), dice)


def _path(token: bytes, at: int) -> bytes:
    return b"/o/" + token + b".gif" if at % 2 else b"/c/" + token + b"/1"


def _changed(token: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(token))
    others = _ALPHABET.replace(token[at : at + 1], b"")
    return token[:at] + others[(put := dice.randrange(len(others))) : put + 1] + token[at + 1 :]


def _others(delivery: int, token: str, dice: random.Random) -> Iterator[bytes]:
    """The other kinds: targets sealed for somebody else, actions."""
    sealed = KEYS.seal_target(token, _SEALED_LINK, "https://example.org/ada").encode()
    action = KEYS.mint_action(Purpose.ACTION_TAG, 0, dice.randrange(1, 2**32)).encode()
    other = KEYS.mint_tracking(delivery, [dice.randrange(1, 2**48)])[0].encode()
    for _ in range(64):
        yield b"/c/" + token.encode() + b"/2/" + _changed(sealed, dice)
        yield b"/c/" + other + b"/2/" + sealed
        yield b"/a/" + _changed(action, dice) + b".gif"
