"""Who may import whom: the contracts in the root pyproject, and what such contracts cannot say."""

import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOT, SERVICES, imports, modules

_COMPOSITION = {"tables", "migrations"}


def test_the_import_contracts_are_kept() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)  # noqa: S603
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_tables_and_queries_are_private_to_their_domain() -> None:
    strangers = []
    for module in modules(*SERVICES):
        parts = module.name.split(".")
        if len(parts) < 2 or parts[1] in _COMPOSITION:
            continue
        for name, line in imports(module):
            target = name.split(".")
            private = len(target) > 2 and target[0] == parts[0] and target[2] in {"models", "repository"}
            if private and target[1] != parts[1]:
                strangers.append(f"{module.where}:{line} imports {name}")
    assert strangers == []


def test_no_route_opens_a_transaction_of_its_own() -> None:
    # The two aliases of common.http.work commit before the answer leaves; a hand-made dependency would not.
    own = [
        f"{module.where}:{line}"
        for module in modules(*SERVICES)
        for name, line in imports(module)
        if name.startswith("common.http.work.") and name.rpartition(".")[2].startswith("open_")
    ]
    assert own == []


def test_services_state_problems_not_http_exceptions() -> None:
    raised = [
        f"{module.where}:{line}"
        for module in modules(*SERVICES)
        for name, line in imports(module)
        if name.endswith(".HTTPException")
    ]
    assert raised == []


def test_http_clients_come_from_the_one_shim() -> None:
    direct = [
        f"{module.where}:{line} imports {name}"
        for module in modules("common", *SERVICES)
        for name, line in imports(module)
        if name.split(".")[0] in {"httpx", "httpx2"} and not module.name.startswith("common.http")
    ]
    assert direct == []
