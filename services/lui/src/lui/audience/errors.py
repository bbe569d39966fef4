"""What can be wrong with a file or with what is to be made of it."""

from common.contracts.problem import Problem


class UploadNotFound(Problem):
    """No such upload, or not the caller's to see."""

    status, slug, title = 404, "upload-not-found", "There is no such upload"


class UploadTooLarge(Problem):
    """The file is larger than this installation takes."""

    status, slug, title = 413, "upload-too-large", "The file is too large"


class UploadUnreadable(Problem):
    """The file is empty, no text, or not what a list of recipients looks like."""

    status, slug, title = 422, "upload-unreadable", "The file cannot be read as a list of recipients"


class UploadMalformed(Problem):
    """The request is no multipart form with a file in it."""

    status, slug, title = 400, "upload-malformed", "The request is no multipart form with a part called file"


class SnapshotMissing(Problem):
    """The recipients are not defined yet."""

    status, slug, title = 409, "recipients-missing", "The recipients are not defined yet"


class RecipientNotFound(Problem):
    """The audience has no recipient of that ordinal."""

    status, slug, title = 404, "recipient-not-found", "There is no such recipient"
