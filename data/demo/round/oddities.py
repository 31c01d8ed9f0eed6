"""What else lies in the folders: versions, wrong endings, broken and foreign files."""

import random
import zipfile
from pathlib import Path

from .desk import Desk
from .sheet import Book, Sheet
from .world import Place, Record

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def revise(desk: Desk) -> None:
    """Versions '(改)', other endings, hidden rows and sheets, before anything is saved."""
    rng = desk.rng("oddities")
    plain = [b for b in desk.books if b.path.endswith(".xlsx")]
    _versions(desk, rng, plain)
    for book in rng.sample(plain, min(5, len(plain))):
        _hide(rng, book)
    old = [b for b in desk.books if b.path.endswith(".xls") and b.kind == "xls"]
    for book in rng.sample(old, min(3, len(old))):
        _rename(desk, book, book.path[:-4] + ".et")
    for book in rng.sample([b for b in desk.books if b.path.endswith(".xlsx")], 3):
        _rename(desk, book, book.path[:-5] + rng.choice((".xls", ".et", ".xls")))


def _records(desk: Desk) -> list[Record]:
    return [r for rows in desk.world.tables.values() for r in rows]


def _rename(desk: Desk, book: Book, path: str) -> None:
    for record in _records(desk):
        record.places = [
            Place(path, p.sheet, p.row) if p.file == book.path else p for p in record.places
        ]
    book.path = path


def _versions(desk: Desk, rng: random.Random, plain: list[Book]) -> None:
    chosen = rng.sample(plain, min(4, len(plain)))
    for i, book in enumerate(chosen):
        tail = ("(改)", "(最终版)", "(改)", "最终版2")[i]
        stem, _, ending = book.path.rpartition(".")
        copy = Book(f"{stem}{tail}.{ending}", book.kind)
        for sheet in book.sheets:
            twin = Sheet(copy, sheet.name, [list(r) for r in sheet.rows], list(sheet.merges))
            copy.sheets.append(twin)
        if i >= 2:
            copy.sheets[0].line(["注：以本次报送为准"])
        desk.books.append(copy)
        for record in _records(desk):
            record.places += [
                Place(copy.path, p.sheet, p.row) for p in record.places if p.file == book.path
            ]


def _hide(rng: random.Random, book: Book) -> None:
    sheet = rng.choice(book.sheets)
    if len(sheet.rows) > 12:
        sheet.hidden_rows.update(rng.sample(range(6, len(sheet.rows)), 2))
    if len(book.sheets) == 1:
        note = book.sheet("说明")
        note.line(["本表由系统导出后整理，如有疑问请联系镇经管站。"])
        note.hidden = True


def leave(desk: Desk, raw: Path) -> None:
    """Files that are not tables, or not any more."""
    towns = list(dict.fromkeys(v.town for v in desk.world.villages))
    first = desk.world.villages[0]
    _put(
        raw / towns[0] / f"~${first.name}户籍人口花名册.xlsx",
        b"\x05admin" + b" " * 49 + b"\x05\x00a\x00d\x00m\x00i\x00n" + b"\x00" * 90,
    )
    _word(
        raw / towns[0] / "关于报送村级巡察数据的情况说明.docx",
        "现将我镇各村财务、合同、项目等资料报送如下，部分资料以纸质为准。",
    )
    _put(
        raw / towns[-1] / "村务公开栏照片.pdf",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
    )
    _put(raw / towns[-1] / "巡察资料接收单.pdf", b"%PDF-1.4\n%scan\n%%EOF\n")
    _put(
        raw / towns[1 % len(towns)] / "低保家庭核对结果(加密).xlsx",
        _OLE + b"\x00" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 2048,
    )
    whole = next(b for b in desk.books if b.kind == "xlsx" and b.path.endswith(".xlsx"))
    _put(
        raw / towns[1 % len(towns)] / "2022年收支明细(打不开).xlsx",
        (raw / whole.path).read_bytes()[:3000],
    )
    _put(raw / towns[0] / "说明.txt", "数据截止日期：2024年12月31日。\r\n".encode("gb18030"))
    for village in desk.world.villages:
        if not village.has_books:
            _word(
                raw / village.town / village.name / "账务未移交情况说明.docx",
                f"{village.name}账册被镇经管站调阅，未能提供电子账。",
            )


def foreign(desk: Desk) -> None:
    """Tables nobody asked for, and an empty one."""
    town = desk.world.villages[0].town
    book = desk.book(f"{town}/主题党日签到表", "xlsx")
    sheet = book.sheet("签到")
    sheet.wide(f"{town}主题党日活动签到表", 4)
    sheet.line(["场次", "活动地点", "主持", "应到/实到"])
    for i in range(1, 13):
        sheet.line([f"第{i}次", "党员活动室", "支部委员", f"{30 + i}/{26 + i % 4}"])
    book.sheet("Sheet2")
    empty = desk.book(f"{town}/空白模板", "xlsx")
    empty.sheet("Sheet1")
    other = desk.book(f"{desk.world.villages[-1].town}/人居环境考核评分", "xls")
    page = other.sheet("评分")
    page.line(["考核项目", "分值", "扣分原因", "得分"])
    for name in ("垃圾清运", "污水治理", "村容村貌", "户厕管护"):
        page.line([name, 25, "", 23])


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _word(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    types = (
        '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>'
    )
    rels = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    )
    body = (
        '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in (
            ("[Content_Types].xml", types),
            ("_rels/.rels", rels),
            ("word/document.xml", body),
        ):
            archive.writestr(zipfile.ZipInfo(name, (2024, 12, 31, 0, 0, 0)), data)
