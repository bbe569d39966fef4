"""What can be wrong with asking for, steering or watching a delivery."""

from common.contracts.problem import Problem


class DeliveryNotFound(Problem):
    """No such delivery, or not the caller's to see."""

    status, slug, title = 404, "delivery-not-found", "There is no such delivery"


class DeliveryOver(Problem):
    """The delivery has ended in a way that leaves nothing to do for the action asked."""

    status, slug, title = 409, "delivery-over", "The delivery is over"
