"""Small modules and small functions; when one is full it is split by use case."""

import ast

import pytest

from tests.architecture.source import Module, modules

MODULE_LINES = 300
FUNCTION_LINES = 40


def test_no_module_has_more_than_300_lines() -> None:
    sizes = {module.where: len(module.lines()) for module in modules() if not module.is_migration}
    assert {where: lines for where, lines in sizes.items() if lines > MODULE_LINES} == {}


def _code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """From `def` to the last line; the docstring is not code."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function) is not None:
        docstring = function.body[0]
        lines -= (docstring.end_lineno or docstring.lineno) - docstring.lineno + 1
    return lines


def _long_functions(module: Module) -> list[str]:
    return [
        f"{module.where}:{node.lineno} {node.name} has {_code_lines(node)} lines"
        for node in ast.walk(module.tree())
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _code_lines(node) > FUNCTION_LINES
    ]


def test_no_function_has_more_than_40_lines() -> None:
    long = [line for module in modules() if not module.is_migration for line in _long_functions(module)]
    assert long == []


@pytest.mark.parametrize(("length", "found"), [(FUNCTION_LINES, 0), (FUNCTION_LINES + 1, 1)])
def test_the_measure_sees_one_line_too_many(length: int, found: int) -> None:
    body = "\n".join("    pass" for _ in range(length - 1))
    function = ast.parse(f"def example():\n{body}\n").body[0]
    assert isinstance(function, ast.FunctionDef)
    assert (_code_lines(function) > FUNCTION_LINES) == bool(found)
