"""What else lies in the folders: unknown tables, wrong suffixes, lock files, broken files, a memo, a scan."""

from __future__ import annotations

import random
import shutil
import zipfile
from pathlib import Path

from book import MADE
from desk import Desk

SPEND_LIMIT, TENDER_LIMIT = 5000, 100000
# the same limits for the product's dated table (they also stand in two books of the round)
LIMITS = f"""name,place,valid_from,valid_to,value,unit,source
approval_yuan,*,2022-01-01,,{SPEND_LIMIT},元,村级资金支出审批权限和工程交易限额一览表（本轮虚构）
tender_yuan,*,2022-01-01,,{TENDER_LIMIT},元,村级资金支出审批权限和工程交易限额一览表（本轮虚构）
"""


def tables(desk: Desk) -> None:
    """Readable books with no truth in them."""
    rng = random.Random(f"{desk.world.seed}/odd")
    for county, path in (
        ("沂川县", "县农业农村局/村级资金审批权限和工程限额(沂川县).xlsx"),
        ("汶南区", "区农业农村局/村级财务审批权限表.xls"),
    ):
        sheet = desk.book(path).sheet("限额")
        sheet.title(f"{county}村级资金支出审批权限和工程交易限额一览表", 4)
        sheet.row(["事项", "限额(元)", "程序", "执行时间"])
        sheet.row(
            [
                "单笔支出",
                SPEND_LIMIT,
                "5000元（含）以上须经村民代表会议讨论并报镇审核",
                "2022年1月1日起",
            ]
        )
        sheet.row(
            [
                "小型工程交易",
                TENDER_LIMIT,
                "10万元（含）以上须进镇交易平台公开招标",
                "2022年1月1日起",
            ]
        )
    sheet = desk.book("石桥镇/其他/护林防火物资领用登记.xlsx").sheet("登记")
    sheet.title("护林防火物资领用登记", 4)
    sheet.row(["物资", "数量", "领用时间", "领用村"])
    for v in desk.world.towns[0].villages:
        sheet.row(
            [rng.choice(("灭火机", "二号工具", "铁扫把")), rng.randint(1, 9), "2024年3月", v.full]
        )
    sheet = desk.book("区信访局/2024年信访件统计.xls", "html").sheet("x")
    sheet.row(["乡镇", "村", "年月", "件次", "批次", "人次"])
    for v in desk.world.villages:
        if v.town.county == "汶南区":
            sheet.row(
                [
                    v.town.name,
                    v.full,
                    f"2024年{rng.randint(1, 12)}月",
                    rng.randint(0, 5),
                    rng.randint(0, 3),
                    rng.randint(0, 9),
                ]
            )
    sheet = desk.book("大柳镇/党建/党费收缴登记.xls", "tab").sheet("x")
    sheet.row(["所在支部", "姓名", "月缴", "缴纳至"])
    for v in desk.world.towns[1].villages:
        for rec in v.get("cadre")[:3]:
            sheet.row([f"{v.full}党支部", rec.name, rng.choice((5, 8, 10)), "2024年12月"])
    sheet = desk.book("泉庄街道/经管站/机井清单.xls", "xlsx").sheet("机井")
    sheet.row(["机井编号", "位置", "深度(米)", "出水情况"])
    for k in range(24):
        sheet.row([f"J{k + 1:03d}", rng.choice(("东洼", "北岭")), rng.randint(40, 160), "正常"])
    empty = desk.book("黄泥坡乡/待补.xlsx")
    empty.sheet("Sheet1")


def broken(desk: Desk, root: Path) -> None:
    """Files no table can be read from."""
    rng = random.Random(f"{desk.world.seed}/broken")
    noise = bytes(rng.randrange(256) for _ in range(4096))
    ole = bytes.fromhex("D0CF11E0A1B11AE1")
    put(root / "石桥镇/组织/~$村干部主要社会关系申报汇总.xlsx", b"\x05Admin" + b" " * 150)
    put(root / "区委编办/加密_财政供养银行账户.xlsx", ole + noise)
    put(
        root / "县民政局/入户核查照片扫描件.pdf",
        b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" + noise + b"\n%%EOF",
    )
    source = root / desk.books[0].path
    put(root / "大柳镇/备份/损坏.xlsx", b"PK\x03\x04" + source.read_bytes()[200:1500])
    docx = root / "黄泥坡乡/关于规范村级财务管理的说明.docx"
    docx.parent.mkdir(parents=True, exist_ok=True)
    body = "村级财务收支由区代理记账中心统一记账，各村不设出纳账。"
    parts = {
        "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{body}</w:t></w:r></w:p></w:body></w:document>',
    }
    with zipfile.ZipFile(docx, "w") as out:
        for name, text in parts.items():
            out.writestr(zipfile.ZipInfo(name, MADE.timetuple()[:6]), text)


def put(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def copies(desk: Desk, root: Path) -> dict[str, str]:
    """Second versions lying beside the first: {copy: original}; rows keep their numbers."""
    out = {}
    for book in desk.books:
        if book.path.endswith(
            ("社会关系申报汇总.xlsx", "林业/退耕还林补助2024.xlsx", "人社局/GYXGW_2024.xlsx")
        ):
            stem, suffix = book.path.rsplit(".", 1)
            out[f"{stem}(改).{suffix}"] = book.path
            if "GYXGW" in stem:
                book.sheets[0].row(["注：本表以此版为准"])
                kept, book.path = book.path, f"{stem}(改).{suffix}"
                book.save(root)
                book.path = kept
            else:
                shutil.copyfile(root / book.path, root / f"{stem}(改).{suffix}")
    return out
