"""What can be wrong with asking for, steering or watching a delivery."""

from common.contracts.problem import Problem


class DeliveryNotFound(Problem):
    """No such delivery, or not the caller's to see."""

    status, slug, title = 404, "delivery-not-found", "There is no such delivery"


class RehearsalsBusy(Problem):
    """As many rehearsals as may run at once are running."""

    status, slug, title = 409, "rehearsals-busy", "Too many rehearsals are running"


class NoRehearsal(Problem):
    """The job has no such rehearsal."""

    status, slug, title = 404, "rehearsal-not-found", "There is no such rehearsal"


class SampleNotFound(Problem):
    """The rehearsal keeps no message of that number."""

    status, slug, title = 404, "sample-not-found", "There is no such sample"


class DeliveryOver(Problem):
    """The delivery has ended in a way that leaves nothing to do for the action asked."""

    status, slug, title = 409, "delivery-over", "The delivery is over"
