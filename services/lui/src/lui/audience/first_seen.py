"""Where a key was seen first, in 12 octets a slot: a dictionary of a million integers takes eight times as much."""

from array import array

_FIRST_SLOTS = 1 << 12
_BITS = (1 << 64) - 1


class FirstSeen:
    """Open addressing over two arrays; keys are 64-bit hashes."""

    def __init__(self) -> None:
        self._make(_FIRST_SLOTS)

    def _make(self, slots: int) -> None:
        self._hashes = array("Q", bytes(8 * slots))
        self._lines = array("I", bytes(4 * slots))
        self._mask = slots - 1
        self._count = 0

    def line_of(self, key: int, line: int) -> int:
        """The line at which `key` was given first: `line` itself when this is the first time."""
        wanted = key & _BITS or 1  # 0 marks an empty slot
        hashes, mask = self._hashes, self._mask
        at = wanted & mask
        while found := hashes[at]:
            if found == wanted:
                return self._lines[at]
            at = (at + 1) & mask
        hashes[at] = wanted
        self._lines[at] = line
        self._count += 1
        if 3 * self._count > 2 * mask:
            self._grow()
        return line

    def _grow(self) -> None:
        hashes, lines = self._hashes, self._lines
        self._make(2 * len(hashes))
        for at, found in enumerate(hashes):
            if found:
                self.line_of(found, lines[at])
