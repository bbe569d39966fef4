"""The command `tracker`: the only place that puts its parts together."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from fastapi import FastAPI
from starlette.types import ASGIApp

from common.contracts.shared import Role
from common.contracts.signed_token import TokenKeys
from common.contracts.tracker import TrackerSeenV1
from common.observability.health import Health
from common.service.cli import Service, configured, make_cli
from common.service.resources import Resources
from common.service.run import Background, HttpProtocol
from tracker.app import ANSWERS_VISITS, bare_app, now_ms, reports_app, with_intake
from tracker.config import TrackerSettings
from tracker.intake.handler import Edge
from tracker.intake.listener import Listener
from tracker.intake.process import IntakeOptions, IntakeProcess
from tracker.intake.server import IntakeServing
from tracker.intake.spool.writer import SpoolLimits
from tracker.judging_command import add_judge
from tracker.tables import MESSAGING
from tracker.worker import SUBSCRIPTIONS, intake_tasks, worker_tasks


class Composition:
    """One process of tracker: an intake is shared by the application that answers and the tasks that follow."""

    def __init__(self) -> None:
        self._process: IntakeProcess | None = None
        self._serving: IntakeServing | None = None

    def create_app(self, settings: TrackerSettings, resources: Resources, role: Role) -> ASGIApp:
        """The application of a role that serves."""
        if role not in ANSWERS_VISITS:
            return reports_app(settings, resources)
        self._process = process = IntakeProcess.open(_options(settings))
        self._serving = IntakeServing(Listener(process.service, now_ms=now_ms(resources.clock)))
        if role == "public":
            # Links must be followed without database and broker, so their absence is no reason to be taken out.
            app = bare_app(settings, replace(resources, health=Health({"spool": process.check})))
        else:
            resources.health.add("spool", process.check)
            app = reports_app(settings, resources)
        return with_intake(app, process, resources.clock)

    def protocol(self, role: Role) -> HttpProtocol | None:
        """Intake's own protocol where there is an intake: it hands on what is the application's."""
        return self._serving if role in ANSWERS_VISITS else None

    def tasks(self, settings: TrackerSettings, resources: Resources, role: Role) -> Sequence[Background]:
        """What runs beside the application."""
        tasks = [*worker_tasks(settings, resources, role)]
        if self._process is not None:
            tasks += intake_tasks(settings, resources, self._process)
        return tasks


def _options(settings: TrackerSettings) -> IntakeOptions:
    return IntakeOptions(
        data_dir=settings.data_dir,
        keys=TokenKeys(settings.master_keys()),
        limits=SpoolLimits(segment_size=settings.segment_size, reserve=settings.disk_reserve),
        edge=Edge(settings.forwarding_hops, is_secure=settings.public_url.startswith("https://")),
    )


def _describe(settings: TrackerSettings, resources: Resources) -> FastAPI:
    return reports_app(settings, resources)


_composition = Composition()
_service = Service(
    name="tracker",
    settings=TrackerSettings,
    tables=MESSAGING,
    seen=TrackerSeenV1,
    create_app=_composition.create_app,
    subscriptions=SUBSCRIPTIONS,
    tasks=_composition.tasks,
    protocol=_composition.protocol,
    describe=_describe,
)
cli = make_cli(_service)
add_judge(cli, partial(configured, _service))


def main() -> None:
    """Run the command."""
    cli()


if __name__ == "__main__":
    main()
