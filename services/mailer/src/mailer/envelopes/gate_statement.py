"""The gate's two statements, and their parameters."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from mailer.envelopes.literals import numbers, words
from mailer.envelopes.rules import Entry, Outcome
from mailer.envelopes.work import Chunk, Item

SETTINGS = (
    "SET enable_hashjoin = off",
    "SET enable_mergejoin = off",
    "SET enable_seqscan = off",
    "SET plan_cache_mode = force_generic_plan",
    "SET jit = off",
)
"""For the gate's connection: a handful of rows meets tables of millions by their keys, whatever statistics say."""

# FOR SHARE conflicts with claiming the chunk, with changing the delivery's state, and waits for either; a row that
# changed meanwhile is judged anew. So pausing, fencing and suppressing are linearizable with sending.
_HELD = """
    JOIN mailer.chunks c ON c.delivery_id = l.delivery_id AND c.number = l.number
    JOIN mailer.deliveries d ON d.id = l.delivery_id
   WHERE l.asked IS NOT NULL AND c.epoch = l.epoch AND c.owner = %(owner)s::uuid AND c.state = 'leased'
     AND c.lease_until > clock_timestamp() AND d.state = 'running'
     FOR SHARE OF c, d
"""
FLUSH = f"""
WITH lease AS (
  SELECT * FROM unnest(%(deliveries)s::uuid[], %(chunks)s::bigint[], %(epochs)s::int[], %(created)s::timestamptz[],
                       %(asked)s::text[], %(horizons)s::bigint[])
           WITH ORDINALITY AS l(delivery_id, number, epoch, created_at, asked, horizon, position)
), held AS (
  SELECT l.position, l.horizon FROM lease l {_HELD}
), answered AS (
  SELECT h.position, EXISTS (SELECT 1 FROM mailer.suppressions s WHERE s.added_in >= h.horizon) AS has_news
    FROM held h
), intents AS (
  INSERT INTO mailer.send_log (created_at, delivery_id, chunk_number, epoch, kind, ordinals)
  SELECT l.created_at, l.delivery_id, l.number, l.epoch, 1, l.asked::int[]
    FROM answered a JOIN lease l ON l.position = a.position
   WHERE NOT a.has_news
), acks AS (
  INSERT INTO mailer.send_log (created_at, delivery_id, chunk_number, epoch, kind, ordinals, texts,
                               reply_code, enhanced_code, bounce_class, verb)
  SELECT l.created_at, l.delivery_id, l.number, l.epoch, a.kind, a.ordinals::int[], a.texts::text[],
         a.reply_code, a.enhanced_code, a.bounce_class, a.verb
    FROM unnest(%(a_leases)s::int[], %(a_kinds)s::smallint[], %(a_ordinals)s::text[], %(a_texts)s::text[],
                %(a_codes)s::smallint[], %(a_enhanced)s::text[], %(a_classes)s::text[], %(a_verbs)s::text[])
           AS a(lease, kind, ordinals, texts, reply_code, enhanced_code, bounce_class, verb)
    JOIN lease l ON l.position = a.lease
)
SELECT position, has_news FROM answered
"""  # noqa: S608 - text of our own
"""Grants whole leases: nothing was suppressed since their addresses were compared, so nothing of it can be theirs."""
LOOK = f"""
WITH lease AS (
  SELECT * FROM unnest(%(deliveries)s::uuid[], %(chunks)s::bigint[], %(epochs)s::int[], %(created)s::timestamptz[],
                       %(asked)s::text[])
           WITH ORDINALITY AS l(delivery_id, number, epoch, created_at, asked, position)
), held AS (
  SELECT l.position, d.group_id FROM lease l {_HELD}
), ok AS (
  SELECT w.lease, w.ordinal
    FROM unnest(%(leases)s::int[], %(ordinals)s::int[], %(hashes)s::bytea[]) AS w(lease, ordinal, address_hash)
    JOIN held h ON h.position = w.lease
   WHERE NOT EXISTS (SELECT 1 FROM mailer.suppressions s
                      WHERE s.address_hash = w.address_hash AND s.lifted_at IS NULL
                        AND (s.group_id IS NULL OR s.group_id = h.group_id))
), granted AS (
  SELECT lease, array_agg(ordinal) AS ordinals FROM ok GROUP BY lease
), intents AS (
  INSERT INTO mailer.send_log (created_at, delivery_id, chunk_number, epoch, kind, ordinals)
  SELECT l.created_at, l.delivery_id, l.number, l.epoch, 1, g.ordinals
    FROM granted g JOIN lease l ON l.position = g.lease
)
SELECT lease, ordinals FROM granted
"""  # noqa: S608 - text of our own
"""Grants envelope by envelope: somebody was suppressed since."""
_Key = tuple[int, int, int | None, str | None, str | None, str | None]
RENEW = """
UPDATE mailer.chunks c SET lease_until = clock_timestamp() + make_interval(secs => %(seconds)s)
  FROM unnest(%(deliveries)s::uuid[], %(chunks)s::bigint[], %(epochs)s::int[]) AS h(delivery_id, number, epoch)
 WHERE c.delivery_id = h.delivery_id AND c.number = h.number AND c.epoch = h.epoch
   AND c.owner = %(owner)s::uuid AND c.state = 'leased'
RETURNING c.delivery_id::text, c.number, c.epoch
"""
"""Only what is really in hand; returns what is still ours."""
RELEASE = """
UPDATE mailer.chunks c SET state = 'ready', owner = NULL, lease_until = NULL, open_count = 0
 WHERE c.owner = %(owner)s::uuid AND c.state = 'leased'
   AND NOT EXISTS (SELECT FROM unnest(%(deliveries)s::uuid[], %(chunks)s::bigint[], %(epochs)s::int[])
                          AS h(delivery_id, number, epoch)
                    WHERE c.delivery_id = h.delivery_id AND c.number = h.number AND c.epoch = h.epoch)
"""
"""Ours in the ledger and not in hand: the answer to its claim was lost with the connection, so anybody may have it."""


