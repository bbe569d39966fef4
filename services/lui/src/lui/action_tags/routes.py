"""Action tags over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response, status

from common.contracts.signed_token import Purpose, TokenKeys
from common.http.bearer import CallerDep, requires, signed_in
from common.http.etags import IfMatch, PreconditionFailed, etag
from common.http.paging import Page
from common.http.problems import problems
from common.http.work import Read, Work
from lui.action_tags import rules, service
from lui.action_tags.errors import ActionTagNameTaken, ActionTagNotFound, TooManyActionTags
from lui.action_tags.schemas import ActionTagIn, ActionTagOut, ActionTagPatch

router = APIRouter(prefix="/api/v1/action-tags", tags=["action tags"])
_EDIT = [requires("create_jobs")]


class _Pixels:
    """Makes the addresses of pixels."""

    def __init__(self, request: Request) -> None:
        settings = request.app.state.settings
        self._keys = TokenKeys(settings.master_keys())
        self._base = str(settings.tracker_public_url or settings.tracker_url)

    def shown(self, tag: service.Tag) -> ActionTagOut:
        """The tag with what to put on a page."""
        url = rules.pixel_url(self._base, self._keys.mint_action(Purpose.ACTION_TAG, 0, tag.number))
        return ActionTagOut(
            id=tag.id,
            number=tag.number,
            name=tag.name,
            archived=tag.archived_at is not None,
            created_at=tag.created_at,
            pixel_url=url,
            snippet=rules.snippet(url),
            snippet_with_consent=rules.snippet_with_consent(url, tag.number),
            etag=etag(tag.revision),
        )


Pixels = Annotated[_Pixels, Depends(_Pixels)]


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    dependencies=_EDIT,
    responses=problems(ActionTagNameTaken, TooManyActionTags),
)
async def create_action_tag(
    asked: ActionTagIn, work: Work, caller: CallerDep, pixels: Pixels, response: Response
) -> ActionTagOut:
    """A new named action."""
    tag = await service.create_tag(work, asked, by=caller)
    response.headers["Location"] = f"/api/v1/action-tags/{tag.id}"
    return _answer(pixels.shown(tag), response)


@router.get("", dependencies=[signed_in()])
async def list_action_tags(read: Read, caller: CallerDep, pixels: Pixels) -> Page[ActionTagOut]:
    """The caller's action tags and those of the caller's group, by name."""
    return Page(items=[pixels.shown(tag) for tag in await service.list_tags(read, by=caller)], next=None)


@router.get("/{tag_id}", dependencies=[signed_in()], responses=problems(ActionTagNotFound))
async def read_action_tag(
    tag_id: str, read: Read, caller: CallerDep, pixels: Pixels, response: Response
) -> ActionTagOut:
    """A named action."""
    return _answer(pixels.shown(await service.get_tag(read, tag_id, by=caller)), response)


@router.patch(
    "/{tag_id}",
    dependencies=_EDIT,
    responses=problems(ActionTagNotFound, ActionTagNameTaken, PreconditionFailed),
)
async def change_action_tag(  # noqa: PLR0913, PLR0917 - what FastAPI gives in
    tag_id: str,
    asked: ActionTagPatch,
    work: Work,
    caller: CallerDep,
    if_match: IfMatch,
    pixels: Pixels,
    response: Response,
) -> ActionTagOut:
    """Rename it, archive it, or bring it back; what was counted stays."""
    return _answer(pixels.shown(await service.change_tag(work, tag_id, asked, if_match, by=caller)), response)


def _answer(tag: ActionTagOut, response: Response) -> ActionTagOut:
    response.headers["ETag"] = tag.etag
    return tag
