"""What can be wrong with asking about a rehearsal."""

from common.contracts.problem import Problem


class RehearsalNotFound(Problem):
    """There is no such rehearsal: the delivery is none, or what it saw is no longer kept."""

    status, slug, title = 404, "rehearsal-not-found", "There is no such rehearsal"


class SampleNotFound(Problem):
    """The rehearsal keeps no message of that number."""

    status, slug, title = 404, "sample-not-found", "There is no such sample"
