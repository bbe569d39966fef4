"""Files for mailer, which sends them."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from common.http.bearer import service_only
from common.http.problems import problems
from common.http.work import Read
from lui.content import files
from lui.content.errors import FileNotFound

internal_router = APIRouter(prefix="/internal/v1/files", tags=["internal"], dependencies=[service_only("mailer")])


@internal_router.get(
    "/{sha256}",
    response_class=Response,
    responses=problems(FileNotFound) | {200: {"content": {"application/octet-stream": {}}}},
)
async def read_file(sha256: Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")], read: Read) -> Response:
    """The octets that have this SHA-256."""
    return Response(await files.octets_of(read, sha256), media_type="application/octet-stream")
