"""What can be wrong with who is asking."""

from common.contracts.problem import Problem


class CrossSiteRequest(Problem):
    """Another site made the browser send a request that would change something."""

    status, slug, title = 403, "cross-site-request", "Requests from other sites are refused"
