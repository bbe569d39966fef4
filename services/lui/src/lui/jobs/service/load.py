"""Reading a job with everything that decides what can be done with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from common.contracts.lui import DeliveryKind, LuiActionRecordedV1
from common.http.bearer import Caller
from common.http.etags import Precondition, etag
from common.messaging.unit_of_work import UnitOfWork
from lui.access.rules import is_id
from lui.jobs.errors import ActionNotAllowed, JobNotEditable, JobNotFound
from lui.jobs.models import Authorization, Job, JobStep, Occurrence
from lui.jobs.repository import JobRepository, Viewer
from lui.jobs.rules.stages import ACTIONS
from lui.jobs.rules.steps import Checklist, Standing, TestFacts, standings
from lui.jobs.service.prepared import Prepared, read_prepared
from lui.jobs.words import Action, Stage, Step
from lui.settings.service import UNLIMITED, TrackingCap, tracking_cap_of


@dataclass
class LoadedJob:
    """A job, its steps, its deliveries and who authorized it, as one transaction sees them."""

    uow: UnitOfWork
    job: Job
    steps: dict[Step, JobStep]
    occurrences: Sequence[Occurrence]
    authorization: Authorization | None
    prepared: Prepared
    cap: TrackingCap = UNLIMITED
    """What hub's settings allow to track at present."""

    @property
    def stage(self) -> Stage:
        """Where the job stands."""
        return Stage(self.job.stage)

    @cached_property
    def standings(self) -> Mapping[Step, Standing]:
        """Where every step stands."""
        return standings(self.checklist())

    def checklist(self) -> Checklist:
        """What the rules look at."""
        prepared = self.prepared
        return Checklist(
            now=self.uow.now,
            recipients=prepared.recipients.facts() if prepared.recipients else None,
            content=prepared.content_facts(),
            tracking=prepared.tracking,
            has_sender=prepared.sender is not None,
            sender_fields=tuple(self.steps[Step.SENDER].settings.get("merge_fields", ())) if prepared.sender else (),
            schedule=prepared.schedule,
            tests=tuple(TestFacts(test.fingerprint, test.verdict) for test in self.tests()),
            fingerprint=prepared.fingerprint(),
            authorized=self.authorization is not None,
            cap=self.cap,
        )

    def tests(self) -> list[Occurrence]:
        """The tests, newest last."""
        return [each for each in self.occurrences if each.kind == DeliveryKind.TEST.value]

    def last_live(self) -> Occurrence | None:
        """The newest delivery to the recipients."""
        return next((each for each in reversed(self.occurrences) if each.kind == DeliveryKind.LIVE.value), None)

    def step_revision(self, step: Step) -> str:
        """What changes whenever the step does; never the same as a revision of the job."""
        stored = self.steps.get(step)
        return f"{step.value}-{stored.revision if stored else 0}"

    def step_tag(self, step: Step) -> str:
        """The entity tag of a step; test and authorize have none of their own and go with the job."""
        return etag(self.step_revision(step) if step not in {Step.TEST, Step.AUTHORIZE} else self.job.revision)

    def touch(self) -> None:
        """Note that the job changed."""
        self.job.revision += 1
        self.job.updated_at = self.uow.now
        self.__dict__.pop("standings", None)

    def require(self, action: Action) -> None:
        """Raises JobNotEditable or ActionNotAllowed, naming the stage, when the stage forbids it."""
        stage = self.stage
        if action in ACTIONS[stage]:
            return
        if action is Action.EDIT:
            raise JobNotEditable(f"The job is {stage.value}; only an open job can be edited", stage=stage.value)
        allowed = sorted(each.value for each in Stage if action in ACTIONS[each])
        detail = f"The job is {stage.value}; {action.value} is possible when it is {' or '.join(allowed)}"
        raise ActionNotAllowed(detail, stage=stage.value, action=action.value)


@dataclass(frozen=True)
class Edit:
    """Which job is edited, by whom, and the version they looked at."""

    job_id: str
    precondition: Precondition
    by: Caller


def viewer(by: Caller) -> Viewer:
    """Whose jobs `by` may see."""
    return Viewer(by.account_id, by.group_id)


async def load_job(uow: UnitOfWork, job_id: str, *, by: Caller) -> LoadedJob:
    """A job to look at. Raises JobNotFound, also when it is neither the caller's nor the caller's group's."""
    return await _load(uow, job_id, by, for_update=False)


async def get_visible_job(uow: UnitOfWork, job_id: str, *, by: Caller) -> Job:
    """A job without what belongs to it. Raises JobNotFound."""
    return await _visible(uow, job_id, by, for_update=False)


async def lock_job(uow: UnitOfWork, job_id: str, *, by: Caller) -> LoadedJob:
    """A job to change: whoever else wants to waits. Raises JobNotFound."""
    return await _load(uow, job_id, by, for_update=True)


async def lock_current(uow: UnitOfWork, edit: Edit) -> LoadedJob:
    """The job to change. Raises JobNotFound, and PreconditionFailed when an older version was looked at."""
    found = await lock_job(uow, edit.job_id, by=edit.by)
    edit.precondition.require(found.job.revision)
    return found


async def _load(uow: UnitOfWork, job_id: str, by: Caller, *, for_update: bool) -> LoadedJob:
    return await loaded(uow, await _visible(uow, job_id, by, for_update=for_update))


async def _visible(uow: UnitOfWork, job_id: str, by: Caller, *, for_update: bool) -> Job:
    found = None
    if is_id(job_id):
        found = await JobRepository(uow.session).visible(job_id, viewer(by), for_update=for_update)
    if found is None:
        raise JobNotFound("There is no such job", job_id=job_id)
    return found


async def loaded(uow: UnitOfWork, job: Job) -> LoadedJob:
    """Everything about a job that was found."""
    repository = JobRepository(uow.session)
    steps = await repository.steps(job.id)
    authorization = await repository.authorization(job.authorization_id) if job.authorization_id else None
    return LoadedJob(
        uow=uow,
        job=job,
        steps=steps,
        occurrences=await repository.occurrences(job.id),
        authorization=authorization,
        prepared=await read_prepared(uow, steps),
        cap=await tracking_cap_of(uow, job.group_id),
    )


def record(
    uow: UnitOfWork, action: str, job: Job, *, by: str, detail: Mapping[str, str | int | bool | None] | None = None
) -> None:
    """State for the audit trail who did what to which job; `detail` never carries addresses or message text."""
    uow.emit(
        LuiActionRecordedV1(
            at=uow.now,
            actor_id=by,
            action=f"job.{action}",
            target_type="job",
            target_id=job.id,
            group_id=job.group_id,
            detail={"system_id": job.system_id, **(detail or {})},
            correlation_id=uow.correlation_id,
        )
    )
