"""Part of the round's page on judgement: reviews by model, what is held back, and the check for equal treatment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xuncha_lib.report.html import Html, bullets, say, section, table

if TYPE_CHECKING:
    from xuncha_lib.report.round import RoundPage


def reviewed(page: RoundPage) -> Html:
    """Statuses, confirmation rates with n, candidates held back with the reason, warnings of R26."""
    return section(
        "八", "复核与公平性", _statuses(page), _rates(page), _held_back(page), _fair(page)
    )


def _statuses(page: RoundPage) -> str:
    rows = page.rows(
        "SELECT status, count(*) AS n FROM candidate GROUP BY 1 ORDER BY n DESC, status"
    )
    told = "、".join(f"{say(r['status'])}{r['n']}条" for r in rows) or "没有候选"
    return f"<p>候选按复核状态：{told}。</p>"


def _rates(page: RoundPage) -> str:
    rows = page.rows("SELECT * FROM model_rate ORDER BY model_id")
    if not rows:
        return '<p class="soft">还没有复核。复核后，排序会参考各模型的确认率。</p>'
    is_used = page.settings.get("learning") != "0"
    note = (
        "排序已参考这些确认率（只按模型，不按人；向模型自己的估计收缩）"
        if is_used
        else "本次排序没有参考确认率"
    )
    body = [
        (
            f"{r['model_id']} {say(page.names.get(('model', r['model_id']), ''))}", str(r["decided"]), str(r["confirmed"]),
            f"{r['prior']:.0%}", f"{r['rate']:.0%}",
        )
        for r in rows
    ]  # fmt: skip
    head = ("模型", "已复核", "确认", "复核前估计", "现估计")
    return f'<p class="soft">{note}。</p>{table(head, body, numeric=(1, 2, 3, 4))}'


def _held_back(page: RoundPage) -> str:
    rows = page.rows(
        """SELECT why, sum(n)::INT AS n, count(DISTINCT village_code) AS villages,
                  string_agg(DISTINCT model_id, '、' ORDER BY model_id) AS models
           FROM candidate_cut GROUP BY why ORDER BY why"""
    )
    lines = [f"{say(r['why'])}：{r['n']}条（{r['villages']}个村；{r['models']}）" for r in rows]
    return f"<h4>没有列出的线索</h4>{bullets(lines)}" if lines else ""


def _fair(page: RoundPage) -> str:
    warned = page.rows(
        "SELECT * FROM fairness WHERE warns ORDER BY z DESC, model_id, grouping, member"
    )
    checked = page.rows("SELECT count(DISTINCT model_id) AS n FROM fairness")[0]["n"]
    title = "<h4>公平性检查</h4>"
    if not warned:
        return (
            f'{title}<p class="soft">{checked}个有命中的模型，按村的大小、姓氏、性别、证号质量比较命中率，'
            "没有发现明显偏向某一类的规则。命中太少的无法比较。</p>"
        )
    body = [
        (
            f"{r['model_id']} {say(page.names.get(('model', r['model_id']), ''))}", f"{say(r['grouping'])}：{say(r['member'])}",
            f"{r['hits']}/{r['exposed']:,}", f"{r['other_hits']}/{r['other_exposed']:,}", f"{r['ratio']:.1f}倍",
        )
        for r in warned
    ]  # fmt: skip
    note = (
        '<p class="bad">下列规则对某一类人或村的命中率明显偏高。可能是规则本身的原因（如证号缺损造成误配），'
        "请先检查规则，再看候选。这不说明该类人或村有问题。</p>"
    )
    head = ("模型", "类别", "命中/比对", "其他：命中/比对", "命中率之比")
    return title + note + table(head, body, numeric=(2, 3, 4))
