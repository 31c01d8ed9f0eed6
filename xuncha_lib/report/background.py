"""Parts of a village's page that speak of the books and the data: charts, portrait, quality, inputs, parameters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from xuncha_lib import __version__
from xuncha_lib.report.charts import Month, Strip, figure, months_chart, peers_chart
from xuncha_lib.report.html import Html, bullets, fold, say, section, span, table, yuan

if TYPE_CHECKING:
    from xuncha_lib.report.village import VillagePage

Row = dict[str, Any]
INDICATORS = {
    "paid_per_head": ("人均年支出", False), "cash_share": ("现金付款占比", True), "december_share": ("12月支出占比", True),
    "person_share": ("付给个人占比", True), "top_payee_share": ("最大收款方占比", True), "slip_share": ("收据白条占比", True),
}  # fmt: skip
"""Indicator → Chinese label, and whether it is a share (0–1) rather than yuan."""
ID_STATES = {
    "valid": "18位有效", "old15": "15位旧号", "check_failed": "校验不符", "masked": "已遮盖", "damaged": "数位损坏",
    "missing": "未填写", "other": "其他证件",
}  # fmt: skip
_LONG = 12
MONTHS = 24
"""Months in the chart, the last ones."""


def charts(page: VillagePage, odd: str = "") -> Html:
    """Receipts and payments by month, and six shares among the peers; the peer rule is named."""
    months = page.own("report_month", "month")
    if not months:
        return section("五", "收支与同类村对照", "<p>没有可用的收支账，未作图。</p>")
    flags = page.own("report_flag", "month, rank, row_id")
    marked = {
        month: tuple((f["rank"], f["side"], f["amount"]) for f in group)
        for month, group in groupby(flags, key=lambda f: f["month"])
    }
    series = [
        Month(m["month"], m["received"] or 0.0, m["paid"] or 0.0, marked.get(m["month"], ()))
        for m in months[-MONTHS:]
    ]
    left_out = f"（只画最近{MONTHS}个月，共有{len(months)}个月）" if len(months) > MONTHS else ""
    return section(
        "五", "收支与同类村对照",
        figure(months_chart(series), f"各月收入和支出，单位：元{left_out}。菱形：该月有线索候选依据的分录。指向柱子可看数字。"),
        _peers(page), odd,
    )  # fmt: skip


def _peers(page: VillagePage) -> str:
    peer = page.own("report_peer")[0]
    values = page.rows(
        """SELECT i.village_code, i.indicator, i.value FROM report_indicator i JOIN report_peer p USING (village_code)
           WHERE p.peer_group = ? ORDER BY ALL""",
        peer["peer_group"],
    )
    strips = []
    for name, (label, is_share) in INDICATORS.items():
        own = [
            v["value"] for v in values if v["indicator"] == name and v["village_code"] == page.code
        ]
        peers = [
            v["value"] for v in values if v["indicator"] == name and v["village_code"] != page.code
        ]
        strips.append(Strip(label, own[0] if own else None, tuple(peers), is_share))
    rule = f"同类村：{say(peer['peer_rule'])}。灰线一条是一个村，虚线是同类村中位数，三角是本村。与多数村不同不等于有问题。"
    return figure(peers_chart(strips, page.title), rule)


def portrait(page: VillagePage) -> Html:
    """Population and land where known, and every table received with its rows, sum and dates."""
    v = page.village
    facts = (
        ("户数", v["households"], "户"),
        ("人口", v["population"], "人"),
        ("耕地", v["farmland_mu"], "亩"),
    )
    card = [f"{name} <b>{say(value)}</b>{unit}" for name, value, unit in facts if value]
    card.append(f"村代码 <b>{say(page.code)}</b>")
    body = [
        (
            f"{h['kind']} {h['zh']}", f"{h['rows']:,}", f"{h['label']} {yuan(h['yuan'])}" if h["yuan"] else "",
            span(h["first_on"], h["last_on"]),
        )
        for h in page.own("report_holding", "kind, zh")
    ]  # fmt: skip
    return section(
        "六", "本村概况", f'<div class="card">{"".join(f"<span>{fact}</span>" for fact in card)}</div>',
        "<h4>已读入的资料</h4>", table(("资料", "行数", "金额合计", "起止"), body, numeric=(1,)),
    )  # fmt: skip


def quality(page: VillagePage) -> Html:
    """What of this village's material could not be used, so that silence is not read as clean."""
    parts = [_unread(page), _rejected(page), _totals(page), _identities(page)]
    shown = [part for part in parts if part]
    return section("七", "资料质量", *(shown or ["<p>没有发现读不了、对不上或损坏的内容。</p>"]))


def _listed(
    title: str,
    head: tuple[str, ...],
    body: Sequence[Sequence[str]],
    *,
    numeric: tuple[int, ...] = (),
) -> str:
    shown = table(head, body[:_LONG], numeric=numeric)
    if len(body) > _LONG:
        shown += f'<p class="soft">其余{len(body) - _LONG}条见 register.xlsx 的“资料质量”表。</p>'
    return fold(title, shown, is_open=len(body) <= 5)


def _unread(page: VillagePage) -> str:
    rows = page.own("report_unread", "file, sheet")
    body = [
        (
            say(r["file"]) + (f" · {say(r['sheet'])}" if r["sheet"] else ""),
            say(r["why"]),
            say(r["nearest"]),
        )
        for r in rows
    ]
    return (
        _listed(
            f"没有读懂的文件或工作表：{len(body)}个",
            ("文件 · 工作表", "原因", "最接近或建议"),
            body,
        )
        if body
        else ""
    )


