"""The most memory this process has had since the count began, whatever it or its parent had before."""

from pathlib import Path

_STATUS = Path("/proc/self/status")
_FORGET = Path("/proc/self/clear_refs")


def forget_peak() -> None:
    """Begin to count."""
    # What getrusage says is the highest ever, that of the process which started this one included.
    _FORGET.write_text("5")


def peak_mb() -> int:
    """Megabytes."""
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) // 1024
