"""A mailing whose recipients react, as tracker and mailer keep it: what an attacker with everything would have.

Messages are made by the real composer, hits are reduced and written by the real intake, in the order in which they
came, among the hits of another delivery at personal whose times are kept to the millisecond.
"""

import random
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from quopri import decodestring

from common.contracts.lui import TrackedLinkV1, TrackingLevel, TrackingPlanV1
from common.contracts.signed_token import TokenKeys
from mailer.composing.schemas import ContentDocument
from mailer.composing.service import Composed, Message, Origins, Recipient, Secrets, compile_message
from tests.support.builders.document import a_document
from tracker.intake.handler import Intake
from tracker.intake.link_table import LinkEntry, LinkTable
from tracker.intake.spool.record import Hit
from tracker.intake.visit import HeaderList, Visit

OURS, OTHERS = 1, 2
_KEYS = TokenKeys([b"the master key of an installation"])
_ORIGINS = Origins("http://track.test", "http://pages.test", "bounces.test")
_BEGIN_MS = 1_795_338_000_000
_HTML = (
    '<html><body><p>{{ NAME }}</p><a href="https://a.test/x">one</a> <a href="https://a.test/y">two</a></body></html>'
)
_COLUMNS = ["EMAIL", "NAME", "CITY", "AGE"]
LINKS = tuple(TrackedLinkV1(number=n, part="html", url=f"https://a.test/{p}") for n, p in ((1, "x"), (2, "y")))
_TRACKED = re.compile(rb"http://track\.test(/[oc]/[A-Za-z0-9_/.-]+)")
_AGENTS = (b"Mozilla/5.0 (iPhone) AppleWebKit/605.1.15", b"Mozilla/5.0 (X11; Linux) Firefox/140.0", b"Outlook/16.0")


@dataclass(frozen=True)
class Shape:
    """How the mailing goes."""

    level: TrackingLevel
    recipients: int
    seed: int = 4
    per_second: float = 20.0
    opening: float = 0.3
    at_once: float = 0.3
    """The share of openings within ten seconds of delivery."""
    others: float = 0.5
    """Hits of another delivery at personal, by recipient of this one."""
    rounds_times: bool = True
    """False: a tracker that forgets to round, so that the attack has something to find."""


@dataclass
class Loot:
    """Everything an attacker has, and what they want to know."""

    shape: Shape
    accepted_ms: list[int]
    """By recipient: the ledger's time of acceptance."""
    values: list[list[str]]
    records: list[Hit]
    """What lies in the spool until it is moved on, in its order."""
    came_ms: list[int]
    """When each of them really came: not loot."""
    profiles: Sequence[tuple[str, ...]]
    secrets: Secrets
    """The delivery's keys as the database has them."""
    opened: list[bool]
    urls: set[bytes] = field(default_factory=set)
    """Every address of the tracker in all messages: not loot, but counted."""


def a_mailing(shape: Shape) -> Loot:
    """Send a mailing and let its recipients react."""
    chance = random.Random(shape.seed)  # noqa: S311 - a model, repeatable
    people = [_person(ordinal, chance) for ordinal in range(1, shape.recipients + 1)]
    profiles = _profiles(people)
    secrets = Secrets(b"m" * 32, chance.randbytes(32))
    message = _message(shape.level, profiles, secrets)
    addresses, urls = _addresses(message, people)
    gap = 1_000 / shape.per_second
    accepted = [_BEGIN_MS + int(gap * at + chance.expovariate(1 / 400)) for at in range(shape.recipients)]
    opened = [chance.random() < shape.opening for _ in people]
    visits = [
        (when, path)
        for at, paths in enumerate(addresses)
        if opened[at]
        for when, path in _visits(accepted[at], paths, shape, chance)
    ]
    visits += _other_visits(shape, accepted, chance)
    # The key's end: what is left of it in the database once nothing can be sent again.
    came = [when for when, _ in sorted(visits)]
    values = [list(person.values) for person in people]
    return Loot(shape, accepted, values, _spooled(shape, visits), came, profiles, secrets, opened, urls)


