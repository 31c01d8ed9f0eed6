"""Command line `xuncha`. Each command is one step; what it prints is Chinese, or JSON with --json.

Exit codes: 0 all done · 2 bad arguments, or nothing could be done · 3 some villages failed, the others are delivered.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from xuncha_lib import __version__
from xuncha_lib.errors import XunchaError, unknown

if TYPE_CHECKING:
    from xuncha_lib.runs import RunResult

PROJECT = Path(__file__).resolve().parents[1]
_FOLDER = click.Path(path_type=Path, file_okay=False)
_FILE = click.Path(path_type=Path, dir_okay=False)


class _Commands(click.Group):
    """Says which command was probably meant, and turns our errors into a message and exit code 2."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            raise unknown("命令", args[0], self.commands)
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        for stream in (sys.stdout, sys.stderr):  # redirected, Windows would write its own code page
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8", errors="replace")
        try:
            return super().main(*args, **kwargs)
        except XunchaError as error:
            click.echo(f"{type(error).__name__}: {error}", err=True)
            sys.exit(2)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="xuncha", message="%(prog)s %(version)s")
def main() -> None:
    """村巡察数据工作台：把村里报送的表格变成一份值得人去核查的线索候选清单。

    线索候选不是结论，须由人核查。先试 xuncha demo。
    """


def _run_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--jobs", type=click.IntRange(1), help="同时用几个进程；默认为处理器核数。"),
        click.option("--force", is_flag=True, help="资料没有变化也全部重做。"),
        click.option("--no-reports", is_flag=True, help="只算线索候选，不生成报告。"),
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


@main.command()
@_run_options
@click.option("--seed", type=int, default=7, show_default=True, help="虚构资料的种子。")
@click.option("--count", type=click.IntRange(1), default=26, show_default=True, help="村的个数。")
@click.option("--out", type=_FOLDER, default=None, help="结果文件夹；默认 reports/demo。")
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


@main.command()
@click.option("--raw", type=_FOLDER, required=True, help="原始资料文件夹（只读）。")
@click.option("--out", type=_FOLDER, required=True, help="结果文件夹。")
@click.option("--villages", default="", help="只出这些村的报告，用逗号隔开；分析仍覆盖全部村。")
@click.option(
    "--case", "case_file", type=_FILE, help="案卷文件；默认在 data/work 或结果文件夹旁边。"
)
@click.option("--settings", type=_FILE, help="本轮设置 xuncha.toml；默认用原始资料旁边的。")
@click.option("--notebook", type=_FILE, help="换一个村报告模板；默认 notebooks/30_village.ipynb。")
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


def _run(raw: Path, out: Path, *, as_json: bool, no_reports: bool, **options: Any) -> NoReturn:
    from xuncha_lib.runs import run as run_round
    from xuncha_lib.runs.progress import Progress

    progress = Progress()
    result = run_round(raw, out, reports=not no_reports, progress=progress, **options)
    progress.end()
    click.echo(_json(_summary(result)) if as_json else _told(result))
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


@main.command()
@click.option("--raw", type=_FOLDER, required=True, help="原始资料文件夹（只读）。")
@click.option("--case", "case_file", type=_FILE, required=True, help="案卷文件；已有的会重新读入。")
@click.option("--jobs", type=click.IntRange(1), help="同时用几个进程。")
@click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出。")
def ingest(raw: Path, case_file: Path, jobs: int | None, as_json: bool) -> None:
    """只做第一步：读入资料，说明哪些读懂了、哪些没有、为什么。"""
    from xuncha_lib.runs.intake import intake_summary
    from xuncha_lib.runs.progress import Progress

    progress = Progress()
    summary = intake_summary(raw, case_file, jobs=jobs, progress=progress)
    progress.end()
    if as_json:
        click.echo(_json(summary.as_dict()))
        return
    files, rows = summary.files, summary.rows
    click.echo(
        f"文件 {sum(files.values())} 个：读入 {files['read']}，未识别 {files['not_recognised']}，"
        f"打不开 {files['unreadable']}，不是表格 {files['not_a_table']}\n"
        f"行 {rows['read']} 条：入库 {rows['canonical']}，合计行 {rows['control']}，表尾 {rows['footer']}，"
        f"未能入库 {rows['rejected']}"
    )
    for file, sheet, why, todo in summary.problems:
        click.echo(f"  {file}{' · ' + sheet if sheet else ''}：{why}{'；' + todo if todo else ''}")


