"""Draft a migration from the difference between a service's models and its tables in the running local stack.

    tutti up --detach && make migration service=lui m="add a column"

Read what it wrote before anything else: it sees added and removed columns, not what they mean.
"""

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

from alembic import command

from common.db.migrations import alembic_config
from local_stack.layout import LOOPBACK, SERVICES, Layout
from local_stack.postgres import DATABASE

ROOT = Path(__file__).parents[2]


_TEMPLATE = '''\
"""${message}."""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
'''


def _draft(service: str, url: str, message: str) -> None:
    folder = ROOT / f"services/{service}/src/{service}/migrations"
    with tempfile.TemporaryDirectory() as scripts:
        # Alembic wants its template beside env.py; the packages of the services need none.
        shutil.copy(folder / "env.py", scripts)
        (Path(scripts) / "script.py.mako").write_text(_TEMPLATE, encoding="utf-8")
        config = alembic_config(service, url)
        config.set_main_option("script_location", scripts)
        config.set_main_option("version_locations", str(folder / "versions"))
        command.revision(config, message, autogenerate=True, version_path=str(folder / "versions"))


def _url(layout: Layout, service: str) -> str:
    password = json.loads(layout.keys_file.read_text(encoding="utf-8"))["database_passwords"][service]
    return f"postgresql+psycopg://{service}:{quote(password, safe='')}@{LOOPBACK}:{layout.port('postgres')}/{DATABASE}"


def main() -> int:
    """Write the draft; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("service", choices=SERVICES)
    parser.add_argument("message")
    parser.add_argument("--data-dir", type=Path, default=Path(".local"))
    options = parser.parse_args()
    try:
        state = json.loads(Layout(options.data_dir).state_file.read_text(encoding="utf-8"))
    except OSError as problem:
        sys.stderr.write(f"no stack in {options.data_dir} ({problem}): `tutti up --detach` first\n")
        return 1
    layout = Layout(options.data_dir, state["port_base"])
    _draft(options.service, _url(layout, options.service), options.message)
    return 0


if __name__ == "__main__":
    sys.exit(main())
