"""What can be wrong with asking about suppressions."""

from common.contracts.problem import Problem


class SuppressionNotFound(Problem):
    """There is no such suppression, or it is not the caller's to see."""

    status, slug, title = 404, "suppression-not-found", "There is no such suppression"


class AlreadyLifted(Problem):
    """Somebody lifted it before."""

    status, slug, title = 409, "already-lifted", "This suppression was lifted already"


class GlobalScopeReserved(Problem):
    """What holds for the whole installation is an administrator's to change."""

    status, slug, title = 403, "global-scope-reserved", "Only an administrator may change this for everybody"
