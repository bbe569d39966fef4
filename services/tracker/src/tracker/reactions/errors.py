"""What can be wrong with a question about reactions."""

from common.contracts.problem import Problem


class DeliveryNotFound(Problem):
    """No such delivery is known here."""

    status, slug, title = 404, "delivery-not-found", "There is no such delivery"


class NobodyIsKnown(Problem):
    """The delivery's level does not tell who reacted."""

    status, slug, title = 409, "nobody-is-known", "At this level nobody can tell who reacted"
