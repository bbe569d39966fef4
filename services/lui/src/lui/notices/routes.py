"""Notices for mailer, which sends them."""

from fastapi import APIRouter

from common.http.bearer import service_only
from common.http.problems import problems
from common.http.work import Read
from lui.notices import service
from lui.notices.errors import NoticeNotFound
from lui.notices.schemas import NoticeOut

internal_router = APIRouter(prefix="/internal/v1/notices", tags=["internal"], dependencies=[service_only("mailer")])


@internal_router.get("/{notice_id}", responses=problems(NoticeNotFound))
async def read_notice(notice_id: str, read: Read) -> NoticeOut:
    """What a notice says, and to whom."""
    return await service.get_document(read, notice_id)
