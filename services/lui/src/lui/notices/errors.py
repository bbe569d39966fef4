"""What can be wrong with a notice."""

from common.contracts.problem import Problem


class NoticeNotFound(Problem):
    """No such notice, or it is no use any more."""

    status, slug, title = 404, "notice-not-found", "There is no such notice"
