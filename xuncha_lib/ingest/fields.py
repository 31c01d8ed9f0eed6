"""What a column may be: every field of every table, with the words that name it, and how well a heading fits each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from xuncha_lib.ingest import layouts
from xuncha_lib.ingest.headings import JOIN, plain, turns, variants
from xuncha_lib.knowledge import read_yaml
from xuncha_lib.tables import Role, Table, load_tables

_TOTALS = frozenset(("合计", "小计", "总计", "金额", "计", "数额", "元", "总额", "共计", "总数"))
_GENERIC = frozenset(
    (
        "金额",
        "日期",
        "单位",
        "单位名称",
        "收支",
        "收付",
        "借贷",
        "名称",
        "编号",
        "项目",
        "内容",
        "类别",
        "类型",
        "状态",
        "代码",
        "编码",
        "方式",
        "性质",
        "说明",
        "位置",
        "方向",
    )
)
"""Words that mean little inside a longer heading: 对方单位 is no village."""

_NAMED = re.compile(r"(?:名称|全称)$")
"""收款单位全称 is the name of 收款单位."""

_CONTEXT = ("基本情况", "基本信息", "信息", "情况", "明细", "家庭信息", "个人信息")
_PARTS_OF = ("其中", "分解")
"""Below these stand the parts of a total: never the total itself, whatever their words."""


@dataclass(frozen=True)
class Field:
    """One thing a column of `table` may hold. key: column, role.part, +extra or +common."""

    table: str
    key: str
    type: str
    words: tuple[str, ...]
    is_common: bool = False


_PARTS = (
    ("id_no", re.compile(r"(身份证号|身份号|证件号|身份|(?<=[人主部方员户])证号)$")),
    ("phone", re.compile(r"(联系电话|本人电话|电话)$")),
    (
        "bank_no",
        re.compile(
            r"(银行账号|开户账号|一卡通账号|社保卡号|社会保障卡号|收款账号|账户|账号|卡号)$"
        ),
    ),
    ("birth_on", re.compile(r"(出生日期|出生年月|生日)$")),
    ("sex", re.compile(r"性别$")),
)
"""How the heading of a person's attribute ends; what stands before says whose it is."""


@cache
def common() -> dict[str, Any]:
    """The shared part of the vocabulary: suffixes, columns any table may have, known but unused sheets."""
    entry: dict[str, Any] = read_yaml(
        (Path(__file__).parent / "common.yml").read_text(encoding="utf-8")
    )
    return entry


def _role_fields(table: Table, role: Role, main: str) -> list[Field]:
    found = []
    for part, tails in common()["suffixes"].items():
        words = list(role.aliases.get(part, ()))
        if part == "name":
            words.append(role.zh)
        elif role.name == main:
            words += tails
        kind = part if part != "name" else ("party" if role.is_party else "name")
        found.append(Field(table.name, f"{role.name}.{part}", kind, tuple(words)))
    return found


def _extra_words(spec: dict[str, Any]) -> tuple[str, ...]:
    """Aliases, and every pair of an upper and a lower word (`each`): 银行存款 over 收入."""
    upper, lower = spec.get("each", ((), ()))
    return (*spec["aliases"], *(f"{one}/{two}" for one in upper for two in lower))


def _table_fields(table: Table) -> list[Field]:
    main = table.recognise.get("main", table.roles[0].name if table.roles else "")
    found = [f for role in table.roles for f in _role_fields(table, role, main)]
    for column in table.columns:
        if column.aliases or column.name in ("phone",):
            kind = {"uscc": "uscc", "company": "org", "plate": "plate", "village_name": "village", "town": "town",
                    "relation": "relation", "phone": "phone", "account_name": "account", "account_code": "account_code",
                    "bidders_text": "bidders"}.get(column.name, column.type)  # fmt: skip
            found.append(Field(table.name, column.name, kind, (*column.aliases, column.zh)))
    for name, spec in table.recognise.get("extra", {}).items():
        found.append(Field(table.name, f"+{name}", spec["type"], _extra_words(spec)))
    own = {f.key for f in found}
    for name, spec in common()["columns"].items():
        if name not in own and not (name == "village" and "village_name" in own):
            found.append(Field(table.name, f"+{name}", spec["type"], tuple(spec["aliases"]), True))
    return found


