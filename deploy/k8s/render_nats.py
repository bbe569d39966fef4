"""Write nats.conf for containers: the users and subjects are those of the local stack.

python deploy/k8s/render_nats.py            writes them
python deploy/k8s/render_nats.py --check    fails when one of them is not what it would write
"""

import argparse
import sys
from pathlib import Path

from local_stack.layout import SERVICES
from local_stack.nats_server import Broker, configuration

HERE = Path(__file__).parent
_NODES = 3
_PASSWORDS = {service: f"${service.upper()}_NATS_PASSWORD" for service in SERVICES}
_ALONE = Broker(host="0.0.0.0", port=4222, store="/data", name="$POD_NAME", monitor_port=8222)  # noqa: S104
_CLUSTER = Broker(
    host=_ALONE.host,
    port=_ALONE.port,
    store=_ALONE.store,
    name=_ALONE.name,
    monitor_port=_ALONE.monitor_port,
    routes=tuple(f"nats://nats-{number}.nats-nodes:6222" for number in range(_NODES)),
)
_HEADER = "# Written by deploy/k8s/render_nats.py: who may publish and read what. Never edited by hand.\n"


def wanted() -> dict[Path, str]:
    """The text of every file by its path."""
    return {
        HERE / "base/nats/nats.conf": _HEADER + configuration(_ALONE, _PASSWORDS),
        HERE / "overlays/large/nats.conf": _HEADER + configuration(_CLUSTER, _PASSWORDS),
    }


def main() -> int:
    """Write or check; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    stale = [path for path, text in wanted().items() if not path.exists() or path.read_text() != text]
    for path in stale:
        sys.stderr.write(f"{path.relative_to(HERE.parent)} {'is not up to date' if check else 'written'}\n")
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted()[path])
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
