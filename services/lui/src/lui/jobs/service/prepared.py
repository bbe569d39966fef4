"""What has been prepared of a job: its steps read together, and the message they make."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from common.contracts.lui import DeliveryKind, InDoubt, TrackingPlanV1
from common.messaging.unit_of_work import UnitOfWork
from lui.audience import service as audience
from lui.audience.schemas import Definition, Usage
from lui.content import service as contents
from lui.content.schemas import Link, MergeFieldOut
from lui.jobs.models import JobStep
from lui.jobs.rules.binding import binding_digest, fingerprint
from lui.jobs.rules.steps import ContentFacts, RecipientsFacts
from lui.jobs.rules.tracking import tracking_plan
from lui.jobs.tracking import Tracking
from lui.jobs.words import Step
from lui.scheduling.schemas import Schedule
from lui.senders.schemas import AutomaticBounces, Sender


class Frozen(Protocol):
    """What is read of a snapshot."""

    id: str
    columns: list[str]
    address_column: str
    name_column: str | None
    accepted_count: int
    duplicate_count: int
    rejected_count: int
    digest: str
    warnings: list[str]


class Written(Protocol):
    """What is read of a content; the parts only where they were asked for."""

    id: str
    subject: str
    html: str | None
    text: str | None
    text_alternative: str | None
    has_html: bool
    digest: str
    merge_fields: list[dict[str, Any]]
    links: list[dict[str, Any]]
    warnings: list[dict[str, Any]]
    charset: str
    files: list[dict[str, Any]]

    def present_digest(self) -> str:
        """Of what is there now."""


@dataclass(frozen=True)
class Recipients:
    """The recipients step: how they were chosen, and the snapshot that came of it."""

    definition: Definition
    snapshot: Frozen

    def facts(self) -> RecipientsFacts:
        """For the rules."""
        snapshot = self.snapshot
        identity = (snapshot.address_column, *([snapshot.name_column] if snapshot.name_column else ()))
        return RecipientsFacts(
            snapshot.accepted_count, tuple(snapshot.columns), self.definition.usage, identity, snapshot.id
        )

    @property
    def merges(self) -> bool:
        """Whether everybody gets a message of their own."""
        return self.definition.usage is Usage.MERGE

    def merge_columns(self) -> Sequence[str]:
        """The merge fields that can be filled: none in bulk, where everybody gets the same message."""
        return () if self.definition.usage is Usage.BULK else self.snapshot.columns


@dataclass(frozen=True)
class Prepared:
    """Every step that is defined."""

    recipients: Recipients | None
    content: Written | None
    tracking: Tracking | None
    sender: Sender | None
    schedule: Schedule | None

    def links(self) -> tuple[Link, ...]:
        """The links of the content."""
        return () if self.content is None else tuple(Link.model_validate(link) for link in self.content.links)

    def content_facts(self) -> ContentFacts | None:
        """For the rules."""
        if self.content is None:
            return None
        fields = tuple(MergeFieldOut.model_validate(field) for field in self.content.merge_fields)
        return ContentFacts(fields, self.links(), self.content.has_html)

    def fingerprint(self) -> str | None:
        """The digest of what would be sent; None while something is missing."""
        complete = self._complete()
        if complete is None:
            return None
        recipients, content, tracking, sender = complete
        document = {
            "content": content.digest,
            **_shape(recipients),
            "sender": sender.model_dump(mode="json"),
        }
        return fingerprint(
            document,
            recipients_digest=recipients.snapshot.digest,
            plan=tracking_plan(tracking, self.links()),
            identify_by=tracking.identify_by,
        )

    def binding(self, in_doubt: InDoubt) -> str | None:
        """The digest an authorization holds for; None while something is missing."""
        shown = self.fingerprint()
        if shown is None or self.schedule is None:
            return None
        # Left out as long as it is what it always was: authorizations given before there was a choice still hold.
        choice = {} if in_doubt == "resend" else {"in_doubt": in_doubt}
        return binding_digest(shown, schedule={**self.schedule.model_dump(mode="json"), **choice})

    def _complete(self) -> tuple[Recipients, Written, Tracking, Sender] | None:
        if self.recipients is None or self.content is None or self.tracking is None or self.sender is None:
            return None
        return self.recipients, self.content, self.tracking, self.sender

    def message(self, content: Written, choice: Tracking, *, list_id: str, subject_mark: str) -> "Message":
        """What is handed over, with the parts of `content` (the same content, loaded whole), tracked as `choice`."""
        complete = self._complete()
        if complete is None:
            raise AssertionError("a message is made of a job that was found ready")
        recipients, _, _, sender = complete
        document = {
            **_said(content),
            **_shape(recipients),
            "sender": sender.model_dump(mode="json"),
            "list_id": list_id,
            "subject_mark": subject_mark,
        }
        return Message(document, tracking_plan(choice, self.links()))

    def preview_document(self, content: Written, *, at: datetime, list_id: str) -> dict[str, Any]:
        """A content document to look at; where there is no sender yet, one that stands for it."""
        if self.recipients is None:
            raise AssertionError("a preview needs recipients")
        sender = self.sender or _NOBODY
        return {
            **_said(content),
            **_shape(self.recipients),
            "sender": sender.model_dump(mode="json"),
            "list_id": list_id,
            "subject_mark": "",
            "kind": DeliveryKind.LIVE.value,
            "reference_time": at.isoformat(),
            # Nothing is tracked in a preview; its links lead where those of the message will.
            "tracking": {"level": "off", "opens": False, "links": [], "campaign": self.campaign()},
        }

    def campaign(self) -> list[list[str]]:
        """The parameters that links get."""
        return [] if self.tracking is None else [list(pair) for pair in self.tracking.campaign]


_NOBODY = Sender(address="sender@example.invalid", name=None, reply_to=None, bounces=AutomaticBounces(mode="automatic"))


def _said(content: Written) -> dict[str, Any]:
    text = content.text if content.text is not None else content.text_alternative
    return {
        "subject": content.subject,
        "html": content.html,
        "text": text,
        "charset": content.charset,
        "attachments": content.files,
    }


def _shape(recipients: Recipients) -> dict[str, Any]:
    snapshot = recipients.snapshot
    return {
        "columns": list(snapshot.columns),
        "address_column": snapshot.address_column,
        "name_column": snapshot.name_column,
        "usage": recipients.definition.usage.value,
    }


@dataclass(frozen=True)
class Message:
    """A content document without what `request_delivery` adds, and the tracking plan."""

    document: dict[str, Any]
    plan: TrackingPlanV1


async def read_prepared(uow: UnitOfWork, steps: Mapping[Step, JobStep]) -> Prepared:
    """The steps of a job, with snapshot and content but without the content's parts."""
    recipients = content = tracking = sender = schedule = None
    if step := steps.get(Step.RECIPIENTS):
        snapshot = await audience.get_snapshot(uow, step.settings["snapshot_id"])
        recipients = Recipients(Definition.model_validate(step.settings["definition"]), snapshot)
    if step := steps.get(Step.CONTENT):
        content = await contents.get_content(uow, step.settings["content_id"])
    if step := steps.get(Step.TRACKING):
        tracking = Tracking.model_validate(step.settings)
    if step := steps.get(Step.SENDER):
        sender = Sender.model_validate(step.settings)
    if step := steps.get(Step.SCHEDULE):
        schedule = Schedule.model_validate(step.settings)
    return Prepared(recipients, content, tracking, sender, schedule)
