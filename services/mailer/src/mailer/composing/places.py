"""Where in the pool things lie while a message is composed."""

from collections.abc import Iterable, Sequence

from mailer.composing.merge import Kind, Layout, Op


class Places:
    """First the scope of the merge language, then header lines and tokens, then forms of columns, then constants."""

    def __init__(self, layout: Layout, programs: Iterable[Sequence[Op]]) -> None:
        self.columns = layout.column_count
        self.unsubscribe_url = layout.column_count
        self.token = layout.token_position
        first = layout.size
        self.to, self.subject, self.sender, self.reply_to = range(first, first + 4)
        self.identifier, self.leave_path, self.leave_local, self.token_form = range(first + 4, first + 8)
        self.url_in_text, self.url_in_html, self.length = range(first + 8, first + 11)
        self.first_form = first + 11
        read = {op.column for ops in programs for op in ops if op.kind is Kind.SLOT and op.column is not None}
        self.used = sorted(position for position in read if position < self.columns)
        """Columns of which the pool holds forms: two each, for text and for HTML, in this order."""
        self.needs_url = self.unsubscribe_url in read
        self.first_constant = self.first_form + 2 * len(self.used)
        self._form = {position: self.first_form + 2 * number for number, position in enumerate(self.used)}

    def form(self, position: int, *, in_html: bool) -> int:
        """Where the encoded form of a column, of the unsubscribe address or of the token lies."""
        if position == self.token:
            return self.token_form
        if position == self.unsubscribe_url:
            return self.url_in_html if in_html else self.url_in_text
        return self._form[position] + in_html
