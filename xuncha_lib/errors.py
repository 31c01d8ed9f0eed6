"""Every error xuncha raises on purpose: one base class, messages in Chinese, three parts in one order."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class XunchaError(Exception):
    """Base of all errors meant for the person at the keyboard.

    where : what was being read or asked for.   found : what was found there.   todo : what the person can do.
    """

    def __init__(self, where: str, found: str, todo: str = "") -> None:
        self.where, self.found, self.todo = str(where), found, todo
        super().__init__("\n  ".join(part for part in (str(where), found, todo) if part))

    def __reduce__(self) -> tuple[type, tuple[str, str, str]]:
        """Three arguments make one error again on the other side of a process pool."""
        return type(self), (self.where, self.found, self.todo)


class UnreadableFile(XunchaError):
    """A file that no reader can open."""


class BadModel(XunchaError):
    """A model file whose head or body breaks the grammar."""


class UnknownName(XunchaError):
    """An option, column, model, village or parameter that does not exist."""


class NotAllowed(XunchaError):
    """An act refused by a rule of the round: scope, identity level, lock."""


def unknown(kind: str, name: str, known: Iterable[str]) -> UnknownName:
    """UnknownName for `name`, naming the nearest known one."""
    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.4)
    hint = f"您是不是要写“{near[0]}”？" if near else f"可用的有：{'、'.join(names[:20])}"
    return UnknownName(f"{kind}“{name}”", "没有这个名称", hint)
