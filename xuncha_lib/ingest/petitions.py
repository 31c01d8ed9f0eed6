"""The petition guard: who wrote a letter and what it says is never stored; only counts pass (信访工作条例 §30③).

Columns that name a petitioner or quote a letter are emptied before a row is read, so that nothing of them reaches a value,
a reject, a footer or a hash. A sheet that is no table of counts without them is refused as a whole, and the list of files says so.
"""

from __future__ import annotations

import re

from xuncha_lib.ingest.coded import Coded, code
from xuncha_lib.ingest.context import Context
from xuncha_lib.ingest.grid import Grid
from xuncha_lib.ingest.headings import JOIN, plain
from xuncha_lib.ingest.layout import Table
from xuncha_lib.ingest.profile import profile
from xuncha_lib.ingest.records import SheetRead

_ACT = "信访|上访|来访|来信|写信|举报|检举|控告|投诉|反映|诉求|来电|申诉|留言"
_WHO = re.compile(rf"(?:{_ACT})(?:人|者|群众|代表)|^(?:实名|匿名)$|写信人|来件人")
_TEXT = re.compile(
    rf"(?:{_ACT}|信件|工单)(?:件)?(?:的|具体|主要|反映)*(?:内容|事项|诉求|原文|摘要|正文|标题|描述|线索|概况|问题|情况)$|^诉求$|^(?:主要|具体)?(?:诉求|反映问题)$"
)
_ABOUT = re.compile(
    r"信访|来信来访|举报|检举|控告|上访|投诉|12345|12388|12380|热线工单|阳光信访|群众来信"
)
_PERSON = re.compile(
    r"姓名|联系人|身份证|电话|住址|地址|^当事人$|^群众$|答复|处理意见|办理情况|办理结果|调查"
)
_LONG = 16
"""Characters from which a text says something of its own; 干群矛盾 is a category."""

WHY = "含信访人姓名或信件内容（列名：{columns}），按规定不得收存，整张表未读入"
TODO = "请把该文件移出资料文件夹；只需按 村、年月、件次 报送件数"
LEFT_OUT = "只读入件数；含信访人姓名或信件内容的列未读入：{columns}"


def guarded(headings: list[str], columns: list[Coded], context: Context) -> list[int]:
    """Columns that name a petitioner or quote a letter; [] for a sheet that has nothing to do with petitions."""
    if not is_about(headings, context):
        return []
    names = _names(headings)
    who = [at for at, name in enumerate(names) if _WHO.search(name)]
    told = [at for at, name in enumerate(names) if _TEXT.search(name) and _is_words(columns[at])]
    persons = [at for at, name in enumerate(names) if _PERSON.search(name)]
    quoted = [at for at, column in enumerate(columns) if _is_quote(column)]
    if not (who or told or any(_is_name(columns[at]) for at in persons) or quoted):
        return []
    return sorted({*who, *told, *persons, *quoted})


def _names(headings: list[str]) -> list[str]:
    return [plain(heading.replace(JOIN, "")) for heading in headings]


def is_about(headings: list[str], context: Context) -> bool:
    """True for a sheet that has to do with petitions, by its headings or the words around it."""
    named = any(_ABOUT.search(text) for text in context.words)
    return named or any(map(_WHO.search, _names(headings)))


def _is_words(column: Coded) -> bool:
    return profile(column).get("han", 0.0) >= 0.5


def _is_name(column: Coded) -> bool:
    seen = profile(column)
    return max(seen.get(kind, 0.0) for kind in ("name", "id_no", "phone")) >= 0.5


def _is_quote(column: Coded) -> bool:
    """True for a column of sentences; places, offices and dates are short."""
    long = column.where(lambda cell: isinstance(cell, str) and len(cell) >= _LONG)
    return bool(long.sum() * 2 > column.filled().sum())


def guard(grid: Grid, table: Table, context: Context) -> str:
    """Empty the guarded columns of a table, cells and headings; the headings that were there, "" where none is guarded."""
    if not is_about(table.headings, context):
        return ""
    secret = guarded(
        table.headings, [column.take(table.body.rows) for column in grid.columns], context
    )
    shown = "、".join(h for at in secret if (h := table.headings[at].replace(JOIN, "/")))
    for at in secret:
        cells = grid.columns[at].tolist()
        for row in table.body:
            cells[row] = None
        grid.columns[at] = code(cells)
    if secret:
        grid.notes = {}
    table.headings = ["" if at in secret else h for at, h in enumerate(table.headings)]
    return shown or ("（无列名）" if secret else "")


def tell(read: SheetRead, columns: str, titles: tuple[str, ...]) -> None:
    """Say on the sheet what was left out; any other table than counts is refused, its titles with it."""
    if read.table == "petition_count":
        read.why = LEFT_OUT.format(columns=columns)
    else:
        read.status, read.table, read.why = "refused", None, WHY.format(columns=columns)
        read.nearest = read.missing = ""
        read.hints = read.hints[len(titles) :]
