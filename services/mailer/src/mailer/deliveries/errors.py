"""What can be wrong with asking about a delivery."""

from common.contracts.problem import Problem


class DeliveryNotFound(Problem):
    """There is no such delivery, or it is not the caller's to see."""

    status, slug, title = 404, "delivery-not-found", "There is no such delivery"


class PageDamaged(Exception):
    """A stored page of recipients does not match its own digest."""


class NothingInDoubt(Problem):
    """No message of the delivery waits for a decision."""

    status, slug, title = 409, "nothing-in-doubt", "Nothing waits for a decision"


class FileMissing(Exception):
    """A file that a message needs is not here."""
