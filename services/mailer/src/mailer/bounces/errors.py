"""What can be wrong with asking about what came back, or with handing it in."""

from common.contracts.problem import Problem


class NotStopped(Problem):
    """Nothing is to be resumed."""

    status, slug, title = 409, "suppression-not-stopped", "Suppressing was not stopped for this delivery"


class HookNotSetUp(Problem):
    """No provider of that name may report."""

    status, slug, title = 404, "hook-not-set-up", "This hook is not set up"


class HookUnproven(Problem):
    """The request does not prove that it comes from the provider, or it is old."""

    status, slug, title = 401, "hook-unproven", "This request is not signed as agreed"


class HookUnreadable(Problem):
    """The request is proven and makes no sense."""

    status, slug, title = 422, "hook-unreadable", "This request cannot be read"


class TooManyReports(Problem):
    """The provider reports faster than is taken in."""

    status, slug, title = 429, "too-many-reports", "Come back a little later"
