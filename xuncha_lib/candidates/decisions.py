"""What the review log says of today's candidates: their status and the words for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from xuncha_lib.candidates.keys import HitKey
from xuncha_lib.candidates.review_log import REASON_CODES, Chain, Entry

OPEN, CONFIRMED, DISMISSED, BAD_DATA, MORE, DISPUTED = (
    "候选", "属实", "不属实", "数据错误", "待核实", "意见不一",
)  # fmt: skip
"""Statuses of a candidate. Only people give any but the first."""

STATUSES = (OPEN, CONFIRMED, DISMISSED, BAD_DATA, MORE, DISPUTED)

_DATA_CODES = frozenset({"FP02"})


@dataclass(frozen=True)
class Opinion:
    """What one reviewer last said of a matter, and what it rested on."""

    entry: Entry
    models: frozenset[str]
    rows: frozenset[str]


@dataclass(frozen=True)
class Verdict:
    """status as shown.   text: who said what, or that a dismissed candidate is back.   rests: whether it is put aside."""

    status: str = OPEN
    text: str = ""
    rests: bool = False


NOT_DECIDED = Verdict()


@dataclass(frozen=True)
class Decisions:
    """The valid decisions of all reviewers, in order, by reviewer."""

    by_reviewer: dict[str, tuple[Entry, ...]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nobody has decided anything."""
        return not any(self.by_reviewer.values())


def decisions_of(log: dict[str, Chain]) -> Decisions:
    """The log with every undone decision left out; also entries behind a break, which `check` reports."""
    valid: dict[str, tuple[Entry, ...]] = {}
    for name, chain in log.items():
        kept: list[Entry] = []
        for entry in chain.entries:
            if entry.act != "undo":
                kept.append(entry)
                continue
            for at in range(len(kept) - 1, -1, -1):
                if kept[at].candidate_id == entry.candidate_id:
                    del kept[at]
                    break
        valid[name] = tuple(kept)
    return Decisions(valid)


class Judge:
    """Decisions arranged so that candidates can be looked up."""

    def __init__(self, decisions: Decisions) -> None:
        self._by_key: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._entries = decisions.by_reviewer
        for name, entries in decisions.by_reviewer.items():
            for at, entry in enumerate(entries):
                for key in {entry.candidate_id, *entry.matters}:
                    self._by_key[key].append((name, at))

    def opinions(self, candidate_id: str, keys: Sequence[HitKey]) -> list[Opinion]:
        """What each reviewer last said of this candidate, or of one of its matters under an earlier id."""
        touched: dict[str, set[int]] = defaultdict(set)
        for key in {candidate_id, *(mark for k in keys for mark in k.marks)}:
            for name, at in self._by_key.get(key, ()):
                touched[name].add(at)
        found = []
        for name in sorted(touched):
            own = [self._entries[name][at] for at in sorted(touched[name])]
            last = own[-1]
            alike = [entry for entry in own if entry.act == last.act]
            found.append(Opinion(
                last, frozenset(m for e in alike for m, _ in e.models), frozenset(r for e in alike for r in e.rows),
            ))  # fmt: skip
        return found

    def verdict(self, candidate_id: str, keys: Sequence[HitKey]) -> Verdict:
        """Status of a candidate. One that was dismissed comes back only with rows or models nobody has dismissed."""
        opinions = self.opinions(candidate_id, keys)
        if not opinions:
            return NOT_DECIDED
        text = "；".join(map(_told, opinions))
        acts = {o.entry.act for o in opinions}
        if {"confirm", "dismiss"} <= acts:
            return Verdict(DISPUTED, f"复核意见不一：{text}")
        if "confirm" in acts:
            return Verdict(CONFIRMED, text)
        if "more" in acts:
            return Verdict(MORE, text)
        news = _news(keys, opinions)
        if news:
            return Verdict(OPEN, f"{text}；现有新依据：{news}，重新列出")
        is_bad_data = all(o.entry.code in _DATA_CODES for o in opinions)
        return Verdict(BAD_DATA if is_bad_data else DISMISSED, text, rests=True)


def _told(opinion: Opinion) -> str:
    entry = opinion.entry
    act = {"confirm": "确认属实", "more": "要求补充资料"}.get(entry.act)
    act = act or f"排除（{entry.code}{REASON_CODES.get(entry.code, '')}）"
    note = f"：{entry.note}" if entry.note else ""
    return f"{entry.reviewer} {entry.at[:10]} {act}{note}"


def _news(keys: Iterable[HitKey], dismissed: Sequence[Opinion]) -> str:
    """What nobody who dismissed the candidate had before them; empty when there is nothing of the kind."""
    rows = frozenset().union(*(o.rows for o in dismissed))
    models = frozenset().union(*(o.models for o in dismissed))
    new_rows = {row for key in keys for row in key.rows} - rows
    new_models = sorted({key.model_id for key in keys} - models)
    parts = [f"{len(new_rows)}行"] if new_rows else []
    parts += [f"模型{'、'.join(new_models)}"] if new_models else []
    return "、".join(parts)
