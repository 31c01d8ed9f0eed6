"""---
id: M56
name: 采购价格偏离同类
category: C7
severity: medium
identity: null
prior: 0.6
needs: {money: [row_id, rows, village_code, entry_on, side, amount_yuan, summary]}
uses: {cancelled: [row_id], money: [note, payee_key]}
knobs: {peers: 5, times: 1.5, least_z: 3.0}
basis: []
reason: "购{item}单价{price}元/{unit}，为{n_peers}笔同类采购中位价{usual}元的{times}倍，需核实规格和询价情况"
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
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from xuncha_lib.models.lexicon import read_lexicon
from xuncha_lib.outliers.robust import robust_z
from xuncha_lib.outliers.unit_price import bought

_PURCHASES = """
SELECT m.row_id, m.rows, m.village_code, m.entry_on, CAST(m.amount_yuan AS DOUBLE) AS yuan, m.summary, m.payee_key,
       coalesce(m.note, '') AS note
FROM money m LEFT JOIN cancelled c USING (row_id)
WHERE m.side = 'out' AND m.amount_yuan > 0 AND c.row_id IS NULL AND regexp_matches(m.summary, '\\d')
  AND regexp_matches(m.summary, '购|买|换|装|定制|定做|制作|添置|配备|单价|[x×*]')
  AND m.village_code IS NOT NULL
ORDER BY m.row_id
"""
_COLUMNS = [
    "village_code", "subject_kind", "subject_key", "subject", "level", "evidence", "amount_yuan", "first_on",
    "last_on", "p", "explained", "item", "price", "unit", "n_peers", "usual", "times",
]  # fmt: skip


def find(con: duckdb.DuckDBPyConnection, knobs: dict[str, Any]) -> pd.DataFrame:
    """One hit per purchase far above the median price of the same thing in the whole round."""
    groups: dict[tuple[str, str], list[tuple[float, tuple[Any, ...]]]] = defaultdict(list)
    for row in con.execute(_PURCHASES).fetchall():
        thing = bought(row[5])
        if thing is not None and thing.quantity >= 2:
            groups[thing.item, thing.unit].append((row[4] / thing.quantity, row))
    hits = []
    for (item, unit), members in sorted(groups.items()):
        prices = np.array([price for price, _ in members], dtype=np.float64)
        usual = float(np.median(prices))
        distances = robust_z(np.log(prices), least=int(knobs["peers"]), floor=0.08)
        special = _own_specs([_specs(row, item) for _, row in members])
        for (price, row), z, spec in zip(members, distances, special, strict=True):
            times = price / usual
            if not (times > knobs["times"] and z > knobs["least_z"]):
                continue
            said = f"写明规格、运费或安装不同（{'、'.join(sorted(spec))}）" if spec else None
            p = 0.8 if times >= 2 else 0.65
            hits.append((
                row[2], "voucher", f"price|{row[0]}", f"{item}", None, list(row[1]), row[4], row[3], row[3], p, said,
                item, round(price, 2), unit, len(members), round(usual, 2), round(times, 1),
            ))  # fmt: skip
    return pd.DataFrame(hits, columns=_COLUMNS)


_SPEC = re.compile(read_lexicon()["spec_words"])


def _specs(row: tuple[Any, ...], item: str) -> frozenset[str]:
    """Words about size, make or what comes with it, in the summary and the remark of a purchase."""
    text = f"{row[5]} {row[7]}".replace(row[6] or "\0", "").replace(item, "")
    return frozenset(match.group(0) for match in _SPEC.finditer(text))


def _own_specs(specs: list[frozenset[str]]) -> list[frozenset[str]]:
    """Of each purchase, the words that at most a quarter of its peers carry too."""
    count = Counter(word for words in specs for word in words)
    return [
        frozenset(w for w in words if count[w] <= max(1.0, 0.25 * len(specs))) for words in specs
    ]
