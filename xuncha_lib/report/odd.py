"""The part of a village's page on the ledger screen: what is odd, where it lies in the year, and a price among prices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xuncha_lib.report.charts import figure
from xuncha_lib.report.html import bullets, say
from xuncha_lib.report.odd_charts import Dot, Price, entries_chart, prices_chart

if TYPE_CHECKING:
    from xuncha_lib.report.village import VillagePage

Row = dict[str, Any]
MOST_TOLD = 6
"""Issues told on the page; all of them stand in the register."""
MOST_PRICES = 4
FEWEST_PEERS = 5


def odd_figures(page: VillagePage, room: int) -> str:
    """Sentences and charts of the screen in at most `room` bytes, charts before sentences; nothing where nothing is odd."""
    issues = page.own("odd_issue", "rank")
    if not issues:
        return ""
    told = [f"{say(issue['claim'])}{_known(issue)}" for issue in issues[:MOST_TOLD]]
    if len(issues) > MOST_TOLD:
        rest = f"其余{len(issues) - MOST_TOLD}项见 register.xlsx 的“账目筛查”表。"
        told_rest = f'<p class="soft">{rest}</p>'
    else:
        told_rest = ""
    head = f"<h3>账目筛查：{len(issues)}项与众不同</h3>"
    more = '<p class="soft">各项说明见 register.xlsx 的“账目筛查”表。</p>'
    entries, prices = _entries(page), _prices(page, issues)
    choices = (
        head + bullets(told, kind="ol") + told_rest + entries + prices,
        head + more + entries + prices,
        head + more + entries,
        head + more + prices if prices else "",
    )
    return next((text for text in choices if len(text.encode()) <= room), "")


def _known(issue: Row) -> str:
    return '<span class="soft">（已列入线索候选）</span>' if issue["is_candidate"] else ""


def _entries(page: VillagePage) -> str:
    rows = page.own("report_odd_dot", "day, yuan, rank")
    chart = entries_chart([Dot(r["day"], r["yuan"], r["rank"]) for r in rows])
    caption = "本村全部付款：横轴是日期，纵轴是金额（元，每格十倍）。灰点是平常付款，菱形是筛查指出的分录，数字是上面的序号。与众不同不等于有问题。"
    return figure(chart, caption) if chart else ""


def _prices(page: VillagePage, issues: list[Row]) -> str:
    prices = [
        Price(i["rank"], i["value_label"], i["own_value"], tuple(i["peer_values"]))
        for i in issues
        if i["own_value"] and len(i["peer_values"] or ()) >= FEWEST_PEERS
    ]
    if not prices:
        return ""
    caption = "采购单价：灰线是参照村付过的单价（分位数），虚线是中位价，三角是本村。规格、运输、安装不同会使单价不同。"
    return figure(prices_chart(prices[:MOST_PRICES], page.title), caption)
