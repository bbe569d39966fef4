"""Queries of saved reports, folders and kept results: access is part of each of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from lui.reports.models import KeptResult, ReportFolder, SavedReport


class Viewer(Protocol):
    """Who looks."""

    @property
    def account_id(self) -> str:
        """The account."""

    @property
    def group_id(self) -> str | None:
        """Its group."""


@dataclass(frozen=True)
class ReportsWanted:
    """Which saved reports are wanted: of all or one folder, with a part of the title or any."""

    folder_id: str | None = None
    search: str = ""
    outside_folders: bool = False
    """Only those that the viewer sees in no folder."""


class LibraryRepository:
    """What a viewer may see of the reports people keep."""

    def __init__(self, session: AsyncSession, viewer: Viewer) -> None:
        self._session = session
        self._viewer = viewer

    def add(self, row: SavedReport | ReportFolder | KeptResult) -> None:
        """Keep a new row."""
        self._session.add(row)

    async def report(self, report_id: str, *, for_update: bool = False) -> SavedReport | None:
        """One report."""
        found = select(SavedReport).where(SavedReport.id == report_id, _shared(SavedReport, self._viewer))
        return await self._session.scalar(found.with_for_update() if for_update else found)

    async def reports(self, wanted: ReportsWanted, *, after: str | None, limit: int) -> Sequence[SavedReport]:
        """Reports, newest first."""
        found = select(SavedReport).where(_shared(SavedReport, self._viewer)).order_by(SavedReport.id.desc())
        if wanted.folder_id is not None:
            found = found.where(SavedReport.folder_id == wanted.folder_id)
        if wanted.outside_folders:
            folders = select(ReportFolder.id).where(_shared(ReportFolder, self._viewer))
            found = found.where(or_(SavedReport.folder_id.is_(None), SavedReport.folder_id.not_in(folders)))
        if wanted.search:
            found = found.where(func.lower(SavedReport.title).contains(wanted.search.lower(), autoescape=True))
        if after is not None:
            found = found.where(SavedReport.id < after)
        return (await self._session.scalars(found.limit(limit))).all()

    async def folder(self, folder_id: str, *, for_update: bool = False) -> ReportFolder | None:
        """One folder."""
        found = select(ReportFolder).where(ReportFolder.id == folder_id, _shared(ReportFolder, self._viewer))
        return await self._session.scalar(found.with_for_update() if for_update else found)

    async def folders(self, *, limit: int) -> Sequence[ReportFolder]:
        """All folders, by name."""
        found = select(ReportFolder).where(_shared(ReportFolder, self._viewer))
        ordered = found.order_by(func.lower(ReportFolder.name), ReportFolder.id)
        return (await self._session.scalars(ordered.limit(limit))).all()

    async def remove(self, row: SavedReport | ReportFolder) -> None:
        """Forget it; what hung on it stays."""
        table = type(row)
        await self._session.execute(delete(table).where(table.id == row.id))

    async def snapshot(self, snapshot_id: str) -> KeptResult | None:
        """One kept result, with its numbers."""
        found = self._kept().where(KeptResult.id == snapshot_id).options(undefer(KeptResult.result))
        return await self._session.scalar(found)

    async def snapshots(self, report_id: str, *, after: str | None, limit: int) -> Sequence[KeptResult]:
        """The kept results of a report, newest first."""
        found = self._kept().where(KeptResult.report_id == report_id).order_by(KeptResult.id.desc()).limit(limit)
        return (await self._session.scalars(found if after is None else found.where(KeptResult.id < after))).all()

    def _kept(self) -> Select[KeptResult]:
        sharing = func.coalesce(SavedReport.sharing, KeptResult.sharing)
        may_see = or_(
            KeptResult.created_by == self._viewer.account_id,
            SavedReport.owner_id == self._viewer.account_id,
            and_(KeptResult.group_id == self._viewer.group_id, sharing != "private"),
        )
        return select(KeptResult).outerjoin(SavedReport, SavedReport.id == KeptResult.report_id).where(may_see)


def _shared(table: type[SavedReport] | type[ReportFolder], viewer: Viewer) -> ColumnElement[bool]:
    mine = table.owner_id == viewer.account_id
    if viewer.group_id is None:
        return mine
    return or_(mine, and_(table.group_id == viewer.group_id, table.sharing != "private"))
