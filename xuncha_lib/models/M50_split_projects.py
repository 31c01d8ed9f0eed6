"""---
id: M50
name: 同类工程拆分、每项低于招标限额
category: C7
severity: high
identity: null
prior: 0.65
needs: {project: [row_id, village_code, project_name]}
uses:
  limit_span: [town, name, valid_from, valid_to, value, source]
  project: [winner, winner_name, winner_org, project_kind, fund_source, ceiling_yuan, method, bid_yuan,
            contract_yuan, signed_on, started_on, finished_on, settled_yuan, note]
  village: [village_name, town]
knobs: {days: 180, low_share: 0.5, least_likeness: 0.5}
basis: [招标投标法 §4, 招标投标法 §49, 招标投标法实施条例 §24]
reason: "{n}个同类项目（{names}）{days_apart}天内发包，每个都低于{limit}元（{limit_kind}），合计{amount_yuan}元，{who}，需核实是否同一工程"
innocent: [资金来源不同, 应急抢修, 分期建设的自然阶段, 不同年度]
check: [立项与预算文件, 图纸, 现场是否同一标段, 会议记录]
aspects: [A08]
forms: [F34]
note: 没有当地限额时按常见的整数限额关口比较，理由中写明，把握较低
not_for: 招标限额为参考值或没有在册时，不能据此定性
---
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from typing import Any

import duckdb
import pandas as pd

from xuncha_lib.outliers.wording import likeness

ROUND_MARKS = (50_000, 100_000, 200_000, 300_000, 400_000, 500_000, 600_000, 1_000_000)
"""Where towns commonly set the line for open tender; used with a lower chance than a limit on file."""

_PROJECTS = """
SELECT p.row_id, p.village_code, replace(replace(p.project_name, coalesce(v.village_name, '\0'), ''), coalesce(v.town, '\0'), '') AS name,
       p.project_kind AS kind, CAST(coalesce(p.contract_yuan, p.bid_yuan, p.ceiling_yuan, p.settled_yuan) AS DOUBLE) AS yuan,
       CAST(coalesce(p.ceiling_yuan, p.contract_yuan, p.bid_yuan) AS DOUBLE) AS budget,
       coalesce(p.signed_on, p.started_on, p.finished_on) AS day, coalesce(p.winner_org, p.winner_name) AS winner,
       p.fund_source AS fund, coalesce(v.town, '') AS town, coalesce(p.method, '') AS method,
       says_emergency(p.project_name) OR says_emergency(p.note) OR says_emergency(p.method) AS is_emergency,
       says_phase(p.project_name) OR says_phase(p.note) AS is_phase
FROM project p JOIN village v USING (village_code) WHERE p.project_name IS NOT NULL ORDER BY p.village_code, p.row_id
"""
_LIMITS = (
    "SELECT town, valid_from, valid_to, value, source FROM limit_span WHERE name = 'tender_yuan'"
)
_COLUMNS = [
    "village_code", "subject_kind", "subject_key", "subject", "level", "evidence", "amount_yuan", "first_on",
    "last_on", "p", "explained", "n", "names", "limit", "limit_kind", "days_apart", "who",
]  # fmt: skip


def find(con: duckdb.DuckDBPyConnection, knobs: dict[str, Any]) -> pd.DataFrame:
    """One hit per group of like projects that stay under one limit together crossing it."""
    found = con.execute(_PROJECTS)
    columns = [column[0] for column in found.description]
    villages: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in found.fetchall():
        project = dict(zip(columns, row, strict=True))
        if project["yuan"] and project["day"]:
            villages[project["village_code"]].append(project)
    limits = con.execute(_LIMITS).fetchall()
    hits = []
    for projects in villages.values():
        for group in _alike(projects, knobs):
            best = _best_mark(group, limits, float(knobs["low_share"]))
            if best is not None:
                hits.append(_hit(group, *best))
    return pd.DataFrame(hits, columns=_COLUMNS)


def _alike(projects: list[dict[str, Any]], knobs: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """Groups of two and more projects of one kind within the days, in order of their first."""
    left = sorted(projects, key=lambda p: (p["day"], p["row_id"]))
    groups = []
    while left:
        first, *rest = left
        group = [first] + [
            p for p in rest
            if (p["day"] - first["day"]).days <= knobs["days"] and _same_kind(first, p, knobs["least_likeness"])
        ]  # fmt: skip
        left = [p for p in rest if p not in group]
        if len(group) >= 2:
            groups.append(group)
    return groups


_COMMON = re.compile(r"工程|建设|修建|新建|改造|项目|提升|安装|铺设|整治|实施")
"""Words that any two projects share."""


def _same_kind(a: dict[str, Any], b: dict[str, Any], least: float) -> bool:
    alike = likeness(_COMMON.sub("", a["name"]), _COMMON.sub("", b["name"]))
    return alike >= least or bool(
        a["kind"] and a["kind"] == b["kind"] and alike >= 0.3 and a["winner"] == b["winner"]
    )


def _best_mark(
    group: list[dict[str, Any]], limits: list[tuple[Any, ...]], low: float
) -> tuple[float, str, float] | None:
    """(limit, where it is from, closeness 0–1) of the limit that the group stays under and crosses together."""
    day: date = group[0]["day"]
    own = [
        (v, s)
        for town, start, end, v, s in limits
        if town == group[0]["town"] and start <= day <= end
    ]
    marks = [(v, s or "限额表") for v, s in own] + [
        (float(m), "") for m in ROUND_MARKS if m not in {v for v, _ in own}
    ]
    fits = []
    for mark, source in marks:
        for key in ("budget", "yuan"):
            sums = [p[key] for p in group]
            if all(low * mark <= s < mark for s in sums) and sum(sums) >= mark:
                fits.append((bool(source), min(sums) / mark, mark, source))
    if not fits:
        return None
    _, closeness, mark, source = max(fits)
    return mark, source, closeness


def _hit(
    group: list[dict[str, Any]], mark: float, source: str, closeness: float
) -> tuple[Any, ...]:
    winners = {p["winner"] for p in group if p["winner"]}
    same = len(winners) == 1 and all(p["winner"] for p in group)
    p = 0.5 + (0.25 if same else 0.0) + (0.1 if source and "参考" not in source else 0.0)
    p += 0.1 if closeness >= 0.75 else 0.0
    p -= 0.0 if source or closeness >= 0.8 else 0.1
    funds = {p["fund"] for p in group}
    said = None
    if any(project["is_emergency"] for project in group):
        said = "台账注明应急抢修"
    elif len(funds) == len(group) and None not in funds:
        said = "资金来源各不相同"
    elif any(project["is_phase"] for project in group) and not same:
        said = "名称或备注注明分期、续建或标段"
    elif any("招标" in project["method"] for project in group):
        said = "其中有项目已公开招标"
    names = "、".join(p["name"] for p in group)
    return (
        group[0]["village_code"], "project", f"p{group[0]['row_id']}", names, None, [p["row_id"] for p in group],
        sum(p["yuan"] for p in group), group[0]["day"], group[-1]["day"], min(p, 0.9), said, len(group), names, mark,
        source or "常见招标限额关口，本地限额待核对", (group[-1]["day"] - group[0]["day"]).days,
        "同一施工单位" if same else "施工单位不同",
    )  # fmt: skip
