"""Parts of a village's page that speak of candidates: the answer, the candidates, what is explained, the aspects."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from xuncha_lib.report.charts import aspects_chart, figure
from xuncha_lib.report.forms import checklist
from xuncha_lib.report.html import Html, bullets, fold, say, section, span, table, yuan

if TYPE_CHECKING:
    from xuncha_lib.report.village import VillagePage

Row = dict[str, Any]
FIRST = 5
"""Candidates on the first screen."""
OPEN = 8
"""Candidates shown unfolded."""
LAYOUTS = (
    (8, 8, 25, 3), (6, 6, 25, 3), (4, 4, 25, 3), (4, 2, 25, 3), (3, 1, 25, 3), (2, 1, 25, 2), (1, 1, 25, 2), (1, 0, 25, 2),
    (1, 0, 15, 2), (1, 0, 12, 1), (1, 0, 10, 1), (1, 0, 8, 1),
    *((0, 0, advised, 1) for advised in (12, 10, 8, 7, 6, 5, 4, 3, 1)),
)  # fmt: skip
"""(rows of evidence for the first candidates, for the others, candidates with advice, reasons each), fullest first.

Advice goes last: a row can be looked up in register.xlsx, an innocent explanation that is not read is not thought of.
The reasons of the leading model come first; register.xlsx has all."""
LONGEST = 90
NOTE_BYTES = 500
"""Heading and note above the candidates."""
MODELS = "个模型指向同一对象"
"""Marks the part of a candidate's `why` that the page says in its own way (candidates/rank.py)."""
INNOCENT, CHECKS = 6, 4
EXPLAINED_ROWS = 8
ASIDE = 10


def answer(page: VillagePage) -> str:
    """How many candidates, the first few with where to look and what to do first, what could not be checked."""
    found, explained = page.live, page.own("report_explained")
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
        f'<div class="row"><b><a href="#c{item["rank"]}">{item["rank"]}. {say(item["title"])}</a>{_status(item)}</b>'
        f'<span class="sum">{yuan(item["amount_yuan"])}</span></div><p>{_sentence(why)}</p>'
        f'<p class="soft">依据：{where}<br>先做：{say(check)}</p>'
    )


def _status(item: Row) -> str:
    """What reviewers said, where they said anything."""
    return f' <span class="id">{say(item["status"])}</span>' if item["review"] else ""


def _place(row: Row) -> str:
    sheet = f" · {say(row['sheet'])}" if row["sheet"] else ""
    return f"{say(row['file'])}{sheet} · 第{row['row']}行"


def _name(file: str) -> str:
    """A file without its folder: the first screen and the register give the whole path."""
    return say(file.rpartition("/")[2])


def candidates(page: VillagePage, room: int) -> Html:
    """Every candidate in order of rank, the later ones folded; as much of each as `room` bytes can hold."""
    if not page.live:
        return section("二", "线索候选", "<p>没有线索候选。</p>", put_aside(page))
    note = (
        '<p class="soft">按建议核查的先后排列。每条都要先排除正常情形，再由人决定是否转入底稿。'
        "证号、电话、卡号已遮盖。依据行多时只列前几行，全部在 register.xlsx。</p>"
    )
    body, aside = "", put_aside(page)
    for layout in LAYOUTS:
        body = "".join(_candidates(page, *layout))
        if len((body + note + aside).encode()) <= room:
            break
    return section("二", f"线索候选（{len(page.live)}条）", note, body, aside)


def least_bytes(page: VillagePage) -> int:
    """What charts must leave for the candidates: those with advice for the first eight, their rows in the register."""
    return len(("".join(_candidates(page, 0, 0, 8, 1)) + put_aside(page)).encode()) + NOTE_BYTES


def put_aside(page: VillagePage) -> str:
    """What reviewers have dismissed: one line each, with who and why."""
    rows = [item for item in page.found if item not in page.live]
    if not rows:
        return ""
    lines = [
        f"{say(item['title'])} <small>{item['candidate_id']}</small> {say(item['review'])}"
        for item in rows[:ASIDE]
    ]
    if len(rows) > ASIDE:
        lines.append(f"其余{len(rows) - ASIDE}条见 register.xlsx")
    return fold(f"复核后已排除：{len(rows)}条（有新依据时会重新列出）", bullets(lines))


def _candidates(
    page: VillagePage, rows: int, later_rows: int, advised: int, reasons: int
) -> Iterator[str]:
    told: dict[tuple[str, ...], int] = {}
    for item in page.live:
        rank = item["rank"]
        first = told.setdefault((*item["innocent"], *item["checks"]), rank)
        if rank > advised:
            advice = ""
        elif first == rank:
            advice = _advice(item)
        else:
            advice = f'<p class="soft">正常情形和查法同<a href="#c{first}">第{first}条</a>。</p>'
        body = (
            _facts(page, item, reasons)
            + _evidence(item["evidence"], rows if rank <= FIRST else later_rows)
            + advice
        )
        head, amount = f"{rank}. {say(item['title'])}{_status(item)}", yuan(item["amount_yuan"])
        if rank <= OPEN:
            side = f'<span class="sum">{amount}</span>'
            yield f'<article id="c{rank}"><div class="row"><h3>{head}</h3>{side}</div>{body}</article>'
        else:
            yield f'<details class="c" id="c{rank}"><summary><b>{head}</b> {amount}</summary>{body}</details>'


