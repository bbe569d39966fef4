"""Evaluating an upload into a snapshot."""

from collections.abc import Iterator

from common.contracts.problem import Invalid
from common.http.bearer import Caller
from common.ids import new_id
from common.messaging.unit_of_work import UnitOfWork
from lui.audience.bridge import Bridge
from lui.audience.evaluation import Block, Evaluation, Outcome, Selection, without_header
from lui.audience.models import Snapshot, Upload
from lui.audience.reading import ParseSettings, Unreadable, known_encoding, rows
from lui.audience.repository import SnapshotRepository, UploadRepository
from lui.audience.rules.columns import Columns
from lui.audience.schemas import Definition, DuplicatesBy, DuplicatesOut, RecipientsIn, SourceIn, SourceOut
from lui.audience.service.uploads import SettingsAsked, detected, excerpt, get_upload


async def define_audience(
    uow: UnitOfWork, asked: RecipientsIn, source: SourceIn, *, by: Caller
) -> tuple[Definition, Snapshot]:
    """Evaluate an upload, the source of `asked`, into a new snapshot, in the caller's transaction.

    Raises UploadNotFound, and Invalid pointing at the setting or the line that is wrong.
    """
    upload = await get_upload(uow, source.upload_id, by=by)
    settings = settings_of(source).over(detected(upload))
    start = await UploadRepository(uow.session).piece(upload.id, 0) or b""
    try:
        columns = excerpt(start, settings).columns
        selection = _selection(asked, columns)
        snapshot = await _evaluate(uow, upload, settings, selection)
    except Unreadable as error:
        raise Invalid((f"/source/{error.setting or 'upload_id'}", error.detail), line=error.line) from error
    definition = _definition(asked, upload, settings, selection)
    snapshot.distinct_by = definition.duplicates.model_dump(mode="json")
    return definition, snapshot


def settings_of(source: SourceIn) -> SettingsAsked:
    """The settings asked for. Raises Invalid for those that cannot be."""
    return checked_settings(
        SettingsAsked(source.encoding, source.separator, source.quote, source.header), pointer="/source"
    )


def checked_settings(asked: SettingsAsked, *, pointer: str) -> SettingsAsked:
    """The same settings with the encoding's own name. Raises Invalid pointing below `pointer`."""
    errors = []
    encoding = None
    if asked.encoding is not None and (encoding := known_encoding(asked.encoding)) is None:
        errors.append((f"{pointer}/encoding", f"{asked.encoding!r} is no encoding that can be read here"))
    for name, value in (("separator", asked.separator), ("quote", asked.quote)):
        if value is not None and value in "\r\n\0 " and value:
            errors.append((f"{pointer}/{name}", f"{value!r} cannot be the {name}"))
    if asked.separator is not None and asked.separator == asked.quote:
        errors.append((f"{pointer}/quote", "the quote and the separator are the same"))
    if errors:
        raise Invalid(*errors)
    return SettingsAsked(encoding, asked.separator, asked.quote, asked.header)


def _selection(asked: RecipientsIn, columns: Columns) -> Selection:
    errors = [("/source/header", error) for error in columns.errors]
    if asked.address_column is None:
        raise Invalid(("/address_column", "say which column of the file holds the addresses"))
    address = _position("/address_column", asked.address_column, columns, errors)
    name = None if asked.name_column is None else _position("/name_column", asked.name_column, columns, errors)
    by, wanted = asked.duplicates.by, asked.duplicates.columns or []
    if by is DuplicatesBy.COLUMNS and not wanted:
        errors.append(("/duplicates/columns", "name the columns that make two rows the same"))
    if by is not DuplicatesBy.COLUMNS and wanted:
        errors.append(("/duplicates/columns", "columns are named only when duplicates are found by columns"))
    positions = [_position(f"/duplicates/columns/{at}", column, columns, errors) for at, column in enumerate(wanted)]
    if errors:
        raise Invalid(*errors)
    return Selection(columns, address, name, asked.usage, by, tuple(positions))


def _position(pointer: str, column: str, columns: Columns, errors: list[tuple[str, str]]) -> int:
    position = columns.position(column)
    if position is None:
        known = ", ".join(columns.names[:20])
        errors.append((pointer, f"there is no column {column!r}; the file has {known}"))
        return 0
    return position


async def _evaluate(uow: UnitOfWork, upload: Upload, settings: ParseSettings, selection: Selection) -> Snapshot:
    snapshot = _new_snapshot(uow, selection)
    uploads, snapshots = UploadRepository(uow.session), SnapshotRepository(uow.session)
    bridge = Bridge()
    upload_id = upload.id

    def pieces() -> Iterator[bytes]:
        number = 0
        while (piece := bridge.call(uploads.piece(upload_id, number))) is not None:
            yield piece
            number += 1

    def write(block: Block) -> None:
        bridge.call(snapshots.copy_in(block))

    def evaluate() -> Outcome:
        records = without_header(rows(pieces(), settings), header=settings.header)
        return Evaluation(selection, month=snapshot.month, snapshot_id=snapshot.id).run(records, write)

    snapshot.set_outcome(await bridge.run(evaluate))
    snapshots.add(snapshot)
    await uow.session.flush()
    return snapshot


def _new_snapshot(uow: UnitOfWork, selection: Selection) -> Snapshot:
    names = selection.columns.names
    return Snapshot(
        id=new_id(),
        month=uow.now.date().replace(day=1),
        columns=[names[position] for position in selection.kept_positions()],
        file_columns=list(names),
        address_column=names[selection.address],
        name_column=None if selection.name is None else names[selection.name],
        warnings=list(selection.columns.warnings),
        created_at=uow.now,
    )


def _definition(asked: RecipientsIn, upload: Upload, settings: ParseSettings, selection: Selection) -> Definition:
    names = selection.columns.names
    return Definition(
        source=SourceOut(
            type="upload",
            upload_id=upload.id,
            file_name=upload.file_name,
            encoding=settings.encoding,
            separator=settings.separator,
            quote=settings.quote,
            header=settings.header,
        ),
        address_column=names[selection.address],
        name_column=None if selection.name is None else names[selection.name],
        usage=asked.usage,
        duplicates=DuplicatesOut(
            by=asked.duplicates.by,
            columns=[names[position] for position in selection.duplicate_columns] or None,
        ),
    )
