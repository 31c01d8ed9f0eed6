"""The chart of accounts, and the pen that writes a ledger. Money is in fen."""

import random
from datetime import date
from typing import Any

from .registers import Market
from .world import Person, Record, Village, World

# category: (old code, old account, new code, new account); the chart changed on 2024-01-01
ACCOUNTS = {
    "wages": ("541", "管理费用/干部报酬", "513", "管理费用/干部报酬"),
    "office": ("541", "管理费用/办公费", "513", "管理费用/办公费"),
    "power": ("541", "管理费用/水电费", "513", "管理费用/水电费"),
    "guests": ("541", "管理费用/其他", "513", "管理费用/其他"),
    "labour": ("551", "其他支出/公益用工", "514", "公益支出/公益用工"),
    "clean": ("551", "其他支出/环境卫生", "514", "公益支出/环境卫生"),
    "repair": ("541", "管理费用/修理费", "513", "管理费用/修理费"),
    "public": ("551", "其他支出/文体活动", "514", "公益支出/文体活动"),
    "project": ("154", "在建工程", "153", "在建工程"),
    "asset": ("151", "固定资产", "151", "固定资产"),
    "rent": ("511", "发包及上交收入/承包金", "501", "经营收入/发包收入"),
    "service": ("501", "经营收入/劳务服务", "501", "经营收入/劳务服务"),
    "grant": ("522", "补助收入", "503", "补助收入"),
    "interest": ("531", "其他收入/利息", "504", "其他收入/利息"),
    "other_in": ("531", "其他收入/其他", "504", "其他收入/其他"),
    "fee": ("551", "其他支出/手续费", "515", "其他支出/手续费"),
    "payable": ("202", "应付款/押金及代收款", "211", "应付款/押金及代收款"),
    "loan": ("112", "应收款/个人借款", "112", "应收款/个人借款"),
    "special": ("241", "专项应付款/项目专户", "241", "专项应付款/项目专户"),
    "debt": ("201", "短期借款", "201", "短期借款"),
    "cash": ("101", "现金", "101", "库存现金"),
    "bank": ("102", "银行存款", "102", "银行存款/基本户"),
}


class Books:
    """Writes entries into a village's ledger and keeps duplicates out of it."""

    def __init__(self, world: World, village: Village, market: Market) -> None:
        self.world, self.village, self.market = world, village, market
        self.rng = world.rng("ledger", village.key)
        self.used: set[tuple[str, int]] = set()
        self.scale = self.rng.uniform(0.75, 1.5)
        posts = {c.post: c.person.name for c in village.cadres}
        self.approver = posts["党支部书记、村委会主任"]
        self.handlers = [posts["报账员"], posts["会计"], posts["村委会委员"]]
        self.witness = posts["村务监督委员会主任"]
        self.workers = _workers(village, self.rng)
        self.wage = self.cleaner = self.rubbish = 0  # fen a month, fixed every January
        self.staff: list[Person] = []
        self.rushed = False
        self.undrawn_months: set[date] = set()

    def amount(self, low: float, high: float, payee: str) -> int:
        """A fresh sum in fen between two sums in yuan: never the same twice for one payee."""
        while True:
            yuan = self.rng.uniform(low, high)
            fen = round(yuan) * 100 + self.rng.choice((0, 0, 0, 50, 80, 20))
            if fen % 10000 and (payee, fen) not in self.used:
                self.used.add((payee, fen))
                return fen

    def enter(
        self,
        flow: str,
        day: date,
        amount: int,
        payee: str,
        summary: str,
        account: str,
        method: str = "银行",
        **more: Any,
    ) -> Record:
        """One voucher; `flow` is in, out, or draw / deposit for moves between bank and cash."""
        values: dict[str, Any] = {
            "flow": flow,
            "day": day,
            "amount": amount,
            "payee": payee,
            "summary": summary,
            "account": account,
            "method": method,
            "handler": self.rng.choice(self.handlers),
            "approver": self.approver,
            "witness": self.witness,
            "slip": _slip(self.rng, flow, account),
            "attach": self.rng.randrange(1, 5),
            "remark": "",
        }
        values.update(more)
        return self.world.add("ledger", self.village, **values)

    def fresh(self, rng: random.Random, trade: str) -> str:
        """A firm of the trade the village has not paid yet, while there are any."""
        paid = {r["payee"] for r in self.world.rows("ledger", self.village)} | set(
            self.village.shops.values()
        )
        known = self.market.known[self.village.county, trade]
        return rng.choice([f for f in known if f not in paid] or known)

    def worker(self) -> Person:
        """A villager whose name nobody shares, for day labour."""
        return self.rng.choice(self.workers)


def _slip(rng: random.Random, flow: str, account: str) -> str:
    if flow == "in":
        return "收款收据"
    if account in ("labour", "wages"):
        return rng.choice(("用工工资表", "工资发放表"))
    return rng.choice(("增值税普通发票", "电子发票", "增值税普通发票"))


def _workers(village: Village, rng: random.Random) -> list[Person]:
    counts: dict[str, int] = {}
    for p in village.people:
        counts[p.name] = counts.get(p.name, 0) + 1
    kin = {r.name for c in village.cadres for _, r, _ in c.relatives}
    free = [
        p
        for p in village.people
        if counts[p.name] == 1
        and p.name not in kin
        and p.busy in ("", "linshi")
        and not p.died
        and 30 <= p.age(date(2023, 1, 1)) <= 64
    ]
    workers = rng.sample(free, min(14, len(free)))
    for worker in workers:
        worker.busy = worker.busy or "worker"
    return workers
