"""The register of components."""

from fastapi import APIRouter

from common.http.bearer import requires
from common.http.paging import Page
from common.http.work import Read
from hub.components import service
from hub.components.schemas import ComponentOut

router = APIRouter(prefix="/api/v1/components", tags=["components"])


@router.get("", dependencies=[requires("administer_installation")])
async def list_components(read: Read) -> Page[ComponentOut]:
    """Every process heard of within a day; always one page."""
    found = await service.list_components(read)
    return Page(items=[ComponentOut.of(component) for component in found], next=None)
