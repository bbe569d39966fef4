"""Fixtures of the tests of deployments."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.architecture.source import ROOT


@pytest.fixture(name="run_script")
def _run_script() -> Callable[..., subprocess.CompletedProcess[str]]:
    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, *command], cwd=ROOT, check=False, capture_output=True, text=True)  # noqa: S603

    return run