def _facts(page: VillagePage, item: Row, most: int) -> str:
    reasons = [
        f"{_sentence(r['reason'])} <small>{_model(page, item, r)}</small>"
        for r in item["reasons"][:most]
    ]
    if len(item["reasons"]) > most:
        reasons.append(_not_told(page, item, most))
    if item["review"]:
        reasons.append(f"<b>{item['status']}</b> {say(item['review'])}")
    facts = [item["candidate_id"]]
    if item["first_on"]:
        facts.append(span(item["first_on"], item["last_on"]))
    facts += [
        say(p) for p in item["why"].split("；") if not p.startswith("金额") and MODELS not in p
    ]
    return bullets(reasons) + f"<p>{_identity(page, item)}<small>{'；'.join(facts)}</small></p>"


def _not_told(page: VillagePage, item: Row, most: int) -> str:
    """How many reasons the page has no room for, and which other models gave them."""
    told = {r["model_id"] for r in item["reasons"][:most]}
    others = sorted({r["model_id"] for r in item["reasons"][most:]} - told)
    names = "、".join(say(page.names.get(("model", key), key)) for key in others)
    return f"另有{len(item['reasons']) - most}条提示见台账{f'（{names}）' if names else ''}"


def _model(page: VillagePage, item: Row, reason: Row) -> str:
    """Number of the model, and its name where the title does not say it already."""
    key = reason["model_id"]
    return key if key == item["model_id"] else f"{key} {say(page.names.get(('model', key), ''))}"


def _sentence(text: str) -> str:
    return say(text.rstrip("。")) + "。"


def _advice(item: Row) -> str:
    innocent = "".join(f"<i>{say(word)}</i>" for word in item["innocent"][:INNOCENT])
    checks = "".join(f"<i>{say(word)}</i>" for word in item["checks"][:CHECKS])
    return f'<p class="tick"><b>先排除</b>{innocent}</p><p class="how"><b>怎么查</b>{checks}</p>'


def _identity(page: VillagePage, item: Row) -> str:
    if item["level"] is None:
        return ""
    words = f"身份认定 L{item['level']}：{say(page.names.get(('level', str(item['level'])), ''))}"
    same = item["namesakes"]
    if same and same > 1:
        words += f"；本轮资料中同名{same}人，先排除同名不同人"
    return f'<span class="id">{words}</span> '


def _evidence(rows: list[Row], most: int) -> str:
    if not most and rows:
        at = rows[0]
        return f'<p class="soft">依据：{_name(at["file"])}第{at["row"]}行等{len(rows)}行</p>'
    body = []
    for (role, file, sheet), group in groupby(
        rows[:most], key=lambda e: (e["role"], e["file"], e["sheet"])
    ):
        lines = list(group)
        over = f" rowspan={len(lines)}" if len(lines) > 1 else ""
        place = (
            f"<td{over}>{_name(file)}{f' · {say(sheet)}' if sheet else ''} <small>{role}</small>"
        )
        for i, line in enumerate(lines):
            body.append(
                f"<tr>{'' if i else place}<td class=h>第{line['row']}行<td>{say(_short(line['summary']))}"
            )
    rest = len(rows) - most
    more = (
        f"<tr><td colspan=3><small>其余{rest}行见 register.xlsx 的“证据”表</small>"
        if rest > 0
        else ""
    )
    return f"<table>{''.join(body)}{more}</table>"


def _short(text: str) -> str:
    """What a row says, without the name of its table (its file says that), in as many whole values as fit."""
    parts = text.split(" ｜ ")[1:] or [text]
    shown = parts[0]
    for part in parts[1:]:
        if len(shown) + len(part) > LONGEST:
            return shown + " …"
        shown += f" ｜ {part}"
    return shown


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
    """Candidates and yuan by aspect."""
    rows = page.own("report_aspect", "amount DESC NULLS LAST, aspect")
    if not rows:
        return section("四", "按方面汇总", "<p>没有线索候选。</p>", checklist(page))
    bars = [
        (
            page.names.get(("aspect", r["aspect"]), "未归类"),
            r["amount"] or 0.0,
            f"第{'、'.join(map(str, r['ranks']))}条",
        )
        for r in rows
    ]
    note = "每条候选只计入其主要模型的第一个方面；不同候选可能涉及同一笔钱，金额不宜相加。"
    return section("四", "按方面汇总", figure(aspects_chart(bars), note), checklist(page))
