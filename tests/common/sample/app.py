"""Routes that behave well and badly, for the tests of the HTTP edge."""

from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Response, UploadFile
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field
from sqlalchemy import select, text

from common.config import ServiceSettings
from common.contracts.hub import HubActionRecordedV1
from common.contracts.problem import Problem
from common.http.app import create_app
from common.http.bearer import CallerDep, public, requires, service_only, signed_in
from common.http.etags import IfMatch, etag
from common.http.paging import Page, Paging, page_of
from common.http.problems import problems
from common.http.work import Read, Work
from common.service.resources import Resources
from tests.common.sample.tables import Note

router = APIRouter(prefix="/api/v1")
runs: list[str] = []


class NoteRefused(Problem):
    status, slug, title = 409, "note-refused", "The note is not wanted"


class Steps(BaseModel):
    at: int


class NoteIn(BaseModel):
    text: str = Field(max_length=20)
    steps: Steps | None = None


class NoteOut(BaseModel):
    id: int
    text: str


@router.post("/notes", status_code=201, dependencies=[requires("write_notes")], responses=problems(NoteRefused))
async def write(body: NoteIn, work: Work, caller: CallerDep, response: Response) -> NoteOut:
    runs.append(body.text)
    note = Note(text=body.text)
    work.session.add(note)
    await work.session.flush()
    work.emit(
        HubActionRecordedV1(
            at=work.now, actor_id=caller.account_id, action="note.write", target_type="note", target_id=str(note.id)
        )
    )
    if body.text == "refused":
        raise NoteRefused("Nobody wants it", note_id=note.id)
    if body.text == "crash":
        raise ZeroDivisionError("secret text")
    response.headers["Location"] = f"/api/v1/notes/{note.id}"
    return NoteOut(id=note.id, text=note.text)


@router.post("/failing-commit", dependencies=[signed_in()])
async def fail_at_commit(work: Work) -> dict[str, bool]:
    # A deferred constraint is checked by the commit and by nothing before it.
    await work.session.execute(text("CREATE TABLE late (id int UNIQUE DEFERRABLE INITIALLY DEFERRED)"))
    await work.session.execute(text("INSERT INTO late VALUES (1), (1)"))
    return {"done": True}


@router.post("/uploads", status_code=201, dependencies=[requires("write_notes")])
async def upload(file: UploadFile, work: Work) -> dict[str, Any]:
    runs.append(file.filename or "")
    work.session.add(Note(text=file.filename or ""))
    return {"size": len(await file.read())}


@router.post("/export", dependencies=[requires("write_notes")])
async def export(work: Work) -> StreamingResponse:
    work.session.add(Note(text="exported"))
    return StreamingResponse(iter(["a", "b"]))


nested = APIRouter()


@nested.post("/nested", status_code=201, dependencies=[requires("write_notes")])
async def write_nested(body: NoteIn, work: Work) -> dict[str, str]:
    runs.append(body.text)
    work.session.add(Note(text=body.text))
    return {"text": body.text}


router.include_router(nested)


@router.get("/notes", dependencies=[signed_in()])
async def listed(read: Read, paging: Paging) -> Page[NoteOut]:
    position = paging.position() or [0]
    rows = await read.session.scalars(
        select(Note).where(Note.id > position[0]).order_by(Note.id).limit(paging.limit + 1)
    )
    notes, following = page_of(list(rows), paging, lambda note: (note.id,))
    return Page(items=[NoteOut(id=note.id, text=note.text) for note in notes], next=following)


@router.put("/notes/{note_id}", dependencies=[requires("write_notes")])
async def change(note_id: int, body: NoteIn, if_match: IfMatch, response: Response) -> NoteOut:
    if_match.require(7)
    response.headers["ETag"] = etag(8)
    return NoteOut(id=note_id, text=body.text)


@router.get("/internal/ping", dependencies=[service_only("mailer")])
async def ping(caller: CallerDep) -> str:
    return caller.account_id


@router.get("/me", dependencies=[signed_in()])
async def me(caller: CallerDep) -> dict[str, Any]:
    return {"account_id": caller.account_id, "rights": sorted(caller.rights)}


@router.post("/open", dependencies=[public()])
async def open_to_all(work: Work, body: Annotated[NoteIn, "anyone's"]) -> dict[str, bool]:
    work.session.add(Note(text=body.text))
    return {"done": True}


def build(settings: ServiceSettings, resources: Resources) -> FastAPI:
    return create_app(settings, resources, title="sample", routers=[router], body_limits={"/api/v1/uploads": 5_000_000})