@cache
def all_fields() -> tuple[Field, ...]:
    """Fields of every table that has files of its own, then of the known but unused sheets."""
    found = [f for t in load_tables().values() if not t.derived for f in _table_fields(t)]
    for name, spec in common()["unused"].items():
        found += [Field(f"unused:{name}", word, "any", (word,)) for word in spec["aliases"]]
        found += [
            Field(f"unused:{name}", f"+{key}", c["type"], tuple(c["aliases"]), True)
            for key, c in common()["columns"].items()
        ]
    return tuple(found)


def _features(text: str) -> set[str]:
    return set(text) | {text[i : i + 2] for i in range(len(text) - 1)}


class _Words:
    """All words as a matrix of characters and pairs of characters; scores a heading against all of them at once."""

    def __init__(self) -> None:
        pairs: list[tuple[int, str, float]] = []
        for at, field in enumerate(all_fields()):
            words = list(dict.fromkeys(plain(w) for w in field.words))
            pairs += [
                (at, w, 0.03 * (1 - rank / len(words))) for rank, w in enumerate(words) if w
            ] or [(at, "\0", 0)]
        self.words = list(dict.fromkeys(word for _, word, _ in pairs))
        place = {word: i for i, word in enumerate(self.words)}
        features = sorted({f for word in self.words for f in _features(word)})
        self.place_of = {f: i for i, f in enumerate(features)}
        self.matrix = np.zeros((len(features), len(self.words)), dtype=np.int16)
        for i, word in enumerate(self.words):
            for f in _features(word):
                self.matrix[self.place_of[f], i] = 1
        self.sizes = self.matrix.sum(axis=0).astype(float)
        self.pair_word = np.array([place[word] for _, word, _ in pairs])
        self.pair_bonus = np.array([bonus for _, _, bonus in pairs])
        self.starts = np.unique([at for at, _, _ in pairs], return_index=True)[1]
        self.exact = place
        self.tails = np.array([word[-2:] for word in self.words])
        self.turns = np.array([turns(word) for word in self.words])
        self.is_name = np.array([field.key.endswith(".name") for field in all_fields()])
        self.parts = [_part_of(at) for at in range(len(all_fields()))]

    def score(self, heading: str) -> np.ndarray:
        """Similarity 0–1 of the heading to every word."""
        scores: np.ndarray = np.zeros(len(self.words))
        if heading in self.exact:
            scores[self.exact[heading]] = 1.0
        if heading.isascii():
            for word in _by_pinyin().get(heading, ()):
                at = self.exact[word]
                scores[at] = max(scores[at], 0.9 if len(heading) > 2 else 0.6)
            return scores
        own = _features(heading)
        rows = [self.place_of[f] for f in own if f in self.place_of]
        if not rows:
            return scores
        shared = self.matrix[rows].sum(axis=0)
        dice = 0.85 * 2 * shared / (len(own) + self.sizes)
        scores = np.maximum(
            scores, dice + np.where(self.tails == heading[-2:], 0.06, -0.06) * (dice > 0)
        )
        for at in map(int, np.flatnonzero((shared == self.sizes) & (self.sizes > 1))):
            word = self.words[at]
            if word in heading and word != heading:
                tail = 0.06 if heading.endswith(word) else 0.0
                held = 0.5 if word in _GENERIC else 0.62 + 0.3 * len(word) / len(heading) + tail
                scores[at] = max(scores[at], held)
        if len(heading) >= 2:
            for at in map(int, np.flatnonzero((shared == len(own)) & (self.sizes > len(own)))):
                word = self.words[at]
                if heading in word:
                    scores[at] = max(scores[at], 0.5 + 0.35 * len(heading) / len(word))
        is_turned = (self.turns != turns(heading)) & (scores < 1.0)
        return np.where(is_turned, 0.55 * scores, scores)

    def by_field(self, heading: str) -> np.ndarray:
        """Best word of each field; an earlier word of a field wins a tie. 户主身份证号 is 户主 + an ID number."""
        best = self._by_word(heading)
        if (bare := _NAMED.sub("", heading)) != heading and len(bare) >= 2:
            best = np.where(self.is_name, np.maximum(best, 0.95 * self._by_word(bare)), best)
        for part, pattern in _PARTS:
            if (m := pattern.search(heading)) and m.start():
                whose = self._by_word(heading[: m.start()])
                for at, (own_part, name_at, is_main) in enumerate(self.parts):
                    if own_part == part:
                        score = max(0.1 + 0.88 * whose[name_at], 0.78 if is_main else 0.0)
                        best[at] = max(best[at], min(score, 0.99))
                break
        return best

    def _by_word(self, heading: str) -> np.ndarray:
        scores = self.score(heading)
        each = np.where(scores[self.pair_word] > 0, scores[self.pair_word] + self.pair_bonus, 0.0)
        best: np.ndarray = np.maximum.reduceat(each, self.starts)
        return best


