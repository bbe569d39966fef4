"""What nothing refers to is forgotten after a day, and nothing else."""

from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import func, select

from lui.audience.models import Snapshot, SnapshotRecipient, Upload, UploadPiece
from lui.content.models import Content
from lui.jobs import service
from lui.jobs.scheduler import DueJobs, Tidying
from tests.support.builders.lui import (
    CONTENT,
    Lui,
    a_prepared_job,
    a_tested_job,
    act,
    lui_under_test,
    ok,
    put,
    recipients,
    upload,
)


@pytest.fixture
async def lui(clone: Callable[[str], str]) -> AsyncIterator[Lui]:
    async with lui_under_test(clone("lui")) as made:
        yield made


async def kept(lui: Lui) -> dict[str, int]:
    tables = (Upload, UploadPiece, Snapshot, SnapshotRecipient, Content)
    async with lui.resources.uow.reader() as uow:
        return {
            table.__tablename__: await uow.session.scalar(select(func.count()).select_from(table)) or 0
            for table in tables
        }


async def test_only_what_is_used_outlives_a_day(lui: Lui) -> None:
    async with lui.ada() as ada:
        await upload(ada)  # never used
        job = await a_tested_job(ada)
        job = await put(ada, job, "content", {**CONTENT, "subject": "Hello"})
        again = await upload(ada)
        job = await put(ada, job, "recipients", recipients(again["id"]))
    before = await kept(lui)
    await Tidying(lui.resources.uow).once()
    assert await kept(lui) == before, "what is younger than a day may still be wanted"
    lui.clock.advance(days=1, seconds=1)
    await Tidying(lui.resources.uow).once()
    # The file and the audience the job names, the audience its test was sent to, and its present content.
    assert await kept(lui) == {
        "uploads": 1,
        "upload_pieces": 1,
        "snapshots": 2,
        "snapshot_recipients": 4,
        "contents": 1,
    }
    async with lui.ada() as ada:
        assert (await ok(await ada.get(f"/api/v1/jobs/{job['id']}/recipients")))["counts"]["accepted"] == 3
        assert (await ok(await ada.get(f"/api/v1/uploads/{again['id']}")))["rows"] == 3


async def test_what_two_jobs_share_stays_until_both_are_gone(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_prepared_job(ada)
        copy = await act(ada, job, "copy", 201)
        lui.clock.advance(days=2)
    async with lui.ada() as ada:
        await ok(await ada.delete(f"/api/v1/jobs/{job['id']}"), 204)
        await Tidying(lui.resources.uow).once()
        assert (await kept(lui))["snapshots"] == 1
        await ok(await ada.delete(f"/api/v1/jobs/{copy['id']}"), 204)
        await Tidying(lui.resources.uow).once()
    assert set((await kept(lui)).values()) == {0}


async def test_many_unused_ones_are_forgotten_in_steps(lui: Lui, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lui.jobs.service.due.TIDIED_AT_ONCE", 2)
    async with lui.ada() as ada:
        await a_prepared_job(ada)  # the oldest one is in use and must not stop the others
        for _ in range(5):
            await upload(ada)
    lui.clock.advance(days=2)
    await Tidying(lui.resources.uow).once()
    assert (await kept(lui))["uploads"] == 1


async def test_an_absent_database_does_not_end_the_clockwork(lui: Lui, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*_: object, **__: object) -> int:
        raise ConnectionError

    monkeypatch.setattr(service, "send_due", away)
    assert await DueJobs(lui.resources.uow, "pages.test").once() > 1
