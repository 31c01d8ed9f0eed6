"""The steps of a round alone: ingest, scan, report; and verify, models, lab."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xuncha_lib.cli.group import FILE, FOLDER, PASSWORD_FILE, PROJECT, as_text
from xuncha_lib.errors import XunchaError
from xuncha_lib.forks import READER, warm_up

if TYPE_CHECKING:
    from xuncha_lib.models import Model


@click.command()
@click.option("--raw", type=FOLDER, required=True, help="原始资料文件夹（只读）。")
@click.option("--case", "case_file", type=FILE, required=True, help="案卷文件；已有的会重新读入。")
@click.option("--jobs", type=click.IntRange(1), help="同时用几个进程。")
@PASSWORD_FILE
@click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出。")
def ingest(
    raw: Path, case_file: Path, jobs: int | None, password_file: Path | None, as_json: bool
) -> None:
    """只做第一步：读入资料，说明哪些读懂了、哪些没有、为什么。

    没有变化的文件沿用上次读入的结果（案卷旁边的 .intake 文件夹）。
    """
    if raw.is_dir():
        warm_up(*READER)
    from xuncha_lib.runs.intake import intake_summary
    from xuncha_lib.runs.progress import Progress

    progress = Progress()
    summary = intake_summary(
        raw, case_file, jobs=jobs, password_file=password_file, progress=progress
    )
    progress.end()
    if as_json:
        click.echo(as_text(summary.as_dict()))
        return
    files, rows = summary.files, summary.rows
    click.echo(
        f"文件 {sum(files.values())} 个（{summary.unchanged} 个没有变化）：读入 {files['read']}，未识别 {files['not_recognised']}，"
        f"打不开 {files['unreadable']}，不是表格 {files['not_a_table']}\n"
        f"行 {rows['read']} 条：入库 {rows['canonical']}，合计行 {rows['control']}，表尾 {rows['footer']}，"
        f"未能入库 {rows['rejected']}"
    )
    for file, sheet, why, todo in summary.problems:
        click.echo(f"  {file}{' · ' + sheet if sheet else ''}：{why}{'；' + todo if todo else ''}")


@click.command()
@click.argument("case", type=FILE)
@click.argument("model", nargs=-1)
@click.option(
    "--knob", multiple=True, metavar="名称=值", help="本次改动一个模型参数；名称不存在即报错。"
)
@click.option("--csv", "csv_file", type=FILE, help="把命中连同每条依据的文件、工作表、行写成 CSV。")
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
        click.echo(as_text(rows))
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


@click.command()
@click.argument("case", type=FILE)
@click.argument("village", nargs=-1)
@click.option("--out", type=FOLDER, required=True, help="结果文件夹。")
@click.option("--notebook", type=FILE, help="换一个村报告模板。")
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
    click.echo(as_text([str(page) for page in pages]) if as_json else "\n".join(map(str, pages)))


@click.command()
@click.argument("run_folder", metavar="RUN", type=FOLDER)
@click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出。")
def verify(run_folder: Path, as_json: bool) -> None:
    """重新计算校验值，说明一次运行之后哪些资料、程序或结果有变化。有变化时退出码为 3。"""
    from xuncha_lib.runs import verify as changes_since

    changes = changes_since(run_folder)
    click.echo(
        as_text({"changes": changes})
        if as_json
        else "\n".join(changes or ["没有变化：资料、程序和结果都与运行时一致。"])
    )
    sys.exit(3 if changes else 0)


@click.command()
@click.argument("model", nargs=-1)
@click.option("--folder", type=FOLDER, help="本轮自己的模型文件夹：一并列出，写错的说明原因。")
@click.option(
    "--new", "stem", metavar="M901_短名", help="在 --folder 里生成一个可以改写的模型文件。"
)
@click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出。")
def models(model: tuple[str, ...], folder: Path | None, stem: str | None, as_json: bool) -> None:
    """列出全部模型；写上编号就逐个说明：依据、需要的资料、正常解释、查法。

    例：xuncha models M34 · xuncha models --folder data/raw/models --new M901_weekend
    """
    from xuncha_lib.models import round_models
    from xuncha_lib.models.catalogue import explain
    from xuncha_lib.models.head import choose
    from xuncha_lib.models.workshop import new_model

    if stem:
        click.echo(str(new_model(folder or Path("models"), stem)))
        return
    known, broken = round_models(folder)
    chosen = choose(known, model or None)
    if as_json:
        bad = [{"id": b.id, "file": b.file, "why": b.why} for b in broken]
        click.echo(as_text([_model_row(m) for m in chosen] + bad))
        return
    lines = [
        explain(m) if model else f"{m.id}  {m.name}（{_model_row(m)['category']}）" for m in chosen
    ]
    lines += [f"{b.id}  不能用：{b.file}：{b.why}" for b in broken]
    click.echo("\n".join(lines))


def _model_row(model: Model) -> dict[str, Any]:
    from xuncha_lib.checklist import load_checklist

    return {
        "id": model.id, "name": model.name, "category": load_checklist().categories.get(model.category, model.category),
        "severity": model.severity, "needs": sorted(model.needs), "knobs": model.knobs, "basis": list(model.basis),
        "innocent": list(model.innocent), "check": list(model.check), "forms": list(model.forms), "file": model.path.name,
    }  # fmt: skip


@click.command()
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
def lab(options: tuple[str, ...]) -> None:
    """打开 JupyterLab（中文界面），停在导览笔记本。OPTIONS 原样交给 jupyter lab，写在 -- 之后。"""
    from xuncha_lib.runs.lab import lab_command, lab_environment

    sys.exit(subprocess.call(lab_command(options), env=lab_environment(), cwd=PROJECT))
