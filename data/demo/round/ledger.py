"""Entries of an honest village ledger, before the books are closed. Money is in fen."""

from datetime import date, timedelta

from .accounts import Books
from .registers import Market
from .rolls import months, quarters
from .world import Record, World

_OFFICE = (
    "购办公用品",
    "购打印纸、墨盒",
    "付打印复印费",
    "购档案盒、文件夹",
    "购会议室热水壶、插排",
)


_REPAIR = (
    "维修办公室门窗",
    "维修路灯",
    "疏通村内下水道",
    "维修自来水管道",
    "修补村委院墙",
    "更换水泵电机",
)


_PUBLIC = (
    "重阳节文艺演出舞台租赁",
    "制作宣传栏、条幅",
    "印制村规民约宣传册",
    "购锣鼓队服装",
    "购健身器材配件",
)


_LABOUR = (
    "清理河道",
    "修剪绿化带",
    "清理小广告",
    "搬运树苗",
    "修整田间道路",
    "清扫积雪",
    "填埋垃圾坑",
    "刷写墙面",
)


_GREEN = (
    "购绿化苗木",
    "购冬青、草籽",
    "购除草剂、农药",
    "购水泥、沙子",
    "购铁锨、扫帚等保洁工具",
    "购防汛编织袋",
)


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
    if i == 0 or month.month == 1:
        _fix_wages(books)
    _fixed_costs(books, month)
    _purchases(books, month, i)
    _labour(books, month)


def _day(books: Books, month: date, low: int, high: int) -> date:
    return month.replace(day=books.rng.randrange(low, high))


def _fix_wages(books: Books) -> None:
    """What the village pays every month of the year."""
    rng = books.rng
    books.wage = round(rng.uniform(7200, 11800)) * 100
    books.cleaner = rng.choice((480, 550, 620, 760)) * 100
    books.rubbish = round(rng.uniform(1900, 3900) * books.scale) * 100
    books.staff = rng.sample(books.workers, 2)


def _fixed_costs(books: Books, month: date) -> None:
    shops, m = books.village.shops, month.month
    day, text = _day(books, month, 24, 28), f"发放{m}月份村干部报酬"
    books.enter("out", day, books.wage, "村干部报酬代发户", text, "wages")
    for someone in books.staff:
        day, text = _day(books, month, 25, 28), f"付{m}月份保洁员工资"
        books.enter("out", day, books.cleaner, someone.name, text, "clean", "现金", worker=True)
    day, text = _day(books, month, 10, 14), f"付{m}月份垃圾清运费"
    books.enter("out", day, books.rubbish, shops["rubbish"], text, "clean", periodic=True)
    amount = books.amount(210, 980, shops["power"])
    day, text = _day(books, month, 15, 19), f"付{m}月份村委办公及路灯电费"
    books.enter("out", day, amount, shops["power"], text, "power")


def _purchases(books: Books, month: date, i: int) -> None:
    """Few and small; the suppliers take turns, so that none is paid twice within weeks."""
    rng, shops, k = books.rng, books.village.shops, books.scale
    plan = [("office", ("office", "office2")[i % 2], (3, 9), (130, 690), _OFFICE)]
    if rng.random() < 0.75:
        shop = ("hardware", "hardware2", "goods", "goods2")[i % 4]
        plan.append(("clean", shop, (5, 23), (180, 2600 * k), _GREEN))
    if rng.random() < 0.5:
        shop = ("repair", "repair2", "machine")[i % 3]
        plan.append(("repair", shop, (5, 23), (400, 3900 * k), _REPAIR))
    if i % 5 == 2:
        plan.append(("public", "print", (4, 20), (360, 2800), _PUBLIC))
    for account, key, days, sums, texts in plan:
        shop, day = shops[key], _day(books, month, *days)
        books.enter("out", day, books.amount(*sums, shop), shop, rng.choice(texts), account)


def _labour(books: Books, month: date) -> None:
    """Two or three people a month, each for a job of his own, in cash."""
    rng = books.rng
    works = rng.sample(_LABOUR, 3)
    for j in range(rng.randrange(2, 4)):
        someone, days = books.worker(), rng.randrange(1, 5)
        fen = days * rng.choice((100, 110, 120, 130)) * 100 + 50 * rng.randrange(3)
        if (someone.name, fen) not in books.used:
            books.used.add((someone.name, fen))
            day, text = _day(books, month, 2 + 8 * j, 8 + 8 * j), f"付{works[j]}误工费{days}天"
            books.enter("out", day, fen, someone.name, text, "labour", "现金", worker=True)


def _quarterly(books: Books) -> None:
    v, rng, shops = books.village, books.rng, books.village.shops
    run = round(rng.uniform(9000, 15000) * books.scale) * 100
    for quarter in quarters():
        q = (quarter.month + 2) // 3
        last = quarter.replace(month=q * 3, day=21)
        source = f"{v.town}财政所" if "镇" in v.town else f"{v.town}办事处"
        books.enter(
            "in",
            quarter + timedelta(days=rng.randrange(5, 16)),
            run * 4 + rng.randrange(9) * 1000,
            source,
            f"收{quarter.year}年{q}季度村级组织运转经费及干部报酬补助",
            "grant",
        )
        books.enter(
            "in", last, books.amount(20, 160, "结息"), "银行结息", f"{q}季度存款利息", "interest"
        )
        books.enter(
            "out",
            last + timedelta(days=2),
            books.amount(11, 60, "手续费"),
            "银行",
            "账户管理费、转账手续费",
            "fee",
            slip="银行回单",
        )
        books.enter(
            "out",
            quarter + timedelta(days=18),
            books.amount(280, 460, "电信"),
            shops["telecom"],
            f"付{q}季度宽带费",
            "office",
        )
    for year in (2023, 2024):
        books.enter(
            "out",
            date(year, 11, rng.randrange(3, 25)),
            books.amount(1300, 2400, "邮政"),
            shops["post"],
            f"付{year + 1}年度党报党刊订阅费",
            "office",
        )


def thicken(shelf: dict[str, Books], more: int = 240) -> None:
    """Many small purchases of every size, so that the digits of sums can be counted."""
    for books in shelf.values():
        for _ in range(more):
            small_buy(books, 10 ** books.rng.uniform(1.8, 3.5))


def small_buy(books: Books, yuan: float) -> Record:
    """A purchase of about so many yuan, on any day."""
    rng, shop = books.rng, books.rng.choice(list(books.village.shops.values()))
    day = date(rng.choice((2023, 2024)), rng.randrange(1, 13), rng.randrange(2, 25))
    text = rng.choice((*_OFFICE, *_REPAIR, *_GREEN))
    return books.enter(
        "out", day, books.amount(yuan * 0.99, yuan * 1.01, shop), shop, text, "office"
    )


def receive_rent(books: Books, contract: Record, year: int, day: date | None = None) -> Record:
    """Book one year's rent of a contract, in cash when small and from a person."""
    rng = books.rng
    day = day or date(year, contract["due"], rng.randrange(2, 27))
    small = contract["annual"] < 280000 and contract["party_person"] is not None
    receipt = books.enter(
        "in",
        day,
        contract["annual"],
        contract["party"],
        f"收{contract['party']}{contract['object']}{year}年承包费",
        "rent",
        "现金" if small and rng.random() < 0.5 else "银行",
        contract=contract,
    )
    contract["receipts"] = [*(contract["receipts"] or []), receipt]
    return receipt


def _rents(books: Books) -> None:
    for contract in books.world.rows("contracts", books.village):
        for year in (2023, 2024):
            if contract["start"].year <= year:
                receive_rent(books, contract, year)
