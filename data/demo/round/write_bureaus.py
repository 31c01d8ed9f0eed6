"""Lists the bureaus of a county keep."""

from collections.abc import Iterable

from .desk import Desk, body, heading
from .world import Record, Village


def rows_of(desk: Desk, table: str, villages: Iterable[Village]) -> list[Record]:
    return [r for v in villages for r in desk.world.rows(table, v)]


def bare(fields: list[str]) -> list[str]:
    return [f.split(".")[-1] for f in fields]


def flat(
    desk: Desk,
    county: str,
    villages: list[Village],
    table: str,
    path: str,
    title: str,
    fields: list[str],
) -> None:
    """One list of a county, shuffled as a register is."""
    rng = desk.rng(table, county)
    rows = rows_of(desk, table, villages)
    if not rows:
        return
    book = desk.book(f"{county}{path}", rng.choice(("xlsx", "xlsx", "xls", "csv-gb")))
    hand = desk.dialect(table, book, county)
    columns = hand.columns(bare(fields))
    sheet = book.sheet(title[:10])
    rng.shuffle(rows)
    heading(sheet, columns, title if book.kind != "csv-gb" else "")
    body(desk, sheet, hand, columns, rows)


_DEATHS = {
    "殡葬": (
        "民政局/殡仪馆火化登记",
        "火化登记表",
        "recorded seq name gender age address id_no died cause".split(),
    ),
    "公安": (
        "公安局/死亡注销户口人员",
        "死亡注销户口信息",
        "seq town village name gender id_no died recorded".split(),
    ),
    "卫健": (
        "卫健局/居民死亡医学证明",
        "死亡医学证明信息",
        "name gender id_no died cause address recorded".split(),
    ),
}


def deaths(desk: Desk, county: str, villages: list[Village]) -> None:
    rows = rows_of(desk, "deaths", villages)
    for source, (path, title, fields) in _DEATHS.items():
        rng = desk.rng("deaths", county, source)
        mine = sorted((r for r in rows if r["source"] == source), key=lambda r: r["recorded"])
        book = desk.book(f"{county}{path}", "csv-gb" if source == "卫健" else "xlsx")
        hand = desk.dialect("deaths", book, county, source)
        columns = hand.columns(fields)
        by_year = source == "殡葬" and rng.random() < 0.6
        for year in (2023, 2024) if by_year else (0,):
            sheet = book.sheet(f"{year}年" if year else "Sheet1")
            heading(sheet, columns, "" if source == "卫健" else f"{county}{title}")
            body(
                desk,
                sheet,
                hand,
                columns,
                [
                    r
                    for r in mine
                    if not year
                    or r["recorded"].year == year
                    or (year == 2024 and r["recorded"].year > 2024)
                ],
            )


def payroll(desk: Desk, county: str, villages: list[Village]) -> None:
    rows = rows_of(desk, "payroll", villages)
    parts = {
        "基本": [r for r in rows if r["state"] == "在职" and r["entry"].year < 2023],
        "新增": [r for r in rows if r["state"] == "在职" and r["entry"].year >= 2023],
        "退出": [r for r in rows if r["state"] != "在职"],
    }
    for part, mine in parts.items():
        if not mine:
            continue
        rng = desk.rng("payroll", county, part)
        rng.shuffle(mine)
        book = desk.book(f"{county}财政局/财政供养人员-{part}", rng.choice(("xlsx", "xls")))
        hand = desk.dialect("payroll", book, county)
        fields = "seq unit name id_no post school staff state entry".split()
        columns = hand.columns([*fields, *(["leave"] if part == "退出" else [])])
        sheet = book.sheet("人员信息")
        heading(sheet, columns, f"{county}财政供养人员信息（{part}）")
        body(desk, sheet, hand, columns, mine)


def firms_of(desk: Desk, county: str, villages: list[Village]) -> None:
    rng = desk.rng("firms", county)
    firms, people = rows_of(desk, "firms", villages), rows_of(desk, "firm_people", villages)
    members = rows_of(desk, "coop_members", villages)
    for rows in (firms, people):
        rng.shuffle(rows)
    tables = (
        (
            "firms",
            firms,
            "登记信息",
            "seq code company form legal legal_id capital founded state closed address phone scope".split(),
        ),
        (
            "firm_people",
            people,
            "股东及主要人员",
            "seq code company role name id_no share".split(),
        ),
        (
            "coop_members",
            members,
            "合作社成员",
            "seq company code name id_no role capital farmer".split(),
        ),
    )
    one_book = rng.random() < 0.5
    book = desk.book(f"{county}市场监管局/市场主体登记信息", "xlsx") if one_book else None
    for table, rows, title, fields in tables:
        if not rows:
            continue
        target = book or desk.book(
            f"{county}市场监管局/{title}", rng.choice(("csv-gb", "xlsx", "xls"))
        )
        hand = desk.dialect(table, target, county)
        columns = hand.columns(fields)
        sheet = target.sheet(title)
        heading(
            sheet,
            columns,
            f"{county}市场主体{title}" if rng.random() < 0.4 and target.kind == "xlsx" else "",
        )
        body(desk, sheet, hand, columns, rows)
