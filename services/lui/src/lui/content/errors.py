"""What can be wrong with content."""

from common.contracts.problem import Problem


class ContentMissing(Problem):
    """The job has no content yet."""

    status, slug, title = 409, "content-missing", "The content is not defined yet"
