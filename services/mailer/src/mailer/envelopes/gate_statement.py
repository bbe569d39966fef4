"""The gate's one statement, and its parameters."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mailer.envelopes.literals import numbers, words
from mailer.envelopes.rules import Entry, Outcome
from mailer.envelopes.work import Chunk, Item, Lease

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
FLUSH = """
WITH lease AS (
  SELECT * FROM unnest(%(deliveries)s::uuid[], %(chunks)s::bigint[], %(epochs)s::int[], %(created)s::timestamptz[],
                       %(asking)s::bool[])
           WITH ORDINALITY AS l(delivery_id, number, epoch, created_at, is_asking, position)
), held AS (
  SELECT l.position, d.group_id
    FROM lease l
    JOIN mailer.chunks c ON c.delivery_id = l.delivery_id AND c.number = l.number
    JOIN mailer.deliveries d ON d.id = l.delivery_id
   WHERE l.is_asking AND c.epoch = l.epoch AND c.owner = %(owner)s::uuid AND c.state = 'leased'
     AND c.lease_until > clock_timestamp() AND d.state = 'running'
     FOR SHARE OF c, d
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
SELECT lease, ordinals FROM granted
"""
_Key = tuple[int, int, int | None, str | None, str | None, str | None]
RENEW = (
    "UPDATE mailer.chunks SET lease_until = clock_timestamp() + make_interval(secs => %(seconds)s)"
    " WHERE owner = %(owner)s::uuid AND state = 'leased'"
)


@dataclass(frozen=True, slots=True)
class Ack:
    """Something that happened to an envelope, on its way into the send log."""

    chunk: Chunk
    item: Item
    entry: Entry
    outcome: Outcome | None


@dataclass(slots=True)
class Leases:
    """The leases of a group, numbered from 1 in the order they were met."""

    owner: str
    numbers: dict[int, int] = field(default_factory=dict)
    leases: list[Lease] = field(default_factory=list)
    created: list[datetime] = field(default_factory=list)
    asking: list[bool] = field(default_factory=list)

    def number(self, chunk: Chunk, *, is_asking: bool) -> int:
        """A chunk's lease by its number in this group."""
        number = self.numbers.get(id(chunk))
        if number is None:
            self.leases.append(chunk.lease)
            self.created.append(chunk.job.created_at)
            self.asking.append(is_asking)
            self.numbers[id(chunk)] = number = len(self.leases)
        elif is_asking:
            self.asking[number - 1] = True
        return number


def parameters(owner: str, wants: Sequence[Item], acks: Sequence[Ack]) -> tuple[dict[str, object], Leases]:
    """The statement's parameters, and the leases its answer is numbered by."""
    leases = Leases(owner)
    asked = [leases.number(item.chunk, is_asking=True) for item in wants]
    log = _log_rows(leases, acks)
    return {
        "owner": owner,
        "leases": numbers(asked),
        "ordinals": numbers([item.ordinal for item in wants]),
        "hashes": "{" + ",".join([f'"\\\\x{item.hash_hex}"' for item in wants]) + "}",
        **log,
        "deliveries": words([lease.delivery_id for lease in leases.leases]),
        "chunks": numbers([lease.number for lease in leases.leases]),
        "epochs": numbers([lease.epoch for lease in leases.leases]),
        "created": words([moment.isoformat() for moment in leases.created]),
        "asking": words(["t" if asks else "f" for asks in leases.asking]),
    }, leases


def _log_rows(leases: Leases, acks: Sequence[Ack]) -> dict[str, object]:
    """One row for all envelopes of a lease whose entries differ in nothing but the server's words."""
    groups: dict[_Key, tuple[list[int], list[str]]] = {}
    for ack in acks:
        outcome = ack.outcome
        number, kind = leases.number(ack.chunk, is_asking=False), int(ack.entry)
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