@dataclass(frozen=True, slots=True)
class Ack:
    """Something that happened to an envelope, on its way into the send log."""

    chunk: Chunk
    item: Item
    entry: Entry
    outcome: Outcome | None


@dataclass(slots=True)
class Leases:
    """The leases of a group, numbered from 1 in the order they were met, and what is asked about each."""

    numbers: dict[int, int] = field(default_factory=dict)
    chunks: list[Chunk] = field(default_factory=list)
    asked: list[list[Item]] = field(default_factory=list)

    def number(self, chunk: Chunk) -> int:
        """A chunk's lease by its number in this group."""
        number = self.numbers.get(id(chunk))
        if number is None:
            self.chunks.append(chunk)
            self.asked.append([])
            self.numbers[id(chunk)] = number = len(self.chunks)
        return number

    def ask(self, items: Sequence[Item]) -> None:
        """Whether these may be sent."""
        for item in items:
            self.asked[self.number(item.chunk) - 1].append(item)

    def columns(self) -> dict[str, object]:
        """As the statements take them."""
        return {
            "deliveries": words([chunk.lease.delivery_id for chunk in self.chunks]),
            "chunks": numbers([chunk.lease.number for chunk in self.chunks]),
            "epochs": numbers([chunk.lease.epoch for chunk in self.chunks]),
            "created": words([chunk.job.created_at.isoformat() for chunk in self.chunks]),
            "asked": words([numbers([item.ordinal for item in items]) if items else None for items in self.asked]),
        }


def flush_parameters(owner: str, wants: Sequence[Item], acks: Sequence[Ack]) -> tuple[dict[str, object], Leases]:
    """FLUSH's parameters, and the leases its answer is numbered by."""
    leases = Leases()
    leases.ask(wants)
    log = _log_rows(leases, acks)
    horizons = numbers([chunk.horizon for chunk in leases.chunks])
    return {"owner": owner, "horizons": horizons, **log, **leases.columns()}, leases


def look_parameters(owner: str, wants: Sequence[Item]) -> tuple[dict[str, object], Leases]:
    """LOOK's parameters, and the leases its answer is numbered by."""
    leases = Leases()
    leases.ask(wants)
    return {
        "owner": owner,
        "leases": numbers([leases.number(item.chunk) for item in wants]),
        "ordinals": numbers([item.ordinal for item in wants]),
        "hashes": "{" + ",".join([f'"\\\\x{item.hash_hex}"' for item in wants]) + "}",
        **leases.columns(),
    }, leases


def _log_rows(leases: Leases, acks: Sequence[Ack]) -> dict[str, object]:
    """One row for all envelopes of a lease whose entries differ in nothing but the server's words."""
    groups: dict[_Key, tuple[list[int], list[str]]] = {}
    for ack in acks:
        outcome = ack.outcome
        number, kind = leases.number(ack.chunk), int(ack.entry)
        if outcome is None:
            key: _Key = (number, kind, None, None, None, None)
        else:
            key = (number, kind, outcome.reply_code, outcome.enhanced_code, outcome.bounce_class, outcome.verb)
        group = groups.get(key)
        if group is None:
            groups[key] = group = ([], [])
        group[0].append(ack.item.ordinal)
        group[1].append((outcome.reply_text or "") if outcome else "")
    keys = list(groups)
    return {
        "a_leases": numbers([key[0] for key in keys]),
        "a_kinds": numbers([key[1] for key in keys]),
        "a_ordinals": words([numbers(ordinals) for ordinals, _ in groups.values()]),
        "a_texts": words([words(texts) if any(texts) else None for _, texts in groups.values()]),
        "a_codes": words([None if key[2] is None else str(key[2]) for key in keys]),
        "a_enhanced": words([key[3] for key in keys]),
        "a_classes": words([key[4] for key in keys]),
        "a_verbs": words([key[5] for key in keys]),
    }


def lease_parameters(owner: str, seconds: float, chunks: Sequence[Chunk]) -> dict[str, object]:
    """The parameters of RENEW and RELEASE."""
    leases = Leases()
    for chunk in chunks:
        leases.number(chunk)
    columns = leases.columns()
    return {"owner": owner, "seconds": seconds, **{name: columns[name] for name in ("deliveries", "chunks", "epochs")}}
