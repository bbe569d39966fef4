"""The command `lui`."""

from common.contracts.lui import LuiSeenV1
from common.service.cli import Service, make_cli
from lui import app, worker
from lui.config import LuiSettings
from lui.tables import MESSAGING

SERVICE = Service(
    name="lui",
    settings=LuiSettings,
    tables=MESSAGING,
    seen=LuiSeenV1,
    create_app=app.build,
    subscriptions=worker.SUBSCRIPTIONS,
    tasks=worker.tasks,
)
cli = make_cli(SERVICE)


def main() -> None:
    """Run the command."""
    cli()


if __name__ == "__main__":
    main()
