"""Keeping questions, and folders to put them in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from common.contracts.lui import LuiActionRecordedV1
from common.contracts.problem import Invalid
from common.http.bearer import Caller
from common.http.etags import Precondition
from common.ids import new_id
from common.messaging.unit_of_work import UnitOfWork
from lui.access import service as access
from lui.access.rules import is_id
from lui.reports.errors import FolderNotFound, ReportNotFound, ReportNotYours
from lui.reports.models import ReportFolder, SavedReport
from lui.reports.repository import LibraryRepository, ReportsWanted, Viewer
from lui.reports.schemas.library import (
    FolderIn,
    FolderOut,
    FolderPatch,
    OwnerOut,
    SavedReportIn,
    SavedReportOut,
    SavedReportPatch,
)
from lui.reports.schemas.query import ReportQueryIn
from lui.reports.service.run import Answering, Question, prepare_question

MOST_FOLDERS = 500


@dataclass(frozen=True)
class Change:
    """What is changed, by whom, and the version they looked at."""

    id: str
    precondition: Precondition
    by: Caller


class _Owned(Protocol):
    id: str
    owner_id: str
    owner_name: str
    group_id: str | None
    sharing: str
    revision: int
    updated_at: datetime


async def save_report(uow: UnitOfWork, asked: SavedReportIn, *, by: Caller) -> SavedReport:
    """A report of the caller's. Raises Invalid for what cannot be asked or a folder that is not there."""
    await prepare_question(uow, asked.query, by=by)
    if asked.folder_id is not None:
        await _require_folder(uow, asked.folder_id, by=by)
    return await _keep(uow, asked, by=by)


async def copy_report(uow: UnitOfWork, report_id: str, title: str | None, *, by: Caller) -> SavedReport:
    """The same question once more, the caller's own and private. Raises ReportNotFound."""
    source = await get_report(uow, report_id, by=by)
    query = ReportQueryIn.model_validate(source.query)
    return await _keep(uow, SavedReportIn(title=title or source.title, query=query), by=by)


async def _keep(uow: UnitOfWork, asked: SavedReportIn, *, by: Caller) -> SavedReport:
    report = SavedReport(
        id=new_id(),
        owner_id=by.account_id,
        owner_name=by.account_name,
        group_id=by.group_id,
        folder_id=asked.folder_id,
        title=asked.title,
        type=asked.query.type,
        query=asked.query.model_dump(mode="json"),
        sharing=asked.sharing,
        revision=1,
        created_at=uow.now,
        updated_at=uow.now,
    )
    LibraryRepository(uow.session, by).add(report)
    await uow.session.flush()
    record(uow, "report.create", report, by=by)
    return report


async def get_report(uow: UnitOfWork, report_id: str, *, by: Viewer) -> SavedReport:
    """Raises ReportNotFound, also when it is not shared with `by`."""
    found = await LibraryRepository(uow.session, by).report(report_id) if is_id(report_id) else None
    if found is None:
        raise ReportNotFound("There is no such report", report_id=report_id)
    return found


async def look_into_saved(answering: Answering, report_id: str) -> tuple[str, Question]:
    """The title of a saved report and its question. Raises ReportNotFound, Invalid, Forbidden."""
    async with answering.units.reader() as uow:
        report = await get_report(uow, report_id, by=answering.by)
        query = ReportQueryIn.model_validate(report.query)
        return report.title, await prepare_question(uow, query, by=answering.by)


async def list_reports(
    uow: UnitOfWork, wanted: ReportsWanted, *, after: str | None, limit: int, by: Viewer
) -> Sequence[SavedReport]:
    """Reports that `by` may see, newest first."""
    if wanted.folder_id is not None and not is_id(wanted.folder_id):
        return []
    start = after if after is None or is_id(after) else None
    return await LibraryRepository(uow.session, by).reports(wanted, after=start, limit=limit)


async def change_report(uow: UnitOfWork, change: Change, asked: SavedReportPatch) -> SavedReport:
    """Raises ReportNotFound, PreconditionFailed, ReportNotYours, Invalid."""
    report = await _to_change(uow, change)
    if asked.sharing is not None and asked.sharing != report.sharing:
        _require_owner(report, change.by)
        report.sharing = asked.sharing
    if asked.query is not None:
        await prepare_question(uow, asked.query, by=change.by)
        report.query, report.type = asked.query.model_dump(mode="json"), asked.query.type
    if asked.title is not None:
        report.title = asked.title
    if "folder_id" in asked.model_fields_set:
        if asked.folder_id is not None:
            await _require_folder(uow, asked.folder_id, by=change.by)
        report.folder_id = asked.folder_id
    report.revision += 1
    report.updated_at = uow.now
    record(uow, "report.change", report, by=change.by)
    return report


async def delete_report(uow: UnitOfWork, change: Change) -> None:
    """Forget a report; results that were kept stay. Raises ReportNotFound, PreconditionFailed, ReportNotYours."""
    report = await _to_change(uow, change)
    _require_owner(report, change.by)
    record(uow, "report.delete", report, by=change.by)
    await LibraryRepository(uow.session, change.by).remove(report)


async def _to_change(uow: UnitOfWork, change: Change) -> SavedReport:
    repository = LibraryRepository(uow.session, change.by)
    found = await repository.report(change.id, for_update=True) if is_id(change.id) else None
    if found is None:
        raise ReportNotFound("There is no such report", report_id=change.id)
    _require_changeable(found, change)
    return found


