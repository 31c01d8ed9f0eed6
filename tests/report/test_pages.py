"""Pages of a small round: the answer first, masked, offline, small; and the register beside them."""

import re
from pathlib import Path

import duckdb
import openpyxl
import pytest

from xuncha_lib import report
from xuncha_lib.candidates.words import verdict_words
from xuncha_lib.errors import UnknownName
from xuncha_lib.report.html import BANNER
from xuncha_lib.report.prepare import _summed

ID_OR_CARD = re.compile(r"(?<![0-9A-Za-z.])[1-9]\d{14,20}[0-9Xx]?(?![0-9A-Za-z])")
PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
PARTS = "一二三四五六七八九十"


def pages(small_round):
    return sorted(small_round.out.rglob("*.html"))


def visible(html):
    """What a reader sees: without style, hashes and tags."""
    html = re.sub(r"<style>.*?</style>|<code>.*?</code>|<svg.*?</svg>", "", html, flags=re.S)
    return re.sub(r"<[^>]*>", " ", html)


def test_nothing_leaves_the_machine_and_every_page_is_small(small_round):
    """No http(s) address in any page; village pages within 40 KB, their notebooks within 60 KB."""
    for path in pages(small_round):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"https?:|//[a-z]", text), path
        assert "<script" not in text
    for path in small_round.out.rglob("report.html"):
        assert path.stat().st_size <= 40 * 1024, path
    for path in small_round.out.rglob("report.ipynb"):
        assert path.stat().st_size <= 60 * 1024, path


def test_no_name_of_a_column_of_ours_is_shown(small_round):
    """Pages speak of 支出 and 发放日期, never of payment_yuan."""
    for path in pages(small_round):
        found = re.findall(
            r"\b[a-z]+_(?:yuan|on|mu|receipt|payment)\b", visible(path.read_text(encoding="utf-8"))
        )
        assert not found, (path, found)


def test_columns_of_written_totals_have_chinese_names():
    """A column of the table, one the reader alone knows, and a total of no column."""
    con = duckdb.connect()
    con.execute(
        "CREATE TABLE control_total AS SELECT * FROM (VALUES (1, 'payment_yuan'), (2, 'cash_receipt'), (3, '')) t(row_id, \"column\")"
    )
    con.execute("CREATE TABLE source_row AS SELECT row_id, 1 AS sheet_id FROM control_total")
    con.execute("CREATE TABLE sheet AS SELECT 1 AS sheet_id, 'cashbook' AS table_name")
    told = _summed(con)
    assert told["cashbook.payment_yuan"] == "支出"
    assert not told["cashbook.cash_receipt"].isascii()
    assert len(told) == 2


def test_everything_shown_is_masked(small_round):
    """No ID, card or phone number in pages, executed notebooks or registers."""
    texts = [visible(path.read_text(encoding="utf-8")) for path in pages(small_round)]
    for path in small_round.out.rglob("register.xlsx"):
        book = openpyxl.load_workbook(path, read_only=True)
        names = [name for name in book.sheetnames if name != "依据文件"]
        texts += [str(cell) for name in names for row in book[name].values for cell in row if cell]
    for text in texts:
        assert not ID_OR_CARD.search(text), text[:200]
        assert not PHONE.search(text), text[:200]


def test_the_tool_judges_nobody(small_round):
    """Sentences written by the tool hold no judging word; summaries quoted from books may."""
    case = str(small_round.case_file)
    for village in report.round_page(case).villages:
        page = report.village_page(case, village["village_code"])
        parts = (
            page.answer,
            page.charts,
            page.portrait,
            page.models_not_run,
            page.scope_and_inputs,
            page.parameters,
        )
        for part in parts:
            assert verdict_words(visible(part())) == []


def test_the_first_screen_is_the_answer(small_round):
    """How many, the first few with reason, amount, place and first step; the banner; the missing warrant."""
    top = max(report.round_page(small_round.case_file).villages, key=lambda v: v["candidates"])
    page = report.village_page(small_round.case_file, top["village_code"])
    text = page.answer()

    assert BANNER in text
    assert "未登记授权" in text
    assert f"<b>{top['candidates']}</b> 条线索候选" in text
    assert 3 <= text.count("先做：") <= 5
    assert text.count("依据：") == text.count("先做：")
    assert re.search(r"第\d+行", text)


