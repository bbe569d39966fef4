"""Sending tests and deciding about them."""

from typing import Literal

from common.contracts.lui import DeliveryKind
from common.contracts.problem import Invalid
from common.http.bearer import Caller
from common.ids import new_id
from common.messaging.unit_of_work import UnitOfWork
from lui.audience import service as audience
from lui.audience.rules.addresses import NotAnAddress, checked_address
from lui.jobs.errors import JobNotReady, TestNotFound, TestOutdated
from lui.jobs.models import Occurrence
from lui.jobs.rules.steps import NEEDED_FOR_TEST, missing
from lui.jobs.schemas import TestIn
from lui.jobs.service.hand_over import Occasion, hand_over
from lui.jobs.service.load import LoadedJob, lock_job, record
from lui.jobs.words import Action, Step

Verdict = Literal["accepted", "rejected"]


async def send_test(uow: UnitOfWork, job_id: str, asked: TestIn, *, list_domain: str, by: Caller) -> str:
    """Send the message to test addresses, each with the merge data of one recipient; returns the delivery's id.

    Raises JobNotFound, ActionNotAllowed, JobNotReady, RecipientNotFound, and Invalid for addresses.
    """
    found = await lock_job(uow, job_id, by=by)
    found.require(Action.TEST)
    require_ready(found, NEEDED_FOR_TEST)
    recipients = found.prepared.recipients
    if recipients is None:
        raise AssertionError("recipients are needed for a test")
    addresses = checked_addresses(asked.addresses, pointer="/addresses")
    _, _, values = await audience.recipient(uow, recipients.snapshot.id, asked.recipient)
    frozen = recipients.snapshot
    shape = audience.Shape(frozen.columns, frozen.address_column, frozen.name_column)
    snapshot = await audience.create_snapshot(uow, shape, [(address, values) for address in addresses])
    occasion = Occasion(
        kind=DeliveryKind.TEST,
        key=f"test:{new_id()}",
        snapshot=snapshot,
        not_before=uow.now,
        list_domain=list_domain,
        by=by.account_id,
    )
    delivery_id = await hand_over(uow, found, occasion)
    found.touch()
    record(uow, "test", found.job, by=by.account_id, detail={"delivery_id": delivery_id, "count": len(addresses)})
    return delivery_id


def require_ready(found: LoadedJob, needed: tuple[Step, ...]) -> None:
    """Raises JobNotReady listing, step by step, what is missing."""
    lacking = missing(found.standings, needed)
    if lacking:
        problems = [{"step": step.value, "code": problem.code, "detail": problem.detail} for step, problem in lacking]
        raise JobNotReady("; ".join(problem.detail for _, problem in lacking), problems=problems)


def checked_addresses(addresses: list[str], *, pointer: str) -> list[str]:
    """The addresses, each once. Raises Invalid pointing at those that are none."""
    checked, errors = [], []
    for position, text in enumerate(addresses):
        try:
            checked.append(checked_address(text))
        except NotAnAddress as error:
            errors.append((f"{pointer}/{position}", str(error)))
    if errors:
        raise Invalid(*errors)
    return list(dict.fromkeys(checked))


async def decide_test(uow: UnitOfWork, job_id: str, delivery_id: str, verdict: Verdict, *, by: Caller) -> LoadedJob:
    """Accept or reject a test. Raises JobNotFound, TestNotFound, ActionNotAllowed.

    Raises TestOutdated when the job was changed after the test was sent: nobody accepts what they did not see.
    """
    found = await lock_job(uow, job_id, by=by)
    test = _test(found, delivery_id)
    found.require(Action.TEST)
    if verdict == "accepted" and test.fingerprint != found.prepared.fingerprint():
        raise TestOutdated("The job was changed after this test was sent: send another one", delivery_id=delivery_id)
    test.verdict, test.verdict_by, test.verdict_at = verdict, by.account_id, uow.now
    found.touch()
    record(uow, f"test_{verdict}", found.job, by=by.account_id, detail={"delivery_id": delivery_id})
    return found


def _test(found: LoadedJob, delivery_id: str) -> Occurrence:
    test = next((each for each in found.tests() if each.delivery_id == delivery_id), None)
    if test is None:
        raise TestNotFound("The job has no such test", delivery_id=delivery_id)
    return test
