"""register.xlsx of a village: the register of candidates, their evidence, what is explained, what was not run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xuncha_lib.masks import mask_text
from xuncha_lib.report.book import fill_sheet, new_book
from xuncha_lib.report.forms import register_rows
from xuncha_lib.report.html import BANNER, span

if TYPE_CHECKING:
    from xuncha_lib.report.village import VillagePage

KINDS = {
    "person": "人", "company": "单位", "contract": "合同", "project": "项目", "voucher": "凭证", "payee": "收款方",
    "month": "月份", "village": "村",
}  # fmt: skip
RESULTS = ["候选", "待核实", "部分属实", "属实", "不属实", "数据错误", "无法核实", "意见不一"]
REASON_CODES = [
    "FP01同名不同人", "FP02录入差错", "FP03补发补扣", "FP04政策允许", "FP05时间错位", "FP06户与人混淆", "FP07已备案回避",
    "FP08撤销退回", "FP09数据口径不同", "FP10标准参数错", "FP11表不全", "FP12其他",
]  # fmt: skip
ASK_NAME = "只有姓名与村相同、本村仅一人：先向村里核对身份证号，对上后再列线索"
COLUMNS = {
    "序号": 5, "候选编号": 19, "村": 12, "方面/表现形式": 24, "模型": 20, "对象类型": 8, "对象标识": 24, "疑点概述": 52,
    "金额（元）": 13, "起止": 13, "证据条数": 8, "身份匹配等级": 16, "同名人数": 8, "组合信号": 20,
    "常见正常解释（逐条注明已排除/未排除）": 36, "核查建议": 36, "核查人": 9, "期限": 11, "结果": 10, "说明材料": 16,
    "是否误报及原因码": 18, "转出去向": 12, "审批人": 9, "更新日期": 11,
}  # fmt: skip
"""Heading → width. From 核查人 on the columns are for people to fill."""


def write_register(page: VillagePage, path: Path) -> Path:
    """Write the book (through a temporary file) and return its path. Equal cases give equal bytes."""
    draft = path.with_name(f".{path.name}.tmp")
    book, formats = new_book(draft, f"{page.title}线索台账")
    note = f"{page.title}（{page.where}） · {BANNER} · {page.stamp} · 证号、电话、卡号已遮盖"
    _candidates(book.add_worksheet("线索台账"), page, formats, note)
    for name, (columns, rows) in _other_sheets(page).items():
        fill_sheet(book.add_worksheet(name), columns, rows, formats, note)
    book.close()
    draft.replace(path)
    return path


def _other_sheets(page: VillagePage) -> dict[str, tuple[dict[str, int], list[tuple[Any, ...]]]]:
    """Sheet → (heading → width, rows)."""
    names = {key: zh for (kind, key), zh in page.names.items() if kind == "model"}
    return {
        "证据": (
            {"序号": 5, "候选编号": 19, "作用": 7, "模型": 7, "文件": 44, "工作表": 14, "行": 7, "该行内容": 70},
            [
                (c["rank"], c["candidate_id"], e["role"], e["model_id"], e["file"], e["sheet"], e["row"], e["summary"])
                for c in page.found for e in c["evidence"]
            ],
        ),
        "已有说明": (
            {"模型": 7, "模型名称": 22, "对象": 20, "提示": 56, "金额（元）": 13, "资料中的说明": 40},
            [
                (r["model_id"], names.get(r["model_id"]), r["subject"], r["reason"], r["amount_yuan"], r["explained"])
                for r in page.own("report_explained", "model_id, subject, reason")
            ],
        ),
        "待补充信息": (
            {"模型": 7, "模型名称": 22, "对象": 20, "提示": 56, "金额（元）": 13, "起止": 13, "各名册同名人数": 9, "出处": 44, "要补充的": 40},
            [
                (r["model_id"], names.get(r["model_id"]), r["subject"], mask_text(r["reason"]), r["amount_yuan"],
                 span(r["first_on"], r["last_on"]), r["namesakes"], r["places"], ASK_NAME)
                for r in page.own("report_pending", "model_id, subject, reason")
            ],
        ),
        "账目筛查": (
            {"先后": 5, "疑点": 20, "数据显示": 60, "金额（元）": 13, "数字和参照": 44, "罕见程度": 24, "已查过的正常情形": 36,
             "怎样可以排除": 32, "出处": 44, "已列候选": 8, "复算办法": 40}, list(_odd(page)),
        ),
        "1+X清单": (
            {"编号": 7, "问题表现形式": 44, "方面": 18, "来源": 12, "情况": 22, "候选编号": 22, "运行模型": 9, "原因": 50},
            register_rows(page),
        ),
        "未运行模型": (
            {"模型": 7, "模型名称": 28, "原因": 60},
            [(r["model_id"], names.get(r["model_id"]), r["why"]) for r in page.not_run],
        ),
        "资料质量": (
            {"情况": 12, "文件": 44, "工作表": 16, "行": 7, "原因": 40, "内容或建议": 40}, list(_quality(page)),
        ),
        "依据文件": (
            {"文件": 60, "工作表": 8, "用到的行": 10, "SHA-256": 68},
            [(f["path"], f["sheets"], f["rows"], f["sha256"]) for f in page.own("report_file", "path")],
        ),
    }  # fmt: skip


def _odd(page: VillagePage) -> Iterator[tuple[Any, ...]]:
    """What is odd in the books, first things first; no candidates, but where to look when there is an hour left."""
    for r in page.own("odd_issue", "rank"):
        compared = "；".join(filter(None, (r["figure"], r["reference_group"])))
        yield (
            r["rank"], r["name"], r["claim"], r["amount_yuan"], compared, r["rarity"], r["checked"], r["clears"], r["places"],
            "是" if r["is_candidate"] else "", r["recompute"],
        )  # fmt: skip


def _quality(page: VillagePage) -> Iterator[tuple[Any, ...]]:
    for r in page.own("report_unread", "file, sheet"):
        yield "未读懂", r["file"], r["sheet"], None, r["why"], r["nearest"]
    for r in page.own("report_reject", "file, sheet, row"):
        yield (
            "未能入库",
            r["file"],
            r["sheet"],
            r["row"],
            r["why"],
            f"{r['column_zh'] or '整行'}：{r['value'] or ''}",
        )
    for r in page.own("report_total", "file, sheet, row"):
        told = f"表上{r['stated']:,.2f}，逐行相加{r['summed']:,.2f}"
        yield "合计不一致", r["file"], r["sheet"], r["row"], told, r["column"]


def _candidates(sheet: Any, page: VillagePage, formats: dict[str, Any], note: str) -> None:
    rows = [_register_row(page, item) for item in page.found]
    fill_sheet(sheet, COLUMNS, rows, formats, note)
    names = list(COLUMNS)
    last = 2 + len(rows)
    for heading, choices in (("结果", RESULTS), ("是否误报及原因码", REASON_CODES)):
        place = names.index(heading)
        if rows:
            options = {"validate": "list", "source": choices, "error_type": "information"}
            sheet.data_validation(2, place, last, place, options)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)


def _register_row(page: VillagePage, item: dict[str, Any]) -> tuple[Any, ...]:
    aspects = [page.names.get(("aspect", key), key) for key in item["aspects"]]
    forms = [page.names.get(("form", key), key) for key in item["forms"]]
    models = [f"{key} {page.names.get(('model', key), '')}" for key in item["model_ids"]]
    level = item["level"]
    return (
        item["rank"], item["candidate_id"], item["village_name"], "；".join(aspects) + "\n" + "；".join(forms), models[0],
        KINDS.get(item["subject_kind"], ""), item["subject"],
        "。\n".join(dict.fromkeys(r["reason"].rstrip("。") for r in item["reasons"])) or item["summary"],
        item["amount_yuan"], span(item["first_on"], item["last_on"]), len(item["evidence"]),
        f"L{level} {page.names.get(('level', str(level)), '')}" if level else "不涉及", item["namesakes"],
        "\n".join(models[1:]) or "单一模型", "\n".join(f"□{word}" for word in item["innocent"]),
        "\n".join(f"{n}. {word}" for n, word in enumerate(item["checks"], 1)), "", "", item["status"], "", item["review"], "", "", "",
    )  # fmt: skip
