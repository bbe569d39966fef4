"""The admission test of libs/common: a contract and a chassis, not a place for reuse."""

import ast

import grimp
import pytest

from tests.architecture.source import ROOT, SERVICES, Module, modules

MODULE_LINES = 250
ALL_LINES = 2_500
DOMAIN_WORDS = {
    "job",
    "jobs",
    "member",
    "members",
    "envelope",
    "envelopes",
    "campaign",
    "audience",
    "bounce",
    "recipient",
}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("common", *SERVICES, cache_dir=None)


def _is_empty(module_name: str) -> bool:
    path = ROOT / "libs/common/src" / module_name.replace(".", "/") / "__init__.py"
    return path.exists() and not [node for node in ast.parse(path.read_text()).body if not isinstance(node, ast.Expr)]


def _code_lines(module: Module) -> int:
    written = {number for number, line in enumerate(module.lines(), 1) if line.strip()}
    for node in ast.walk(module.tree()):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            written -= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return len(written)


def test_every_module_serves_at_least_two_services(graph: grimp.ImportGraph) -> None:
    lonely = {}
    for name in sorted(module for module in graph.modules if module.startswith("common.")):
        users = {module.split(".")[0] for module in graph.find_downstream_modules(name)} - {"common"}
        if len(users) < 2 and not _is_empty(name):
            lonely[name] = users
    assert lonely == {}


def test_its_modules_are_short() -> None:
    long = {module.where: len(module.lines()) for module in modules("common") if len(module.lines()) > MODULE_LINES}
    assert long == {}


def test_the_chassis_is_short_as_a_whole() -> None:
    # The contracts grow with the facts that services state to each other; the chassis must not grow with anything.
    # Counted without docstrings: nobody shall save on promises.
    chassis = [module for module in modules("common") if not module.name.startswith("common.contracts")]
    assert sum(_code_lines(module) for module in chassis) <= ALL_LINES


def test_the_chassis_knows_no_domain_word() -> None:
    words = [
        f"{module.where}: {node.name}"
        for module in modules("common")
        if not module.name.startswith("common.contracts")
        for node in ast.walk(module.tree())
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and DOMAIN_WORDS.intersection(node.name.lower().strip("_").split("_"))
    ]
    assert words == []


def test_it_never_asks_which_service_it_runs_in() -> None:
    asked = [
        f"{module.where}:{node.lineno}"
        for module in modules("common")
        if not module.name.startswith("common.contracts")
        for node in ast.walk(module.tree())
        if isinstance(node, ast.Compare)
        and any(isinstance(side, ast.Constant) and side.value in SERVICES for side in [node.left, *node.comparators])
    ]
    assert asked == []


def test_its_tests_are_its_own() -> None:
    assert list((ROOT / "tests/common").rglob("test_*.py"))
