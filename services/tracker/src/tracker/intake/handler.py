"""What a request gets and what is kept of it, without a server, a disk or a clock.

`/o/<token>.gif` is the pixel, `/c/<token>/<number>` a link, `/c/<token>/<number>/<sealed>` a link whose target is
the recipient's own, `/a/<token>.gif` an action on somebody else's page. A target comes from the link table or out of
the sealed part, never from anything else in the request; what does not verify in every respect gets the same plain 404.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from common.contracts.lui import TrackingLevel
from common.contracts.signed_token import SPELLED, Purpose, TokenKeys, TrackingToken
from tracker.intake import visitors
from tracker.intake.link_table import DeliveryLinks, Links
from tracker.intake.replies import ADDRESS_TOO_LONG, METHOD_NOT_ALLOWED, NOT_FOUND, PIXEL, ROBOTS, Reply, redirect
from tracker.intake.spool.record import Hit, HitKind, decode, line_of
from tracker.intake.visit import Visit
from tracker.privacy import rules

MAX_PATH = 8 << 10
_PIXEL = re.compile(rb"/o/(" + SPELLED + rb")\.gif")
_LINK = re.compile(rb"/c/(" + SPELLED + rb")/([1-9][0-9]{0,4})(?:/([A-Za-z0-9_-]+))?")
_ACTION = re.compile(rb"/a/([A-Za-z0-9_-]{36})\.gif")
_OWN = (b"/o/", b"/c/", b"/a/", b"/robots.txt")


class Outcome(NamedTuple):
    """The answer, and what must be kept before it may leave."""

    reply: Reply
    hit: Hit | None = None


Seen = tuple[HitKind, TrackingToken, TrackingLevel, int]
"""Of which kind, by whom, at which level, and the number of the link or of the action's tag."""
Answer = tuple[Reply, Seen | None]
"""With what was seen, where something was: it must be kept before the reply may leave."""
_Known = tuple[TrackingToken, DeliveryLinks, TrackingLevel]
"""Somebody or nobody in a delivery that is known here, and the level that holds for them."""


@dataclass(frozen=True, slots=True)
class Edge:
    """How the outside reaches intake."""

    forwarding_hops: int = 0
    """Proxies in front that are trusted to append to X-Forwarded-For."""
    is_secure: bool = True
    """Whether recipients come over TLS."""


_NOT_FOUND = (NOT_FOUND, None)


def is_intake(path: bytes | str) -> bool:
    """Whether a path is answered here at all."""
    raw = path.encode("utf-8", "surrogateescape") if isinstance(path, str) else path
    return raw.startswith(_OWN)


class Intake:
    """Answers visits."""

    def __init__(self, keys: TokenKeys, links: Links, edge: Edge | None = None) -> None:
        self._keys = keys
        self._links = links
        self._edge = edge or Edge()

    def handle(self, visit: Visit) -> Outcome:
        """The outcome of one visit, its hit taken apart for whoever looks at it before it is counted."""
        reply, seen = self.answer(visit)
        return Outcome(reply, None if seen is None else decode(self.line(visit, seen).decode()))

    def answer(self, visit: Visit) -> Answer:
        """The answer to one visit; never raises, whatever the visit holds."""
        path = visit.path
        if visit.method not in (b"GET", b"HEAD"):
            return METHOD_NOT_ALLOWED, None
        if len(path) > MAX_PATH:
            return ADDRESS_TOO_LONG, None
        if match := _PIXEL.fullmatch(path):
            return self._open(visit, match[1])
        if match := _LINK.fullmatch(path):
            return self._click(visit, match[1], int(match[2]), match[3])
        if match := _ACTION.fullmatch(path):
            return self._action(visit, match[1].decode())
        return (ROBOTS, None) if path == b"/robots.txt" else _NOT_FOUND

    def line(self, visit: Visit, seen: Seen) -> bytes:
        """A hit as it is kept: nobody needs it taken apart before it is counted."""
        kind, (delivery_number, subject), level, number = seen
        at_ms, method = rules.kept_time(level, visit.at_ms), visit.method.decode("ascii")
        agent = rules.kept_agent(level, visit.headers.agent())
        network = rules.kept_network(level, self._address(visit)) if level is TrackingLevel.PERSONAL else ""
        return line_of(kind, (delivery_number, subject, number, at_ms), (method, agent, network))

    def _open(self, visit: Visit, token: bytes) -> Answer:
        known = self._verify(token)
        if known is None or not known[1].opens:
            return _NOT_FOUND
        who, _, level = known
        return self._remembering(PIXEL, known, visit), (HitKind.OPEN, who, level, 0)

    def _click(self, visit: Visit, token: bytes, number: int, sealed: bytes | None) -> Answer:
        known = self._verify(token)
        target = None if known is None else known[1].targets.get(number)
        if known is None or target is None or target.personal != (sealed is not None):
            return _NOT_FOUND
        reply = target.reply
        if sealed is not None:
            if not rules.permits_personal_targets(known[2]):
                return _NOT_FOUND
            url = self._keys.open_target(token.decode(), number, sealed.decode())
            reply = None if url is None else redirect(url)
        if reply is None:
            return _NOT_FOUND
        who, _, level = known
        return self._remembering(reply, known, visit), (HitKind.CLICK, who, level, number)

    def _action(self, visit: Visit, token: str) -> Answer:
        """The pixel for everybody; recorded only for a recipient who came here from a message."""
        tag = self._keys.read_action(token)
        if tag is None or tag.purpose is not Purpose.ACTION_TAG or tag.delivery_number:
            return _NOT_FOUND
        known = self._visitor(visit)
        if known is None:
            return PIXEL, None
        who, _, level = known
        return PIXEL, (HitKind.ACTION, who, level, tag.ordinal)

    def _verify(self, token: bytes) -> _Known | None:
        who = self._keys.read_spelled(token)
        return None if who is None else self._known(who)

    def _known(self, who: TrackingToken) -> _Known | None:
        links = self._links.get(who.delivery_number)
        level = None if links is None else links.level_for(who.subject)
        return None if links is None or level is None else (who, links, level)

    def _remembering(self, reply: Reply, known: _Known, visit: Visit) -> Reply:
        """The reply, with the visitor's cookie where the plan has actions and there is somebody to remember."""
        who, links, _ = known
        seconds = links.cookie_seconds
        if seconds is None or not who.subject:
            return reply
        ends_at = visit.at_ms // 1000 + (seconds or visitors.LONGEST_SECONDS)
        value = self._keys.seal_visitor(who.delivery_number, who.subject, ends_at)
        return reply.with_header(visitors.cookie(value, seconds, is_secure=self._edge.is_secure))

    def _visitor(self, visit: Visit) -> _Known | None:
        for value in visitors.values(visit.headers.find(b"cookie")):
            visitor = self._keys.open_visitor(value)
            if visitor is None or not visitor.subject or visitor.ends_at * 1000 <= visit.at_ms:
                continue
            known = self._known(TrackingToken(visitor.delivery_number, visitor.subject))
            if known is not None and known[1].cookie_seconds is not None:
                return known
        return None

    def _address(self, visit: Visit) -> str:
        """Who asked: the entry of X-Forwarded-For that the outermost trusted proxy wrote, or the peer."""
        hops = self._edge.forwarding_hops
        if not hops:
            return visit.peer
        listed = [each.strip() for each in visit.headers.find(b"x-forwarded-for").decode("latin-1").split(",")]
        return listed[-hops] if len(listed) >= hops else visit.peer
