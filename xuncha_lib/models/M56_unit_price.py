"""---
id: M56
name: 采购价格偏离同类
category: C7
severity: medium
identity: null
prior: 0.6
needs: {money: [row_id, rows, village_code, entry_on, side, amount_yuan, summary]}
uses:
  cancelled: [village_code]
  money: [payee, payee_org, note, payee_key]
  purchase: [supplier, supplier_org, item, spec, quantity, unit, unit_yuan, amount_yuan, bought_on, note]
  village: [town]
knobs: {peers: 5, times: 1.5, least_z: 3.0, days: 30}
basis: []
note: 与同镇同类采购的价格比较，没有条文依据；差异须由规格、报价和验收说明
reason: "购{item}单价{price}元/{unit}，为{place}{n_peers}笔同类采购中位价{usual}元的{times}倍，需核实规格和询价情况"
innocent: [规格型号不同, 含运费安装, 数量少批次小]
check: [规格与报价单, 验收单, 同期其他村的采购发票]
aspects: [A09]
forms: [F40]
not_for: 只与本轮各村账面比较，不代表市场价
---
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from xuncha_lib.outliers.lexicon import read_lexicon
from xuncha_lib.outliers.robust import robust_z
from xuncha_lib.outliers.unit_price import COUNTED, bought, plain_unit
from xuncha_lib.values import fold

_REGISTERED = """
SELECT p.row_id, p.village_code, coalesce(v.town, ''), p.bought_on, p.item, coalesce(p.spec, ''), p.quantity, coalesce(p.unit, ''),
       CAST(coalesce(p.unit_yuan, p.amount_yuan / p.quantity) AS DOUBLE) AS price,
       CAST(coalesce(p.amount_yuan, p.unit_yuan * p.quantity) AS DOUBLE) AS yuan, p.supplier_org, coalesce(p.note, '')
FROM purchase p LEFT JOIN village v USING (village_code)
WHERE p.item IS NOT NULL AND p.quantity > 0 AND p.village_code IS NOT NULL AND coalesce(p.unit_yuan, p.amount_yuan) > 0
ORDER BY p.row_id
"""
_PAID = """
SELECT m.row_id, m.rows, m.village_code, coalesce(v.town, ''), m.entry_on, CAST(m.amount_yuan AS DOUBLE), coalesce(m.summary, ''),
       m.payee_key, coalesce(m.note, ''), m.payee_org
FROM money m LEFT JOIN cancelled c USING (row_id) LEFT JOIN village v ON v.village_code = m.village_code
WHERE m.side = 'out' AND m.amount_yuan > 0 AND c.row_id IS NULL AND m.village_code IS NOT NULL
"""
_SETTLES = f"""{_PAID} AND EXISTS (
    FROM purchase p WHERE p.village_code = m.village_code
      AND (p.supplier_org = m.payee_org OR abs(coalesce(p.amount_yuan, p.unit_yuan * p.quantity) - m.amount_yuan) < 2))
ORDER BY m.row_id"""
_TELLS = rf"""{_PAID} AND m.summary IN (
    SELECT summary FROM (SELECT DISTINCT summary FROM money WHERE side = 'out')
    WHERE regexp_matches(summary, $buys) AND regexp_matches(regexp_replace(summary, '[\s\p{{Z}}]+', '', 'g'), $counted))
