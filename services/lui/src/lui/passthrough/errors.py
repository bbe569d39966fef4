"""What can be wrong with a path to be passed on."""

from common.contracts.problem import Problem


class NotPassedOn(Problem):
    """Only `/api/<service>/v<major>/…` is passed on, and nothing that could climb out of it."""

    status, slug, title = 404, "not-passed-on", "There is nothing here"
