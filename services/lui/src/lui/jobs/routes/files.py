"""Files of a job over HTTP."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, File, Form, Request, Response, UploadFile, status

from common.contracts.problem import Invalid
from common.http.bearer import CallerDep, requires, signed_in
from common.http.etags import IfMatch, PreconditionFailed
from common.http.paging import Page
from common.http.problems import problems
from common.http.work import Read, Work
from lui.content.errors import FileNotFound, FileTooLarge
from lui.content.files import NewFile
from lui.content.files_rules import shown
from lui.content.schemas import FileOut
from lui.jobs import service
from lui.jobs.errors import JobNotEditable, JobNotFound

router = APIRouter(prefix="/api/v1/jobs/{job_id}/files", tags=["files"])

_EDIT = [requires("create_jobs")]
_EDITED = problems(JobNotFound, PreconditionFailed, JobNotEditable)


def _edit(job_id: str, caller: CallerDep, if_match: IfMatch) -> service.Edit:
    return service.Edit(job_id, if_match, caller)


Edit = Annotated[service.Edit, Depends(_edit)]


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    dependencies=_EDIT,
    responses=_EDITED | problems(FileTooLarge, Invalid),
)
async def add_file(  # noqa: PLR0913, PLR0917 - what FastAPI gives in
    request: Request,
    work: Work,
    edit: Edit,
    response: Response,
    file: Annotated[UploadFile, File()],
    is_inline: Annotated[bool, Form()] = False,  # noqa: FBT002 - a field of the form
) -> FileOut:
    """Attach a file, or give the HTML part a picture to show; changing files changes what was tested."""
    settings = request.app.state.settings
    # One octet more than is taken tells that there are more.
    octets = await file.read(settings.file_max_bytes + 1)
    new = NewFile(file.filename or "", octets, is_inline, settings.file_max_bytes, settings.files_max_bytes)
    added = await service.add_file(work, edit, new)
    response.headers["Location"] = f"/api/v1/jobs/{edit.job_id}/files/{added.id}"
    return shown(added)


@router.get("", dependencies=[signed_in()], responses=problems(JobNotFound))
async def list_files(job_id: str, read: Read, caller: CallerDep) -> Page[FileOut]:
    """The files of a job in the order in which they are sent."""
    return Page[FileOut](items=[shown(file) for file in await service.list_files(read, job_id, by=caller)], next=None)


@router.get(
    "/{file_id}",
    dependencies=[signed_in()],
    response_class=Response,
    responses=problems(JobNotFound, FileNotFound) | {200: {"content": {"application/octet-stream": {}}}},
)
async def download_file(job_id: str, file_id: str, read: Read, caller: CallerDep) -> Response:
    """The octets of a file."""
    file, octets = await service.read_file(read, job_id, file_id, by=caller)
    is_image = file.content_type.startswith("image/") and file.content_type != "image/svg+xml"
    headers = {
        "Content-Disposition": f"attachment; filename*=utf-8''{quote(file.file_name, safe='')}",
        # Whatever is in it: nothing of it runs in our origin.
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, max-age=3600",
    }
    return Response(octets, media_type=file.content_type if is_image else "application/octet-stream", headers=headers)


@router.delete(
    "/{file_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    dependencies=_EDIT,
    responses=_EDITED | problems(FileNotFound),
)
async def remove_file(file_id: str, work: Work, edit: Edit) -> None:
    """Take a file from the job."""
    await service.remove_file(work, edit, file_id)
