"""Notices over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query

from common.contracts.problem import Invalid
from common.http.bearer import requires
from common.http.paging import Page
from common.http.problems import problems
from common.http.work import Read
from mailer.notices import service
from mailer.notices.schemas import NoticeOut, NoticeWanted

router = APIRouter(prefix="/api/v1/notices", tags=["notices"], dependencies=[requires("administer_installation")])


@router.get("", responses=problems(Invalid))
async def list_notices(read: Read, wanted: Annotated[NoticeWanted, Query()]) -> Page[NoticeOut]:
    """Short mails to people who work with the installation, and what became of them; newest first."""
    items, following = await service.list_notices(read, wanted)
    return Page(items=items, next=following)
