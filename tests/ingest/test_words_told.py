"""What words in and around a cell tell: remarks, villages, programmes, numbers."""

import pytest
from books import IDS, Round, xlsx

from xuncha_lib import values as v

A, B, C = IDS[:3]


def test_a_remark_under_an_unknown_heading_is_kept():
    """A sparse column of Chinese text is the remark; a full one (an address) is not, nor is a column of names."""
    from xuncha_lib.ingest.remarks import with_remark

    text = {"n": 5.0, "filled": 0.2, "han": 1.0}
    headings = ["承包户", "住处", "补充的话", "见证"]
    seen = [{"n": 9.0}, text | {"filled": 1.0}, text, text | {"name": 1.0}]

    assert with_remark("contract", {"lessee.name": 0}, headings, seen) == {
        "lessee.name": 0,
        "note": 2,
    }


def test_words_before_the_word_village_are_no_name(tmp_path):
    """全村, 各村, 行政村 name no village; what follows a name may be any word of a title."""
    from xuncha_lib.ingest.villages import parse_village

    assert [parse_village(text) for text in ("全村", "本镇各村", "年度全村", "试点村")] == [
        None
    ] * 4
    head = ["姓名", "身份证号", "补贴金额"]
    for name in ("燕家庄村工资表", "燕家庄村账户明细", "燕家庄村一卡通发放表", "燕家庄村会议登记"):
        xlsx(tmp_path / f"{name}.xlsx", {"s": [[name], head, ["张伟", A, 1], ["李四", B, 2]]})
    xlsx(
        tmp_path / "低保对象全村发放.xlsx",
        {"s": [["低保对象全村发放"], head, ["张伟", A, 1], ["王芳", C, 2]]},
    )
    found = Round(tmp_path)
    assert found.rows("SELECT village_name FROM village") == [("燕家庄村",)]


def test_seed_subsidy_is_not_the_land_subsidy():
    """种粮补贴 holds the letters 粮补, a word for the land subsidy; the longer word decides."""
    from xuncha_lib.ingest.context import programme_of

    assert programme_of("2025年种粮补贴发放表")[0] == "B14"
    assert programme_of("2025年粮补发放表")[0] == "B01"


@pytest.mark.parametrize("form", ["身份证{}", "身份证号：{}", "{}（长期）", "公民身份证号码{}"])
def test_words_beside_an_id_number(form):
    assert v.id_number_of(form.format("370124196001010014")).number == "370124196001010014"
    assert v.phone_of("13800010002.0") == ("13800010002", "")
