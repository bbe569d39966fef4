"""Counters, moved in the transaction that stores the reactions and by new rows only."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.base import Base


class TallyRow(Base):
    """Reactions of a delivery by what, when and by whom judged: what every report adds up."""

    __tablename__ = "tallies"

    delivery_number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(primary_key=True)
    link_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    period_start: Mapped[datetime] = mapped_column(primary_key=True)
    """Of a quarter of an hour at personal, else of an hour."""
    judgement: Mapped[str] = mapped_column(primary_key=True)
    part: Mapped[str]
    count: Mapped[int] = mapped_column(BigInteger)


class TotalRow(Base):
    """What `tallies` add up to over all periods."""

    __tablename__ = "totals"

    delivery_number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(primary_key=True)
    link_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    judgement: Mapped[str] = mapped_column(primary_key=True)
    part: Mapped[str]
    count: Mapped[int] = mapped_column(BigInteger)


class SeenRow(Base):
    """One recipient's reactions to one thing (`plans.groups`), at the levels that may know it.

    At anonymous the subject is the profile's number, and nobody counts the rows: profiles are not people.
    """

    __tablename__ = "seen"
    __table_args__ = ({"postgresql_partition_by": "HASH (delivery_number)"},)

    delivery_number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(primary_key=True)
    link_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    subject: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    first_at: Mapped[datetime]
    first_human_at: Mapped[datetime | None]
    """Leaving out what was judged a machine."""
    hits: Mapped[int] = mapped_column(BigInteger)


class PeopleRow(Base):
    """How many rows `seen` has for one thing: different recipients."""

    __tablename__ = "people"

    delivery_number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(primary_key=True)
    link_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    people: Mapped[int] = mapped_column(BigInteger)
    humans: Mapped[int] = mapped_column(BigInteger)


class FirstsRow(Base):
    """Different recipients by the period of their first reaction to one thing; `people` is the sum over all periods."""

    __tablename__ = "firsts"

    delivery_number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(primary_key=True)
    link_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    period_start: Mapped[datetime] = mapped_column(primary_key=True)
    people: Mapped[int] = mapped_column(BigInteger)
    humans: Mapped[int] = mapped_column(BigInteger)
    """By the first reaction that was not judged a machine's."""


class DeliveryTallyRow(Base):
    """A delivery's totals, and which state of them has been stated."""

    __tablename__ = "delivery_tallies"
    __table_args__ = (
        Index("ix_delivery_tallies_unstated", "delivery_number", postgresql_where=text("revision > stated_revision")),
    )

    delivery_number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    opens: Mapped[int] = mapped_column(BigInteger)
    clicks: Mapped[int] = mapped_column(BigInteger)
    revision: Mapped[int] = mapped_column(BigInteger)
    stated_revision: Mapped[int] = mapped_column(BigInteger)
    stated_at: Mapped[datetime | None]
