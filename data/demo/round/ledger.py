"""Entries of an honest village ledger, before the books are closed. Money is in fen."""

import random
from datetime import date, timedelta
from typing import Any

from .registers import Market
from .rolls import months, quarters
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
    "cash": ("101", "现金", "101", "库存现金"),
    "bank": ("102", "银行存款", "102", "银行存款/基本户"),
}

_OFFICE = ("购办公用品", "购打印纸、墨盒", "付打印复印费", "购档案盒、文件夹", "购会议室热水壶、插排")
_REPAIR = ("维修办公室门窗", "维修路灯", "疏通村内下水道", "维修自来水管道", "修补村委院墙", "更换水泵电机")
_PUBLIC = ("重阳节文艺演出舞台租赁", "制作宣传栏、条幅", "印制村规民约宣传册", "购锣鼓队服装", "购健身器材配件")
_LABOUR = ("清理河道", "修剪绿化带", "清理小广告", "搬运树苗", "修整田间道路", "清扫积雪", "填埋垃圾坑", "刷写墙面")
_GREEN = ("购绿化苗木", "购冬青、草籽", "购除草剂、农药", "购水泥、沙子", "购铁锨、扫帚等保洁工具", "购防汛编织袋")


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

    def amount(self, low: float, high: float, payee: str) -> int:
        """A fresh sum in fen between two sums in yuan: never the same twice for one payee."""
        while True:
            yuan = self.rng.uniform(low, high)
            fen = round(yuan) * 100 + self.rng.choice((0, 0, 0, 50, 80, 20))
            if fen % 10000 and (payee, fen) not in self.used:
                self.used.add((payee, fen))
                return fen

    def enter(
        self, flow: str, day: date, amount: int, payee: str, summary: str, account: str,
        method: str = "银行", **more: Any,
    ) -> Record:
        """One voucher; `flow` is in, out, or draw / deposit for moves between bank and cash."""
        values: dict[str, Any] = {
            "flow": flow, "day": day, "amount": amount, "payee": payee, "summary": summary,
            "account": account, "method": method, "handler": self.rng.choice(self.handlers),
            "approver": self.approver, "witness": self.witness,
            "slip": _slip(self.rng, flow, account), "attach": self.rng.randrange(1, 5), "remark": "",
        }
        values.update(more)
        return self.world.add("ledger", self.village, **values)

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
        p for p in village.people
        if counts[p.name] == 1 and p.name not in kin and p.busy in ("", "linshi")
        and not p.died and 30 <= p.age(date(2023, 1, 1)) <= 64
    ]
    workers = rng.sample(free, min(14, len(free)))
    for worker in workers:
        worker.busy = worker.busy or "worker"
    return workers


def keep(world: World, market: Market) -> dict[str, Books]:
    """Open and fill the ledger of every village that has one."""
    shelf: dict[str, Books] = {}
    for village in world.villages:
        if village.has_books:
            books = shelf[village.key] = Books(world, village, market)
            _suppliers(books)
            for i, month in enumerate(months()):
                _month(books, month, i)
            _quarterly(books)
            _rents(books)
    return shelf


def _suppliers(books: Books) -> None:
    v, rng = books.village, books.rng
    trade = rng.sample(books.market.known[v.county, "trade"], 6)
    service = rng.sample(books.market.known[v.county, "service"], 5)
    keys = ("office", "office2", "hardware", "hardware2", "goods", "goods2")
    v.shops.update(zip(keys, trade, strict=True))
    keys = ("rubbish", "print", "machine", "repair", "repair2")
    v.shops.update(zip(keys, service, strict=True))
    v.shops["power"] = f"国网{v.county[:2]}供电公司{v.town}供电所"
    v.shops["telecom"] = f"中国电信{v.county[:2]}分公司"
    v.shops["post"] = f"{v.county[:2]}邮政分公司"


