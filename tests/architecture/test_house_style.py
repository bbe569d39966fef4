"""Rules of the house that a linter does not know."""

import ast
from collections.abc import Iterator

from tests.architecture.source import SERVICES, Module, modules

BANNED_NAMES = {"utils", "util", "helpers", "helper", "misc", "manager", "managers", "base_service", "common"}
_NOW = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}
_LEVELS = {"debug", "info", "warning", "error", "critical", "exception"}


def _calls(module: Module) -> Iterator[tuple[ast.Call, ast.Attribute]]:
    for node in ast.walk(module.tree()):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node, node.func


def _owner(attribute: ast.Attribute) -> str:
    value = attribute.value
    return value.id if isinstance(value, ast.Name) else value.attr if isinstance(value, ast.Attribute) else ""


def test_names_of_files_and_folders_say_what_is_inside() -> None:
    vague = [
        module.where
        for module in modules()
        if BANNED_NAMES.intersection(module.name.split(".")[1:]) or module.name.endswith("_service")
    ]
    assert vague == []


def test_only_the_unit_of_work_commits() -> None:
    commits = [
        f"{module.where}:{call.lineno}"
        for module in modules(*SERVICES)
        for call, method in _calls(module)
        if method.attr == "commit"
    ]
    assert commits == []


def test_time_comes_from_the_clock() -> None:
    read = [
        f"{module.where}:{call.lineno}"
        for module in modules("common", *SERVICES)
        if module.name != "common.clock"
        for call, method in _calls(module)
        if (_owner(method), method.attr) in _NOW
    ]
    assert read == []


def test_the_environment_is_read_in_config_only() -> None:
    read = [
        f"{module.where}:{node.lineno}"
        for module in modules()
        if module.path.name != "config.py"
        for node in ast.walk(module.tree())
        if isinstance(node, ast.Attribute)
        and node.attr in {"environ", "getenv", "environb"}
        and isinstance(node.value, ast.Name)
        and node.value.id == "os"
    ]
    assert read == []


def test_a_log_line_is_a_fixed_phrase() -> None:
    made_up = [
        f"{module.where}:{call.lineno}"
        for module in modules("common", *SERVICES)
        for call, method in _calls(module)
        if method.attr in _LEVELS and _owner(method) in {"log", "logger", "_log"}
        if not (call.args and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str))
    ]
    assert made_up == []


def test_nothing_fails_in_silence() -> None:
    silent = [
        f"{module.where}:{node.lineno}"
        for module in modules()
        for node in ast.walk(module.tree())
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}))
        and all(isinstance(statement, ast.Pass) for statement in node.body)
    ]
    assert silent == []


def test_nothing_is_left_for_later() -> None:
    marks = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Error")
    left = [
        f"{module.where}:{number}"
        for module in modules()
        for number, line in enumerate(module.lines(), 1)
        if any(mark in line for mark in marks)
    ]
    assert left == []
