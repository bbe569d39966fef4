"""The audit trail."""

from typing import Annotated

from fastapi import APIRouter, Depends

from common.http.bearer import requires
from common.http.paging import Page, Paging, page_of
from common.http.work import Read
from hub.audit import service
from hub.audit.schemas import AuditEntryOut, AuditFilterIn
from hub.positions import instant_and_id

router = APIRouter(prefix="/api/v1/audit", tags=["audit"])


@router.get("", dependencies=[requires("administer_installation")])
async def search_trail(read: Read, paging: Paging, wanted: Annotated[AuditFilterIn, Depends()]) -> Page[AuditEntryOut]:
    """What was done, newest first; `since` is included, `until` is not."""
    query = service.AuditQuery(**wanted.model_dump(), after=instant_and_id(paging), limit=paging.limit + 1)
    listed = await service.search_trail(read, query)
    found, following = page_of(listed, paging, lambda entry: (entry.at, entry.id))
    return Page(items=[AuditEntryOut.of(entry) for entry in found], next=following)
