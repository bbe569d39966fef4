"""Which problems still stand between a job and its recipients."""

from lui.clients.mailer_preflight import BlockingProblem
from lui.jobs.rules.clearance import clearance

OPEN = BlockingProblem(code="dkim_missing", detail="no record", can_override=True)
SHUT = BlockingProblem(code="message_too_large", detail="too large", can_override=False)


def test_only_what_may_be_overridden_and_was_is_out_of_the_way() -> None:
    assert (clearance([], ["dkim_missing"]).left, clearance([], ["dkim_missing"]).overridden) == ([], [])
    assert clearance([OPEN, SHUT], []).left == [OPEN, SHUT]
    both = clearance([OPEN, SHUT], ["dkim_missing", "message_too_large"])
    assert (both.left, both.overridden) == ([SHUT], [OPEN])
