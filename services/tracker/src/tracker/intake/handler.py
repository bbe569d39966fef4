"""What a request gets and what is kept of it, without a server, a disk or a clock.

`/o/<token>.gif` is the pixel, `/c/<token>/<number>` a link, `/c/<token>/<number>/<sealed>` a link whose target is
the recipient's own. A target comes from the link table or out of the sealed part, never from anything else in the
request; what does not verify in every respect gets the same plain 404.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from common.contracts.signed_token import TokenKeys, TrackingToken
from tracker.intake.link_table import DeliveryLinks, Links
from tracker.intake.replies import METHOD_NOT_ALLOWED, NOT_FOUND, PIXEL, ROBOTS, TOO_LARGE, Header, Reply, redirect
from tracker.intake.spool.record import Hit, HitKind
from tracker.privacy import rules

MAX_PATH = 8 << 10
MAX_HEADERS = 16 << 10
_PIXEL = re.compile(rb"/o/([A-Za-z0-9_-]{22})\.gif")
_LINK = re.compile(rb"/c/([A-Za-z0-9_-]{22})/([1-9][0-9]{0,4})(?:/([A-Za-z0-9_-]+))?")
_OWN = (b"/o/", b"/c/", b"/robots.txt")


@dataclass(frozen=True, slots=True)
class Visit:
    """One request as the server saw it."""

    method: bytes
    path: bytes
    """Raw, without the query, which is ignored."""
    headers: Sequence[Header]
    """Names in lower case."""
    peer: str
    """Address of whoever is at the other end of the connection."""
    at_ms: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer, and what must be kept before it may leave."""

    reply: Reply
    hit: Hit | None = None


_NOT_FOUND = Outcome(NOT_FOUND)


def is_intake(path: bytes | str) -> bool:
    """Whether a path is answered here at all."""
    raw = path.encode("utf-8", "surrogateescape") if isinstance(path, str) else path
    return raw.startswith(_OWN)


class Intake:
    """Answers visits. `forwarding_hops` proxies in front are trusted to append to X-Forwarded-For."""

    def __init__(self, keys: TokenKeys, links: Links, *, forwarding_hops: int = 0) -> None:
        self._keys = keys
        self._links = links
        self._hops = forwarding_hops

    def handle(self, visit: Visit) -> Outcome:
        """The answer to one visit; never raises, whatever the visit holds."""
        if visit.method not in (b"GET", b"HEAD"):
            return Outcome(METHOD_NOT_ALLOWED)
        if sum(len(name) + len(value) for name, value in visit.headers) > MAX_HEADERS:
            return Outcome(TOO_LARGE)
        return self._route(visit) if len(visit.path) <= MAX_PATH else _NOT_FOUND

    def _route(self, visit: Visit) -> Outcome:
        if visit.path == b"/robots.txt":
            return Outcome(ROBOTS)
        if match := _PIXEL.fullmatch(visit.path):
            return self._open(visit, match[1].decode())
        if match := _LINK.fullmatch(visit.path):
            return self._click(visit, match[1].decode(), int(match[2]), match[3])
        return _NOT_FOUND

    def _open(self, visit: Visit, token: str) -> Outcome:
        known = self._verify(token)
        if known is None or not known[1].opens:
            return _NOT_FOUND
        return Outcome(PIXEL, self._hit(visit, HitKind.OPEN, known, 0))

    def _click(self, visit: Visit, token: str, number: int, sealed: bytes | None) -> Outcome:
        known = self._verify(token)
        target = None if known is None else known[1].targets.get(number)
        if known is None or target is None or target.personal != (sealed is not None):
            return _NOT_FOUND
        reply = target.reply
        if sealed is not None:
            if not rules.permits_personal_targets(known[1].level):
                return _NOT_FOUND
            url = self._keys.open_target(token, number, sealed.decode())
            reply = None if url is None else redirect(url)
        if reply is None:
            return _NOT_FOUND
        return Outcome(reply, self._hit(visit, HitKind.CLICK, known, number))

    def _verify(self, token: str) -> tuple[TrackingToken, DeliveryLinks] | None:
        said = self._keys.read_tracking(token)
        links = None if said is None else self._links.get(said.delivery_number)
        if said is None or links is None or not rules.permits_subject(links.level, said.subject):
            return None
        return said, links

    def _hit(self, visit: Visit, kind: HitKind, known: tuple[TrackingToken, DeliveryLinks], number: int) -> Hit:
        said, level = known[0], known[1].level
        return Hit(
            kind=kind,
            delivery_number=said.delivery_number,
            subject=said.subject,
            link_number=number,
            at_ms=rules.kept_time(level, visit.at_ms),
            method=visit.method.decode("ascii"),
            agent=rules.kept_agent(level, _header(visit, b"user-agent")),
            network=rules.kept_network(level, self._address(visit)),
        )

    def _address(self, visit: Visit) -> str:
        """Who asked: the entry of X-Forwarded-For that the outermost trusted proxy wrote, or the peer."""
        if not self._hops:
            return visit.peer
        listed = [entry.strip() for entry in _header(visit, b"x-forwarded-for").decode("latin-1").split(",")]
        return listed[-self._hops] if len(listed) >= self._hops else visit.peer


def _header(visit: Visit, name: bytes) -> bytes:
    return b",".join(value for key, value in visit.headers if key == name)
