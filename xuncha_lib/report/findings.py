"""Parts of a village's page that speak of candidates: the answer, the candidates, what is explained, the aspects."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from xuncha_lib.report.charts import aspects_chart, figure
from xuncha_lib.report.html import Html, bullets, fold, say, section, span, table, yuan

if TYPE_CHECKING:
    from xuncha_lib.report.village import VillagePage

Row = dict[str, Any]
FIRST = 5
"""Candidates on the first screen."""
OPEN = 8
"""Candidates shown unfolded."""
EVIDENCE_ROWS = 6
"""Rows of evidence shown per candidate; all of them are in register.xlsx."""
EXPLAINED_ROWS = 30


def answer(page: VillagePage) -> str:
    """How many candidates, the first few with where to look and what to do first, what could not be checked."""
    found, explained = page.found, page.own("report_explained")
    rest = []
    if explained:
        rest.append(f"另有{len(explained)}处提示在资料中已有说明（第三部分）")
    if page.not_run:
        rest.append(f"{len(page.not_run)}个模型因缺资料等原因未能运行（第八部分）")
    tail = f'<p class="soft">{"；".join(rest)}。</p>' if rest else ""
    if not found:
        lead = '<p class="lead">本村<b>没有</b>需要优先核查的线索候选。</p>'
        note = (
            '<p class="soft">没有候选不等于没有问题：缺资料的内容未能检查。</p>'
            if page.not_run
            else ""
        )
        return section("一", "先看这里", lead, note, tail)
    amount = sum(item["amount_yuan"] or 0 for item in found)
    lead = f'<p class="lead">本村有 <b>{len(found)}</b> 条线索候选'
    lead += f"，涉及金额合计约{yuan(round(amount))}（不同候选可能涉及同一笔钱）" if amount else ""
    first = found[:FIRST]
    lead += f"。建议先核查下面{len(first)}条：</p>"
    return section(
        "一", "先看这里", lead, bullets(map(_first_look, first), kind="ol", css="first"), tail
    )


def _first_look(item: Row) -> str:
    evidence = [e for e in item["evidence"] if e["role"] == "主证"] or item["evidence"]
    where = (
        _place(evidence[0]) + (f" 等{len(evidence)}行" if len(evidence) > 1 else "")
        if evidence
        else ""
    )
    why = item["reasons"][0]["reason"] if item["reasons"] else item["summary"]
    check = item["checks"][0] if item["checks"] else ""
    return (
        f'<div class="row"><b><a href="#c{item["rank"]}">{item["rank"]}. {say(item["title"])}</a></b>'
        f'<span class="sum">{yuan(item["amount_yuan"])}</span></div><p>{say(why)}。</p>'
        f'<p class="soft">依据：{where}<br>先做：{say(check)}</p>'
    ).replace("。。", "。")


def _place(row: Row) -> str:
    sheet = f" · {say(row['sheet'])}" if row["sheet"] else ""
    return f"{say(row['file'])}{sheet} · 第{row['row']}行"


def candidates(page: VillagePage) -> Html:
    """Every candidate in order of rank; the later ones folded."""
    if not page.found:
        return section("二", "线索候选", "<p>没有线索候选。</p>")
    parts = []
    for item in page.found:
        body = _candidate(page, item)
        head = f"{item['rank']}. {say(item['title'])}"
        if item["rank"] <= OPEN:
            side = f'<span class="sum">{yuan(item["amount_yuan"])}</span>'
            parts.append(
                f'<article id="c{item["rank"]}"><div class="row"><h3>{head}</h3>{side}</div>{body}</article>'
            )
        else:
            line = f"<b>{head}</b> {yuan(item['amount_yuan'])}"
            parts.append(
                f'<details class="c" id="c{item["rank"]}"><summary>{line}</summary>{body}</details>'
            )
    note = '<p class="soft">按建议核查的先后排列。每条都要先排除正常情形，再由人决定是否转入底稿。证号、电话、卡号已遮盖。</p>'
    return section("二", f"线索候选（{len(page.found)}条）", note, *parts)


def _candidate(page: VillagePage, item: Row) -> str:
    reasons = [
        f"{say(r['reason'])}。 <small>{r['model_id']} {say(page.names.get(('model', r['model_id']), ''))}</small>".replace(
            "。。", "。"
        )
        for r in item["reasons"][:FIRST]
    ]
    if len(item["reasons"]) > FIRST:
        reasons.append(f"另有{len(item['reasons']) - FIRST}条同类提示，见台账")
    facts = [f"候选编号 {item['candidate_id']}"]
    if item["first_on"]:
        facts.append(f"时间 {span(item['first_on'], item['last_on'])}")
    facts.append(say(item["why"]))
    innocent = bullets(map(say, item["innocent"][:6]), css="tick")
    checks = bullets(map(say, item["checks"][:4]), kind="ol")
    return (
        bullets(reasons)
        + f"<p>{_identity(page, item)} <small>{'；'.join(facts)}</small></p>"
        + _evidence(item["evidence"])
        + f'<div class="two"><div><h4>先排除这些正常情形</h4>{innocent}</div><div><h4>怎么查</h4>{checks}</div></div>'
    )


def _identity(page: VillagePage, item: Row) -> str:
    if item["level"] is None:
        return '<span class="id">不涉及人员身份比对</span>'
    words = f"身份认定 L{item['level']}：{say(page.names.get(('level', str(item['level'])), ''))}"
    same = item["namesakes"]
    if same and same > 1:
        words += f"；本轮资料中同名{same}人，先排除同名不同人"
    return f'<span class="id">{words}</span>'


def _evidence(rows: list[Row]) -> str:
    shown = rows[:EVIDENCE_ROWS]
    body = []
    for (role, file, sheet), group in groupby(
        shown, key=lambda e: (e["role"], e["file"], e["sheet"])
    ):
        lines = list(group)
        place = say(file) + (f" · {say(sheet)}" if sheet else "")
        cell = f'<td rowspan="{len(lines)}">{place}<br><small>{role}</small>'
        for i, line in enumerate(lines):
            body.append(
                f'<tr>{"" if i else cell}<td class="n">{line["row"]}<td>{say(line["summary"])}'
            )
    rest = len(rows) - len(shown)
    more = f'<p class="soft">其余{rest}行见 register.xlsx 的“证据”表。</p>' if rest > 0 else ""
    head = "<th>文件 · 工作表</th><th>行</th><th>该行内容</th>"
    return f'<div class="t"><table><thead><tr>{head}</tr></thead><tbody>{"".join(body)}</tbody></table></div>{more}'


def explained(page: VillagePage) -> Html:
    """What looked odd but is explained by the data itself: kept, so that nobody has to find it again."""
    rows = page.own("report_explained", "model_id, subject, reason")
    if not rows:
        return section("三", "资料中已有说明的提示", "<p>没有。</p>")
    body = [
        (
            f"{r['model_id']} {say(page.names.get(('model', r['model_id']), ''))}", say(r["subject"]),
            say(r["reason"]), say(r["explained"]),
        )
        for r in rows[:EXPLAINED_ROWS]
    ]  # fmt: skip
    shown = table(("模型", "对象", "提示", "资料中的说明"), body)
    if len(rows) > EXPLAINED_ROWS:
        shown += f'<p class="soft">其余{len(rows) - EXPLAINED_ROWS}条见 register.xlsx。</p>'
    note = '<p class="soft">这些提示不列为候选；对说明有怀疑时可据此复核。</p>'
    return section(
        "三",
        "资料中已有说明的提示",
        note,
        fold(f"共{len(rows)}处，点开查看", shown, is_open=len(rows) <= 4),
    )


def aspects(page: VillagePage) -> Html:
    """Candidates by aspect, with the strongest identity level among them."""
    rows = page.own("report_aspect", "amount DESC NULLS LAST, aspect")
    if not rows:
        return section("四", "按方面汇总", "<p>没有线索候选。</p>")
    named = [(page.names.get(("aspect", r["aspect"]), "未归类"), r) for r in rows]
    body = [
        (
            say(name), str(r["candidates"]), yuan(r["amount"]) or "—",
            f"L{r['best_level']}" if r["best_level"] else "—",
            "、".join(f'<a href="#c{n}">{n}</a>' for n in r["ranks"]),
        )
        for name, r in named
    ]  # fmt: skip
    chart = aspects_chart([(name, r["amount"] or 0.0, r["candidates"]) for name, r in named])
    return section(
        "四", "按方面汇总", table(("方面", "候选", "涉及金额", "最强身份等级", "候选序号"), body, numeric=(1, 2)),
        figure(chart, "每条候选只计入其主要模型的第一个方面；不同候选可能涉及同一笔钱，金额不宜相加。"),
    )  # fmt: skip
