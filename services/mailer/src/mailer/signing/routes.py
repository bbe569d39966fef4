"""Signing keys over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, status

from common.contracts.problem import Invalid
from common.http.bearer import CallerDep, requires
from common.http.paging import Page, Paging
from common.http.problems import problems
from common.http.work import Read, Work
from mailer.dns import Resolver
from mailer.sealing import Sealer, SealingNotConfigured
from mailer.signing import service
from mailer.signing.errors import KeyExists, KeyInUse, KeyNotFound, RecordNotFound
from mailer.signing.schemas import ActivateIn, DkimKeyIn, DkimKeyOut

router = APIRouter(prefix="/api/v1/dkim-keys", tags=["signing keys"])
_ADMINISTRATOR = [requires("administer_installation")]


async def _sealer(request: Request) -> Sealer:
    found: Sealer = request.app.state.sealer
    return found


async def _resolver(request: Request) -> Resolver:
    found: Resolver = request.app.state.resolver
    return found


SealerDep = Annotated[Sealer, Depends(_sealer)]
ResolverDep = Annotated[Resolver, Depends(_resolver)]


@router.get("", dependencies=_ADMINISTRATOR)
async def list_keys(read: Read, params: Paging) -> Page[DkimKeyOut]:
    """Every domain's keys with the records to publish."""
    items, following = await service.list_keys(read, params)
    return Page(items=items, next=following)


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    dependencies=_ADMINISTRATOR,
    responses=problems(KeyExists, SealingNotConfigured, Invalid),
)
async def create_key(asked: DkimKeyIn, work: Work, sealer: SealerDep, caller: CallerDep) -> DkimKeyOut:
    """A pending key: publish its record, then activate it."""
    return await service.create_key(work, asked, sealer, by=caller)


@router.get("/{key_id}", dependencies=_ADMINISTRATOR, responses=problems(KeyNotFound))
async def show_key(key_id: UUID, read: Read) -> DkimKeyOut:
    """A key with the record to publish and what was found of it."""
    return await service.show_key(read, str(key_id))


@router.delete(
    "/{key_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    dependencies=_ADMINISTRATOR,
    responses=problems(KeyNotFound, KeyInUse),
)
async def delete_key(key_id: UUID, work: Work, caller: CallerDep) -> None:
    """Remove a pending or retired key; deliveries that began with it end with it."""
    await service.delete_key(work, str(key_id), by=caller)


@router.post("/{key_id}/check", dependencies=_ADMINISTRATOR, responses=problems(KeyNotFound))
async def check_key(key_id: UUID, work: Work, resolver: ResolverDep) -> DkimKeyOut:
    """Ask the domain name system now."""
    return await service.check_key(work, str(key_id), resolver)


@router.post("/{key_id}/activate", dependencies=_ADMINISTRATOR, responses=problems(KeyNotFound, RecordNotFound))
async def activate_key(
    key_id: UUID, work: Work, resolver: ResolverDep, caller: CallerDep, asked: ActivateIn | None = None
) -> DkimKeyOut:
    """Sign with this key what is requested from now on; the domain's other key of its kind is retired."""
    even_though = asked.even_though if asked is not None else None
    return await service.activate_key(work, str(key_id), resolver, even_though, by=caller)


@router.post("/{key_id}/retire", dependencies=_ADMINISTRATOR, responses=problems(KeyNotFound))
async def retire_key(key_id: UUID, work: Work, caller: CallerDep) -> DkimKeyOut:
    """Sign nothing new with this key; its record has to stay for some days."""
    return await service.retire_key(work, str(key_id), by=caller)
