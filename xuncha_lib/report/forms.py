"""The 1+X list of a village: per form candidates, checked and nothing found, could not be checked and why, needs people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xuncha_lib.report.html import Html, fold, say, section, table

if TYPE_CHECKING:
    import duckdb

    from xuncha_lib.models import Model
    from xuncha_lib.report.round import RoundPage
    from xuncha_lib.report.village import VillagePage

Row = dict[str, Any]
STATES = {
    "found": "有线索候选", "clear": "已查，未见候选", "part": "只查了一部分，未见候选", "not_checked": "未能检查",
    "people": "要靠谈话走访了解",
}  # fmt: skip
"""State of a form in a village → words. Only `clear` says that the tables were there and nothing was found."""
_LONGEST, _LONGEST_NAME = 34, 14
"""Characters shown of a reason and of a form's name; register.xlsx has all."""


def prepare_forms(con: duckdb.DuckDBPyConnection, models: Mapping[str, Model]) -> None:
    """Fill report_form and report_list: what is asked of each village and what came of it."""
    from xuncha_lib.checklist import assign_lists, load_checklist, load_lists
    from xuncha_lib.store import append

    assign_lists(con)
    forms, (_, lists) = load_checklist().forms, load_lists()
    given: dict[str, tuple[str, list[tuple[Any, ...]]]] = {
        "form_name": (
            "form VARCHAR, zh VARCHAR, aspect VARCHAR, common BOOLEAN", [(key, *spec) for key, spec in forms.items()],
        ),
        "form_model": (
            "form VARCHAR, model_id VARCHAR", [(form, m.id) for m in models.values() for form in m.forms],
        ),
        "list_form": ("list_id VARCHAR, form VARCHAR", [(x.id, form) for x in lists.values() for form in x.forms]),
        "list_name": ("list_id VARCHAR, zh VARCHAR", [(x.id, x.zh) for x in lists.values()]),
    }  # fmt: skip
    for name, (columns, rows) in given.items():
        con.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({columns})")
        append(con, name, rows)
    con.execute(Path(__file__).with_name("forms.sql").read_text(encoding="utf-8"))


def checklist(page: VillagePage) -> str:
    """The village's list in five lines: every form stands in exactly one of them."""
    rows, lists = page.own("report_form", "form"), page.own("report_list", "list_id")
    if not rows:
        return ""
    given = [f"{x['list_id']} {say(x['zh'])}（{say(x['why'])}）" for x in lists if x["fits"]]
    unsure = [x["list_id"] for x in lists if x["fits"] is None]
    note = f"共性清单{sum('通' in r['source'] for r in rows)}项"
    note += f"，另加个性清单：{'；'.join(given)}" if given else "，没有加个性清单"
    if unsure:
        note += f"。{'、'.join(unsure)} 缺资料，未能判断是否适用（见台账）"
    body = []
    for state, words in STATES.items():
        own = [r for r in rows if r["state"] == state]
        if own:
            body.append((f"{words}<br>{len(own)}项", _forms(state, own)))
    return f'<h4>1+X 清单</h4><p class="soft">{note}。</p>{table(("情况", "问题表现形式"), body)}'


def _forms(state: str, rows: Sequence[Row]) -> str:
    if state == "found":
        return "；".join(f"{_name(r)}（第{'、'.join(map(str, r['ranks']))}条）" for r in rows)
    if state in {"not_checked", "part"}:
        by_why = sorted(rows, key=lambda r: (r["why"], r["form"]))
        return "<br>".join(
            f"{'；'.join(map(_name, group))}——{say(_short(why))}"
            for why, group in ((w, list(g)) for w, g in groupby(by_why, key=lambda r: r["why"]))
        )
    return "；".join(map(_name, rows))


def _name(row: Row) -> str:
    mark = "" if "通" in row["source"] else f" <small>{say(row['source'])}</small>"
    first = row["zh"].partition("，")[0]
    return f"{row['form']} {say(first if len(first) <= _LONGEST_NAME else first[: _LONGEST_NAME - 1] + '…')}{mark}"


def _short(why: str) -> str:
    return why if len(why) <= _LONGEST else f"{why[:_LONGEST]}…"


def register_rows(page: VillagePage) -> list[tuple[Any, ...]]:
    """The list as register.xlsx has it: one form a line, then the personalised lists and why."""
    ids = {item["rank"]: item["candidate_id"] for item in page.found}
    rows: list[tuple[Any, ...]] = [
        (
            r["form"], r["zh"], page.names.get(("aspect", r["aspect"]), r["aspect"]), r["source"], STATES[r["state"]],
            "\n".join(ids[rank] for rank in r["ranks"] or () if rank in ids), f"{r['able']}/{r['models']}", r["why"] or "",
        )
        for r in page.own("report_form", "form")
    ]  # fmt: skip
    words = {True: "适用", False: "不适用", None: "未能判断"}
    return rows + [
        (x["list_id"], x["zh"], "个性清单", "", words[x["fits"]], "", "", x["why"])
        for x in page.own("report_list", "list_id")
    ]


def round_checklist(page: RoundPage) -> Html:
    """Each form over all villages, and which villages get which personalised list."""
    rows = page.rows(
        """SELECT form, zh, state, count(*) AS n FROM report_form GROUP BY ALL ORDER BY form"""
    )
    body = []
    for (form, zh), group in groupby(rows, key=lambda r: (r["form"], r["zh"])):
        counts = Counter({r["state"]: r["n"] for r in group})
        told = "，".join(
            f"{words}{counts[state]}村" for state, words in STATES.items() if counts[state]
        )
        body.append((f"{form} {say(zh)}", told))
    shown = table(("问题表现形式", "各村情况"), body)
    lists = page.rows(
        """SELECT list_id, zh, count(*) FILTER (fits) AS yes, count(*) FILTER (fits IS NULL) AS unknown,
                  any_value(l.why) FILTER (fits IS NULL) AS why,
                  list(v.village_name ORDER BY v.village_code) FILTER (fits) AS villages
           FROM report_list l JOIN village v USING (village_code) GROUP BY ALL ORDER BY list_id"""
    )
    given = table(
        ("个性清单", "村数", "村", "未能判断"),
        [
            (
                f"{x['list_id']} {say(x['zh'])}", str(x["yes"]), _villages(x["villages"] or []),
                f"{x['unknown']}个村：{say(x['why'])}" if x["unknown"] else "",
            )
            for x in lists
        ],
        numeric=(1,),
    )  # fmt: skip
    note = (
        '<p class="soft">格内是村数。“未能检查”和“要靠谈话走访了解”的内容不能当作“没有问题”。</p>'
    )
    return section("七", "1+X 清单", note, given, fold(f"按问题表现形式（{len(body)}项）", shown))


def _villages(names: Sequence[str], most: int = 8) -> str:
    shown = "、".join(say(name) for name in names[:most])
    return shown if len(names) <= most else f"{shown} 等"