@main.command()
@click.argument("case", type=_FILE)
@click.argument("model", nargs=-1)
@click.option(
    "--knob", multiple=True, metavar="名称=值", help="本次改动一个模型参数；名称不存在即报错。"
)
@click.option(
    "--csv", "csv_file", type=_FILE, help="把命中连同每条依据的文件、工作表、行写成 CSV。"
)
@click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出。")
def scan(
    case: Path, model: tuple[str, ...], knob: tuple[str, ...], csv_file: Path | None, as_json: bool
) -> None:
    """在案卷上核对身份并运行模型；不写 MODEL 就运行全部。

    每个模型一行：已运行（命中数），或未运行及原因。不改动原始资料。

    例：xuncha scan data/work/2026-3.duckdb M11 --knob grace_months=2
    """
    from xuncha_lib.case import open_case

    with open_case(case) as opened:
        opened.link()
        runs = opened.scan(*model, **dict(map(_knob, knob)))
        if csv_file:
            opened.cited().to_csv(csv_file, index=False, encoding="utf-8-sig")
    rows = runs.astype(object).where(runs.notna(), None).to_dict("records")
    if as_json:
        click.echo(_json(rows))
        return
    for row in rows:
        state = f"已运行，命中 {row['hits']}" if row["status"] == "ran" else f"未运行：{row['why']}"
        click.echo(f"{row['model_id']}  {state}")


def _knob(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    try:
        return name.strip(), float(value)
    except ValueError as error:
        raise XunchaError(
            f"--knob {text}", "应写成 名称=数字", "例：--knob grace_months=2"
        ) from error


@main.command()
@click.argument("case", type=_FILE)
@click.argument("village", nargs=-1)
@click.option("--out", type=_FOLDER, required=True, help="结果文件夹。")
@click.option("--notebook", type=_FILE, help="换一个村报告模板。")
@click.option("--jobs", type=click.IntRange(1), help="同时用几个进程。")
@click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出。")
def report(
    case: Path,
    village: tuple[str, ...],
    out: Path,
    notebook: Path | None,
    jobs: int | None,
    as_json: bool,
) -> None:
    """由案卷生成村报告；不写 VILLAGE 就生成全部村的。"""
    from xuncha_lib.runs.again import report_case
    from xuncha_lib.runs.progress import Progress

    progress = Progress()
    pages = report_case(case, out, village, notebook=notebook, jobs=jobs, progress=progress)
    progress.end()
    click.echo(_json([str(page) for page in pages]) if as_json else "\n".join(map(str, pages)))


@main.command()
@click.argument("run_folder", metavar="RUN", type=_FOLDER)
@click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出。")
def verify(run_folder: Path, as_json: bool) -> None:
    """重新计算校验值，说明一次运行之后哪些资料、程序或结果有变化。有变化时退出码为 3。"""
    from xuncha_lib.runs import verify as changes_since

    changes = changes_since(run_folder)
    click.echo(
        _json({"changes": changes})
        if as_json
        else "\n".join(changes or ["没有变化：资料、程序和结果都与运行时一致。"])
    )
    sys.exit(3 if changes else 0)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出。")
def models(as_json: bool) -> None:
    """列出全部模型：编号、名称、需要的资料。"""
    from xuncha_lib.models import shipped_models

    rows = [
        {
            "id": m.id,
            "name": m.name,
            "category": m.category,
            "needs": sorted(m.needs),
            "basis": list(m.basis),
        }
        for m in shipped_models().values()
    ]
    click.echo(
        _json(rows)
        if as_json
        else "\n".join(f"{r['id']}  {r['name']}（{r['category']}）" for r in rows)
    )


@main.command()
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
def lab(options: tuple[str, ...]) -> None:
    """打开 JupyterLab（中文界面），停在导览笔记本。OPTIONS 原样交给 jupyter lab，写在 -- 之后。"""
    from xuncha_lib.runs.lab import lab_command, lab_environment

    sys.exit(subprocess.call(lab_command(options), env=lab_environment(), cwd=PROJECT))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str)


if __name__ == "__main__":
    main()