def _part_of(at: int) -> tuple[str, int, bool]:
    """(part, place of the role's name field, is it the main role) of a person field; ("", 0, False) for others."""
    one = all_fields()[at]
    role, dot, part = one.key.partition(".")
    if not dot or part == "name":
        return "", 0, False
    name_at = next(
        i for i, f in enumerate(all_fields()) if f.table == one.table and f.key == f"{role}.name"
    )
    table = load_tables()[one.table]
    return part, name_at, role == table.recognise.get("main", table.roles[0].name)


@cache
def words() -> _Words:
    """The one index of words."""
    return _Words()


@cache
def _by_pinyin() -> dict[str, list[str]]:
    """Initials and full pinyin of every word: hphm → 号牌号码. Only built when a heading is ASCII."""
    from pypinyin import Style, lazy_pinyin

    found: dict[str, list[str]] = {}
    for word in words().words:
        if len(word) >= 2 and not word.isascii():
            for spelt in dict.fromkeys(
                (word, word.replace("日期", "时间"))
            ):  # `plain` made them one
                for style in (Style.FIRST_LETTER, Style.NORMAL):
                    found.setdefault("".join(lazy_pinyin(spelt, style=style)), []).append(word)
    return found


@lru_cache(maxsize=1_500)
def heading_scores(heading: str) -> np.ndarray:
    """How well a heading (its levels joined by JOIN) fits each field, 0–1.03."""
    index = words()
    levels = [level for level in heading.split(JOIN) if level]
    best = np.zeros(len(all_fields()))
    if not levels:
        return best
    for text in variants("".join(levels)):
        best = np.maximum(best, index.by_field(text))
    if len(levels) > 1:
        upper, lower = "".join(levels[:-1]), levels[-1]
        is_total = plain(lower) in _TOTALS
        lower_weight = (
            0.9
            if upper.endswith(_PARTS_OF)
            else 0.98
            if upper.endswith(_CONTEXT)
            else 0.3
            if is_total
            else 0.9
        )
        for text in variants(lower):
            best = np.maximum(best, lower_weight * index.by_field(text))
        for text in variants(upper):
            best = np.maximum(best, (0.97 if is_total else 0.6) * index.by_field(text))
    return best


@lru_cache(maxsize=20_000)
def is_known_word(text: str) -> float:
    """Best similarity of the text to any heading we know: the first test of a header row."""
    return float(max(words().score(variant).max() for variant in variants(text)))


def is_heading(text: str) -> float:
    """As is_known_word, and certain for a heading that the round was taught."""
    return 1.0 if layouts.active().fields_of(text) else is_known_word(text)
