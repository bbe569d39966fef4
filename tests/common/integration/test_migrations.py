import threading
from datetime import date

import psycopg
import pytest
import sqlalchemy
from alembic import command
from alembic.util.exc import CommandError
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from common.db.migrations import alembic_config, migrate
from common.db.partitions import ensure_month_partitions
from common.db.revisions import current_revision, known_revisions
from common.service.resources import Resources, open_resources
from tests.common.conftest import SAMPLE, SampleSettings
from tests.common.sample.tables import MESSAGING
from tests.support.databases import Databases
from tests.support.http import make_settings

HEAD = "2026_01_01_0901"


@pytest.fixture
def empty(databases: Databases) -> SampleSettings:
    return make_settings(SampleSettings, database_url=databases.empty("hub"))


def dsn(settings: SampleSettings) -> str:
    return settings.database_url.get_secret_value().replace("+psycopg", "")


async def test_an_empty_database_is_brought_to_head_in_its_own_schema(empty: SampleSettings) -> None:
    migrate(empty, SAMPLE)
    migrate(empty, SAMPLE)  # a second time changes nothing
    with psycopg.connect(dsn(empty)) as connection:
        found = connection.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
    assert {schema for schema, _ in found} == {"hub"}
    assert ("hub", "alembic_version") in found
    assert known_revisions(SAMPLE) == (HEAD, frozenset({HEAD, "2026_01_01_0900"}))


async def test_the_models_are_what_was_migrated(empty: SampleSettings) -> None:
    migrate(empty, SAMPLE)
    with psycopg.connect(dsn(empty)) as connection:
        # Neither another service's schema nor a partition made since is anybody's drift.
        connection.execute("CREATE SCHEMA other; CREATE TABLE other.thing (id int)")
        connection.execute("CREATE TABLE hub.notes_2026_11 (id int); CREATE TABLE hub.notes_default (id int)")
    command.check(alembic_config(SAMPLE, empty.database_url.get_secret_value()))
    with psycopg.connect(dsn(empty)) as connection:
        connection.execute("ALTER TABLE hub.notes ADD COLUMN surprise int")
    with pytest.raises(CommandError):
        command.check(alembic_config(SAMPLE, empty.database_url.get_secret_value()))


async def test_it_can_go_down_and_up_again(empty: SampleSettings) -> None:
    config = alembic_config(SAMPLE, empty.database_url.get_secret_value())
    for step in ("head", "base", "head"):
        (command.downgrade if step == "base" else command.upgrade)(config, step)
    command.check(config)


async def test_two_at_once_take_turns(empty: SampleSettings) -> None:
    failures: list[Exception] = []

    def once() -> None:
        try:
            migrate(empty, SAMPLE)
        except Exception as error:  # noqa: BLE001
            failures.append(error)

    # The environment script is module-global to alembic, so the other one is another process in real life: here the
    # lock is held by a connection instead.
    with psycopg.connect(dsn(empty), autocommit=True) as holder:
        holder.execute("SELECT pg_advisory_lock(hashtextextended('migrations of hub', 0))")
        thread = threading.Thread(target=once)
        thread.start()
        while not holder.execute("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted").fetchone():
            pass
        assert holder.execute("SELECT to_regclass('hub.outbox')").fetchone() == (None,)
        holder.execute("SELECT pg_advisory_unlock_all()")
        thread.join(30)
    assert failures == []


async def test_it_does_not_queue_behind_a_lock_for_long(empty: SampleSettings) -> None:
    migrate(empty, SAMPLE)
    config = alembic_config(SAMPLE, empty.database_url.get_secret_value())
    with psycopg.connect(dsn(empty)) as holder:
        holder.execute("SELECT count(*) FROM hub.notes")
        with pytest.raises(OperationalError, match="lock timeout"):
            command.downgrade(config, "-1")


