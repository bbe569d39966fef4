"""What can be wrong with content."""

from common.contracts.problem import Problem


class ContentMissing(Problem):
    """The job has no content yet."""

    status, slug, title = 409, "content-missing", "The content is not defined yet"


class FileNotFound(Problem):
    """The job has no such file, or it is not kept any more."""

    status, slug, title = 404, "file-not-found", "There is no such file"


class FileTooLarge(Problem):
    """A file, or all files of a job together, are larger than this installation takes."""

    status, slug, title = 413, "file-too-large", "The file is too large"
