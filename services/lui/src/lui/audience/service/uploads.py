"""Taking files in and looking into them."""

from collections.abc import AsyncIterator, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from common.contracts.problem import Invalid
from common.http.bearer import Caller
from common.ids import new_id
from common.messaging.unit_of_work import UnitOfWork, UnitOfWorkFactory
from lui.access.rules import is_id
from lui.audience.bridge import Bridge
from lui.audience.detection import SAMPLE_ROWS, EncodingProbe, NotText, detect_settings
from lui.audience.errors import UploadNotFound, UploadTooLarge, UploadUnreadable
from lui.audience.models import Upload
from lui.audience.reading import ParseSettings, Unreadable, rows
from lui.audience.repository import UploadRepository
from lui.audience.rules.columns import Columns, columns_of_header, numbered_columns

PIECE_OCTETS = 1024 * 1024
UNUSED_LIFETIME = timedelta(days=1)


@dataclass(frozen=True)
class Excerpt:
    """The beginning of a file as some settings make it."""

    settings: ParseSettings
    columns: Columns
    sample: list[list[str]]


@dataclass(frozen=True)
class NewFile:
    """A file on its way in."""

    name: str
    octets: AsyncIterator[bytes]
    max_octets: int


class StoredUpload(Protocol):
    """What is read of an upload."""

    id: str
    file_name: str
    size: int
    header: bool
    row_count: int
    created_at: datetime


async def store_upload(work: UnitOfWorkFactory, file: NewFile, *, by: Caller) -> tuple[Upload, Excerpt]:
    """Keep a file piece by piece, each in a transaction of its own: a slow sender holds none open.

    Raises UploadTooLarge, UploadUnreadable; nothing is left of a file that was refused.
    """
    upload_id = new_id()
    async with work() as uow:
        UploadRepository(uow.session).add(_incomplete(upload_id, file.name, by, uow))
    try:
        return await _take_in(work, upload_id, file)
    except BaseException:
        async with work() as uow:
            await UploadRepository(uow.session).remove([upload_id])
        raise


def _incomplete(upload_id: str, file_name: str, by: Caller, uow: UnitOfWork) -> Upload:
    return Upload(
        id=upload_id,
        owner_id=by.account_id,
        group_id=by.group_id,
        file_name=file_name,
        size=0,
        complete=False,
        encoding="utf-8",
        separator=",",
        quote='"',
        header=True,
        row_count=0,
        created_at=uow.now,
    )


async def _take_in(work: UnitOfWorkFactory, upload_id: str, file: NewFile) -> tuple[Upload, Excerpt]:
    probe, start, size, number = EncodingProbe(), b"", 0, 0
    async for piece in _pieces(file.octets):
        size += len(piece)
        if size > file.max_octets:
            raise UploadTooLarge(f"The file is larger than {file.max_octets:,} octets", max_octets=file.max_octets)
        try:
            probe.feed(piece)
            start = start or _checked_start(piece, probe)
        except (NotText, Unreadable) as error:
            raise UploadUnreadable(
                f"{file.name}: {error}", errors=[{"pointer": "/file", "detail": str(error)}]
            ) from error
        async with work() as uow:
            await UploadRepository(uow.session).add_piece(upload_id, number, piece)
        number += 1
    if not start.strip(b" \t\r\n\xef\xbb\xbf"):
        raise UploadUnreadable("The file is empty", errors=[{"pointer": "/file", "detail": "the file is empty"}])
    return await _complete(work, upload_id, detect_settings(start, probe.encoding()), size)


def _checked_start(piece: bytes, probe: EncodingProbe) -> bytes:
    """The first piece, looked at before the rest is taken: a bomb is refused at its first megabyte."""
    detect_settings(piece, probe.encoding_so_far())
    return piece


