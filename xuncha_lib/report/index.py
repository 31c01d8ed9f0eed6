"""index.html of a run: every village on one line, failed ones marked; and the page that stands in for a failed one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import quote

from xuncha_lib.report.html import fold, masthead, page, say, table, yuan
from xuncha_lib.report.round import RoundPage

MOST_NAMED = 500
"""Villages outside the round that the index names."""


def index_html(
    round_page: RoundPage, outcomes: Mapping[str, Mapping[str, Any]], *, has_round: bool
) -> str:
    """The index page.   outcomes: village code → {folder, status 'done'|'failed', error}."""
    rows = [
        _line(v, outcomes[v["village_code"]])
        for v in round_page.villages
        if v["village_code"] in outcomes
    ]
    chosen = [v for v in round_page.villages if v["village_code"] in outcomes]
    failed = [
        v["village_name"] for v in chosen if outcomes[v["village_code"]]["status"] == "failed"
    ]
    total = sum(v["candidates"] for v in chosen)
    lead = f'<p class="lead">{len(chosen)}个村，<b>{sum(v["candidates"] > 0 for v in chosen)}</b>个村有线索候选，共 <b>{total}</b> 条。'
    lead += ' <a href="round.html">本轮汇总</a></p>' if has_round else "</p>"
    if failed:
        lead += f'<p class="bad">{len(failed)}个村的报告没有生成：{"、".join(map(say, failed))}。其余各村不受影响。</p>'
    unread = _unread(round_page)
    head = ("村", "镇街", "候选", "涉及金额", "排在第一的候选", "未读懂", "未入库行", "台账")
    body = masthead(
        round_page.settings.get("title") or "全部村",
        round_page.settings.get("team", ""),
        round_page.stamp,
    )
    body += lead + table(head, rows, numeric=(2, 3, 5, 6)) + _outside(round_page) + unread
    return page("全部村", body, assets="assets")


def _line(village: Mapping[str, Any], outcome: Mapping[str, Any]) -> Sequence[str]:
    link = quote(f"villages/{outcome['folder']}/")
    name = f'<a href="{link}report.html">{say(village["village_name"])}</a>'
    if outcome["status"] == "failed":
        name += ' <span class="bad">报告未生成</span>'
        book = ""
    else:
        book = f'<a href="{link}register.xlsx">xlsx</a>'
    return (
        name, say(village["town"]), str(village["candidates"]), yuan(village["amount"]) or "—", say(village["first_title"]),
        str(outcome.get("unread", 0) or ""), str(outcome.get("rejects", 0) or ""), book,
    )  # fmt: skip


def _outside(round_page: RoundPage) -> str:
    rows = round_page.rows(
        "SELECT DISTINCT coalesce(town, '') || village_name AS place FROM village WHERE NOT of_round ORDER BY 1"
    )
    if not rows:
        return ""
    shown = "、".join(say(r["place"]) for r in rows[:MOST_NAMED])
    if len(rows) > MOST_NAMED:
        shown += f"，以及另外{len(rows) - MOST_NAMED}个（见导出的 village 表）"
    return fold(
        f"只在部门名册中出现、没有报送资料的村：{len(rows)}个，不出报告、不列候选（列入村庄名册或写进 xuncha.toml 的 villages 即计入本轮）",
        f"<p>{shown}</p>",
    )


def _unread(round_page: RoundPage) -> str:
    rows = round_page.rows(
        "SELECT DISTINCT file, sheet, why FROM report_unread WHERE village_code IS NULL ORDER BY ALL"
    )
    if not rows:
        return ""
    shown = table(
        ("文件", "工作表", "原因"),
        [(say(r["file"]), say(r["sheet"]), say(r["why"])) for r in rows[:200]],
    )
    return fold(f"不属于某一个村、也没有读懂的文件或工作表：{len(rows)}个", shown)


def failed_html(title: str, where: str, stamp: str, error: str, todo: str) -> str:
    """The page of a village whose notebook failed: what happened, what is still there, what to do."""
    body = masthead(title, where, stamp, "../../index.html")
    body += (
        '<h2>本村的报告没有生成</h2><p class="bad">生成报告的笔记本中途出错，其余各村不受影响。</p>'
        f'<p>本村的线索候选已经算出，可在 candidates.parquet 中查看。</p><pre class="mono">{escape(error)}</pre><p>{escape(todo)}</p>'
    )
    return page(f"{title} · 报告未生成", body, assets="../../assets")
