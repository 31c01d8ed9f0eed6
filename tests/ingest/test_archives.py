"""Archives of books: members under their own paths, within limits, with passwords."""

import io
import zipfile

import pytest
from books import Round, cashbook, xlsx
from locks import aes_zip, locked_book, locked_zip

from xuncha_lib.errors import XunchaError
from xuncha_lib.ingest import Limits, Passwords, read_passwords


def book(tmp_path, name="一.xlsx"):
    return xlsx(tmp_path / "made" / name, {"2023年": cashbook()}).read_bytes()


def archive(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()


def test_books_in_archives_are_read_under_their_path(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    inner = archive({"收支2.xlsx": book(tmp_path)})
    members = {"甲村/收支.xlsx": book(tmp_path), "说明.docx": b"x", "内层.zip": inner}
    (raw / "报送.zip").write_bytes(archive(members))
    found = Round(raw)
    assert found.rows("SELECT path, status FROM source_file ORDER BY file_id") == [
        ("报送.zip", "read"), ("报送.zip!/内层.zip", "read"), ("报送.zip!/内层.zip!/收支2.xlsx", "read"),
        ("报送.zip!/甲村/收支.xlsx", "read"), ("报送.zip!/说明.docx", "not_a_table"),
    ]  # fmt: skip
    assert found.summary.files == {
        "read": 1,
        "not_recognised": 0,
        "unreadable": 0,
        "not_a_table": 0,
    }
    assert (
        found.one(
            "SELECT count(*) FROM cashbook JOIN row_origin USING (row_id) WHERE file LIKE '%甲村/收支.xlsx'"
        )
        == 2
    )


def test_names_written_in_gbk_are_read(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    made = archive({"xx.xlsx": book(tmp_path)}, zipfile.ZIP_STORED)
    (raw / "a.zip").write_bytes(made.replace(b"xx.xlsx", "一".encode("gbk") + b".xlsx"))
    assert Round(raw).rows("SELECT path FROM source_file")[1] == ("a.zip!/一.xlsx",)


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        (Limits(unpacked=100), "过大"),
        (Limits(members=1), "2个文件"),
        (Limits(depth=0), "0层"),
    ],
)
def test_an_archive_beyond_the_limits_is_not_unpacked(tmp_path, limits, why):
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.zip").write_bytes(archive({"1.xlsx": book(tmp_path), "2.xlsx": book(tmp_path)}))
    found = Round(raw, limits=limits)
    [(status, told)] = found.rows("SELECT status, why FROM source_file")
    assert status == "unreadable" and why in told


def test_a_book_that_unpacks_too_far_is_refused(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    data = io.BytesIO(book(tmp_path))
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/media/bomb.bin", b"\0" * 30_000_000)
    (raw / "bomb.xlsx").write_bytes(data.getvalue())
    found = Round(raw, limits=Limits(unpacked=20_000_000))
    [(status, told)] = found.rows("SELECT status, why FROM source_file")
    assert status == "unreadable" and "展开" in told


def test_passwords_open_books_and_archives(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.xlsx").write_bytes(locked_book(book(tmp_path), "村里的密码"))
    (raw / "b.xlsx").write_bytes(locked_book(book(tmp_path, "b.xlsx"), "VelvetSweatshop"))
    (raw / "c.zip").write_bytes(locked_zip("c.xlsx", book(tmp_path, "c.xlsx"), b"zip-1"))
    told = tmp_path / "密码.txt"
    told.write_bytes("a.*\t村里的密码\nzip-1\n".encode("gb18030"))
    before = Round(raw)
    assert before.rows("SELECT path, status, why FROM source_file ORDER BY file_id") == [
        ("a.xlsx", "unreadable", "文件设有打开密码"), ("b.xlsx", "read", ""),
        ("c.zip", "unreadable", "压缩包，内含1个文件"), ("c.zip!/c.xlsx", "unreadable", "压缩包设有打开密码"),
    ]  # fmt: skip
    after = Round(raw, passwords=read_passwords(told))
    assert [status for (status,) in after.rows("SELECT status FROM source_file")] == ["read"] * 4
    wrong = Round(raw, passwords=Passwords((("", "no"),)))
    assert "都打不开" in wrong.rows("SELECT why FROM source_file ORDER BY file_id")[0][0]


def test_aes_is_opened_with_its_password_and_told_without(tmp_path):
    """WinRAR and 7-Zip lock with AES; a member that was tampered with is no wrong password."""
    raw = tmp_path / "raw"
    raw.mkdir()
    whole = aes_zip("低保/收支.xlsx", book(tmp_path), "密码1".encode("gb18030"))
    (raw / "a.zip").write_bytes(whole)
    (raw / "b.zip").write_bytes(whole[:300] + bytes([whole[300] ^ 1]) + whole[301:])
    before = Round(raw).rows("SELECT path, status, why FROM source_file ORDER BY file_id")
    assert before[1] == ("a.zip!/低保/收支.xlsx", "unreadable", "压缩包设有打开密码")
    after = Round(raw, passwords=Passwords((("", "x"), ("a.zip", "密码1"), ("b.zip", "密码1"))))
    told = after.rows("SELECT path, status, why FROM source_file ORDER BY file_id")
    assert told[1][1] == "read" and after.one("SELECT count(*) FROM cashbook") == 2
    assert told[3][1] == "unreadable" and "损坏" in told[3][2]


def test_a_password_given_later_opens_a_file_that_did_not_change(tmp_path):
    raw, kept = tmp_path / "raw", tmp_path / "kept"
    raw.mkdir()
    (raw / "a.xlsx").write_bytes(locked_book(book(tmp_path), "x"))
    assert Round(raw, kept=kept).summary.files["unreadable"] == 1
    assert Round(raw, kept=kept, passwords=Passwords((("", "x"),))).summary.files["read"] == 1


def test_a_missing_password_file_is_told(tmp_path):
    with pytest.raises(XunchaError, match="密码文件"):
        read_passwords(tmp_path / "none")


def test_no_password_is_shown():
    assert "geheim" not in repr(Passwords((("", "geheim"),)))
