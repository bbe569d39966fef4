"""Checking and previewing content, for lui."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool

from common.contracts.signed_token import TokenKeys
from common.http.bearer import service_only
from common.http.problems import problems
from mailer.composing import service
from mailer.composing.errors import ContentInvalid
from mailer.composing.schemas import ContentCheckIn, ContentCheckOut, PreviewIn, PreviewOut

internal = APIRouter(prefix="/internal/v1", tags=["internal"])


class Composer:
    """What the application gives these routes."""

    def __init__(self, origins: service.Origins, keys: TokenKeys) -> None:
        self.origins = origins
        self.keys = keys


async def composer(request: Request) -> Composer:
    """The composer of this application."""
    found: Composer = request.app.state.composer
    return found


@internal.post("/content/check", dependencies=[service_only("lui")])
async def check_content(body: ContentCheckIn) -> ContentCheckOut:
    """Merge fields, links and mistakes of a content; mistakes are an answer, not a failure."""
    # In a thread: a long template must not hold up the sending loop.
    return await run_in_threadpool(service.check_content, body)


@internal.post("/preview", dependencies=[service_only("lui")], responses=problems(ContentInvalid))
async def preview(body: PreviewIn, composing: Annotated[Composer, Depends(composer)]) -> PreviewOut:
    """One merged message, composed by what composes the real ones."""
    return await run_in_threadpool(service.preview, body, composing.origins, composing.keys)
