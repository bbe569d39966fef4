"""Looking at a mailing before it is authorized, for lui."""

from fastapi import APIRouter, Request

from common.http.bearer import service_only
from mailer.composing.schemas import ContentDocument
from mailer.preflight import service
from mailer.preflight.schemas import PreflightOut

internal = APIRouter(prefix="/internal/v1", tags=["internal"])


@internal.post("/preflight", dependencies=[service_only("lui")])
async def preflight(document: ContentDocument, request: Request) -> PreflightOut:
    """Problems and warnings; both are an answer, not a failure."""
    state = request.app.state
    means = service.Means(
        state.resources.uow, state.resolver, state.sealer, state.composer.origins, state.composer.keys
    )
    return await service.preflight(means, document)
