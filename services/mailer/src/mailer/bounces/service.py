"""Use cases on messages that come in."""

from pathlib import Path

import orjson

from common.contracts.signed_token import ActionToken, Purpose
from common.messaging.unit_of_work import UnitOfWork
from mailer.bounces.dsn import read_report
from mailer.bounces.rules import Report
from mailer.deliveries import service as deliveries
from mailer.envelopes.service import Bounce

__all__ = ["Report", "explain_file", "read_report", "take_in"]


async def take_in(uow: UnitOfWork, token: ActionToken, report: Report, *, has_sender: bool) -> bool:
    """Act on a message to an address of ours; false when it changes nothing. Repeating it changes nothing."""
    if token.purpose is Purpose.UNSUBSCRIBE:
        # A mail system's own report is nobody's wish to leave.
        return has_sender and report.kind == "other" and await deliveries.unsubscribe_by_mail(uow, token)
    if report.kind != "bounce" or not report.recipients:
        return False
    said = report.recipients[0]
    bounce = Bounce(said.bounce_class, said.permanent, said.status, said.reply_code, said.diagnostic)
    return await deliveries.note_bounce(uow, token, bounce)


def explain_file(file: Path) -> str:
    """One JSON line about a message in a file; a file that cannot be read is `other`."""
    try:
        report = read_report(file.read_bytes())
    except OSError:
        report = Report("other")
    recipients = [
        {
            "address": each.address,
            "status": each.status,
            "reply_code": each.reply_code,
            "class": each.bounce_class.value,
            "permanent": each.permanent,
            "diagnostic": each.diagnostic,
        }
        for each in report.recipients
    ]
    return orjson.dumps({"file": str(file), "kind": report.kind, "recipients": recipients}).decode()
