"""`xuncha compare`: two lists of people, side by side."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import click

from xuncha_lib.cli.group import FILE, as_text


@click.command()
@click.option(
    "--left", type=FILE, required=True, multiple=True, help="甲名单：要查的人；可写多次。"
)
@click.option(
    "--right", type=FILE, required=True, multiple=True, help="乙名单：到哪里查；可写多次。"
)
@click.option("--out", type=FILE, required=True, help="结果 Excel 文件。")
@click.option("--reason", default="", help="比对事由和依据；不写则结果里姓名也遮盖。")
@click.option("--jobs", type=click.IntRange(1), help="同时用几个进程。")
@click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出。")
def compare(
    left: tuple[Path, ...],
    right: tuple[Path, ...],
    out: Path,
    reason: str,
    jobs: int | None,
    as_json: bool,
) -> None:
    """任意两份名单比对：对上的（分等级、写明依据）、没对上的、无法比对的（写明原因）。

    列名按接收资料时的办法识别；每次比对登记编号和事由，记在结果旁边的“比对登记.jsonl”。

    例：xuncha compare --left 村干部.xlsx --right 低保名册.xls --out 结果.xlsx --reason "巡察组第3号函"
    """
    from xuncha_lib.people.compare import compare_lists
    from xuncha_lib.people.compare.compare import FATES
    from xuncha_lib.report.comparison import write_comparison
    from xuncha_lib.report.requests import register_request

    found = compare_lists(left, right, jobs=jobs or os.cpu_count() or 1)
    at = datetime.now()
    counts = {side: found.counts(side) for side in ("left", "right")}
    number = register_request(
        out.with_name("比对登记.jsonl"),
        left,
        right,
        out,
        reason=reason,
        counts=counts["left"],
        at=at,
    )
    write_comparison(found, out, number=number, reason=reason, at=at)
    found.close()
    if as_json:
        click.echo(as_text({"number": number, "out": str(out), **counts}))
        return
    for side, zh in (("left", "甲名单"), ("right", "乙名单")):
        told = "，".join(f"{word} {counts[side][key]}" for key, word in FATES.items())
        click.echo(f"{zh} {sum(counts[side].values())} 人次：{told}")
    click.echo(f"比对编号 {number}；请打开：{out}")
