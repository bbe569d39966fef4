"""Arming over HTTP."""

from fastapi import APIRouter

from common.http.bearer import CallerDep, requires, signed_in
from common.http.problems import problems
from common.http.work import Read, Work
from mailer.installation import service
from mailer.installation.errors import NothingToArm
from mailer.installation.schemas import ArmingOut

router = APIRouter(prefix="/api/v1", tags=["installation"])


@router.get("/arming", dependencies=[signed_in()])
async def show_arming(read: Read, caller: CallerDep) -> ArmingOut:
    """Whether this installation sends, or waits because it is a restored copy. Machines are for administrators."""
    return await service.show(read, by=caller)


@router.post("/arm", dependencies=[requires("administer_installation")], responses=problems(NothingToArm))
async def arm_installation(work: Work, caller: CallerDep) -> ArmingOut:
    """Let this installation send. To be done only when no other one sends what is in this database."""
    return await service.arm(work, by=caller)
