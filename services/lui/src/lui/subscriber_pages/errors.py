"""What can be wrong with a request to a subscriber page."""

from common.contracts.problem import Invalid, Problem


class LinkNotOurs(Problem):
    """The token was not minted here, was cut on its way, or stands for a delivery that is gone."""

    status, slug, title = 404, "link-not-ours", "This link is not valid"


class NotAWish(Invalid):
    """A POST that does not say what RFC 8058 or the page's form say; nothing was changed."""

    slug, title = "not-an-unsubscribe-request", "This request does not unsubscribe"
