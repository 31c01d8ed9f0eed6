"""`xuncha match`: the matcher alone, from two parquet files to a third."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from xuncha_lib.cli.group import FILE, as_text


@click.command()
@click.option(
    "--left",
    type=FILE,
    required=True,
    help="要查的名单（parquet：id、name、id_number、phone、bank_account、village）。",
)
@click.option("--right", type=FILE, required=True, help="被比对的大表（parquet，列同上）。")
@click.option("--out", type=FILE, required=True, help="结果写到这个 parquet 文件。")
@click.option(
    "--least", type=click.FloatRange(0, 1), help="概率不低于此值的配对才写出；默认 0.05。"
)
@click.option(
    "--memory", "memory_gb", type=click.FloatRange(0.5), help="数据库引擎最多用多少 GB 内存。"
)
@click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出。")
def match(
    left: Path, right: Path, out: Path, least: float | None, memory_gb: float | None, as_json: bool
) -> None:
    """两张表里谁和谁疑似同一人：每对给出概率、等级和理由。

    概率 0.5 是本工具的分界；L1–L4 才够作为线索依据。结果列：left_id、right_id、score、level、why。
    """
    import pyarrow.parquet as pq

    from xuncha_lib.people.match import LEAST, study

    done = study(left, right, least=LEAST if least is None else least, memory_gb=memory_gb)
    pq.write_table(done.pairs, str(out), compression="zstd")
    by_level = _by_level(done.pairs)
    if as_json:
        click.echo(as_text({**done.notes, "pairs": len(done.pairs), "levels": by_level}))
        return
    notes = done.notes
    click.echo(
        f"左表 {notes['left_rows']} 行，右表 {notes['right_rows']} 行，比较 {notes['pairs_compared']} 对，写出 {len(done.pairs)} 对\n"
        + "  ".join(f"{level} {count}" for level, count in by_level.items())
    )
    _say_what_failed(notes)


def _by_level(pairs: Any) -> dict[str, int]:
    counts = {
        row["values"]: row["counts"] for row in pairs.column("level").value_counts().to_pylist()
    }
    return {level: counts[level] for level in sorted(counts)}


def _say_what_failed(notes: dict[str, Any]) -> None:
    """What could not be compared, never as if nothing had been found."""
    if notes["left_not_comparable"]:
        click.echo(
            f"未能比对：左表 {notes['left_not_comparable']} 行既无可读姓名也无证号、电话、账号"
        )
    sides = (
        ("左表", notes["missing_columns"]["left"]),
        ("右表", notes["missing_columns"]["right"]),
    )
    for side, missing in sides:
        if missing:
            click.echo(f"{side}没有这些列，未按其比对：{'、'.join(missing)}")
    if notes["too_many_alike"]:
        parts = "，".join(f"{name} {count} 组" for name, count in notes["too_many_alike"].items())
        click.echo(f"右表相同的行太多，单凭此项未配对：{parts}")
