"""The innocent ledger of a village: what comes in, what goes out, month by month."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from people import is_near
from records import Person, Rec, Village, World
from shopping import GOODS, LABOUR, NET, POWER, REST, WATER


def workday(d: date) -> date:
    """The same day, or the next one that is neither weekend nor public holiday."""
    while d.weekday() > 4 or any(a <= d <= b for a, b in REST):
        d += timedelta(days=1)
    return d


def names(village: Village) -> tuple[str, str, str]:
    """Secretary, clerk, head supervisor."""
    cadres = village.get("cadre")
    return cadres[0].name, cadres[4].name, cadres[5].name


def post(
    village: Village,
    day: date,
    account: str,
    summary: str,
    *,
    out: float = 0,
    inn: float = 0,
    payee: str = "",
    method: str = "bank",
    slip: str = "",
    remark: str = "",
    **more: Any,
) -> Rec:
    """One flow of money; handler, approver and slip are filled unless given."""
    boss, clerk, watcher = names(village)
    handlers = [village.get("cadre")[k].name for k in (2, 3, 4, 4, 4)]
    rng = village.memo["money_rng"]
    if out and account in ("deposit", "loan", "special_out", "labour"):
        slip = slip or ("领款单" if account == "labour" else "收款收据")
    slip = slip or (
        "增值税普通发票"
        if out and method == "bank"
        else "领款单"
        if out
        else "银行回单"
        if method == "bank"
        else "统一收款收据"
    )
    rec = Rec(
        date=day,
        account=account,
        summary=summary,
        out=round(out, 2),
        inn=round(inn, 2),
        payee=payee,
        method=method,
        slip=slip,
        remark=remark,
        handler=rng.choice(handlers) if out else clerk,
        approver=boss,
        witness=watcher,
        attach=rng.randint(1, 5),
        invoice=f"{rng.randrange(10**8):08d}" if "发票" in slip else "",
        order=len(village.get("flow")),
    )
    for key, value in more.items():
        setattr(rec, key, value)
    if account == "labour":
        village.memo.setdefault("helpers", set()).add(payee)
    if out and payee:
        village.memo.setdefault("paid", set()).add((payee, rec.out))
    return village.add("flow", rec)


def fresh(village: Village, payee: str, low: float, high: float, step: float = 0.01) -> float:
    """An amount this payee has not been paid before."""
    rng = village.memo["money_rng"]
    while True:
        value = round(low + step * rng.randrange(int((high - low) / step) + 1), 2)
        if not any(
            (payee, value + k * step) in village.memo.setdefault("paid", set()) for k in (-1, 0, 1)
        ):
            return value


def build(world: World) -> None:
    for village in world.villages:
        rng = random.Random(f"{world.seed}/money/{village.code}")
        village.memo["money_rng"] = rng
        shops = [f for f in world.get("firm") if f.kind == "shop" and f.town == village.town.name]
        village.memo["shops"] = {
            trade: rng.choice([f for f in shops if f.name.endswith(trade)]) for trade, _ in GOODS
        }
        service = [
            f for f in world.get("firm") if f.kind == "service" and f.county == village.town.county
        ]
        village.memo["cleaner"] = rng.choice(
            [f for f in service if any(w in f.name for w in ("保洁", "物业", "环"))] or service
        )
        village.memo["keeper"] = rng.choice(
            [f for f in service if any(w in f.name for w in ("会计", "财务"))] or service
        )
        village.memo["fee"] = rng.randrange(1500, 2900, 50), rng.randrange(700, 1200, 20)
        for year in village.years:
            income(village, year, rng)
            for month in range(1, 13):
                fixed(village, year, month, rng)
                purchases(village, year, month, rng)
                wages(village, year, month, rng)


def income(village: Village, year: int, rng: random.Random) -> None:
    pay = sum(c.pay for c in village.get("cadre")[:7])
    for q in range(4):
        m = q * 3 + 1
        post(
            village,
            workday(date(year, m, rng.randint(5, 12))),
            "grant",
            f"收镇财政拨{year}年第{'一二三四'[q]}季度村级组织运转经费",
            inn=26000 + rng.randrange(0, 3000, 50),
            payee=f"{village.town.name}财政所",
        )
        post(
            village,
            workday(date(year, m, rng.randint(13, 17))),
            "grant",
            f"收拨付第{'一二三四'[q]}季度村干部报酬补助",
            inn=pay * 3,
            payee=f"{village.town.name}财政所",
        )
        post(
            village,
            date(year, m + 2, 21),
            "interest",
            "存款结息",
            inn=round(rng.uniform(18, 160), 2),
            payee="银行",
        )


def fixed(village: Village, year: int, month: int, rng: random.Random) -> None:
    """Same bill every month: wages of the committee, cleaning, power, water, net, bookkeeping."""
    county = village.town.county
    pay = sum(c.pay for c in village.get("cadre")[:7])
    post(
        village,
        workday(date(year, month, 24)),
        "wage",
        f"发放{month}月份村干部报酬",
        out=pay,
        payee="村干部（工资表7人）",
        slip="工资表",
    )
    cleaner, keeper = village.memo["cleaner"], village.memo["keeper"]
    post(
        village,
        workday(date(year, month, 26)),
        "public",
        f"付{month}月份街巷保洁服务费",
        out=village.memo["fee"][0],
        payee=cleaner.name,
    )
    post(
        village,
        workday(date(year, month, rng.randint(8, 11))),
        "office",
        f"缴{month}月份电费",
        out=fresh(village, POWER[county], 320, 980),
        payee=POWER[county],
    )
    if month % 2:
        post(
            village,
            workday(date(year, month, rng.randint(18, 20))),
            "public",
            f"缴{month}月份公共用水水费",
            out=fresh(village, WATER[county], 110, 460),
            payee=WATER[county],
        )
    if month % 3 == 0:
        post(
            village,
            workday(date(year, month, 15)),
            "office",
            f"付第{'一二三四'[month // 3 - 1]}季度代理记账费",
            out=village.memo["fee"][1],
            payee=keeper.name,
        )
    if month == 2:
        post(
            village,
            workday(date(year, month, 8)),
            "office",
            f"付{year}年宽带使用费",
            out=1180 + rng.randrange(0, 300, 20),
            payee=NET.format(county=county),
        )


def purchases(village: Village, year: int, month: int, rng: random.Random) -> None:
    """Three small purchases a month, each trade at most once in three months."""
    for k in range(3):
        trade, texts = GOODS[(month * 3 + k + len(village.name)) % len(GOODS)]
        shop = village.memo["shops"][trade]
        text = texts[(month // 4 + year) % len(texts)]
        amount = fresh(village, shop.name, 180, 1900, 1 if rng.random() < 0.6 else 0.01)
        post(
            village,
            workday(date(year, month, 3 + k * 8 + rng.randint(0, 3))),
            "project_small"
            if trade == "机械租赁部"
            else "public"
            if trade in ("苗木经营部", "农资经营部", "建材经营部")
            else "office",
            f"付{text}款" if not text.endswith("费") else f"付{text}",
            out=amount,
            payee=shop.name,
        )


def workers(village: Village) -> list[Person]:
    """Grown villagers with no ties and no benefits, fit for casual labour."""
    aided = village.memo.get("aided", set())
    return [
        p
        for h in village.homes
        if not is_near(village, h) and h not in aided and not h.busy
        for p in h.members
        if 1966 <= p.born.year <= 1999 and not p.died
    ]


def wages(village: Village, year: int, month: int, rng: random.Random) -> None:
    """Casual labour paid in cash to persons, two or three a month, nobody twice in a quarter."""
    pool = workers(village)
    recent = village.memo.setdefault("recent", [])
    for k in range(rng.randint(2, 3)):
        who = rng.choice([p for p in pool if p not in recent[-12:]])
        recent.append(who)
        text = LABOUR[(month * 3 + k + year) % len(LABOUR)].format(m=month)
        post(
            village,
            workday(date(year, month, rng.randint(4, 25))),
            "labour",
            f"付{text}工资",
            out=fresh(village, who.name, 240, 960, 40),
            payee=who.name,
            method="cash",
        )