async def make_folder(uow: UnitOfWork, asked: FolderIn, *, by: Caller) -> ReportFolder:
    """A folder of the caller's. Raises Invalid when there are too many."""
    repository = LibraryRepository(uow.session, by)
    if len(await repository.folders(limit=MOST_FOLDERS)) >= MOST_FOLDERS:
        raise Invalid(("/name", f"{MOST_FOLDERS} folders are enough: delete one first"))
    folder = ReportFolder(
        id=new_id(),
        owner_id=by.account_id,
        owner_name=by.account_name,
        group_id=by.group_id,
        name=asked.name,
        sharing=asked.sharing,
        revision=1,
        created_at=uow.now,
        updated_at=uow.now,
    )
    repository.add(folder)
    await uow.session.flush()
    record(uow, "report_folder.create", folder, by=by)
    return folder


async def list_folders(uow: UnitOfWork, *, by: Viewer) -> Sequence[ReportFolder]:
    """The folders that `by` may see, by name."""
    return await LibraryRepository(uow.session, by).folders(limit=MOST_FOLDERS)


async def change_folder(uow: UnitOfWork, change: Change, asked: FolderPatch) -> ReportFolder:
    """Raises FolderNotFound, PreconditionFailed, ReportNotYours."""
    folder = await _folder_to_change(uow, change)
    if asked.sharing is not None and asked.sharing != folder.sharing:
        _require_owner(folder, change.by)
        folder.sharing = asked.sharing
    if asked.name is not None:
        folder.name = asked.name
    folder.revision += 1
    folder.updated_at = uow.now
    record(uow, "report_folder.change", folder, by=change.by)
    return folder


async def delete_folder(uow: UnitOfWork, change: Change) -> None:
    """Forget a folder; its reports fall back to none. Raises FolderNotFound, PreconditionFailed, ReportNotYours."""
    folder = await _folder_to_change(uow, change)
    _require_owner(folder, change.by)
    record(uow, "report_folder.delete", folder, by=change.by)
    await LibraryRepository(uow.session, change.by).remove(folder)


async def _folder_to_change(uow: UnitOfWork, change: Change) -> ReportFolder:
    repository = LibraryRepository(uow.session, change.by)
    found = await repository.folder(change.id, for_update=True) if is_id(change.id) else None
    if found is None:
        raise FolderNotFound("There is no such folder", folder_id=change.id)
    _require_changeable(found, change)
    return found


async def _require_folder(uow: UnitOfWork, folder_id: str, *, by: Viewer) -> None:
    found = await LibraryRepository(uow.session, by).folder(folder_id) if is_id(folder_id) else None
    if found is None or not may_edit(found, by):
        raise Invalid(("/folder_id", "there is no such folder to put it in"))


def may_edit(owned: _Owned, by: Viewer) -> bool:
    """Whether `by` may change what they may see."""
    in_group = owned.group_id is not None and owned.group_id == by.group_id
    return owned.owner_id == by.account_id or (owned.sharing == "group_edit" and in_group)


def _require_changeable(owned: _Owned, change: Change) -> None:
    change.precondition.require(owned.revision)
    if not may_edit(owned, change.by):
        raise ReportNotYours("It is shared to be looked at, not to be changed")


def _require_owner(owned: _Owned, by: Viewer) -> None:
    if owned.owner_id != by.account_id:
        raise ReportNotYours("Only its owner may share or delete it")


def record(uow: UnitOfWork, action: str, owned: _Owned, *, by: Caller) -> None:
    """State for the audit trail who did what to which report or folder."""
    uow.emit(
        LuiActionRecordedV1(
            at=uow.now,
            actor_id=by.account_id,
            action=action,
            target_type=action.partition(".")[0],
            target_id=owned.id,
            group_id=owned.group_id,
            detail={"sharing": owned.sharing},
            correlation_id=uow.correlation_id,
        )
    )


async def shown_reports(uow: UnitOfWork, reports: Sequence[SavedReport], *, by: Viewer) -> list[SavedReportOut]:
    """Reports as `by` sees them."""
    names = await access.names_of(uow, {report.owner_id for report in reports})
    folders = {folder.id for folder in await list_folders(uow, by=by)}
    return [
        SavedReportOut.model_validate(
            {
                "title": report.title,
                "type": report.type,
                "folder_id": report.folder_id if report.folder_id in folders else None,
                "query": report.query,
                "created_at": report.created_at,
                **_shown_to(report, by, names),
            }
        )
        for report in reports
    ]


async def shown_folders(uow: UnitOfWork, folders: Sequence[ReportFolder], *, by: Viewer) -> list[FolderOut]:
    """Folders as `by` sees them."""
    names = await access.names_of(uow, {folder.owner_id for folder in folders})
    return [
        FolderOut.model_validate(
            {
                "name": folder.name,
                **_shown_to(folder, by, names),
            }
        )
        for folder in folders
    ]


def _shown_to(owned: _Owned, by: Viewer, names: Mapping[str, str]) -> dict[str, object]:
    """What everything that people keep says of itself."""
    return {
        "id": owned.id,
        "sharing": owned.sharing,
        "owner": OwnerOut(id=owned.owner_id, name=names.get(owned.owner_id, owned.owner_name)),
        "mine": owned.owner_id == by.account_id,
        "may_edit": may_edit(owned, by),
        "revision": owned.revision,
        "updated_at": owned.updated_at,
    }
