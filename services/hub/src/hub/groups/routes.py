"""Groups, for those who put accounts into them."""

from fastapi import APIRouter

from common.http.bearer import CallerDep, requires
from common.http.paging import Page, Paging, page_of
from common.http.work import Read
from hub.groups import service
from hub.groups.schemas import GroupOut
from hub.positions import text_only

router = APIRouter(prefix="/api/v1/groups", tags=["groups"])


@router.get("", dependencies=[requires("administer_accounts")])
async def list_groups(read: Read, by: CallerDep, paging: Paging) -> Page[GroupOut]:
    """Groups in the order of their names; just their own for administrators who are in one."""
    listed = await service.list_groups(read, only=by.group_id, after=text_only(paging), limit=paging.limit + 1)
    found, following = page_of(listed, paging, lambda group: (group.name,))
    return Page(items=[GroupOut(id=group.id, name=group.name) for group in found], next=following)
