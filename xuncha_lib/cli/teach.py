"""`xuncha teach`: how a file is understood, and what the round is to know about its headings."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xuncha_lib.cli.group import FILE, FOLDER, as_text
from xuncha_lib.errors import UnreadableFile, XunchaError, unknown

if TYPE_CHECKING:
    from xuncha_lib.ingest.understand import SheetView


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--raw", type=FOLDER, help="原始资料文件夹；FILE 可写成它下面的相对路径。")
@click.option("--case", "case_file", type=FILE, help="案卷文件；用它登记的原始资料文件夹。")
@click.option("--sheet", help="只看这张工作表。")
@click.option(
    "--column",
    multiple=True,
    metavar="列名=表.字段",
    help="记下：这个列名就是某种资料的某个字段；可写多次。",
)
@click.option("--table", "kind", help="记下：有这些列名的表就是这种资料（英文名或中文名）。")
@click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出。")
def teach(
    file: Path, raw: Path | None, case_file: Path | None, sheet: str | None, column: tuple[str, ...], kind: str | None, as_json: bool
) -> None:  # fmt: skip
    """看一个文件是怎样被理解的：表头在哪行、是哪种资料、每列当作什么、把握多大；有误时教它。

    教的内容写在原始资料旁边的 layouts 文件夹，只对本轮有效，优先于自带的列名，升级后仍在；重新导入后生效。

    例：xuncha teach 燕家庄村/低保.xlsx --raw data/raw/2026-3 --column 领取额=subsidy.amount_yuan
    """
    from xuncha_lib.ingest.teaching import layouts_of

    home = _raw_folder(raw, case_file, file, bool(column or kind))
    path = file if file.is_file() else home / file
    if not path.is_file():
        raise UnreadableFile(str(file), "没有这个文件", f"请写 {home} 下面的相对路径")
    layouts_of(home)
    views = _views(path, home, sheet)
    written = _teach(views, home, column, kind)
    if written:
        layouts_of(home)
        views = _views(path, home, sheet)
    if as_json:
        told = [asdict(view) for view in views]
        click.echo(as_text({"sheets": told, "written": [str(one) for one in written]}))
        return
    for view in views:
        click.echo("\n".join(_told(view)))
    for one in written:
        click.echo(f"已写入 {one}；重新运行 xuncha ingest 或 xuncha run 后生效。")


def _raw_folder(raw: Path | None, case_file: Path | None, file: Path, writes: bool) -> Path:
    """The folder asked for, or the case's, or the one above `file` that stands beside a round's settings.

    Only to look at a file, its own folder will do; to write, the round must be known.
    """
    if raw is None and case_file is not None:
        from xuncha_lib.report.case_file import connect

        with connect(case_file) as con:
            rows = con.execute("SELECT value FROM setting WHERE key = 'raw_folder'").fetchall()
        raw = Path(rows[0][0]) if rows else None
    if raw is None and file.is_file():
        raw = next((f for f in file.resolve().parents if _is_of_round(f)), None)
        raw = raw or (None if writes else file.parent)
    if raw is None:
        raise XunchaError(
            "teach", "不知道原始资料文件夹在哪里", "请加 --raw 文件夹，或 --case 案卷"
        )
    if not raw.is_dir():
        raise UnreadableFile(str(raw), "没有这个文件夹", "请用 --raw 给出原始资料文件夹")
    return raw


def _is_of_round(folder: Path) -> bool:
    from xuncha_lib.ingest.layouts import folder_of

    return (folder.parent / "xuncha.toml").is_file() or folder_of(folder).is_dir()


def _views(path: Path, raw: Path, sheet: str | None) -> list[SheetView]:
    from xuncha_lib.ingest.understand import understand

    full, root = path.resolve(), raw.resolve()
    name = full.relative_to(root).as_posix() if full.is_relative_to(root) else path.name
    views = understand(path, name)
    if sheet is None:
        return views
    found = [view for view in views if view.sheet == sheet]
    if not found:
        raise unknown(f"{path.name} 的工作表", sheet, {view.sheet for view in views})
    return found


def _teach(
    views: list[SheetView], raw: Path, column: tuple[str, ...], kind: str | None
) -> list[Path]:
    """Write what was asked for; everything is checked before the first file is touched."""
    from xuncha_lib.ingest import teaching
    from xuncha_lib.ingest.layouts import folder_of

    headings = {c.heading: view for view in views for c in view.columns}
    asked: dict[str, dict[str, str]] = {}
    for text in column:
        heading, _, target = text.rpartition("=")
        name, dot, field = target.partition(".")
        if not heading or not dot:
            raise XunchaError(
                f"--column {text}", "应写成 列名=表.字段", "例：--column 领取额=subsidy.amount_yuan"
            )
        if heading not in headings:
            raise unknown("列名", heading, headings)
        table = teaching.table_named(name)
        asked.setdefault(table.name, {})[heading] = teaching.field_named(table, field)
    heads = {}
    if kind is not None:
        if len(views) != 1:
            raise XunchaError("--table", f"文件里有{len(views)}张表", "请用 --sheet 指明是哪一张")
        heads[teaching.table_named(kind).name] = [c.heading for c in views[0].columns]
    return [
        teaching.teach(folder_of(raw), teaching.table_named(name), asked.get(name, {}), heads.get(name))
        for name in sorted({*asked, *heads})
    ]  # fmt: skip


def _told(view: SheetView) -> list[str]:
    known = f"{view.zh}（{view.table}），把握 {view.score:.2f}"
    kind = known if view.table else f"没有认出：{view.why}"
    lines = [f"工作表“{view.sheet}”：{kind}"]
    if view.header_row:
        last = view.header_row + view.header_rows - 1
        rows = (
            f"第{view.header_row}行" if view.header_rows == 1 else f"第{view.header_row}–{last}行"
        )
        titles = f"；表头上方：{'；'.join(view.titles)}" if view.titles else ""
        lines.append(
            f"  表头在{rows}{titles}" + (f"；{view.months}个月并排" if view.months else "")
        )
    for one in view.columns:
        what = (
            f"{one.zh}（{one.field}）把握 {one.confidence:.2f}"
            if one.field and view.table
            else "未用"
        )
        lines.append(
            f"  {one.letter} {one.heading} → {what}　例：{' / '.join(one.samples) or '（空）'}"
        )
    return lines
