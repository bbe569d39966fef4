"""What docs/operations/security.md promises is proven by tests that exist; and fences that no test of a part sees."""

import re
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT

_PAGE = ROOT / "docs/operations/security.md"
_ROW = re.compile(r"^\| (T\d+) \|.*\|([^|]*)\|$", re.MULTILINE)
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
_STORM = re.compile(r"storm `([a-z-]+)`")
_MET_HERE = (*range(1, 6), *range(10, 14), *range(15, 19), *range(28, 35), 38, *range(40, 45))
"""The threats that mailer and tracker meet."""
_WEB = ROOT / "services/lui/web/src"


def _rows() -> dict[str, str]:
    return dict(_ROW.findall(_PAGE.read_text()))


def test_every_threat_has_its_row() -> None:
    assert list(_rows()) == [f"T{number}" for number in _MET_HERE]


@pytest.mark.parametrize(("threat", "proofs"), _rows().items())
def test_what_is_named_as_proof_exists(threat: str, proofs: str) -> None:
    named = _TEST.findall(proofs)
    assert named, f"{threat} is proven by nothing"
    for path, name in named:
        assert re.search(rf"^\s*(?:async )?def {name}\(", (ROOT / path).read_text(), re.MULTILINE), f"{path}::{name}"
    known = (ROOT / "tests/soak/__main__.py").read_text()
    assert [storm for storm in _STORM.findall(proofs) if f'"{storm}": ' not in known] == []


def test_no_service_loads_a_general_template_engine() -> None:
    everything = "import hub.app, lui.app, tracker.app, mailer.app, mailer.worker, lui.worker, tracker.worker"
    engines = {"jinja2", "mako", "chameleon", "django"}
    asked = f"{everything}, sys; sys.exit(', '.join({engines!r} & sys.modules.keys()))"
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", asked], timeout=120, check=False, capture_output=True, text=True
    )
    assert done.stderr.strip() == ""


def test_every_frame_of_the_application_is_sealed() -> None:
    frames = [frame for file in _WEB.rglob("*.tsx") for frame in re.findall(r"<iframe\b[^>]*>", file.read_text())]
    assert frames
    assert [frame for frame in frames if 'sandbox=""' not in frame] == []


def test_the_application_writes_no_markup_it_was_given() -> None:
    ways = re.compile(r"dangerouslySetInnerHTML|\.innerHTML\s*=|\.outerHTML\s*=|insertAdjacentHTML|document\.write")
    assert [file.name for file in _WEB.rglob("*.ts*") if ways.search(file.read_text())] == []
