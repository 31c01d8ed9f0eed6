"""`xuncha outliers`: the ledger screen alone."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from xuncha_lib.cli.group import FILE, FOLDER, as_text


@click.command()
@click.option(
    "--data", type=FOLDER, required=True, help="账套文件夹（parquet）：entries、bank、roster……"
)
@click.option("--out", type=FILE, required=True, help="写出的候选清单（parquet）。")
@click.option(
    "--verdicts",
    type=FILE,
    help="核查结果（parquet：village_id、detector、objs、right）；有了它才给出 chance。",
)
@click.option(
    "--reference",
    type=FILE,
    help="参照文件：不存在就写出，存在就沿用，新增的村不影响其他村的分数。",
)
@click.option("--villages", default="", help="只看这些村，用逗号隔开；宜与 --reference 同用。")
@click.option(
    "--reasons", type=FILE, help="换一个说明理由的文件（YAML）；保存之前先看它会改变什么。"
)
@click.option("--threads", type=click.IntRange(1), help="同时用几个线程。")
@click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出。")
def outliers(
    data: Path,
    out: Path,
    verdicts: Path | None,
    reference: Path | None,
    villages: str,
    reasons: Path | None,
    threads: int | None,
    as_json: bool,
) -> None:
    """账目筛查：每个村列出最值得先看的异常（至多 20 条），并说明依据、参照和已排除的情况。

    例：xuncha outliers --data data/ledgers --out candidates.parquet
    """
    from xuncha_lib.outliers.reasons import SHIPPED
    from xuncha_lib.outliers.screen import screen

    names = tuple(name.strip() for name in villages.replace("，", ",").split(",") if name.strip())
    told = screen(
        data,
        out,
        verdicts=verdicts,
        reference=reference,
        villages=names,
        threads=threads,
        reasons=reasons or SHIPPED,
    )
    if as_json:
        click.echo(as_text(asdict(told)))
        return
    click.echo(f"{told.villages}个村，候选{told.candidates}条，写入 {out}")
    for line in (*told.notes, *told.not_tested.values(), *told.blind.values()):
        click.echo(f"  {line}")
    for detector, share in told.floods.items():
        click.echo(
            f"  {detector}：平均每村{share}条，疑似缺列、日历不对或账册习惯不同，已整体降级、排到其他候选之后"
        )