async def _pieces(octets: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same octets in pieces of one size."""
    buffer = bytearray()
    async for chunk in octets:
        buffer += chunk
        while len(buffer) >= PIECE_OCTETS:
            yield bytes(buffer[:PIECE_OCTETS])
            del buffer[:PIECE_OCTETS]
    if buffer:
        yield bytes(buffer)


async def _complete(
    work: UnitOfWorkFactory, upload_id: str, settings: ParseSettings, size: int
) -> tuple[Upload, Excerpt]:
    try:
        record_count = await _count_records(work, upload_id, settings)
    except Unreadable as error:
        raise UploadUnreadable(
            str(error), errors=[{"pointer": "/file", "detail": error.detail}], line=error.line
        ) from error
    async with work() as uow:
        upload = await _existing(uow, upload_id)
        upload.size, upload.complete = size, True
        upload.encoding, upload.separator = settings.encoding, settings.separator
        upload.quote, upload.header = settings.quote, settings.header
        upload.row_count = record_count - settings.header
        return upload, await _excerpt(uow, upload, settings)


async def _existing(uow: UnitOfWork, upload_id: str) -> Upload:
    upload = await UploadRepository(uow.session).get(upload_id)
    if upload is None:  # somebody removed it meanwhile
        raise UploadNotFound(f"There is no upload {upload_id}", upload_id=upload_id)
    return upload


async def _count_records(work: UnitOfWorkFactory, upload_id: str, settings: ParseSettings) -> int:
    async def read(number: int) -> bytes | None:
        async with work.reader() as uow:
            return await UploadRepository(uow.session).piece(upload_id, number)

    bridge = Bridge()

    def pieces() -> Iterator[bytes]:
        number = 0
        while (piece := bridge.call(read(number))) is not None:
            yield piece
            number += 1

    return await bridge.run(lambda: sum(1 for _ in rows(pieces(), settings)))


async def get_upload(uow: UnitOfWork, upload_id: str, *, by: Caller) -> Upload:
    """Raises UploadNotFound, also for what is not the caller's or the caller's group's."""
    upload = None
    if is_id(upload_id):
        upload = await UploadRepository(uow.session).visible(upload_id, account_id=by.account_id, group_id=by.group_id)
    if upload is None:
        raise UploadNotFound(f"There is no upload {upload_id}", upload_id=upload_id)
    return upload


async def look_into(
    uow: UnitOfWork, upload_id: str, settings: "SettingsAsked", *, by: Caller
) -> tuple[Upload, Excerpt]:
    """The beginning of the file with the settings asked for. Raises UploadNotFound, Invalid."""
    upload = await get_upload(uow, upload_id, by=by)
    try:
        return upload, await _excerpt(uow, upload, settings.over(detected(upload)))
    except Unreadable as error:
        raise Invalid((f"/{error.setting or 'encoding'}", error.detail), line=error.line) from error


@dataclass(frozen=True)
class SettingsAsked:
    """Settings that replace detected ones where they are not None; an empty quote means none."""

    encoding: str | None = None
    separator: str | None = None
    quote: str | None = None
    header: bool | None = None

    def over(self, found: ParseSettings) -> ParseSettings:
        """`found` with what was asked for."""
        quote = found.quote if self.quote is None else (self.quote or None)
        header = found.header if self.header is None else self.header
        return replace(
            found,
            encoding=self.encoding or found.encoding,
            separator=self.separator or found.separator,
            quote=quote,
            header=header,
        )


def detected(upload: Upload) -> ParseSettings:
    """The settings found when the file came in."""
    return ParseSettings(upload.encoding, upload.separator, upload.quote, upload.header)


async def _excerpt(uow: UnitOfWork, upload: Upload, settings: ParseSettings) -> Excerpt:
    start = await UploadRepository(uow.session).piece(upload.id, 0) or b""
    return excerpt(start, settings)


def excerpt(start: bytes, settings: ParseSettings) -> Excerpt:
    """What the settings make of the octets a file begins with. Raises Unreadable."""
    found: list[list[str]] = []
    try:
        for _, cells in rows([start], settings):
            found.append(cells)
            if len(found) > SAMPLE_ROWS:
                break
    except Unreadable:
        # A character cut in two at the end of a piece is no fault; one in the first lines is.
        if len(start) < PIECE_OCTETS or not found:
            raise
    if not found:
        return Excerpt(settings, numbered_columns(0), [])
    columns = columns_of_header(found[0]) if settings.header else numbered_columns(len(found[0]))
    return Excerpt(settings, columns, found[1:] if settings.header else found[:SAMPLE_ROWS])


async def remove_upload(uow: UnitOfWork, upload_id: str, *, by: Caller) -> None:
    """Forget an upload. Raises UploadNotFound."""
    await get_upload(uow, upload_id, by=by)
    await UploadRepository(uow.session).remove([upload_id])


async def old_uploads(uow: UnitOfWork, *, after: str | None, limit: int) -> Sequence[str]:
    """Ids of uploads old enough to go when nothing refers to them, in order, following `after`."""
    return await UploadRepository(uow.session).old(before=uow.now - UNUSED_LIFETIME, after=after, limit=limit)


async def forget_uploads(uow: UnitOfWork, upload_ids: Collection[str]) -> None:
    """Forget uploads nothing refers to."""
    await UploadRepository(uow.session).remove(upload_ids)
