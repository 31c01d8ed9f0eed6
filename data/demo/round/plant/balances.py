"""Trial balances: what does not carry over, and what never moves (M39, M40)."""

import random
from collections.abc import Callable

from ..balances import OWED, OWING
from ..world import Village
from .stage import Rows, Stage, plant


def _break(
    stage: Stage, v: Village, rng: random.Random, account: str, year: int, by: int
) -> Callable[[], Rows] | None:
    """A year opens with another sum than the year before closed with."""
    if not v.has_books or not stage.once(v, "M39"):
        return None

    def write() -> Rows:
        mine = [r for r in stage.world.rows("balances", v) if r["top"] == account]
        rows = sorted((r for r in mine if r["year"] in (year - 1, year)), key=lambda r: r["year"])
        rows[1]["b_opening"] += by
        return rows, []

    return write


def _owed(
    stage: Stage,
    v: Village,
    rng: random.Random,
    party: str,
    yuan: int,
    kind: str = OWED,
    steps: tuple[int, ...] = (0, 0, 0, 0, 0),
) -> Callable[[], Rows] | None:
    """A debtor or creditor whose balance stands, or moves by `steps` yuan."""
    if not v.has_books or any(name == party for _, name, _ in v.parties):
        return None
    if not stage.once(v, "M40"):
        return None
    v.parties.append((kind, party, [(yuan + step) * 100 for step in steps]))

    def write() -> Rows:
        mine = [r for r in stage.world.rows("balances", v) if r["account_name"] == party]
        return [max(mine, key=lambda r: r["year"])], mine

    return write


plant(
    "M39",
    _break,
    {
        "2024年银行存款期初比上年期末少": {
            "account": "银行存款",
            "year": 2024,
            "by": lambda rng: -rng.randrange(4000, 90000) * 100,
        },
        "2023年银行存款期初比上年期末多": {
            "account": "银行存款",
            "year": 2023,
            "by": lambda rng: rng.randrange(3000, 40000) * 100,
        },
    },
    {
        "尾差几角": {"account": "银行存款", "year": 2024, "by": lambda rng: rng.randrange(10, 90)},
        "审计调整经收益分配入账": {
            "account": "收益分配",
            "year": 2023,
            "by": lambda rng: rng.randrange(900, 9000) * 100,
        },
    },
)
plant(
    "M40",
    _owed,
    {
        "个人欠款三年以上未动": {
            "party": lambda rng: (
                f"{rng.choice('王李张刘陈')}{rng.choice(('守田', '传河', '继山'))}借款"
            ),
            "yuan": lambda rng: rng.randrange(6000, 46000),
        },
        "应付工程尾款三年以上未动": {
            "party": "村东桥涵工程尾款",
            "kind": OWING,
            "yuan": lambda rng: rng.randrange(9000, 60000),
        },
    },
    {
        "按政策锁定的普九旧债": {"party": "普九化债锁定债务", "kind": OWING, "yuan": 52000},
        "正在诉讼": {"party": "东岭果园承包费（已起诉）", "yuan": 23400},
        "余额年年有变": {
            "party": "机动地承包户欠款",
            "yuan": 8600,
            "steps": (0, 1200, -900, 2100, 450),
        },
    },
)
