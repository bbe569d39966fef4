"""Uploads over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response, status
from fastapi.responses import JSONResponse

from common.contracts.problem import Invalid
from common.http.bearer import CallerDep, requires
from common.http.idempotency import Replayed, reserve
from common.http.problems import problems
from common.http.work import Read, Work
from lui.audience import service
from lui.audience.errors import UploadMalformed, UploadNotFound, UploadTooLarge, UploadUnreadable
from lui.audience.multipart import FIELD, FileForm
from lui.audience.schemas import UploadOut

router = APIRouter(prefix="/api/v1/uploads", tags=["uploads"])

FORM_OVERHEAD = 64 * 1024
"""Octets that boundaries, headers and other fields of the form may add to the file's."""
_FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": [FIELD],
                    "properties": {FIELD: {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}
_ALLOWED = [requires("create_jobs")]


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    dependencies=_ALLOWED,
    responses=problems(UploadMalformed, UploadTooLarge, UploadUnreadable) | {201: {"model": UploadOut}},
    openapi_extra=_FORM,
)
async def upload_file(request: Request, caller: CallerDep) -> Response:
    """Take in a text file with recipients; the answer says how it seems to be written."""
    # Not `Work`: its transaction would stay open for as long as the sender takes.
    resources, limit = request.app.state.resources, request.app.state.settings.upload_max_bytes
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limit + FORM_OVERHEAD:
        raise UploadTooLarge(f"The file is larger than {limit:,} octets", max_octets=limit)
    form = FileForm(request.stream(), request.headers.get("content-type", ""))
    await form.begin()
    file = service.NewFile(form.file_name, form.octets(), limit)
    upload, excerpt = await service.store_upload(resources.uow, file, by=caller)
    answer = JSONResponse(
        _shown(upload, excerpt).model_dump(mode="json"),
        status.HTTP_201_CREATED,
        {"Location": f"/api/v1/uploads/{upload.id}"},
    )
    try:
        async with resources.uow() as uow:
            reservation = await reserve(uow, request, resources.tables.idempotency, caller.account_id)
            if reservation is not None:
                await reservation.keep(uow, answer)
    except Replayed:
        # The same file came before and was answered: this copy of it is one too many.
        async with resources.uow() as uow:
            await service.remove_upload(uow, upload.id, by=caller)
        raise
    return answer


def _asked(
    encoding: Annotated[str | None, Query(max_length=40)] = None,
    separator: Annotated[str | None, Query(min_length=1, max_length=1)] = None,
    quote: Annotated[str | None, Query(max_length=1)] = None,
    header: bool | None = None,  # noqa: FBT001 - a query parameter
) -> service.SettingsAsked:
    return service.checked_settings(service.SettingsAsked(encoding, separator, quote, header), pointer="")


@router.get("/{upload_id}", dependencies=_ALLOWED, responses=problems(UploadNotFound, Invalid))
async def read_upload(
    upload_id: str, read: Read, caller: CallerDep, asked: Annotated[service.SettingsAsked, Depends(_asked)]
) -> UploadOut:
    """How the file begins with other settings than the detected ones; an empty quote means none."""
    return _shown(*await service.look_into(read, upload_id, asked, by=caller))


@router.delete(
    "/{upload_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    dependencies=_ALLOWED,
    responses=problems(UploadNotFound),
)
async def delete_upload(upload_id: str, work: Work, caller: CallerDep) -> None:
    """Forget a file; audiences made of it stay."""
    await service.remove_upload(work, upload_id, by=caller)


def _shown(upload: service.StoredUpload, excerpt: service.Excerpt) -> UploadOut:
    settings, columns = excerpt.settings, excerpt.columns
    return UploadOut(
        id=upload.id,
        file_name=upload.file_name,
        size=upload.size,
        kind="csv",
        encoding=settings.encoding,
        separator=settings.separator,
        quote=settings.quote,
        header=settings.header,
        columns=list(columns.names),
        sample=excerpt.sample,
        rows=max(0, upload.row_count + upload.header - settings.header),
        warnings=list(columns.warnings),
        problems=list(columns.errors),
        created_at=upload.created_at,
    )
