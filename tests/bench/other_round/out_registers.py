"""Bureau registers: firms with shareholders, payroll, deaths, vehicles."""

from __future__ import annotations

from desk import Desk
from grid import Column, Grid, seq_column
from records import Rec


def write(desk: Desk) -> None:
    for county in ("沂川县", "汶南区"):
        if any(v.town.county == county for v in desk.world.villages):
            firms(desk, county)
            payroll(desk, county)
            deaths(desk, county)
            vehicles(desk, county)


def of(desk: Desk, table: str, county: str) -> list[Rec]:
    return [r for r in desk.world.get(table) if r.county == county]


def firms(desk: Desk, county: str) -> None:
    first = county == "沂川县"
    h, b = desk.kit(
        f"firms/{county}", "" if first else "pinyin", ids="plain", day="dash" if first else "hour"
    )
    cols: list[Column] = [
        (h("f.uscc"), lambda r: r.uscc),
        (h("f.name"), lambda r: r.name),
        (h("f.kind"), lambda r: r.form),
        (h("f.boss"), lambda r: b.name(r.boss_name, r)),
        (h("f.boss_id"), lambda r: b.idno(r.boss_id, r)),
        (h("f.capital"), lambda r: r.capital),
        (h("f.founded"), lambda r: b.day(r.founded)),
        (h("f.state"), lambda r: r.state),
        (h("f.closed"), lambda r: b.day(r.closed)),
        (h("f.address"), lambda r: r.address),
        (h("phone"), lambda r: r.phone),
    ]
    people: list[Column] = [
        (h("f.uscc"), lambda r: r.firm.uscc),
        (h("f.name"), lambda r: r.firm.name),
        (h("f.holder"), lambda r: b.name(r.name, r)),
        (h("f.holder_id"), lambda r: b.idno(r.id_no, r)),
        (h("f.role"), lambda r: r.role),
        (h("f.share"), lambda r: f"{r.share:g}%" if r.share else ""),
    ]
    if first:
        book = desk.book("县市场监管局/市场主体查询结果(20250106).xlsx")
        one, two = (
            Grid(book.sheet("主体信息"), cols, "市场主体登记信息查询结果"),
            Grid(book.sheet("投资人及主要人员"), people),
        )
    else:
        one, two = (
            Grid(desk.book("区市场监管局/QYJBXX.xls").sheet("QYJBXX"), cols),
            Grid(desk.book("区市场监管局/GDXX.csv").sheet("x"), people),
        )
    for rec in of(desk, "firm", county):
        one.add(rec)
    for rec in of(desk, "holder", county):
        two.add(rec)


def payroll(desk: Desk, county: str) -> None:
    """Three files: 基本 (in service, retired, survivors), 新增, 退出."""
    first = county == "沂川县"
    h, b = desk.kit(
        f"payroll/{county}",
        "" if first else "pinyin",
        ids="apos" if first else "tab",
        day="dot0" if first else "compact",
    )
    folder, how = ("县人社局/财政供养人员", "xls") if first else ("区委编办/财政供养", "csv")
    files = (("基本", ("在职", "退休", "遗属")), ("新增", ("新增",)), ("退出", ("退出",)))
    for name, states in files:
        (seq, _) = seq_column(h("seq"))
        cols: list[Column] = [
            seq,
            (h("w.unit"), lambda r: r.unit),
            (h("name"), lambda r: b.name(r.name, r)),
            ("性别" if first else "XB", lambda r: r.sex),
            (h("id"), lambda r: b.idno(r.id_no, r)),
            (h("post"), lambda r: r.post),
            (h("w.kind"), lambda r: r.kind),
            (h("w.state"), lambda r: "在职" if r.state == "新增" else r.state),
            (h("w.in"), lambda r: b.day(r.start)),
        ]
        if name == "退出":
            cols.append((h("w.out"), lambda r: b.day(r.end)))
        grid = Grid(
            desk.book(f"{folder}/财政供养人员-{name}.{how}").sheet(name),
            cols,
            f"{county}财政供养人员信息（{name}）" if first else "",
        )
        for rec in of(desk, "payroll", county):
            if rec.state in states:
                grid.add(rec)


