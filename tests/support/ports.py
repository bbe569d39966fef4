"""Ports nobody uses."""

import random
import socket

_FIRST, _LAST = 20_000, 32_000
"""Below the range from which the kernel takes the ports of outgoing connections."""
_SYSTEM = random.SystemRandom()


def free_port_base(count: int = 10) -> int:
    """The first of `count` neighbouring ports of loopback that are all free at this moment."""
    for _ in range(200):
        base = _SYSTEM.randrange(_FIRST, _LAST, 20)
        if all(_is_free(port) for port in range(base, base + count)):
            return base
    raise RuntimeError("no free ports")


def _is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
