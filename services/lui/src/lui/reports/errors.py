"""What can be wrong with a report."""

from common.contracts.problem import Problem


class ReportNotFound(Problem):
    """No such report, or not the caller's to see."""

    status, slug, title = 404, "report-not-found", "There is no such report"


class ReportNotYours(Problem):
    """Only those it is shared with for changing may change it, and only its owner may share or delete it."""

    status, slug, title = 403, "report-not-yours", "It is not yours to change"


class FolderNotFound(Problem):
    """No such folder, or not the caller's to see."""

    status, slug, title = 404, "report-folder-not-found", "There is no such folder"


class SnapshotNotFound(Problem):
    """No such kept result, or not the caller's to see."""

    status, slug, title = 404, "report-snapshot-not-found", "There is no such kept result"


class NothingToDraw(Problem):
    """The report is a table."""

    status, slug, title = 422, "nothing-to-draw", "Recipients and details cannot be drawn"
