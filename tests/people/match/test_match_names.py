"""Names as integers: what is one written name, and how two relate."""

import numpy as np
import pyarrow as pa
import pytest

from xuncha_lib.people.match.compare import name_kinds
from xuncha_lib.people.match.kinds import Kind
from xuncha_lib.people.match.names import read_names

SAME = [
    ("张 伟", "张伟"), ("張偉", "张伟"), ("张　伟", "张伟"), ("李四（户主）", "李四"), ("李四同志", "李四"),
    ("傅红", "付红"), ("王喆", "王哲"), ("王伟1", "王伟"), ("户主：王伟", "王伟"), ("王伟、李四", "王伟"),
    ("老陈海荣", "陈海荣"), ("钟老师", "钟*"), ("王伟主任", "王伟"),
]  # fmt: skip
PAIRS = [
    ("张伟", "张伟", Kind.EXACT), ("张伟", "张玮", Kind.SOUND), ("解燕", "谢艳", Kind.SOUND), ("单雄", "山雄", Kind.SOUND),
    ("单雄", "丹雄", Kind.OTHER), ("林民", "林明", Kind.NEAR), ("张治", "张冶", Kind.GLYPH), ("王建国", "王健国", Kind.SOUND),
    ("李玉玲", "李玲", Kind.SHIFT), ("张建国", "张国建", Kind.SHIFT), ("王*国", "王建国", Kind.MASK), ("王某某", "王建国", Kind.MASK),
    ("王×", "王建国", Kind.MASK), ("王×", "李建国", Kind.OTHER), ("张建国", "张建凤", Kind.ONE), ("张伟", "张敏", Kind.SURNAME),
    ("张国䶮", "张国?", Kind.MASK), ("张国\ue123", "张国平", Kind.MASK), ("王yan", "王艳", Kind.MASK), ("张三", "", Kind.NONE),
    ("×××", "张三", Kind.NONE), ("欧阳修文", "欧阳修文", Kind.EXACT), ("阿依古丽买买提", "阿依古丽买买提", Kind.EXACT),
    ("阿依古丽买买提", "阿依古丽买买江", Kind.OTHER), ("WANG WEI", "LI MING", Kind.OTHER), ("WANG WEI", "WANG WEI", Kind.EXACT),
]  # fmt: skip


@pytest.mark.parametrize(("written", "plain"), SAME)
def test_two_ways_of_writing_one_name_have_one_key(written, plain):
    key = read_names(pa.array([written, plain])).key
    assert key[0] == key[1] > 0


@pytest.mark.parametrize(("a", "b", "kind"), PAIRS)
def test_how_two_names_relate_both_ways(a, b, kind):
    x, y = read_names(pa.array([a, b])).codes, read_names(pa.array([b, a])).codes
    assert name_kinds(x, y)[0].tolist() == [kind, kind]


def test_a_name_that_says_nothing_has_no_key():
    nothing = ["", "×××", "某某", "???", "  ", "**"]
    assert not read_names(pa.array(nothing)).key.any()


def test_names_of_a_sound_share_it_whatever_the_tone():
    names = read_names(pa.array(["张卫国", "章伟国", "张国卫"]))
    assert names.sound[0] == names.sound[1] != names.sound[2]
    assert (read_names(pa.array(["王*", "王某某"])).sound == np.uint64(0)).all()
