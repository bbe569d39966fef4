"""Files that go with a message: kept once by their SHA-256, held by the jobs that send them."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from common.contracts.problem import Invalid
from common.ids import new_id
from common.messaging.unit_of_work import UnitOfWork
from lui.content import files_rules as rules
from lui.content.errors import FileNotFound, FileTooLarge
from lui.content.files_repository import FileRepository
from lui.content.models import Content, JobFile
from lui.content.repository import ContentRepository
from lui.content.schemas import MAX_FILES, FileOrder

UNUSED_LIFETIME = timedelta(days=7)
"""How long octets stay after nothing in lui refers to them: a mailer that was away still fetches them."""


@dataclass(frozen=True)
class NewFile:
    """A file as it came, and how much this installation takes."""

    name: str
    octets: bytes
    is_inline: bool
    max_octets: int
    max_together: int


async def add_file(uow: UnitOfWork, job_id: str, new: NewFile) -> JobFile:
    """Keep a file with a job; one that is there already is not added twice. Raises FileTooLarge, Invalid."""
    if len(new.octets) > new.max_octets:
        raise FileTooLarge(f"The file is larger than {new.max_octets:,} octets", max_octets=new.max_octets)
    if not new.octets:
        raise Invalid(("/file", "the file is empty"))
    repository = FileRepository(uow.session)
    present = await repository.of_job(job_id)
    file = _made(uow, job_id, new, position=max((each.position for each in present), default=0) + 1)
    for each in present:
        if (each.sha256, each.is_inline) == (file.sha256, file.is_inline) and (
            each.is_inline or each.file_name == file.file_name
        ):
            return each
    _require_room(present, new)
    await repository.store(file.sha256, new.octets, uow.now)
    repository.add(file)
    await uow.session.flush()
    return file


def _made(uow: UnitOfWork, job_id: str, new: NewFile, *, position: int) -> JobFile:
    name = rules.file_name(new.name)
    kind = rules.content_type(name, new.octets)
    if new.is_inline:
        rules.require_showable(kind, "/file")
    return JobFile(
        id=new_id(),
        job_id=job_id,
        position=position,
        file_name=name,
        content_type=kind,
        size=len(new.octets),
        sha256=hashlib.sha256(new.octets).hexdigest(),
        is_inline=new.is_inline,
        created_at=uow.now,
    )


def _require_room(present: Sequence[JobFile], new: NewFile) -> None:
    if len(present) >= MAX_FILES:
        raise Invalid(("/file", f"a message can have {MAX_FILES} files"))
    together = sum(file.size for file in present) + len(new.octets)
    if together > new.max_together:
        detail = f"All files together would be larger than {new.max_together:,} octets"
        raise FileTooLarge(detail, max_octets=new.max_together)


async def files_of(uow: UnitOfWork, job_id: str) -> list[JobFile]:
    """A job's files in their order."""
    return await FileRepository(uow.session).of_job(job_id)


async def get_file(uow: UnitOfWork, job_id: str, file_id: str) -> JobFile:
    """A file of a job. Raises FileNotFound."""
    found = next((file for file in await files_of(uow, job_id) if file.id == file_id), None)
    if found is None:
        raise FileNotFound("The job has no such file", file_id=file_id)
    return found


async def remove_file(uow: UnitOfWork, job_id: str, file_id: str) -> None:
    """Take a file from a job; its octets go when nothing else holds them. Raises FileNotFound."""
    await FileRepository(uow.session).remove(await get_file(uow, job_id, file_id))


async def reorder(uow: UnitOfWork, job_id: str, wanted: Sequence[FileOrder]) -> list[JobFile]:
    """Give the files another order and other flags. Raises Invalid."""
    files = {file.id: file for file in await files_of(uow, job_id)}
    for position, (file_id, is_inline) in enumerate(rules.ordered(list(files.values()), wanted), start=1):
        files[file_id].position, files[file_id].is_inline = position, is_inline
    await uow.session.flush()
    return await files_of(uow, job_id)


async def copy_files(uow: UnitOfWork, source_id: str, job_id: str) -> None:
    """Give a copied job the files of the one it was made of."""
    repository = FileRepository(uow.session)
    for file in await repository.of_job(source_id):
        repository.add(
            JobFile(
                id=new_id(),
                job_id=job_id,
                position=file.position,
                file_name=file.file_name,
                content_type=file.content_type,
                size=file.size,
                sha256=file.sha256,
                is_inline=file.is_inline,
                created_at=uow.now,
            )
        )
    await uow.session.flush()


async def refreeze(uow: UnitOfWork, content_id: str, files: Iterable[JobFile]) -> Content:
    """The same words with other files: a new content, as contents never change."""
    repository = ContentRepository(uow.session)
    old = await repository.whole(content_id)
    if old is None:
        raise AssertionError("the step that refers to a content keeps it")
    content = Content(
        id=new_id(),
        subject=old.subject,
        html=old.html,
        text=old.text,
        text_alternative=old.text_alternative,
        has_html=old.has_html,
        merge_fields=old.merge_fields,
        links=old.links,
        warnings=old.warnings,
        charset=old.charset,
        files=rules.as_sent(files),
        created_at=uow.now,
    )
    content.digest = content.present_digest()
    repository.add(content)
    await uow.session.flush()
    return content


async def store(uow: UnitOfWork, sha256: str, octets: bytes) -> None:
    """Keep octets that mailer will ask for within a few days."""
    await FileRepository(uow.session).store(sha256, octets, uow.now)


async def octets_of(uow: UnitOfWork, sha256: str) -> bytes:
    """The octets of a SHA-256. Raises FileNotFound."""
    octets = await FileRepository(uow.session).octets(sha256)
    if octets is None:
        raise FileNotFound("There is no such file", sha256=sha256)
    return octets


async def note_handed_over(uow: UnitOfWork, sha256s: Iterable[str]) -> None:
    """Mailer will ask for these."""
    wanted = set(sha256s)
    if wanted:
        await FileRepository(uow.session).note_used(wanted, uow.now)


async def forget_unused_files(uow: UnitOfWork, *, limit: int) -> int:
    """Forget octets that nothing has referred to for a while; returns how many."""
    return await FileRepository(uow.session).forget_unused(before=uow.now - UNUSED_LIFETIME, limit=limit)
