"""Queries of files."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, type_coerce, update
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncSession

from lui.content.models import Content, JobFile, StoredFile


class FileRepository:
    """Stored octets, and the files of jobs."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def store(self, sha256: str, octets: bytes, at: datetime) -> None:
        """Keep octets, or note that they were used again."""
        row = {"sha256": sha256, "size": len(octets), "octets": octets, "used_at": at}
        statement = insert(StoredFile).values(row)
        await self._session.execute(statement.on_conflict_do_update(index_elements=["sha256"], set_={"used_at": at}))

    async def octets(self, sha256: str) -> bytes | None:
        """The octets of a SHA-256."""
        return await self._session.scalar(select(StoredFile.octets).where(StoredFile.sha256 == sha256))

    async def note_used(self, sha256s: Collection[str], at: datetime) -> None:
        """They were handed over just now."""
        await self._session.execute(update(StoredFile).where(StoredFile.sha256.in_(sha256s)).values(used_at=at))

    def add(self, file: JobFile) -> None:
        """Keep a new file of a job."""
        self._session.add(file)

    async def of_job(self, job_id: str) -> list[JobFile]:
        """A job's files in their order."""
        found = select(JobFile).where(JobFile.job_id == job_id).order_by(JobFile.position, JobFile.id)
        return list(await self._session.scalars(found))

    async def remove(self, file: JobFile) -> None:
        """Take a file from its job."""
        await self._session.delete(file)
        await self._session.flush()

    async def forget_unused(self, *, before: datetime, limit: int) -> int:
        """Forget octets that nothing refers to and that were not used since; returns how many."""
        frozen = func.jsonb_build_array(func.jsonb_build_object("sha256", StoredFile.sha256))
        in_a_job = select(JobFile.id).where(JobFile.sha256 == StoredFile.sha256).exists()
        in_a_content = select(Content.id).where(Content.files.contains(type_coerce(frozen, JSONB))).exists()
        old = (
            select(StoredFile.sha256)
            .where(StoredFile.used_at < before, ~in_a_job, ~in_a_content)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        found: Sequence[str] = (await self._session.scalars(old)).all()
        if found:
            await self._session.execute(delete(StoredFile).where(StoredFile.sha256.in_(found)))
        return len(found)
