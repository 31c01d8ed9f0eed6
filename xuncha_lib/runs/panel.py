"""Review by click in JupyterLab: one candidate at a time, what it rests on, and four buttons. Works offline."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import ipywidgets as w

from xuncha_lib.candidates.review_log import REASON_CODES
from xuncha_lib.errors import XunchaError

if TYPE_CHECKING:
    from xuncha_lib.runs.reviewing import Reviewing

BUTTONS = {
    "confirm": ("属实", "success"), "dismiss": ("排除", "danger"), "more": ("要求补充", "warning"), "undo": ("撤回", ""),
}  # fmt: skip
_ROWS = 12


class ReviewPanel:
    """The widgets, by name, so that code can do what a click does.

    choice: candidates, those nobody decided on first.   code, note, by: what goes with a decision.   said: the outcome.
    """

    def __init__(self, case: Reviewing, village: str | None = None, *, by: str = "") -> None:
        self.case, self.village = case, village
        wide = w.Layout(width="100%")
        self.choice = w.Dropdown(description="候选", layout=wide)
        self.code = w.Dropdown(
            description="原因码", options=[(f"{key} {zh}", key) for key, zh in REASON_CODES.items()], value="FP12"
        )  # fmt: skip
        self.note = w.Text(description="说明", placeholder="证号、电话、卡号会被遮盖", layout=wide)
        self.by = w.Text(description="复核人", value=by, placeholder="空着就用本机用户名")
        self.shown, self.said = w.HTML(), w.HTML()
        self.buttons = {
            act: w.Button(description=zh, button_style=style)
            for act, (zh, style) in BUTTONS.items()
        }
        for act, button in self.buttons.items():
            button.on_click(lambda _, act=act: self.decide(act))
        self.choice.observe(lambda change: self.show(change["new"]), names="value")
        self.box = w.VBox([
            self.choice, self.shown, w.HBox([self.by, self.code]), self.note, w.HBox(list(self.buttons.values())), self.said,
        ])  # fmt: skip
        self.refresh()

    def _ipython_display_(self) -> None:
        from IPython.display import display

        display(self.box)  # type: ignore[no-untyped-call]

    def refresh(self, keep: str | None = None) -> None:
        """Read the candidates and the log again; go on with the first that is open, or stay with `keep`."""
        self.rows = {
            r["candidate_id"]: r for r in self.case.candidates(self.village).to_dict("records")
        }
        ordered = sorted(
            self.rows.values(), key=lambda r: (r["status"] != "候选", r["rank"], r["village_code"])
        )
        options = [(_label(row), row["candidate_id"]) for row in ordered]
        self.choice.options = options
        if options:
            self.choice.value = keep if keep in self.rows else options[0][1]
            self.show(self.choice.value)
        else:
            self.shown.value = "<p>没有候选。</p>"

    def show(self, candidate: str | None) -> None:
        """Everything a decision needs: why, how sure, what may explain it, which rows."""
        if candidate is None or candidate not in self.rows:
            return
        row = self.rows[candidate]
        evidence = self.case.evidence(candidate)
        lines = "".join(
            f"<tr><td>{escape(e['role'])}<td>{escape(e['file'])} {escape(e['sheet'] or '')} 第{e['row']}行"
            f"<td>{escape(e['summary'])}</tr>"
            for e in evidence.head(_ROWS).to_dict("records")
        )
        more = f"<p>另有{len(evidence) - _ROWS}行</p>" if len(evidence) > _ROWS else ""
        self.shown.value = (
            f"<h3>{escape(row['title'])}</h3><p>{escape(row['summary'])}</p><p>{escape(row['why'])}</p>"
            f"<p><b>先排除</b> {escape('、'.join(row['innocent']))}</p>"
            f"<p><b>怎么查</b> {escape('；'.join(row['checks']))}</p>"
            f"<p><b>{escape(row['status'])}</b> {escape(row['review'])}</p><table>{lines}</table>{more}"
        )

    def decide(self, act: str) -> None:
        """Write the decision; go on to the next open candidate, or say what is wrong and stay."""
        candidate = self.choice.value
        if candidate is None:
            return
        words: dict[str, Any] = {"note": self.note.value, "by": self.by.value}
        if act == "dismiss":
            words["code"] = self.code.value
        try:
            full, verdict = self.case.review(act, candidate, **words)
        except XunchaError as error:
            self.said.value = f"<p>{escape(str(error))}</p>"
            return
        self.note.value = ""
        self.refresh(keep=full if act == "undo" else None)
        done = sum(row["status"] != "候选" for row in self.rows.values())
        self.said.value = (
            f"<p>已记下：{full} {escape(verdict.status)}。已复核 {done}/{len(self.rows)} 条。</p>"
        )


def _label(row: dict[str, Any]) -> str:
    return f"{row['status']} · {row['village_name']}第{row['rank']}条 · {row['title']}"
