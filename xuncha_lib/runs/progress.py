"""Progress for a person at a terminal, or for a log."""

from __future__ import annotations

import sys


class Progress:
    """One line that is rewritten on a terminal; one line per step where there is none."""

    def __init__(self) -> None:
        self.is_terminal, self.last = sys.stderr.isatty(), ""

    def __call__(self, what: str, done: int, total: int) -> None:
        """Show that `done` of `total` are done; 0 of 0 where it cannot be counted."""
        if self.is_terminal:
            self._write(f"\r\x1b[K· {what}" + (f" {done}/{total}" if total else ""))
        elif what != self.last:
            self._write(f"· {what}\n")
        self.last = what

    def end(self) -> None:
        """Leave the line."""
        if self.is_terminal and self.last:
            self._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()