async def test_ready_says_what_is_missing(empty: SampleSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("common.service.resources.known_revisions", lambda _service: known_revisions(SAMPLE))
    async with open_resources(empty, MESSAGING) as resources:
        never = await resources.health.report()
        command.upgrade(alembic_config(SAMPLE, empty.database_url.get_secret_value()), "2026_01_01_0900")
        behind = await resources.health.report()
        migrate(empty, SAMPLE)
        head = await resources.health.report()
        async with resources.uow() as uow:
            await uow.session.execute(text("UPDATE hub.alembic_version SET version_num = '2027_01_01_0000'"))
        newer = await resources.health.report()
    assert never["checks"]["database"] == "failed with ProgrammingError"
    assert behind["checks"]["database"] == f"migrations are at 2026_01_01_0900, this code needs {HEAD}"
    assert head["checks"] == {"database": "ok", "nats": "not connected"}
    assert newer["checks"]["database"] == "ok", "the release before this one is still running"
    assert not head["ready"]


async def test_the_revision_is_read_from_the_own_schema(resources: Resources) -> None:
    assert await current_revision(resources.engine, "hub") == HEAD


class TestMonthPartitions:
    @pytest.fixture
    async def parent(self, resources: Resources) -> str:
        async with resources.uow() as uow:
            columns = "id bigint GENERATED ALWAYS AS IDENTITY, at timestamptz NOT NULL, note text DEFAULT 'x'"
            for statement in (
                f"CREATE TABLE hub.hits ({columns} CHECK (note <> ''), PRIMARY KEY (id, at)) PARTITION BY RANGE (at)",
                "CREATE TABLE hub.hits_default PARTITION OF hub.hits DEFAULT",
                "CREATE INDEX ix_hits_note ON hub.hits (note)",
            ):
                await uow.session.execute(text(statement))
        return "hub.hits"

    async def test_are_made_once(self, resources: Resources, parent: str) -> None:
        months = [date(2026, 12, 5), date(2026, 11, 30), date(2026, 11, 1), date(2027, 1, 31)]
        async with resources.uow() as uow:
            made = await ensure_month_partitions(uow.session, table=parent, months=months)
            again = await ensure_month_partitions(uow.session, table=parent, months=months)
        assert made == ["hub.hits_2026_11", "hub.hits_2026_12", "hub.hits_2027_01"]
        assert again == []

    async def test_take_the_rows_of_their_month_and_no_others(self, resources: Resources, parent: str) -> None:
        instants = [
            "2026-10-31 23:59:59.999999+00",
            "2026-11-01 00:00:00+00",
            "2026-12-01 00:30:00+01",
            "2026-12-01 00:00:00+00",
        ]
        async with resources.uow() as uow:
            await uow.session.execute(text("SET LOCAL timezone = 'Asia/Tokyo'"))
            for instant in instants:
                await uow.session.execute(text(f"INSERT INTO hub.hits (at) VALUES ('{instant}')"))  # noqa: S608
            await ensure_month_partitions(uow.session, table=parent, months=[date(2026, 11, 22)])
            await uow.session.execute(text("INSERT INTO hub.hits (at) VALUES ('2026-11-15 00:00:00+00')"))
            count = "SELECT (SELECT count(*) FROM hub.hits_2026_11), (SELECT count(*) FROM hub.hits_default)"
            assert tuple((await uow.session.execute(text(count))).one()) == (3, 2)
            ids = (await uow.session.scalars(text("SELECT id FROM hub.hits ORDER BY id"))).all()
            assert list(ids) == [1, 2, 3, 4, 5]

    async def test_have_the_parents_indexes_and_checks(self, resources: Resources, parent: str) -> None:
        async with resources.uow() as uow:
            await ensure_month_partitions(uow.session, table=parent, months=[date(2026, 11, 22)])
            indexes = await uow.session.scalar(
                text("SELECT count(*) FROM pg_indexes WHERE schemaname = 'hub' AND tablename = 'hits_2026_11'")
            )
            assert indexes == 2
        with pytest.raises(sqlalchemy.exc.IntegrityError):
            async with resources.uow() as uow:
                await uow.session.execute(text("INSERT INTO hub.hits (at, note) VALUES ('2026-11-15', '')"))
