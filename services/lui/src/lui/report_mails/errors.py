"""What can be wrong with a report mail."""

from common.contracts.problem import Problem


class ReportMailNotFound(Problem):
    """No such report mail, or not the caller's to see."""

    status, slug, title = 404, "report-mail-not-found", "There is no such report mail"


class TooManyReportMails(Problem):
    """A report is mailed in more ways than anybody can keep in mind."""

    status, slug, title = 409, "too-many-report-mails", "This report has too many mails"
