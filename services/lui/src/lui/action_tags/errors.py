"""What can be wrong with an action tag."""

from common.contracts.problem import Problem


class ActionTagNotFound(Problem):
    """No such tag, or not the caller's to see."""

    status, slug, title = 404, "action-tag-not-found", "There is no such action tag"


class ActionTagNameTaken(Problem):
    """Two tags of one name could not be told apart in a report."""

    status, slug, title = 409, "action-tag-name-taken", "There is an action tag of that name"


class TooManyActionTags(Problem):
    """As many as anybody can look through."""

    status, slug, title = 409, "too-many-action-tags", "There are too many action tags"
