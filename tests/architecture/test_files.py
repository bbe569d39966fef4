"""What lies in the repository: commands, links, and nothing of the machine it was written on."""

import json
import re
import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, SERVICES, tracked_files

_HOME = re.compile(r"(?<![\w.$}])/(?:root|home/[a-z]+|Users/[A-Za-z]+)/")
_INDEX = re.compile(r"--(?:extra-)?index-url|--find-links|^\s*(?:extra-)?index-url\s*=", re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
_THIS = Path(__file__)


def _texts() -> list[tuple[Path, str]]:
    texts = []
    for path in tracked_files():
        try:
            texts.append((path, path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:  # a picture
            continue
    return texts


@pytest.mark.parametrize("command", [*SERVICES, "tutti"])
def test_every_console_command_is_there(command: str) -> None:
    (found,) = entry_points(group="console_scripts", name=command)
    assert callable(found.load())


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_names_its_own_command(service: str) -> None:
    manifest = tomllib.loads((ROOT / f"services/{service}/pyproject.toml").read_text())
    assert manifest["project"]["scripts"] == {service: f"{service}.__main__:main"}
    assert (ROOT / f"services/{service}/openapi.json").exists()


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    named = [str(path.relative_to(ROOT)) for path, text in _texts() if path != _THIS and _HOME.search(text)]
    named += [str(path.relative_to(ROOT)) for path, text in _texts() if str(ROOT) in text]
    assert named == []


def test_no_file_names_a_package_index() -> None:
    named = [str(path.relative_to(ROOT)) for path, text in _texts() if path != _THIS and _INDEX.search(text)]
    assert named == []


def test_the_lock_of_the_browser_application_names_no_address() -> None:
    lock = json.loads((ROOT / "services/lui/web/package-lock.json").read_text())
    addressed = [
        name for name, package in lock["packages"].items() if "resolved" in package and not package.get("link")
    ]
    assert addressed == []


def test_the_python_lock_pins_every_package_by_hash() -> None:
    blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / "requirements.lock").read_text())
    loose = [block.split()[0] for block in blocks if block[:1].isalnum() and "--hash=sha256:" not in block]
    assert loose == []


def test_links_between_documents_lead_somewhere() -> None:
    broken = []
    for path, text in _texts():
        if path.suffix != ".md":
            continue
        for match in _LINK.finditer(text):
            target = (match.group(1) or match.group(2)).partition("#")[0]
            if target and "://" not in target and not target.startswith("mailto:"):
                resolved = (ROOT / target[1:]) if target.startswith("/") else path.parent / target
                if not resolved.exists():
                    broken.append(f"{path.relative_to(ROOT)} -> {target}")
    assert broken == []
