"""Names compared: each way of being one name, and the near miss beside it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha_lib.people.names import compare, name_key, name_keys

PAIRS = [
    ("张伟", "张 伟", "equal"), ("张伟", "张　伟", "equal"), ("張偉", "张伟", "equal"),
    ("阿依·买买提", "阿依•买买提", "equal"), ("闫敏", "閻敏", "equal"), ("萧红", "肖红", "equal"),
    ("王喆", "王哲", "equal"), ("张乾", "张干", "other"), ("张艳", "张燕", "sound"),
    ("王建国", "汪建国", "sound"), ("解晓燕", "谢小艳", "sound"), ("单雄", "山雄", "sound"),
    ("单雄", "丹雄", "other"), ("林民", "林明", "near_sound"), ("李南", "李兰", "near_sound"),
    ("张治", "张冶", "look_alike"), ("曹建", "曾建", "look_alike"), ("张建国", "张建军", "one_character"),
    ("张伟", "张敏", "other"), ("李玉玲", "李玲", "one_character"), ("李玉玲", "王玉", "other"),
    ("张建国", "张国建", "one_character"), ("王*国", "王建国", "masked"), ("王某某", "王伟", "masked"),
    ("王×", "李伟", "other"), ("王张氏", "张秀兰", "married"), ("王张氏", "刘秀兰", "other"),
    ("欧阳娜", "欧娜", "one_character"),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b", "kind"), PAIRS)
def test_how_two_names_relate(a: str, b: str, kind: str) -> None:
    """The kind is the same in both directions, and everything but `equal` says why."""
    match = compare(name_key(a), name_key(b))

    assert match.kind == kind == compare(name_key(b), name_key(a)).kind
    assert bool(match.why) == (kind != "equal")


def test_surnames_have_their_own_readings() -> None:
    """仇 is qiu as a surname and chou otherwise; 乐 is yue; both readings are tone-free."""
    assert name_key("仇乐").sound == "qiu le"
    assert name_key("乐仇").sound == "yue chou"
    assert name_key("欧阳娜").surname == "欧阳"


@given(st.lists(st.text(alphabet="张王欧阳单伟國艳 ·*某某囯1a", max_size=6), max_size=8))
def test_many_at_once_are_as_one_by_one(names: list[str]) -> None:
    """Keys do not depend on what else is in the list, and a key is its own key."""
    keys = name_keys(names)

    assert keys == [name_key(name) for name in names]
    assert [name_key(key.key).key for key in keys] == [key.key for key in keys]
