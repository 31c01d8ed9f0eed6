"""Homes, insurance, certificates and machines as bureaus list them; day labour as villages do."""

from .desk import Desk, body, footer, heading, total
from .write_bureaus import flat

_LISTS = (
    (
        "property",
        "自然资源局/不动产登记查询结果",
        "不动产登记信息",
        "seq owner id_no certificate place floor use acquired registered state",
    ),
    (
        "insured",
        "人社局/社会保险和住房公积金缴费信息",
        "社会保险和住房公积金缴费信息",
        "seq name id_no insured_by insurance base own boss since state",
    ),
    (
        "disability",
        "残联/持证残疾人名册",
        "持证残疾人名册",
        "seq town village name gender id_no certificate kind level issued expires remark",
    ),
    (
        "plots",
        "农业农村局/2024年种粮农民一次性补贴地块清册",
        "2024年实际种粮农民一次性补贴地块清册",
        "seq town village name id_no plot area amount remark",
    ),
    (
        "machinery",
        "农业农村局/农机购置与应用补贴资金结算公示",
        "农机购置与应用补贴资金结算公示表",
        "seq town village name id_no machine model serial engine dealer bought amount remark",
    ),
)


def write(desk: Desk) -> None:
    """The lists of every county, then the labour lists of every village."""
    for county in dict.fromkeys(v.county for v in desk.world.villages):
        villages = [v for v in desk.world.villages if v.county == county]
        for table, path, title, fields in _LISTS:
            flat(desk, county, villages, table, path, title, fields.split())
    _labour(desk)


def _labour(desk: Desk) -> None:
    for village in desk.world.villages:
        rows = sorted(desk.world.rows("labour", village), key=lambda r: r["paid_day"])
        for year in sorted({r["paid_day"].year for r in rows}):
            mine = [r for r in rows if r["paid_day"].year == year]
            rng = desk.rng("labour", village.key, year)
            path = f"{village.town}/{village.name}/{village.name}{year}年用工工资发放表"
            book = desk.book(path, rng.choice(("xlsx", "xlsx", "xls")))
            hand = desk.dialect("labour", book, village.key)
            columns = hand.columns(
                "seq name id_no task worked gross net paid_day sign remark".split()
            )
            sheet = book.sheet(f"{year}年")
            heading(sheet, columns, f"{village.town}{village.name}{year}年用工工资发放表")
            body(desk, sheet, hand, columns, mine)
            sheet.line(total(hand, columns, mine, "合计", ("gross", "net")))
            footer(sheet, rng, len(columns))
