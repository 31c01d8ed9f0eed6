"""The round as a whole: by aspect, by model, by village, and which tables each village handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from xuncha_lib.report.case_file import shared
from xuncha_lib.report.charts import aspects_chart, figure
from xuncha_lib.report.forms import round_checklist
from xuncha_lib.report.html import Html, fold, masthead, say, section, style, table, yuan
from xuncha_lib.report.judged import reviewed

Row = dict[str, Any]
MOST_VILLAGES = 60
"""Above this many villages the coverage matrix has a line per town."""


@dataclass(frozen=True)
class RoundPage:
    """A case seen as one round, read-only."""

    con: duckdb.DuckDBPyConnection

    def rows(self, query: str, *values: Any) -> list[Row]:
        """Rows of a query as dicts; `?` are values."""
        found = self.con.execute(query, list(values))
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    @cached_property
    def settings(self) -> dict[str, str]:
        """What the round says about itself."""
        return {row["key"]: row["value"] for row in self.rows("SELECT key, value FROM setting")}

    @cached_property
    def names(self) -> dict[tuple[str, str], str]:
        """(kind, key) → Chinese name."""
        return {(r["kind"], r["key"]): r["zh"] for r in self.rows("SELECT * FROM report_name")}

    @cached_property
    def villages(self) -> list[Row]:
        """Villages with the number of candidates, their amount and the first one's title."""
        return self.rows(
            """SELECT v.village_code, v.village_name, v.town, v.county, count(c.candidate_id) AS candidates,
                      sum(c.amount_yuan)::DOUBLE AS amount, any_value(c.title) FILTER (c.rank = 1) AS first_title,
                      coalesce(max(c.score), 0) AS score
               FROM village v LEFT JOIN candidate c ON c.village_code = v.village_code AND c.status NOT IN ('不属实', '数据错误')
               WHERE v.of_round GROUP BY ALL ORDER BY v.county, v.town, v.village_code"""
        )

    @property
    def stamp(self) -> str:
        """The authority line of every page."""
        warrant = self.settings.get("warrant")
        return f"授权文号：{warrant}" if warrant else "未登记授权"

    @property
    def title(self) -> str:
        """Title of the round."""
        return self.settings.get("title") or "本轮汇总"

    def style(self) -> Html:
        """The style sheet, so that the executed notebook looks like the page."""
        return Html(f"<style>{style()}</style>")

    def answer(self) -> Html:
        """How many villages have candidates, how many, and what could not be checked."""
        with_any = [v for v in self.villages if v["candidates"]]
        total = sum(v["candidates"] for v in self.villages)
        files = self.rows("SELECT status, count(*) AS n FROM source_file GROUP BY 1 ORDER BY 1")
        unread = sum(f["n"] for f in files if f["status"] != "read")
        stopped = self.rows(
            "SELECT count(DISTINCT model_id) AS n FROM model_run WHERE village_code IS NULL AND status = 'not_run'"
        )
        lead = (
            f'<p class="lead">本轮{len(self.villages)}个村，<b>{len(with_any)}</b>个村有线索候选，共 <b>{total}</b> 条。</p>'
            f'<p class="soft">收到文件{sum(f["n"] for f in files)}个，其中{unread}个没有读成表；'
            f'{stopped[0]["n"]}个模型在全轮未能运行。按村查看：<a href="index.html">全部村</a></p>'
        )
        return Html(
            masthead(self.title, self.settings.get("team", ""), self.stamp)
            + section("一", "先看这里", lead)
        )

    def by_aspect(self) -> Html:
        """Candidates, villages and amounts by aspect."""
        rows = self.rows(
            """SELECT aspect, sum(candidates)::INT AS candidates, count(*) AS villages, sum(amount)::DOUBLE AS amount
               FROM report_aspect GROUP BY 1 ORDER BY amount DESC NULLS LAST, aspect"""
        )
        named = [(self.names.get(("aspect", r["aspect"]), "未归类"), r) for r in rows]
        total = max(len(self.villages), 1)
        body = [
            (
                say(n),
                str(r["candidates"]),
                f"{r['villages']}（{r['villages'] / total:.0%}）",
                yuan(r["amount"]) or "—",
            )
            for n, r in named
        ]
        chart = (
            aspects_chart([(n, r["amount"] or 0.0, f"{r['candidates']}条") for n, r in named])
            if named
            else ""
        )
        caption = "每条候选只计入其主要模型的第一个方面；不同候选可能涉及同一笔钱，金额不宜相加。"
        shown = table(("方面", "候选", "涉及村数", "涉及金额"), body, numeric=(1, 2, 3))
        return section("二", "按方面", shown, figure(chart, caption) if chart else "")

    def by_model(self) -> Html:
        """Each model: ran or not and why, hits, explained hits, candidates it is part of."""
        rows = self.rows(
            """WITH h AS (SELECT model_id, count(*) AS hits, count(explained) AS explained FROM hit GROUP BY 1),
                    c AS (SELECT unnest(model_ids) AS model_id, count(*) AS candidates, count(DISTINCT village_code) AS villages
                          FROM candidate WHERE status NOT IN ('不属实', '数据错误') GROUP BY 1)
               SELECT r.model_id, r.status, r.why, coalesce(h.hits, 0) AS hits, coalesce(h.explained, 0) AS explained,
                      coalesce(c.candidates, 0) AS candidates, coalesce(c.villages, 0) AS villages,
                      (SELECT count(*) FROM model_run x WHERE x.model_id = r.model_id AND x.village_code IS NOT NULL) AS absent
               FROM model_run r LEFT JOIN h USING (model_id) LEFT JOIN c USING (model_id)
               WHERE r.village_code IS NULL ORDER BY r.model_id"""
        )
        body = [self._model(r) for r in rows]
        ran = sum(r["status"] == "ran" for r in rows)
        head = ("模型", "运行情况", "命中", "已有说明", "列入候选", "涉及村数")
        note = f'<p class="soft">{len(rows)}个模型，{ran}个已运行。未运行的内容没有检查，不能当作“没有问题”。</p>'
        return section("三", "按模型", note, table(head, body, numeric=(2, 3, 4, 5)))

    def _model(self, row: Row) -> tuple[str, ...]:
        state = f"未运行：{say(row['why'])}" if row["status"] != "ran" else "已运行"
        if row["status"] == "ran" and row["absent"]:
            state += f"（{row['absent']}个村缺资料）"
        if row["status"] == "ran" and row["why"]:
            state += f"：{say(row['why'])}"
        name = f"{row['model_id']} {say(self.names.get(('model', row['model_id']), ''))}"
        return (
            name,
            state,
            *(str(row[k]) for k in ("hits", "explained", "candidates", "villages")),
        )

    def by_village(self) -> Html:
        """Candidates per village."""
        body = [
            (say(v["village_name"]), say(v["town"]), str(v["candidates"]), yuan(v["amount"]) or "—", say(v["first_title"]))
            for v in self.villages
        ]  # fmt: skip
        shown = table(("村", "镇街", "候选", "涉及金额", "排在第一的候选"), body, numeric=(2, 3))
        return section(
            "四", "按村", shown if len(body) <= MOST_VILLAGES else fold("点开查看", shown)
        )

    def coverage(self) -> Html:
        """Which tables came from which village; blank = nothing received, so nothing could be checked."""
        by_town = len(self.villages) > MOST_VILLAGES
        cells: dict[tuple[str, str], str]
        kinds = self.rows("SELECT DISTINCT kind, zh FROM report_holding ORDER BY kind, zh")
        held = self.rows("SELECT village_code, zh, rows FROM report_holding")
        if not by_town:
            cells = {(str(h["village_code"]), str(h["zh"])): f"{h['rows']:,}" for h in held}
            lines = [(str(v["village_code"]), say(v["village_name"])) for v in self.villages]
        else:
            town = {v["village_code"]: str(v["town"] or "") for v in self.villages}
            count: dict[tuple[str, str], int] = {}
            for h in held:
                place = (town.get(h["village_code"], ""), h["zh"])
                count[place] = count.get(place, 0) + 1
            cells = {place: f"{n}村" for place, n in count.items()}
            lines = [(name, say(name or "（镇街不明）")) for name in sorted(set(town.values()))]
        body: list[Sequence[str]] = [
            (name, *(cells.get((key, k["zh"]), "") for k in kinds)) for key, name in lines
        ]
        head = (
            "镇街" if by_town else "村",
            *(f"{k['kind']}<br>{_vertical(k['zh'])}" for k in kinds),
        )
        note = '<p class="soft">格内是已入库的行数；空白表示没有收到，相关内容未检查。</p>'
        return section("五", "资料覆盖", note, table(head, body, numeric=range(1, len(kinds) + 1)))

    def quality(self) -> Html:
        """Files by outcome and rows by fate: they add up to everything received."""
        files = self.rows("SELECT status, count(*) AS n FROM source_file GROUP BY 1 ORDER BY 1")
        fates = self.rows("SELECT fate, count(*) AS n FROM source_row GROUP BY 1 ORDER BY 1")
        zh = {
            "read": "已读入", "not_recognised": "未识别", "unreadable": "打不开", "refused": "按规定不收", "not_a_table": "不是表格", "canonical": "入库",
            "control": "合计行", "footer": "表尾", "rejected": "未能入库",
        }  # fmt: skip
        body = [("文件", str(zh.get(r["status"], r["status"])), f"{r['n']:,}") for r in files]
        body += [("行", str(zh.get(r["fate"], r["fate"])), f"{r['n']:,}") for r in fates]
        unread = self.rows(
            "SELECT DISTINCT file, sheet, why, nearest FROM report_unread ORDER BY ALL LIMIT 200"
        )
        listed = [
            (say(u["file"]), say(u["sheet"]), say(u["why"]), say(u["nearest"])) for u in unread
        ]
        more = table(("文件", "工作表", "原因", "最接近或建议"), listed)
        return section(
            "六", "资料质量", table(("", "结果", "数量"), body, numeric=(2,)),
            fold(f"没有读懂的文件或工作表：{len(listed)}个", more) if listed else "",
        )  # fmt: skip

    def checklist(self) -> Html:
        """Each form over all villages: candidates, nothing found, not checked, needs people; and who gets which list."""
        return round_checklist(self)

    def reviewed(self) -> Html:
        """What reviewers decided, by model; what is held back; and rules that hit one group far more often."""
        return reviewed(self)


def _vertical(words: str) -> str:
    """A heading of few characters a line."""
    return "<br>".join(words[i : i + 4] for i in range(0, len(words), 4))


def round_page(case_file: str | Path) -> RoundPage:
    """The round page of a case."""
    return RoundPage(shared(Path(case_file)))
