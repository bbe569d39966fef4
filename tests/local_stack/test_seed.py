"""The demonstration data set adds up to the whitepaper's report, whenever and however often it is made."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from local_stack.layout import Layout, StackError
from local_stack.seed import catalogue, people
from local_stack.seed.broker import Broker
from local_stack.seed.catalogue import MAILINGS, first_of
from local_stack.seed.past import Batch, Delivered, batches
from tests.support.ports import free_port_base

TODAYS = (date(2026, 11, 22), date(2026, 1, 1), date(2026, 3, 31), date(2028, 3, 1), date(2026, 12, 31))
_FRAME = 8
_FARTHEST_ZONE = timedelta(hours=14)


def delivered(mailing: catalogue.Mailing, number: int = 7) -> Delivered:
    return Delivered(mailing, number, {"html": (1, 2, 3, 4, 5), "text": (6, 7, 8, 9, 10)})


def records(today: date) -> list[tuple[catalogue.Mailing, list[str]]]:
    """Every hit of every mailing, its columns apart."""
    return [
        (mailing, line.split("\t")[1:])
        for mailing in MAILINGS
        for batch in batches(delivered(mailing), today)
        for line in batch.lines
    ]


@pytest.mark.parametrize("today", TODAYS)
def test_last_month_sums_up_to_the_whitepapers_report_wherever_the_clock_is_read(today: date) -> None:
    month, made = first_of(today, catalogue.LAST_MONTH), records(today)
    for shift in (-_FARTHEST_ZONE, timedelta(0), _FARTHEST_ZONE):
        parts: Counter[str] = Counter()
        for _, (_, kind, _, _, link, at_ms, *_) in made:
            local = datetime.fromtimestamp(int(at_ms) / 1000, UTC) + shift
            if kind == "c" and local.date().replace(day=1) == month:
                parts["html" if int(link) <= 5 else "text"] += 1
        assert parts == {"html": 1_961, "text": 342}
    assert catalogue.ANY_LINK == catalogue.IN_HTML + catalogue.IN_TEXT == 2_303


@pytest.mark.parametrize("today", TODAYS)
def test_nothing_was_done_in_the_future(today: date) -> None:
    newest = max(int(columns[5]) for _, columns in records(today))
    assert datetime.fromtimestamp(newest / 1000, UTC).date() < first_of(today, 0)


def test_nothing_is_made_up_that_no_intake_would_have_kept() -> None:
    for mailing, (_, kind, _, subject, link, at_ms, method, agent, network) in records(TODAYS[0]):
        assert (method, network) == ("GET", "")
        assert (int(link) > 0) == (kind == "c")
        if mailing.level == "personal":
            assert 1 <= int(subject) <= people.COUNT
            assert people.reads_text(int(subject)) == (kind == "c" and int(link) > 5)
        else:
            assert int(at_ms) % 3_600_000 == 0
            assert agent in {"Mozilla", "GoogleImageProxy"}
            assert (int(subject) == 0) == (mailing.level == "blind")


def test_a_second_making_states_the_same_facts_under_the_same_ids() -> None:
    for mailing in MAILINGS:
        first, second = (list(batches(delivered(mailing), TODAYS[0])) for _ in range(2))
        assert first == second
        assert len({batch.message_id for batch in first}) == len(first)
        _require_gapless(first)


def _require_gapless(made: list[Batch]) -> None:
    """Each line begins where the one before ends, as in the file of an intake."""
    at = 0
    for batch in made:
        assert batch.first_offset == at
        for line in batch.lines:
            offset, _, record = line.partition("\t")
            assert int(offset) == at
            at += _FRAME + len(record.encode())
        assert batch.next_offset == at


def test_an_installation_does_not_take_the_facts_of_another_one_for_its_own() -> None:
    mailing = MAILINGS[0]
    ids = {batch.spool_id for number in (7, 8) for batch in batches(delivered(mailing, number), TODAYS[0])}
    assert len(ids) == 2


def test_a_broker_that_is_not_there_is_told_in_a_sentence() -> None:
    layout = Layout(data_dir=Path("unused"), port_base=free_port_base())
    with pytest.raises(StackError, match="the broker does not answer"):
        Broker(layout, "tracker", "secret")
