"""What lui does beside answering requests."""

from collections.abc import Sequence

from common.contracts.shared import Role
from common.service.resources import Resources
from common.service.run import Background
from lui.access import handlers as access
from lui.audience.scheduler import Partitions
from lui.clients.hub import HubClient
from lui.clients.tracker_reports import TrackerReportsClient
from lui.config import LuiSettings
from lui.deliveries import handlers as deliveries
from lui.jobs import handlers as jobs
from lui.jobs.list_id import list_domain
from lui.jobs.scheduler import DueJobs, Tidying
from lui.notices import handlers as notices
from lui.report_mails.scheduler import DueReportMails
from lui.report_mails.service import Preparing
from lui.settings import handlers as settings_handlers
from lui.subscriber_pages import handlers as subscriber_pages

SUBSCRIPTIONS = (
    *access.SUBSCRIPTIONS,
    *deliveries.SUBSCRIPTIONS,
    *jobs.SUBSCRIPTIONS,
    *notices.SUBSCRIPTIONS,
    *settings_handlers.SUBSCRIPTIONS,
    *subscriber_pages.SUBSCRIPTIONS,
)


def tasks(settings: LuiSettings, resources: Resources, role: Role) -> Sequence[Background]:
    """The clockwork, for processes that work; any number of them may run it."""
    if role not in ("all", "worker"):
        return ()
    preparing = Preparing(
        resources.uow,
        TrackerReportsClient(resources.http, settings),
        HubClient(resources.http, settings),
        str(settings.app_url),
    )
    return (
        Partitions(resources.uow).run,
        DueJobs(resources.uow, list_domain(str(settings.public_url))).run,
        Tidying(resources.uow).run,
        DueReportMails(resources.uow, preparing).run,
    )
