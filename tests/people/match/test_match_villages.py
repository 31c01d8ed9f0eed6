"""Villages under several spellings."""

import pytest

from xuncha_lib.people.match.villages import number_villages, village_of


@pytest.mark.parametrize(
    ("text", "name", "town"),
    [
        ("张家庄村", "张家庄", ""), ("张家庄村委会", "张家庄", ""), ("張家莊", "张家庄", ""), ("唐王镇张家庄村", "张家庄", "唐王"),
        ("济南市历城区唐王街道张家庄社区居委会", "张家庄", "唐王"), ("城关镇西关村3组", "西关", "城关"), ("王村", "王村", ""),
        ("西戴家沟 村", "西戴家沟", ""), ("", "", ""),
    ],
)  # fmt: skip
def test_the_name_proper_and_the_town(text, name, town):
    village = village_of(text)
    assert (village.name, village.town) == (name, town)


def test_villages_that_sound_alike_are_one_under_two_spellings():
    numbers = number_villages(["张家庄村", "章家庄", "张庄", "李家庄"])
    assert numbers["number"].tolist() == [1, 1, 1, 2]
    assert numbers["spelling"].tolist() == [1, 2, 1, 3]
