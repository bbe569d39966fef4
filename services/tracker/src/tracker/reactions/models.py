"""Reactions as they were answered, and what is needed to count and judge each of them once."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, SmallInteger, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from tracker.base import Base


class ReactionRow(Base):
    """One hit. Its place is its own: it grows in the order of taking in at personal, and is drawn elsewhere.

    That it is here once, `spool_ranges` sees to: a unique index would cost four times as much.
    """

    __tablename__ = "reactions"
    __table_args__ = (
        CheckConstraint("kind IN ('open', 'click', 'action')", name="kind"),
        CheckConstraint("judgement IN ('human', 'unknown', 'proxy', 'scanner')", name="judgement"),
        Index("ix_reactions_delivery_number_kind_at_place", "delivery_number", "kind", "at", "place"),
        {"postgresql_partition_by": "RANGE (at)"},
    )

    place: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]
    """As far as the level allows."""
    delivery_number: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str]
    subject: Mapped[int] = mapped_column(BigInteger)
    """0 for nobody, a pseudonym at unique and anonymous (there behind the profile), the ordinal at personal."""
    link_number: Mapped[int]
    """0 for an open, the tag's number for an action."""
    part: Mapped[str]
    """`html` or `text`; empty where the plan does not say."""
    method: Mapped[str]
    agent: Mapped[str]
    network: Mapped[str]
    network_class: Mapped[str]
    """Whose network it is known to be (`networks`); empty where none is kept."""
    delay_ms: Mapped[int | None] = mapped_column(Integer)
    """Since the next server took the message; only for the first day at personal."""
    judgement: Mapped[str]
    rule: Mapped[str]
    """The name of the rule that decided."""
    rules_version: Mapped[int] = mapped_column(SmallInteger)
    """The set of rules that first came to this judgement; a later one that agrees leaves it."""

    __mapper_args__ = {"primary_key": [place]}  # noqa: RUF012  the table itself has none


class Gathered:
    """Hits of one hour of arrival of which no more than the hour may be known: those that are alike are one row.

    They wait here until the hour is over and they can be mixed; two tables take turns, so that one can be emptied.
    """

    at: Mapped[datetime]
    delivery_number: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str]
    subject: Mapped[int] = mapped_column(BigInteger)
    link_number: Mapped[int]
    part: Mapped[str]
    method: Mapped[str]
    agent: Mapped[str]
    judgement: Mapped[str]
    rule: Mapped[str]
    rules_version: Mapped[int] = mapped_column(SmallInteger)
    hits: Mapped[int] = mapped_column(BigInteger)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        """The tables have no key: nothing is ever asked of them but all there is."""
        return {"primary_key": list(cls.__table__.columns)}  # type: ignore[attr-defined]


class GatheredEvenRow(Gathered, Base):
    """What arrives in even hours."""

    __tablename__ = "gathered_even"


class GatheredOddRow(Gathered, Base):
    """What arrives in odd hours."""

    __tablename__ = "gathered_odd"


class SpoolRangeRow(Base):
    """Records of a segment that were counted: those that begin in it. Neighbours are merged."""

    __tablename__ = "spool_ranges"
    __table_args__ = (CheckConstraint("first_offset < next_offset", name="order"),)

    spool_id: Mapped[str] = mapped_column(primary_key=True)
    segment: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    first_offset: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    next_offset: Mapped[int] = mapped_column(BigInteger)


class AcceptanceRow(Base):
    """When the next server took a message, at personal and for a day: machines react right after."""

    __tablename__ = "acceptances"
    __table_args__ = (Index("ix_acceptances_accepted_at", "accepted_at", postgresql_using="brin"),)

    delivery_number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    ordinal: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    accepted_at: Mapped[datetime]


class JudgingRow(Base):
    """How far one kind of reactions of a delivery was judged with everything known around them."""

    __tablename__ = "judgings"
    __table_args__ = (
        CheckConstraint("kind IN ('open', 'click', 'action')", name="kind"),
        Index("ix_judgings_due_at", "due_at", postgresql_where=text("due_at IS NOT NULL")),
    )

    delivery_number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(primary_key=True)
    rules_version: Mapped[int] = mapped_column(SmallInteger)
    """The oldest set of rules by which any of them may have been judged."""
    is_whole: Mapped[bool]
    """All of them wait to be judged, not only the newest: when none is left, `rules_version` is the present one."""
    judged_at: Mapped[datetime | None]
    pending_from: Mapped[datetime | None]
    """From here on (and at this instant from `pending_place` on) reactions wait to be judged; None: none do."""
    pending_place: Mapped[int] = mapped_column(BigInteger)
    due_at: Mapped[datetime | None]
