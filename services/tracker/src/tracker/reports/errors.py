"""What can be wrong with a question about reactions."""

from common.contracts.problem import Problem


class DeliveryNotFound(Problem):
    """There is no such delivery, or it is not the caller's to see."""

    status, slug, title = 404, "delivery-not-found", "There is no such delivery"
