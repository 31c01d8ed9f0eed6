"""People, deaths, payroll, cars and firms as villages and bureaus hand them in."""

from .desk import Desk, body, footer, heading
from .world import Village
from .write_bureaus import deaths, firms_of, flat, payroll, rows_of


def write(desk: Desk) -> None:
    """All lists of persons and firms."""
    _village_list(desk)
    for village in desk.world.villages:
        _roster(desk, village)
    for town in dict.fromkeys(v.town for v in desk.world.villages):
        villages = [v for v in desk.world.villages if v.town == town]
        _committee(desk, town, villages)
        _relatives(desk, town, villages)
        _land(desk, town, villages)
    for county in dict.fromkeys(v.county for v in desk.world.villages):
        villages = [v for v in desk.world.villages if v.county == county]
        deaths(desk, county, villages)
        payroll(desk, county, villages)
        flat(
            desk,
            county,
            villages,
            "vehicles",
            "公安交警/机动车登记信息",
            "机动车登记信息",
            "seq plate vehicles.kind brand owner id_no registered state use".split(),
        )
        flat(
            desk,
            county,
            villages,
            "filing",
            "民政局/社会救助近亲属备案表",
            "社会救助经办人员和村（居）干部近亲属备案表",
            "seq town village name id_no post relative relative_id relation programme filed remark".split(),
        )
        firms_of(desk, county, villages)


def _village_list(desk: Desk) -> None:
    book = desk.book("巡察村基本情况统计表")
    sheet = book.sheet("基本情况")
    sheet.wide("本轮巡察村（社区）基本情况统计表", 8)
    sheet.head(
        [
            ("序号",),
            ("县（区）",),
            ("乡镇（街道）",),
            ("村（社区）",),
            ("人口情况", "户数"),
            ("人口情况", "户籍人口"),
            ("耕地面积（亩）",),
            ("村民小组数",),
        ]
    )
    for i, v in enumerate(desk.world.villages, 1):
        area = sum(h.area for h in v.households) + v.spare_land
        sheet.line(
            [i, v.county, v.town, v.name, len(v.households), len(v.people), round(area, 1), 5]
        )


def _roster(desk: Desk, village: Village) -> None:
    """The household book: number and head are merged down the household."""
    rng = desk.rng("roster", village.key)
    book = desk.book(
        f"{village.town}/{village.name}/{village.name}户籍人口花名册",
        rng.choice(("xlsx", "xlsx", "xls")),
    )
    hand = desk.dialect("roster", book, village.key)
    merged = rng.random() < 0.5
    columns = hand.columns(
        "household_no head name relation gender id_no born group phone change".split()
    )
    sheet = book.sheet("花名册")
    heading(sheet, columns, f"{village.town}{hand.place(village.name)}户籍人口花名册")
    for household in village.households:
        top = len(sheet.rows) + 1
        for i, p in enumerate(household.people):
            change = "死亡" if p.died and rng.random() < 0.5 else ""
            record = desk.world.add(
                "roster",
                village,
                household_no=household.number,
                head=household.head.name,
                name=p.name,
                relation=p.relation,
                gender="女" if p.female else "男",
                id_no=p.number,
                born=p.born,
                group=household.group,
                phone=p.phone,
                change=change,
                person=p,
            )
            if merged and i:
                record.values.update(household_no="", head="")
            body(desk, sheet, hand, columns, [record])
        if merged and len(household.people) > 1:
            for c in (1, 2):
                sheet.merges.append((top, c, len(sheet.rows), c))


def _committee(desk: Desk, town: str, villages: list[Village]) -> None:
    rng = desk.rng("committee", town)
    stacked = rng.random() < 0.5
    book = desk.book(f"{town}/{town}村“两委”成员及其他干部花名册", rng.choice(("xlsx", "xls")))
    hand = desk.dialect("cadres", book, town)
    fields = [
        *"seq".split(),
        *([] if stacked else ["village"]),
        *"name gender id_no post politics school since until phone remark".split(),
    ]
    columns = hand.columns(fields)
    sheet = book.sheet("村干部")
    heading(sheet, columns, f"{town}村（社区）干部基本情况登记表", "填报单位：党建办")
    start = 1
    for v in villages:
        rows = desk.world.rows("cadres", v)
        if stacked:
            sheet.wide(desk.spell(hand, v), len(columns))
        body(desk, sheet, hand, columns, rows, start=start)
        start += len(rows)
    footer(sheet, rng, len(columns))


def _relatives(desk: Desk, town: str, villages: list[Village]) -> None:
    rng = desk.rng("relatives", town)
    per_village = rng.random() < 0.5
    book = desk.book(f"{town}/{town}村干部近亲属情况登记表", "xlsx")
    hand = desk.dialect("relatives", book, town)
    columns = hand.columns(
        [
            *"seq".split(),
            *([] if per_village else ["village"]),
            *"name id_no post relation relative relative_id work_unit remark".split(),
        ]
    )
    sheet = None
    if not per_village:
        sheet = book.sheet("近亲属")
        heading(sheet, columns, f"{town}村干部近亲属情况登记表")
    start = 1
    for v in villages:
        rows = desk.world.rows("relatives", v)
        page = sheet or book.sheet(desk.spell(hand, v))
        if sheet is None:
            heading(page, columns, f"{town}{v.name}干部近亲属情况登记表")
            start = 1
        body(
            desk,
            page,
            hand,
            columns,
            rows,
            lambda r, f: r["work"] if f == "work_unit" else r[f],
            start,
        )
        start += len(rows)


def _land(desk: Desk, town: str, villages: list[Village]) -> None:
    rng = desk.rng("land", town)
    if rng.random() < 0.5:
        book = desk.book(f"{town}/土地确权/{town}农村土地承包经营权确权登记汇总", "xlsx")
        hand = desk.dialect("land", book, town)
        columns = hand.columns("seq group code name id_no members area plots remark".split())
        for v in villages:
            sheet = book.sheet(desk.spell(hand, v))
            heading(sheet, columns, f"{town}{v.name}农村土地承包经营权确权登记表", "单位：亩")
            body(desk, sheet, hand, columns, desk.world.rows("land", v))
        return
    kind = rng.choice(("csv-gb", "xlsx"))
    book = desk.book(f"{villages[0].county}农业农村局/{town}承包地确权信息", kind)
    hand = desk.dialect("land", book, town)
    columns = hand.columns("code town village name id_no members plots area remark".split())
    sheet = book.sheet("确权")
    sheet.head([c.path for c in columns])
    body(desk, sheet, hand, columns, rows_of(desk, "land", villages))
