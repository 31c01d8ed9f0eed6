"""`xuncha review`: decide on candidates, see who decided what, check the log."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xuncha_lib.cli.group import FILE, Commands, as_text

if TYPE_CHECKING:
    from xuncha_lib.case import Case

_JSON = click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出。")


@click.group(cls=Commands)
@click.argument("case", type=FILE)
@click.pass_context
def review(context: click.Context, case: Path) -> None:
    """复核线索候选：逐条确认、排除、要求补充；记录只增不改，重新运行后仍然有效。

    例：xuncha review data/work/demo.duckdb dismiss C1a2b --code FP03 --note 补发去年12月 --by 张三

    原因码：FP01同名不同人 FP02录入差错 FP03补发补扣 FP04政策允许 FP05时间错位 FP06户与人混淆 FP07已备案回避
    FP08撤销退回 FP09数据口径不同 FP10标准参数错 FP11表不全 FP12其他
    """
    from xuncha_lib.case import open_case

    context.obj = context.with_resource(open_case(case))


@review.command("list")
@click.option("--village", help="只列这个村（村名或村代码）。")
@click.option("--status", help="只列这种状态：候选、属实、不属实、数据错误、待核实、意见不一。")
@_JSON
@click.pass_obj
def list_(case: Case, village: str | None, status: str | None, as_json: bool) -> None:
    """列出候选和复核状态；意见不一的写明各人意见。"""
    from xuncha_lib.candidates.decisions import STATUSES
    from xuncha_lib.errors import unknown

    if status is not None and status not in STATUSES:
        raise unknown("状态", status, STATUSES)
    rows = case.candidates(village)
    if status is not None:
        rows = rows[rows["status"] == status]
    _tell(
        rows, ["candidate_id", "village_name", "rank", "status", "model_id", "title", "amount_yuan", "review"], as_json,
        "{candidate_id}  {village_name} 第{rank}条  {status}  {model_id} {title}  {review}",
    )  # fmt: skip


def _decision(
    act: str, *options: Callable[[Any], Any]
) -> Callable[[Callable[..., Any]], click.Command]:
    """A command that writes one decision."""

    def made(command: Callable[..., Any]) -> click.Command:
        def write(case: Case, candidate: str | None, as_json: bool, **words: str) -> None:
            candidate, verdict = case.review(act, candidate, **words)
            found = {
                "candidate": candidate,
                "act": act,
                "status": verdict.status,
                "review": verdict.text,
            }
            click.echo(
                as_text(found)
                if as_json
                else f"{candidate}  {verdict.status}  {verdict.text}".rstrip()
            )

        write.__doc__ = command.__doc__
        wrapped: Any = click.pass_obj(write)
        for option in (
            _JSON,
            click.option("--by", default="", metavar="姓名", help="复核人；默认为本机用户名。"),
            click.option("--note", default="", help="说明；证号、电话、卡号会被遮盖。"),
            *options,
            click.argument("candidate", metavar="ID", required=act != "undo"),
        ):
            wrapped = option(wrapped)
        return review.command(act)(wrapped)

    return made


@_decision("confirm")
def confirm() -> None:
    """确认：情况属实，转入底稿核实流程。"""


@_decision(
    "dismiss", click.option("--code", required=True, metavar="FP01–FP12", help="排除的原因码。")
)
def dismiss() -> None:
    """排除：已查明是正常情形或数据问题，写明原因码；有新依据时会重新列出。"""


@_decision("more")
def more() -> None:
    """要求补充资料后再定。"""


@_decision("undo")
def undo() -> None:
    """撤回自己对 ID 最近的一次复核，不写 ID 就是自己最近的一次；原记录保留。"""


@review.command()
@_JSON
@click.pass_obj
def check(case: Case, as_json: bool) -> None:
    """核对复核记录有没有被改动、删去；有问题时退出码为 3。"""
    found = case.check_reviews()
    if as_json:
        click.echo(as_text(found.to_dict("records")))
    else:
        lines = [f"{row['file']}：{row['found']}" for row in found.to_dict("records")]
        click.echo("\n".join(lines or [f"复核记录完好：现行复核{len(case.reviews())}条。"]))
    sys.exit(3 if len(found) else 0)


@review.command()
@_JSON
@click.pass_obj
def rates(case: Case, as_json: bool) -> None:
    """各模型的确认率和复核条数；只按模型统计，不按人。"""
    _tell(
        case.rates(), None, as_json,
        "{model_id}  已复核 {decided}，确认 {confirmed}；复核前估计 {prior:.0%}，现按 {rate:.0%} 排序",
    )  # fmt: skip


@review.command()
@_JSON
@click.pass_obj
def log(case: Case, as_json: bool) -> None:
    """按时间列出现行的每一次复核。"""
    _tell(
        case.reviews(),
        None,
        as_json,
        "{at}  {reviewer}  {act}{code}  {candidate_id}  {village} {title}  {note}",
    )


def _tell(rows: Any, columns: list[str] | None, as_json: bool, line: str) -> None:
    chosen = rows[columns] if columns else rows
    records = chosen.astype(object).where(chosen.notna(), None).to_dict("records")
    if as_json:
        click.echo(as_text(records))
    else:
        click.echo("\n".join(line.format(**record).rstrip() for record in records) or "没有。")
