"""`xuncha compare`: two lists of people, side by side."""

from __future__ import annotations

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
    from xuncha_lib.runs.compare import compare as compare_now

    result = compare_now(left, right, out=out, reason=reason, jobs=jobs)
    if as_json:
        click.echo(as_text({"number": result.number, "out": str(out), **result.counts}))
        return
    click.echo("\n".join([*result.told(), f"比对编号 {result.number}；请打开：{out}"]))