def deaths(desk: Desk, county: str) -> None:
    first = county == "沂川县"
    recs = sorted(of(desk, "death", county), key=lambda r: r.booked)
    h, b = desk.kit(f"police/{county}", "" if first else "pinyin", ids="plain")
    cols: list[Column] = [
        (h("name"), lambda r: b.name(r.name, r)),
        (h("id"), lambda r: b.idno(r.id_no, r)),
        (h("village") if first else "XZC", lambda r: r.home_village.full),
        (h("d.died"), lambda r: b.day(r.died)),
        ("注销日期" if first else "ZXSJ", lambda r: b.day(r.booked)),
        (h("d.source"), lambda r: "死亡注销"),
    ]
    grid = Grid(
        desk.book("县公安局/死亡注销户口人员.xlsx" if first else "区公安分局/SWZX.csv").sheet(
            "死亡注销"
        ),
        cols,
        "2022-2024年死亡注销户口人员名单" if first else "",
    )
    for rec in [r for r in recs if r.source == "police"]:
        grid.add(rec)
    h, b = desk.kit(f"fire/{county}", day="dot", ids="plain")
    cols = [
        (h("d.fire"), lambda r: b.day(r.booked)),
        ("序号", lambda r: ""),
        (h("name"), lambda r: b.name(r.name, r)),
        ("性别", lambda r: r.person.sex),
        ("年龄", lambda r: r.person.age(r.died)),
        ("发票号", lambda r: r.id_no[9:15]),
        (h("address"), lambda r: f"{r.home_village.town.name}{r.home_village.full}"),
        (h("id"), lambda r: b.idno(r.id_no, r)),
        (h("d.died"), lambda r: b.day(r.died)),
        ("死亡原因", lambda r: "疾病"),
    ]
    grid = Grid(
        desk.book(f"{'县民政局/殡仪馆' if first else '区殡仪馆'}/火化登记汇总表.xls").sheet(
            "Sheet1"
        ),
        cols,
        f"{county}殡仪馆火化登记汇总表",
    )
    for rec in [r for r in recs if r.source == "fire"]:
        grid.add(rec)
    cols = [
        (h("name"), lambda r: b.name(r.name, r)),
        (h("id"), lambda r: b.idno(r.id_no, r)),
        ("停发原因", lambda r: "死亡"),
        (h("d.died"), lambda r: b.day(r.died)),
        ("停发年月", lambda r: f"{r.booked.year}{r.booked.month:02d}"),
        (h("address"), lambda r: f"{r.home_village.town.name}{r.home_village.full}"),
    ]
    grid = Grid(
        desk.book(
            f"{'县' if first else '区'}人社局/养老待遇停发（死亡）.{'xlsx' if first else 'csv'}"
        ).sheet("停发"),
        cols,
    )
    for rec in [r for r in recs if r.source == "pension"]:
        grid.add(rec)


def vehicles(desk: Desk, county: str) -> None:
    first = county == "沂川县"
    h, b = desk.kit(
        f"cars/{county}", "" if first else "pinyin", ids="plain" if first else "eq", day="dash"
    )
    cols: list[Column] = [
        (h("v.plate"), lambda r: r.plate),
        (h("v.kind"), lambda r: r.kind),
        (h("v.brand"), lambda r: r.brand),
        (h("v.owner"), lambda r: b.name(r.name, r)),
        (h("id"), lambda r: b.idno(r.id_no, r)),
        (h("v.first"), lambda r: b.day(r.first)),
        (h("v.state"), lambda r: r.state),
        ("使用性质" if first else "SYXZ", lambda r: "非营运"),
    ]
    grid = Grid(
        desk.book("县公安局交警大队/机动车登记信息.xlsx" if first else "区交警大队/JDC.csv").sheet(
            "机动车"
        ),
        cols,
    )
    for rec in sorted(of(desk, "vehicle", county), key=lambda r: r.plate):
        grid.add(rec)