def test_advice_stays_when_rows_must_go(small_round):
    """The first candidate always says what may explain it; models that agree are named once, a chance is never certain."""
    for path in small_round.out.rglob("report.html"):
        candidates = path.read_text("utf-8").split("<h2>")[2]
        if "<article" in candidates:
            assert "<b>先排除</b>" in candidates.split("</article>")[0]
            assert "个模型指向同一对象" not in candidates
            assert not re.search(r"参考可信度\d", candidates)


def test_a_village_without_candidates_is_not_called_clean(small_round):
    """It says what could not be checked."""
    quiet = [v for v in report.round_page(small_round.case_file).villages if not v["candidates"]]
    if not quiet:
        pytest.skip("every village of this round has candidates")
    page = report.village_page(small_round.case_file, quiet[0]["village_code"])
    assert "<b>没有</b>需要优先核查" in page.answer()


def test_ten_parts_in_order(small_round):
    """The page follows domain.md 7.8, every part numbered."""
    for path in small_round.out.rglob("report.html"):
        assert re.findall(r"<h2>(.)、", path.read_text(encoding="utf-8")) == list(PARTS)


def test_every_candidate_can_be_walked_back(small_round):
    """Each one has a reason, evidence with file, sheet and row, what may explain it, and how to check."""
    for village in report.round_page(small_round.case_file).villages:
        page = report.village_page(small_round.case_file, village["village_code"])
        html = page.candidates()
        for item in page.found:
            assert item["reasons"], item["title"]
            assert item["evidence"], item["title"]
            assert item["innocent"] and item["checks"], item["title"]
            assert f'id="c{item["rank"]}"' in html
            assert all((small_round.raw / e["file"]).is_file() for e in item["evidence"])


def test_links_and_assets_exist(small_round):
    """Relative links of pages lead somewhere; the fallback font and its licence lie beside them once."""
    from urllib.parse import unquote

    for path in pages(small_round):
        text = path.read_text(encoding="utf-8")
        for link in re.findall(r"""(?:href="|url\(')([^"'#]+)""", text):
            assert (path.parent / unquote(link)).is_file(), (path, link)
    assert {p.name for p in (small_round.out / "assets").iterdir()} == {
        "NotoSansCJKsc-xuncha.woff2",
        "OFL.txt",
    }


def test_register_has_all_columns_and_all_evidence(small_round):
    """Columns of the register of the trade; frozen headings; every row of evidence, not only those on the page."""
    for path in small_round.out.rglob("register.xlsx"):
        book = openpyxl.load_workbook(path)
        assert book.sheetnames == [
            "线索台账",
            "证据",
            "已有说明",
            "待补充信息",
            "账目筛查",
            "1+X清单",
            "未运行模型",
            "资料质量",
            "依据文件",
        ]
        head = [cell.value for cell in book["线索台账"][2]]
        for name in (
            "候选编号",
            "疑点概述",
            "身份匹配等级",
            "核查人",
            "是否误报及原因码",
            "转出去向",
            "更新日期",
        ):
            assert name in head
        assert book["线索台账"].freeze_panes == "C3"
        counted = sum(
            row[head.index("证据条数")]
            for row in book["线索台账"].iter_rows(min_row=3, values_only=True)
        )
        assert counted == book["证据"].max_row - 2
        assert BANNER in book["线索台账"]["A1"].value


def test_village_by_name_code_or_neither(small_round):
    """A name two villages share needs the code; an unknown one is an error that names the nearest."""
    rows = report.round_page(small_round.case_file).villages
    names = [v["village_name"] for v in rows]
    for village in rows:
        if names.count(village["village_name"]) == 1:
            assert (
                report.village_page(small_round.case_file, village["village_name"]).code
                == village["village_code"]
            )
        else:
            with pytest.raises(UnknownName, match="同名村"):
                report.village_page(small_round.case_file, village["village_name"])
    with pytest.raises(UnknownName, match="没有这个名称"):
        report.village_page(small_round.case_file, "没有的村")


def test_the_report_is_light_to_import():
    """A kernel imports it before every notebook: no pandas, no catalogue."""
    import subprocess
    import sys

    code = "import sys, xuncha_lib.report.village; print([m for m in ('pandas', 'numpy', 'yaml') if m in sys.modules])"
    root = Path(report.__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True
    )
    assert done.stdout.strip() == "[]"


def test_rows_asked_for_again_are_the_callers_own(small_round):
    code = small_round.result.villages[0]["village_code"]
    page = report.village_page(small_round.case_file, code)
    first = page.own("village")
    first[0]["village_name"] = "改过"
    assert page.own("village")[0]["village_name"] == page.title != "改过"
    assert page.answer() is page.answer()
