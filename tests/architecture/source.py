"""The files the architecture tests read."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SERVICES = ("hub", "lui", "tracker", "mailer")
ROOTS = {
    "common": ROOT / "libs/common/src/common",
    **{service: ROOT / f"services/{service}/src/{service}" for service in SERVICES},
    "local_stack": ROOT / "deploy/local/src/local_stack",
}


@dataclass(frozen=True)
class Module:
    """One Python file of ours."""

    package: str
    path: Path

    @property
    def name(self) -> str:
        """The dotted import name."""
        parts = self.path.relative_to(ROOTS[self.package].parent).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def where(self) -> str:
        """For messages."""
        return str(self.path.relative_to(ROOT))

    def lines(self) -> list[str]:
        """The text, line by line."""
        return self.path.read_text(encoding="utf-8").splitlines()

    def tree(self) -> ast.Module:
        """The syntax tree."""
        return _tree(self.path)

    @property
    def is_migration(self) -> bool:
        """Whether it is one step of a schema's history, which is written once and never tidied."""
        return "versions" in self.path.parts and "migrations" in self.path.parts


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def modules(*packages: str) -> list[Module]:
    """Every module of these packages; of all of them when none is named."""
    chosen = packages or tuple(ROOTS)
    return [Module(package, path) for package in chosen for path in sorted(ROOTS[package].rglob("*.py"))]


def imports(module: Module) -> Iterator[tuple[str, int]]:
    """Every name a module imports, dotted and absolute, with its line."""
    for node in ast.walk(module.tree()):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node.lineno


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file under version control, or about to be."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603
    return tuple(path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file())