def _rejected(page: VillagePage) -> str:
    rows = page.own("report_reject", "file, sheet, row")
    if not rows:
        return ""
    counts = Counter((r["column_zh"] or "整行", r["why"]) for r in rows)
    example = {(r["column_zh"] or "整行", r["why"]): r for r in reversed(rows)}
    body = [
        (
            say(key[0]), say(key[1]), str(n), say(example[key]["value"]),
            f"{say(example[key]['file'])} · {say(example[key]['sheet'])} · 第{example[key]['row']}行",
        )
        for key, n in counts.most_common()
    ]  # fmt: skip
    return _listed(
        f"未能入库的行：{len(rows)}处", ("列", "原因", "处数", "例", "例在"), body, numeric=(2,)
    )


def _totals(page: VillagePage) -> str:
    body = [
        (
            f"{say(r['file'])} · {say(r['sheet'])} · 第{r['row']}行", say(r["column"]), yuan(r["stated"]),
            yuan(r["summed"]), yuan(r["stated"] - r["summed"]),
        )
        for r in page.own("report_total", "file, sheet, row")
    ]  # fmt: skip
    head = ("合计行", "列", "表上合计", "逐行相加", "相差")
    return (
        _listed(f"合计行与逐行相加不一致：{len(body)}处", head, body, numeric=(2, 3, 4))
        if body
        else ""
    )


def _identities(page: VillagePage) -> str:
    rows = page.own("report_identity", "mentions DESC, id_state")
    total = sum(r["mentions"] for r in rows)
    if not total:
        return ""
    words = "、".join(
        f"{ID_STATES.get(r['id_state'], r['id_state'])}{r['mentions']:,}处" for r in rows
    )
    weak = sum(r["mentions"] for r in rows if r["id_state"] not in {"valid", "old15"})
    return (
        f"<p>人员信息{total:,}处，证号情况：{words}。其中{weak:,}处没有可直接比对的证号，"
        "只能按姓名、同户、电话等多要素比对，比对不上不等于没有关系。</p>"
    )


def models_not_run(page: VillagePage) -> Html:
    """Grouped by reason, because the reason is what somebody can act on."""
    if not page.not_run:
        return section("八", "未运行的模型", "<p>全部模型都已运行。</p>")
    groups: dict[str, list[str]] = {}
    for row in page.not_run:
        name = page.names.get(("model", row["model_id"]), "")
        groups.setdefault(row["why"], []).append(f"{row['model_id']} {say(name)}")
    body = [(say(why), "、".join(models)) for why, models in sorted(groups.items())]
    note = '<p class="soft">下列内容没有检查，不能当作“没有问题”。补齐资料后重新运行即可。</p>'
    shown = table(("原因", "未运行的模型"), body)
    count = len(page.not_run)
    return section(
        "八",
        f"未运行的模型（{count}个）",
        note,
        shown if len(body) <= _LONG else fold("点开查看", shown),
    )


def scope_and_inputs(page: VillagePage) -> Html:
    """Authority, period and every file the page rests on, each with its hash."""
    s = page.settings
    period = (
        " 至 ".join(filter(None, (s.get("period_from"), s.get("period_to"))))
        or "未限定，以资料所载为准"
    )
    facts = [
        f"授权：{say(page.stamp)}", f"巡察组：{say(s.get('team') or '未登记')}", f"资料期间：{say(period)}",
        f"判断截止日：{say(s.get('as_of') or '未能确定')}", "对象：本村资料中出现的人员、单位、合同、项目和凭证",
    ]  # fmt: skip
    files = page.own("report_file", "path")
    shown = ""
    for folder, group in groupby(files[:_LONG], key=lambda f: f["path"].rpartition("/")[0]):
        lines = [
            f"{say(f['path'].rpartition('/')[2])} · {f['sheets']}表{f['rows']}行 <code>{f['sha256'][:12]}</code>"
            for f in group
        ]
        shown += f"<h4>{say(folder) or '（最上层）'}</h4>" + bullets(lines)
    if len(files) > _LONG:
        shown += f'<p class="soft">其余{len(files) - _LONG}个见 register.xlsx 的“依据文件”表。</p>'
    title = f"本页依据的文件：{len(files)}个（代码是 SHA-256 前12位，完整的在台账和 manifest.json）"
    listed = fold(title, shown)
    return section("九", "范围、授权与依据文件", bullets(facts), listed)


def parameters(page: VillagePage) -> Html:
    """What must be equal for the page to come out equal."""
    facts = [
        f"程序版本 {__version__}；网页、笔记本、台账出自同一份案卷，数字一致",
        "全部模型用各自说明中的默认参数；不使用随机数，相同输入得到相同结果",
        "金额单位：元；证号、电话、银行卡号一律遮盖显示",
        "身份认定等级：L1证号一致、L2遮盖证号吻合且同名、L3疑似录入差异、L4多要素一致；更弱的不列为候选",
    ]
    extra = [
        f"{say(k)} = {say(v)}" for k, v in sorted(page.settings.items()) if k.startswith("knob")
    ]
    return section("十", "参数与版本", bullets(facts + extra))
