"""Where a recipient's values lie while a message is merged."""

from collections.abc import Sequence

from mailer.composing.errors import MergeFailed, Part
from mailer.composing.merge.filters import MAX_VALUE
from mailer.composing.merge.program import Scope

UNSUBSCRIBE_URL = "unsubscribe_url"
"""The one field every message has besides its columns; a column of that name wins."""


class Layout:
    """Positions of columns, of the built-in field and of what `assign` makes, shared by the parts of a message.

    Without `columns` any name is taken for a column; such a layout serves checking, not sending.
    """

    def __init__(self, columns: Sequence[str] | None) -> None:
        self._is_open = columns is None
        self._columns = {name: position for position, name in enumerate(columns or ())}
        self._folded: dict[str, int | None] = {}
        for name, position in self._columns.items():
            # Two columns that differ only in case are reached by their exact names alone.
            self._folded[name.casefold()] = None if name.casefold() in self._folded else position
        self._column_count = len(columns or ())
        self._size = self._column_count + 2
        self.token_position = self._column_count + 1
        """Where the recipient's tracking token lies; no name reaches it."""
        self._locals: dict[tuple[Part, str], int] = {}
        self._copies: list[tuple[int, int]] = []

    def column(self, name: str) -> int | None:
        """The position of a column or of the built-in field; case matters only where it tells two apart."""
        position = self._columns.get(name)
        if position is None:
            position = self._folded.get(name.casefold())
        if position is None and name == UNSUBSCRIBE_URL:
            return self._column_count
        if position is None and self._is_open:
            position = self._columns[name] = self._size
            self._size += 1
        return position

    def find(self, part: Part, name: str) -> int | None:
        """The position `name` stands for in a part, or None when nothing there has that name."""
        position = self._locals.get((part, name))
        return self.column(name) if position is None else position

    def fixed(self, part: Part, name: str) -> int | None:
        """The position of a column or of the built-in field that no `assign` in the part hides."""
        return None if (part, name) in self._locals else self.column(name)

    def declare(self, part: Part, name: str) -> int:
        """The position of what `assign` makes in a part. It starts as the column it hides, if it hides one."""
        key = (part, name)
        if key not in self._locals:
            hidden = None if self._is_open else self.column(name)
            self._locals[key] = self._size
            if hidden is not None:
                self._copies.append((self._size, hidden))
            self._size += 1
        return self._locals[key]

    @property
    def column_count(self) -> int:
        """How many columns a recipient has; the unsubscribe address lies right behind them."""
        return self._column_count

    @property
    def size(self) -> int:
        """How many positions there are, once every part is compiled."""
        return self._size

    @property
    def copies(self) -> Sequence[tuple[int, int]]:
        """Positions that start as what lies at another one."""
        return self._copies

    def scope(self, values: Sequence[str], unsubscribe_url: str, token: str = "") -> Scope:
        """A fresh scope for one recipient. Raises MergeFailed when a value is too long or one is missing."""
        require_values(values, self._column_count)
        scope: Scope = [*values, unsubscribe_url, token]
        scope.extend([None] * (self._size - len(scope)))
        for position, hidden in self._copies:
            scope[position] = scope[hidden]
        return scope


def require_values(values: Sequence[str], count: int) -> int:
    """The length of all values together. Raises MergeFailed when one is too long or missing."""
    if len(values) != count:
        raise MergeFailed("the recipient does not have one value for each column")
    # One join in C takes a third of the time of asking each value for its length.
    length = len("".join(values))
    if length > MAX_VALUE and max(map(len, values)) > MAX_VALUE:
        raise MergeFailed("a merge value is longer than 1 MB")
    return length
