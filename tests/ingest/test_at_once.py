"""What is told of a whole column at once is what is told cell by cell."""

import random

import numpy as np
import pyarrow as pa
import pytest

from xuncha_lib.ingest import at_once, extract, fates, grid, suspects
from xuncha_lib.ingest.body import Body
from xuncha_lib.ingest.coded import Coded, code
from xuncha_lib.ingest.keys import keys_of
from xuncha_lib.ingest.readers.encoded import as_text, encoding_of

ODD = [
    None, "0", "-0", "12", "007", "1.5", "-3.25", "1,234.50", "1.005", "12.345", "（3）", "叁佰元", "5万", "无", "/", "A-12", "GB12",
    "1E+5", ".5", "5.", "12345678901", "123456789012", "99999999999999", "２０２３", "2023-05-01", "2023-02-30", "2023.5", "202305",
    "20230501", "2023-05-01 10:20:30", "待补", "是", "一号楼", "-", "nan", "inf",
]  # fmt: skip


def column_of(texts):
    """The texts as a long file gives them, each many times over."""
    return Coded(np.arange(len(texts), dtype=np.int32), pa.array(texts, pa.string()))


@pytest.mark.parametrize("kind", ["text", "code", "yuan", "number", "int", "date", "month", "mu"])
@pytest.mark.parametrize("unit", ["", "万元"])
def test_values_of_a_column(monkeypatch, kind, unit):
    monkeypatch.setattr(at_once, "_MANY", 0)
    convert = extract.converter(kind, "金额", unit, 2023)
    for texts in (
        ODD,
        [t for t in ODD if t and t.isdecimal()],
        ["2023-05-01 10:20:30", "2023-02-30 01:02", None],
    ):
        column = column_of(texts)
        values, whys = at_once.told(column, kind, convert)
        cells, reasons = at_once.one_by_one(texts, convert)
        assert values.tolist() == cells
        assert list(map(type, values.tolist())) == list(map(type, cells))
        assert whys == reasons


def test_rows_that_say_something():
    column = column_of(ODD)
    assert fates.says(column).tolist() == [fates.says_something(text) for text in ODD]


def test_what_excludes_a_head_at_once_excludes_it_alone():
    texts = [t for t in ODD if t] + ["2.5", "20.5", "201", "1999", "x" * 200, "12345678年", "金额"]
    told = suspects._excluded(pa.array(texts))
    alone = [suspects._excludes(text) for text in texts]
    assert not (told & ~np.array(alone)).any()
    assert told.sum() > 10


def test_tidy_texts():
    texts = [
        "",
        " 张伟 ",
        "'370124",
        "\t6228\t",
        '="0012"',
        "李　四",
        "‘12",
        "a'b",
        "　",
        "x" * 40_000,
        "王五",
        "'a'b",
    ]
    assert grid.tidied(pa.array(texts)).to_pylist() == [grid.tidy(text) for text in texts]
    assert grid._tidy_all(code(texts)).tolist() == [grid.tidy(text) for text in texts]


def test_keys_tell_texts_apart_and_are_the_same_in_any_column():
    chance = random.Random(3)
    texts = list(
        {"".join(chance.choices("01甲乙a", k=chance.randint(1, 90))) for _ in range(3_000)}
    )
    keys = keys_of(pa.array(texts))
    assert len(set(keys.tolist())) == len(texts)
    for at in range(0, 200, 7):
        assert keys_of(pa.array(["", texts[at], None])).tolist() == [0, int(keys[at]), 0]
    assert keys_of(pa.array(["x", *texts]).slice(1)).tolist() == keys.tolist()


def test_rows_of_one_content_have_one_key_whether_read_as_texts_or_as_cells():
    cells = [["张伟", 12.0, None], ["李四", 12.5, "注"], ["张伟", 12.0, None], ["合计", 24.5, None]]
    lists = [code(list(column)) for column in zip(*cells, strict=True)]
    texts = [
        pa.array([fates.cell_text(c) or None for c in column], pa.string())
        for column in zip(*cells, strict=True)
    ]
    read = fates.Marks(lists, 4)
    long = fates.Marks([Coded(np.arange(4, dtype=np.int32), column) for column in texts], 4)
    assert read.content.tolist() == long.content.tolist()
    assert len(set(read.content.tolist())) == 3
    assert read.is_odd.tolist() == long.is_odd.tolist() == [True, False, True, True]
    assert long.words(1) == ["李四", "12.5", "注"]


def test_bytes_are_decoded_as_the_whole_file_would_be():
    texts = ["张三", "", "abc", "㐀𠀀", "东,西"]
    for encoding in ("gb18030", "utf-8-sig"):
        data = [text.encode(encoding.removesuffix("-sig")) for text in texts]
        assert encoding_of("，".join(texts).encode(encoding)) == encoding
        assert as_text(pa.array(data, pa.binary()), encoding).to_pylist() == texts
    with pytest.raises(UnicodeDecodeError):
        as_text(pa.array([b"\xff\xfe"], pa.binary()), "gb18030")


def test_plain_people_are_those_that_are_told_the_long_way(monkeypatch):
    names = ["张伟", "王小二", "张伟等", "李某", "王主任", "村委会", "欧阳修文", "", "张 伟"]
    numbers = [
        "",
        "370124196001010014",
        "370124196001010015",
        "37012419600101001x",
        "370124600101001",
    ]
    phones, cards = (
        ["", "13800138000", "0531-88888888", "138001380001"],
        ["", "6228480260123456782", "6228-4802"],
    )
    people = [(n, i, p, c, "", "") for n in names for i in numbers for p in phones for c in cards]
    found = [extract.person_of.__wrapped__(texts) for texts in people]
    assert sum(extract.plain_person(texts) is not None for texts in people) >= 6
    monkeypatch.setattr(extract, "plain_person", lambda texts: None)
    assert found == [extract.person_of.__wrapped__(texts) for texts in people]


def test_a_body_is_its_rows():
    body = Body()
    assert (len(body), body.last, list(body)) == (0, -1, [])
    body.add(np.arange(3, 6))
    body.add(np.array([8]))
    assert (body.pop(), body.last, list(body)) == (8, 5, [3, 4, 5])
