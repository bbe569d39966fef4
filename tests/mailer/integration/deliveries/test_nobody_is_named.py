"""Who is written to stands in the tables of mailer and in the mail, and nowhere else (T38)."""

import logging
from collections.abc import Callable

import pytest
from prometheus_client import generate_latest

from tests.support.builders.coming_back import returns
from tests.support.builders.reports import a_dsn
from tests.support.smtp import Fate

Clone = Callable[[str], str]
REFUSED = "550 5.1.1 <person2@example.org> Person 2 is not known here"
PUT_OFF = "451 4.2.1 <person3@example.org> come back, Person 3"


def _script(address: str, number: int) -> Fate | None:
    if address.startswith("person2@"):
        return Fate("RCPT", REFUSED)
    if address.startswith("person3@") and number == 1:
        return Fate("RCPT", PUT_OFF)
    return Fate("after_dot") if address.startswith("person4@") and number == 1 else None


async def test_no_log_line_metric_or_fact_names_a_recipient(clone: Clone, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with returns(clone("mailer"), script=_script) as world:
        await world.deliver(count=6)
        await world.give(a_dsn(recipient="person1@example.org", diagnostic="550 5.1.1 person1@example.org unknown"), 1)
        await world.give(b"From: person5@example.org\n\nnothing that is understood", 5)
        facts = await world.mailer.rows("SELECT subject || body || headers::text AS said FROM mailer.outbox")
        tokens = [world.return_path(ordinal) for ordinal in range(1, 7)]
    said = [record.getMessage() for record in caplog.records if not record.name.startswith(("psycopg", "sqlalchemy"))]
    assert any(line.startswith("event=") for line in said), "it does log"
    assert facts
    everything = "\n".join([*said, *(fact.said for fact in facts), generate_latest().decode()])
    for secret in ("example.org", "person1", "Person 2", "Person 3", *tokens):
        assert secret not in everything