def _person(ordinal: int, chance: random.Random) -> Recipient:
    address, city, age = f"p{ordinal}@people.test", f"City {chance.randrange(12)}", f"{10 * chance.randrange(2, 8)}"
    return Recipient(ordinal, address, [address, f"Person {ordinal}", city, age])


def _profiles(people: Sequence[Recipient]) -> list[tuple[str, ...]]:
    counts: dict[tuple[str, ...], int] = {}
    for person in people:
        key = tuple(person.values[2:4])
        counts[key] = counts.get(key, 0) + 1
    return [key for key, count in sorted(counts.items()) if count >= 10]


def _message(level: TrackingLevel, profiles: Sequence[tuple[str, ...]], secrets: Secrets) -> Message:
    is_anonymous = level is TrackingLevel.ANONYMOUS
    plan = TrackingPlanV1(
        level=level,
        opens=True,
        links=LINKS,
        profile_columns=("CITY", "AGE") if is_anonymous else (),
        profiles=tuple(profiles) if is_anonymous else (),
    )
    document = a_document(delivery_number=OURS, columns=_COLUMNS, html=_HTML, text=None, tracking=plan.model_dump())
    return compile_message(ContentDocument.model_validate(document), secrets, _ORIGINS, _KEYS)


def _addresses(message: Message, people: Sequence[Recipient]) -> tuple[list[list[bytes]], set[bytes]]:
    """The tracker's addresses of each message: both links, then the pixel; and all of them together."""
    addresses: list[list[bytes]] = []
    for at in range(0, len(people), 500):
        batch = people[at : at + 500]
        for made in message.compose_batch(batch, message.tokens(batch)):
            if not isinstance(made, Composed):
                raise made
            addresses.append(_TRACKED.findall(decodestring(made.data)))
    return addresses, {url for paths in addresses for url in paths}


def _visits(accepted_ms: int, paths: Sequence[bytes], shape: Shape, chance: random.Random) -> list[tuple[int, bytes]]:
    is_quick = chance.random() < shape.at_once
    delay = chance.uniform(1, 10) if is_quick else chance.lognormvariate(8.5, 1.5)
    when = accepted_ms + int(1_000 * delay)
    pixel = next(path for path in paths if path.startswith(b"/o/"))
    links = [path for path in paths if path.startswith(b"/c/")]
    visits = [(when, pixel)]
    if chance.random() < 0.3:
        visits.append((when + chance.randrange(2_000, 60_000), chance.choice(links)))
    return visits


def _other_visits(shape: Shape, accepted: Sequence[int], chance: random.Random) -> list[tuple[int, bytes]]:
    subjects = range(1, 500)
    tokens = _KEYS.mint_tracking(OTHERS, subjects)
    last = max(accepted) + 60_000
    every = max(int(len(accepted) * shape.others), 1)
    return [(chance.randrange(_BEGIN_MS, last), f"/o/{chance.choice(tokens)}.gif".encode()) for _ in range(every)]


def _spooled(shape: Shape, visits: list[tuple[int, bytes]]) -> list[Hit]:
    chance = random.Random(shape.seed + 1)  # noqa: S311 - a model, repeatable
    with tempfile.TemporaryDirectory() as folder:
        table = LinkTable(Path(folder) / "links")
        links = tuple((link.number, link.url, False) for link in LINKS)
        table.add(
            [LinkEntry(1, OURS, shape.level, True, links), LinkEntry(2, OTHERS, TrackingLevel.PERSONAL, True, ())]
        )
        intake = Intake(_KEYS, table)
        records = []
        for when, path in sorted(visits):
            headers = HeaderList([(b"user-agent", chance.choice(_AGENTS))])
            hit = intake.handle(Visit(b"GET", path, headers, f"203.0.{chance.randrange(200)}.9", when)).hit
            if hit is None:
                raise AssertionError(f"{path!r} was not recorded")
            records.append(hit if shape.rounds_times else replace(hit, at_ms=when))
        table.close()
    return records
