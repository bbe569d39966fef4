"""Ids, time, names, cursors, pointers, logs, health: the parts without a neighbour."""

import asyncio
import json
import logging
import time
import uuid
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from common.clock import utc_now
from common.contracts.base import Fact
from common.contracts.hub import AccountChangedV1
from common.contracts.problem import Invalid, Problem
from common.http.paging import PageParams, decode_cursor, encode_cursor, page_of
from common.http.problems import pointer, problems
from common.ids import new_id
from common.messaging.streams import Names
from common.observability import logging as our_logging
from common.observability.correlation import correlated, current_correlation_id
from common.observability.health import Health
from tests.common.conftest import SampleSettings
from tests.support.http import make_settings
from tests.support.logs import logs_of_its_own


def test_ids_are_version_7_unique_and_sorted_by_time() -> None:
    before = time.time_ns() // 1_000_000
    ids = [new_id() for _ in range(1_000)]
    after = time.time_ns() // 1_000_000
    parsed = [uuid.UUID(each) for each in ids]
    assert {(each.version, each.variant) for each in parsed} == {(7, uuid.RFC_4122)}
    assert len(set(ids)) == 1_000
    stamps = [each.int >> 80 for each in parsed]
    assert stamps == sorted(stamps)
    assert before <= stamps[0] <= stamps[-1] <= after


def test_time_is_aware() -> None:
    assert utc_now().utcoffset() is not None


class AccountChangedV2(Fact):
    """Never registered: only its subject matters here."""

    subject = "hub.account.changed.v2"


@pytest.mark.parametrize(
    ("prefix", "subject", "stream", "durable", "second"),
    [
        ("", "hub.account.changed.v1", "HUB", "lui__account_changed", "lui__account_changed_v2"),
        ("t1", "t1.hub.account.changed.v1", "t1_HUB", "t1_lui__account_changed", "t1_lui__account_changed_v2"),
    ],
)
def test_names_in_nats(prefix: str, subject: str, stream: str, durable: str, second: str) -> None:
    names = Names(prefix)
    assert names.subject(AccountChangedV1.subject) == subject
    assert names.stream("hub") == stream
    assert names.durable("lui", AccountChangedV1) == durable
    assert names.durable("lui", AccountChangedV2) == second
    assert names.durable("lui", AccountChangedV1, "own_name").endswith("lui__own_name")


@given(st.lists(st.one_of(st.integers(-(2**53), 2**53), st.text(), st.none()), max_size=4))
def test_cursors_come_back_as_they_were_given(position: list[int | str | None]) -> None:
    cursor = encode_cursor(*position)
    assert decode_cursor(cursor) == position
    assert cursor.replace("-", "").replace("_", "").isalnum() or not cursor


@given(st.text(max_size=40))
def test_foreign_cursors_are_refused_and_nothing_else_happens(text: str) -> None:
    try:
        position = decode_cursor(text)
    except Invalid as error:
        position = error.facts["errors"]
    assert isinstance(position, list)


@pytest.mark.parametrize(("count", "kept", "more"), [(0, 0, False), (2, 2, False), (3, 2, True)])
def test_a_page_knows_whether_there_is_another(count: int, kept: int, *, more: bool) -> None:
    rows, following = page_of(list(range(count)), PageParams(limit=2), lambda row: (row,))
    assert len(rows) == kept
    assert (following is not None) is more


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        (("body",), ""),
        (("body", "steps", "at"), "/steps/at"),
        (("body", "items", 0, "a/b~c"), "/items/0/a~1b~0c"),
        (("query", "limit"), "/query/limit"),
        (("path", "job_id"), "/path/job_id"),
    ],
)
def test_pointers(location: tuple[str | int, ...], expected: str) -> None:
    assert pointer(location) == expected


def test_problems_of_one_status_are_told_together() -> None:
    class First(Problem):
        status, slug, title = 409, "first", "First"

    class Second(Problem):
        status, slug, title = 409, "second", "Second"

    described = problems(First, Second)
    assert described[409]["x-problems"] == ["urn:tutti:problem:first", "urn:tutti:problem:second"]
    assert described[409]["description"] == "First; Second"


def test_a_correlation_is_ours_unless_a_usable_one_was_given() -> None:
    with correlated("abc-1") as given_id:
        assert given_id == current_correlation_id() == "abc-1"
        with correlated("in\njected") as inner:
            assert inner != "in\njected"
            assert structlog.contextvars.get_contextvars()["correlation_id"] == inner
        assert current_correlation_id() == "abc-1"
    assert current_correlation_id() != current_correlation_id()


class TestHealth:
    async def test_all_conditions_are_asked_and_told(self) -> None:
        async def well() -> str | None:
            return None

        async def ill() -> str | None:
            return "cold"

        health = Health({"one": well})
        assert await health.report() == {"ready": True, "checks": {"one": "ok"}}
        health.add("two", ill)
        assert await health.report() == {"ready": False, "checks": {"one": "ok", "two": "cold"}}

    async def test_a_check_that_hangs_or_breaks_is_a_reason(self, monkeypatch: pytest.MonkeyPatch) -> None:
        async def hangs() -> str | None:
            await asyncio.Event().wait()
            return None

        async def breaks() -> str | None:
            raise RuntimeError("password=secret")

        monkeypatch.setattr("common.observability.health._SECONDS", 0.05)
        report = await Health({"hangs": hangs, "breaks": breaks}).report()
        assert report["checks"] == {"hangs": "no answer in time", "breaks": "failed with RuntimeError"}


class TestLogs:
    @pytest.fixture(autouse=True)
    def restored(self) -> Iterator[None]:
        with logs_of_its_own():
            yield

    def test_are_json_with_ours_and_the_libraries_alike(self, capsys: pytest.CaptureFixture[str]) -> None:
        our_logging.setup(self._settings())
        with correlated("c-1"):
            our_logging.get_logger().info("thing done", count=3)
            logging.getLogger("library").warning("thing %s", "said")
            our_logging.get_logger().debug("not shown")
        ours, theirs = (json.loads(line) for line in capsys.readouterr().out.splitlines())
        assert (ours["event"], ours["count"], ours["level"]) == ("thing done", 3, "info")
        assert (theirs["event"], theirs["logger"]) == ("thing said", "library")
        for line in (ours, theirs):
            assert (line["service"], line["correlation_id"]) == ("hub", "c-1")
            assert line["timestamp"].endswith("Z")

    @pytest.mark.parametrize("log_format", ["json", "console"])
    def test_tell_where_it_broke_and_not_with_what(self, capsys: pytest.CaptureFixture[str], log_format: str) -> None:
        our_logging.setup(self._settings(log_format=log_format))

        def breaks(address: str) -> int:
            return len(address) // 0

        someone = f"ada@{'example.org'}"
        try:
            breaks(someone)
        except ZeroDivisionError as error:
            our_logging.get_logger().error("it broke", exc_info=error)
        out = capsys.readouterr().out
        assert "ZeroDivisionError" in out
        assert "breaks" in out
        assert someone not in out

    @staticmethod
    def _settings(**more: str) -> SampleSettings:
        return make_settings(SampleSettings, database_url="postgresql+psycopg://none.invalid/none", **more)
