"""The faces of the intake: export of what was read, the checklist of materials."""

from __future__ import annotations

from pathlib import Path

import click

from xuncha_lib.cli.group import FILE, FOLDER, as_text


@click.command()
@click.argument("case", type=FILE)
@click.option("--out", type=FOLDER, required=True, help="结果文件夹。")
@click.option(
    "--unmask",
    is_flag=True,
    help="证号、电话、账号不遮盖；须已登记授权文号并写明事由，会记入日志。",
)
@click.option("--reason", default="", help="不遮盖的事由。")
@click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出。")
def export(case: Path, out: Path, unmask: bool, reason: str, as_json: bool) -> None:
    """把读入的每一行导出为 Parquet：资料种类、村、人员、文件、工作表、行号、看不清的列。

    另有 reject（未能入库的行）、damaged（看不清的单元格）、control（合计行）、footer（表尾）、
    comment（批注、删除线、标色）、sheets（每张表的去向）。
    默认遮盖证号、电话、账号。

    例：xuncha export data/work/2026-3.duckdb --out data/work/export
    """
    from xuncha_lib.case import open_case

    with open_case(case) as opened:
        paths = opened.export(out, unmask=unmask, reason=reason)
    click.echo(as_text([str(path) for path in paths]) if as_json else "\n".join(map(str, paths)))


@click.command()
@click.argument("case", type=FILE)
@click.option(
    "--out", type=FOLDER, help="结果文件夹：每村一份补交清单，另有一份汇总。不写就只显示。"
)
@click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出。")
def supply(case: Path, out: Path | None, as_json: bool) -> None:
    """资料收集情况：哪个村哪类资料已收、未收到、迟交、重复，资料质量，要请对方补交什么。

    例：xuncha supply data/work/2026-3.duckdb --out reports/2026-3/资料清单
    """
    from xuncha_lib.case import open_case

    with open_case(case) as opened:
        found = opened.supply_summary()
        paths = opened.supply_books(out) if out else []
    if as_json:
        click.echo(as_text(found | {"books": [str(path) for path in paths]}))
        return
    for one in found["villages"]:
        click.echo(
            f"{one['town'] or ''}{one['village_name']}  资料质量 {one['score']}  已收 {one['received']}，"
            f"月份不全 {one['partial']}，未收到 {one['missing']}，迟交 {one['late']}，重复 {one['duplicate']}"
            + (f"\n    须补：{'；'.join(one['missing_musts'])}" if one["missing_musts"] else "")
        )
    lacking = [
        f"{r['item']}{r['year'] or ''}"
        for r in found["round"]
        if r["status"] == "missing" and r["must"]
    ]
    if lacking:
        click.echo(f"全轮未收到：{'；'.join(lacking)}")
    for path in paths:
        click.echo(str(path))