ORDER BY m.row_id"""
_BUYS = "购|买|换|装|定制|定做|制作|添置|配备|单价|[x×*]"
_SPEC = re.compile(read_lexicon()["spec_words"])
_COLUMNS = [
    "village_code", "subject_kind", "subject_key", "subject", "level", "evidence", "amount_yuan", "first_on",
    "last_on", "p", "explained", "item", "price", "unit", "place", "n_peers", "usual", "times",
]  # fmt: skip


@dataclass(eq=False)
class Purchase:
    """One thing bought, from a register or a ledger. price: yuan per unit.   spec: the register's own column.

    text : what else is said of it.
    """

    row_id: int
    village: str
    town: str
    on: Any
    item: str
    unit: str
    price: float
    yuan: float
    spec: str
    text: str
    evidence: list[int]

    @cached_property
    def words(self) -> frozenset[str]:
        """Words about size, make or what comes with it."""
        return frozenset(match.group(0) for match in _SPEC.finditer(self.text))


def find(con: duckdb.DuckDBPyConnection, knobs: dict[str, Any]) -> pd.DataFrame:
    """One hit per purchase far above the median price of the same thing, in its town or else in the whole round."""
    registered = con.execute(_REGISTERED).fetchall()
    purchases, used = _registered(registered, con.execute(_SETTLES).fetchall(), knobs["days"])
    told = con.execute(_TELLS, {"buys": _BUYS, "counted": COUNTED}).fetchall()
    purchases += _from_summaries(p for p in told if p[0] not in used)
    groups: dict[tuple[str, str], list[Purchase]] = defaultdict(list)
    for one in purchases:
        groups[one.item, one.unit].append(one)
    hits = [hit for _, members in sorted(groups.items()) for hit in _compare(members, knobs)]
    return pd.DataFrame(hits, columns=_COLUMNS)


def _registered(
    rows: list[tuple[Any, ...]], payments: list[tuple[Any, ...]], days: int
) -> tuple[list[Purchase], set[int]]:
    """Purchases of the registers, each with the payment that settled it, and the payments so used."""
    of_village = defaultdict(list)
    for paid in payments:
        of_village[paid[2]].append(paid)
    found, used = [], set()
    for row_id, village, town, on, item, spec, _, unit, price, yuan, supplier, note in rows:
        item = fold(item).replace(" ", "")
        near = [
            (gap, paid)
            for paid in of_village[village]
            if paid[0] not in used
            and (gap := _gap(paid, on, item, yuan, supplier, days)) is not None
        ]
        evidence = [row_id]
        if near:
            paid = min(near, key=lambda one: (one[0], one[1][0]))[1]
            used.add(paid[0])
            evidence += list(paid[1])
        found.append(
            Purchase(row_id, village, town, on, item, plain_unit(unit.strip()), price, yuan,
                     fold(spec).replace(" ", "").upper(), note, evidence)
        )  # fmt: skip
    return found, used


def _gap(
    paid: tuple[Any, ...], on: Any, item: str, yuan: float, supplier: str | None, days: int
) -> tuple[int, ...] | None:
    """How ill a payment fits a purchase (smaller is better); None when it does not: another sum or time."""
    away = abs((paid[4] - on).days) if paid[4] and on else days
    if away > days:
        return None
    is_sum = abs(paid[5] - yuan) < 1
    is_payee = bool(supplier) and paid[9] == supplier
    is_named = item in fold(paid[6])
    if not is_sum and not (is_payee and is_named and paid[5] > yuan):
        return None
    if is_sum and supplier and paid[9] and not is_payee and not is_named:
        return None
    return (not is_sum, not is_payee, not is_named, away)


def _from_summaries(payments: Iterable[tuple[Any, ...]]) -> list[Purchase]:
    """Purchases that a ledger's summary tells with number and unit; a single piece tells no price worth comparing."""
    found = []
    read = cache(bought)
    for row_id, rows, village, town, on, yuan, summary, payee, note, _ in payments:
        thing = read(summary)
        if thing is not None and thing.quantity >= 2:
            text = f"{summary} {note}".replace(payee or "\0", "").replace(thing.item, "")
            found.append(
                Purchase(row_id, village, town, on, thing.item, thing.unit, yuan / thing.quantity, yuan, "", text, list(rows))
            )  # fmt: skip
    return found


@dataclass(frozen=True)
class Circle:
    """Purchases that one is compared with.   usual: their median price.   distances: robust z of each."""

    peers: list[Purchase]
    place: str
    usual: float
    distances: dict[Purchase, float]

    @cached_property
    def count(self) -> Counter[str]:
        """Word → purchases that carry it."""
        return Counter(word for m in self.peers for word in m.words)

    @cached_property
    def usual_spec(self) -> str:
        """The specification most of them have; empty where none has one."""
        return next(iter(Counter(m.spec for m in self.peers if m.spec).most_common(1)), ("", 0))[0]


def _circle(peers: list[Purchase], place: str, least: int) -> Circle:
    prices = np.array([m.price for m in peers], dtype=np.float64)
    distances = robust_z(np.log(prices), least=least, floor=0.08)
    own = dict(zip(peers, distances.tolist(), strict=True))
    return Circle(peers, place, float(np.median(prices)), own)


def _compare(members: list[Purchase], knobs: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Hits among the purchases of one thing."""
    hits = []
    peers = _Peers(members, int(knobs["peers"]))
    for one in members:
        circle = peers.of(one)
        times = one.price / circle.usual
        if not (times > knobs["times"] and circle.distances[one] > knobs["least_z"]):
            continue
        apart = _apart(one, circle)
        hits.append((
            one.village, "voucher", f"price|{one.row_id}", one.item, None, one.evidence, one.yuan, one.on, one.on,
            0.8 if times >= 2 else 0.65, f"写明规格、运费或安装不同（{'、'.join(apart)}）" if apart else None,
            one.item, round(one.price, 2), one.unit, circle.place, len(circle.peers), round(circle.usual, 2), round(times, 1),
        ))  # fmt: skip
    return hits


class _Peers:
    """The circles among the purchases of one thing, each worked out once: all, of a town, of a specification, of both."""

    def __init__(self, members: list[Purchase], least: int) -> None:
        self._least = least
        self._known: dict[tuple[str, str], Circle] = {}
        self._members: dict[tuple[str, str], list[Purchase]] = defaultdict(list)
        for m in members:
            for key in {(t, s) for t in ("", m.town) for s in ("", m.spec)}:
                self._members[key].append(m)

    def of(self, one: Purchase) -> Circle:
        """The nearest circle with enough purchases: its specification and town, its specification, its town, all."""
        wanted = [(one.town, one.spec), ("", one.spec)] if one.spec else []
        wanted += [(one.town, "")]
        enough = (k for k in wanted if k != ("", "") and len(self._members[k]) >= self._least)
        key = next(enough, ("", ""))
        if key not in self._known:
            place = "同镇" if key[0] else ""
            self._known[key] = _circle(self._members[key], place, self._least)
        return self._known[key]


def _apart(one: Purchase, circle: Circle) -> list[str]:
    """What sets a purchase apart: another specification than most, words that at most a third of its peers carry."""
    few = max(2.0, 0.34 * len(circle.peers))
    apart = sorted(w for w in one.words if circle.count[w] <= few)
    usual = circle.usual_spec
    return [one.spec, *apart] if one.spec and usual and usual != one.spec else apart
