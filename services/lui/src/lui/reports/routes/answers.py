"""Sending a result in the form that was asked for."""

from collections.abc import AsyncIterator
from typing import Any

from fastapi import Response
from fastapi.responses import StreamingResponse

from lui.reports import files
from lui.reports.schemas.query import Format, ReportResultOut

FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {media: {"schema": {"type": "string", "format": "binary"}} for media in files.MEDIA_TYPES.values()},
        "description": "The file",
    }
}


async def file_answer(
    pages: AsyncIterator[ReportResultOut], wanted: Format, name: str, title: str | None = None
) -> Response:
    """The file; what can go wrong goes wrong before anything is answered."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{wanted}"'}
    media = files.MEDIA_TYPES[wanted]
    first = await anext(pages)
    if wanted in {"svg", "png"}:
        return Response(await files.draw(first, wanted, title), media_type=media, headers=headers)

    async def from_the_first() -> AsyncIterator[ReportResultOut]:
        yield first
        async for page in pages:
            yield page

    pieces = files.csv_pieces if wanted == "csv" else files.xlsx_pieces
    return StreamingResponse(pieces(from_the_first()), media_type=media, headers=headers)
