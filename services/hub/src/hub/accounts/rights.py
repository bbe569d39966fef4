"""The catalogue of rights."""

from enum import StrEnum


class Right(StrEnum):
    """What an account may be permitted to do; the order is the order in which rights are shown."""

    ADMINISTER_ACCOUNTS = "administer_accounts"
    ADMINISTER_INSTALLATION = "administer_installation"
    CREATE_JOBS = "create_jobs"
    AUTHORIZE_JOBS = "authorize_jobs"
    SEE_REPORTS = "see_reports"
    SEE_RECIPIENTS = "see_recipients"


EXPLANATIONS: dict[Right, str] = {
    Right.ADMINISTER_ACCOUNTS: "Create, change and close accounts; an account in a group does so for its group only",
    Right.ADMINISTER_INSTALLATION: "See the running components and the audit trail, and change settings",
    Right.CREATE_JOBS: "Prepare jobs and send test deliveries",
    Right.AUTHORIZE_JOBS: "Authorize, pause, resume and stop deliveries",
    Right.SEE_REPORTS: "See the reports of jobs",
    Right.SEE_RECIPIENTS: "See recipients' addresses and download them",
}