def _month(books: Books, month: date, i: int) -> None:
    v, rng, shops = books.village, books.rng, books.village.shops
    k = books.scale

    def day(low: int, high: int) -> date:
        return month.replace(day=rng.randrange(low, high))

    if i == 0 or month.year == 2024 and month.month == 1 or not hasattr(books, "wage"):
        books.wage = round(rng.uniform(7200, 11800)) * 100
        books.cleaner = rng.choice((480, 550, 620, 760)) * 100
        books.rubbish = round(rng.uniform(1900, 3900) * k) * 100
        books.staff = rng.sample(books.workers, 2)
    books.enter("out", day(24, 28), books.wage, "村干部报酬代发户", f"发放{month.month}月份村干部报酬", "wages")
    for someone in books.staff:
        books.enter("out", day(25, 28), books.cleaner, someone.name,
                    f"付{month.month}月份保洁员工资", "clean", "现金", worker=True)
    books.enter("out", day(10, 14), books.rubbish, shops["rubbish"],
                f"付{month.month}月份垃圾清运费", "clean", periodic=True)
    books.enter("out", day(15, 19), books.amount(210, 980, shops["power"]), shops["power"],
                f"付{month.month}月份村委办公及路灯电费", "power")
    shop = shops[("office", "office2")[i % 2]]
    books.enter("out", day(3, 9), books.amount(130, 690, shop), shop, rng.choice(_OFFICE), "office")
    if rng.random() < 0.75:
        shop = shops[("hardware", "hardware2", "goods", "goods2")[i % 4]]
        books.enter("out", day(5, 23), books.amount(180, 2600 * k, shop), shop, rng.choice(_GREEN), "clean")
    if rng.random() < 0.5:
        shop = shops[("repair", "repair2", "machine")[i % 3]]
        books.enter("out", day(5, 23), books.amount(400, 3900 * k, shop), shop, rng.choice(_REPAIR), "repair")
    if i % 5 == 2:
        books.enter("out", day(4, 20), books.amount(360, 2800, shops["print"]), shops["print"],
                    rng.choice(_PUBLIC), "public")
    works = rng.sample(_LABOUR, 3)
    for j in range(rng.randrange(2, 4)):
        someone = books.worker()
        days = rng.randrange(1, 5)
        fen = days * rng.choice((100, 110, 120, 130)) * 100 + 50 * rng.randrange(3)
        if (someone.name, fen) not in books.used:
            books.used.add((someone.name, fen))
            books.enter("out", day(2 + 8 * j, 8 + 8 * j), fen, someone.name,
                        f"付{works[j]}误工费{days}天", "labour", "现金", worker=True)


def _quarterly(books: Books) -> None:
    v, rng, shops = books.village, books.rng, books.village.shops
    run = round(rng.uniform(9000, 15000) * books.scale) * 100
    for quarter in quarters():
        q = (quarter.month + 2) // 3
        last = quarter.replace(month=q * 3, day=21)
        source = f"{v.town}财政所" if "镇" in v.town else f"{v.town}办事处"
        books.enter("in", quarter + timedelta(days=rng.randrange(5, 16)), run * 4 + rng.randrange(9) * 1000,
                    source, f"收{quarter.year}年{q}季度村级组织运转经费及干部报酬补助", "grant")
        books.enter("in", last, books.amount(20, 160, "结息"), "银行结息", f"{q}季度存款利息", "interest")
        books.enter("out", last + timedelta(days=2), books.amount(11, 60, "手续费"), "银行",
                    "账户管理费、转账手续费", "fee", slip="银行回单")
        books.enter("out", quarter + timedelta(days=18), books.amount(280, 460, "电信"), shops["telecom"],
                    f"付{q}季度宽带费", "office")
    for year in (2023, 2024):
        books.enter("out", date(year, 11, rng.randrange(3, 25)), books.amount(1300, 2400, "邮政"),
                    shops["post"], f"付{year + 1}年度党报党刊订阅费", "office")


def receive_rent(books: Books, contract: Record, year: int, day: date | None = None) -> Record:
    """Book one year's rent of a contract, in cash when small and from a person."""
    rng = books.rng
    day = day or date(year, contract["due"], rng.randrange(2, 27))
    small = contract["annual"] < 280000 and contract["party_person"] is not None
    receipt = books.enter(
        "in", day, contract["annual"], contract["party"],
        f"收{contract['party']}{contract['object']}{year}年承包费", "rent",
        "现金" if small and rng.random() < 0.5 else "银行", contract=contract,
    )
    contract["receipts"] = [*(contract["receipts"] or []), receipt]
    return receipt


def _rents(books: Books) -> None:
    for contract in books.world.rows("contracts", books.village):
        for year in (2023, 2024):
            if contract["start"].year <= year:
                receive_rent(books, contract, year)
