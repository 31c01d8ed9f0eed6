"""`xuncha demo` and `xuncha run`: a whole round."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from xuncha_lib.cli.group import FILE, FOLDER, PASSWORD_FILE, PROJECT, as_text
from xuncha_lib.errors import XunchaError, unknown
from xuncha_lib.forks import READER, warm_up

if TYPE_CHECKING:
    from xuncha_lib.runs import RunResult


def _run_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--jobs", type=click.IntRange(1), help="同时用几个进程；默认为处理器核数。"),
        click.option("--force", is_flag=True, help="资料没有变化也全部重做。"),
        click.option("--no-reports", is_flag=True, help="只算线索候选，不生成报告。"),
        click.option(
            "--no-learning",
            is_flag=True,
            help="排序不参考各模型的复核确认率；复核结论本身仍然有效。",
        ),
        click.option("--isolate", is_flag=True, help="每个报告单独用一个内核（慢，用来核对）。"),
        click.option(
            "--timeout",
            type=click.IntRange(1),
            default=300,
            show_default=True,
            help="每格最多运行几秒。",
        ),
        click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出。"),
    ):
        command = option(command)
    return command


@click.command()
@_run_options
@click.option("--seed", type=int, default=7, show_default=True, help="虚构资料的种子。")
@click.option("--count", type=click.IntRange(1), default=26, show_default=True, help="村的个数。")
@click.option("--out", type=FOLDER, default=None, help="结果文件夹；默认 reports/demo。")
def demo(seed: int, count: int, out: Path | None, **options: Any) -> None:
    """造一轮虚构的资料，从原始文件夹一直做到报告。

    人名、单位、证号全部虚构。
    """
    place = PROJECT / "data" / "demo"
    maker = place / "make.py"
    command = [
        sys.executable,
        str(maker),
        "--out",
        str(place),
        "--seed",
        str(seed),
        "--villages",
        str(count),
    ]
    if not maker.is_file():
        raise XunchaError(str(maker), "没有演示资料的生成程序", "请使用完整的源码文件夹")
    if not options["as_json"]:
        click.echo(f"· 生成虚构资料（{count}个村）", err=True)
    made = subprocess.run(command, capture_output=True, check=False)
    if made.returncode:
        last = made.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise XunchaError(str(maker), f"生成失败：{''.join(last)}", "")
    case_file = None if out else PROJECT / "data" / "work" / "demo.duckdb"
    _run(place / "raw", out or PROJECT / "reports" / "demo", case_file=case_file, **options)


@click.command()
@click.option("--raw", type=FOLDER, required=True, help="原始资料文件夹（只读）。")
@click.option("--out", type=FOLDER, required=True, help="结果文件夹。")
@click.option("--villages", default="", help="只出这些村的报告，用逗号隔开；分析仍覆盖全部村。")
@click.option(
    "--case", "case_file", type=FILE, help="案卷文件；默认在 data/work 或结果文件夹旁边。"
)
@click.option("--settings", type=FILE, help="本轮设置 xuncha.toml；默认用原始资料旁边的。")
@click.option("--notebook", type=FILE, help="换一个村报告模板；默认 notebooks/30_village.ipynb。")
@PASSWORD_FILE
@click.option("--engine", default="local", show_default=True, help="目前只有 local。")
@_run_options
def run(raw: Path, out: Path, villages: str, engine: str, **options: Any) -> None:
    """原始资料 → 线索候选 → 每村一份报告和台账。

    中途被中断后再次运行会接着做；资料没有变化时什么也不做。

    例：xuncha run --raw data/raw/2026-3 --out reports/2026-3
    """
    if engine != "local":
        raise unknown("--engine", engine, ["local"])
    names = [name.strip() for name in villages.replace("，", ",").split(",") if name.strip()]
    _run(raw, out, villages=names, **options)


def _run(
    raw: Path, out: Path, *, as_json: bool, no_reports: bool, no_learning: bool, **options: Any
) -> NoReturn:
    if raw.is_dir():
        warm_up(*READER)
    from xuncha_lib.runs import run as run_round
    from xuncha_lib.runs.progress import Progress

    progress = Progress()
    result = run_round(
        raw, out, reports=not no_reports, learning=not no_learning, progress=progress, **options
    )
    progress.end()
    click.echo(as_text(_summary(result)) if as_json else _told(result))
    sys.exit(3 if result.failed else 0)


def _summary(result: RunResult) -> dict[str, Any]:
    return {
        "out": str(result.out), "case_file": str(result.case_file), "candidates": result.candidates,
        "villages": len(result.villages), "unchanged": result.is_unchanged, "seconds": result.seconds,
        "failed": [{k: v[k] for k in ("village_code", "village_name", "error")} for v in result.failed],
    }  # fmt: skip


def _told(result: RunResult) -> str:
    lines = []
    if result.is_unchanged:
        lines.append("资料、设置和程序都没有变化，没有重做（要重做请加 --force）。")
    lines.append(
        f"线索候选 {result.candidates} 条；报告 {len(result.villages) - len(result.failed)} 个村。"
    )
    for village in result.failed:
        lines.append(
            f"没有生成：{village['town']}{village['village_name']} · {village['error'].splitlines()[0]}"
        )
    if not result.is_unchanged:
        lines.append(f"用时 {result.seconds['total']:.1f} 秒。")
    lines.append(
        f"请打开：{result.index if result.villages else result.out / 'candidates.parquet'}"
    )
    return "\n".join(lines)
