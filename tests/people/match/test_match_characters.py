"""The shipped tables of characters agree with what they were made from."""

from pathlib import Path

import opencc
import pytest
from pypinyin.constants import PINYIN_DICT

from xuncha_lib.knowledge import read_yaml
from xuncha_lib.people.match.chars import characters
from xuncha_lib.people.match.readings import near_reading, plain_reading

KNOWN = read_yaml((Path(__file__).parents[3] / "xuncha_lib/people/characters.yml").read_text(encoding="utf-8"))  # fmt: skip
COMMON = "王李张刘陈杨赵黄周吴徐孙建国文华秀英桂兰晓丽志强"


def test_simplified_forms_and_variants_are_folded():
    fold = characters().fold
    for pair in KNOWN["variants"].split():
        assert chr(fold[ord(pair[0])]) == pair[1]
    for character in KNOWN["keep"]:
        assert chr(fold[ord(character)]) == character
    for traditional in "張陳劉楊趙黃吳":
        assert chr(fold[ord(traditional)]) == opencc.OpenCC("t2s").convert(traditional)


def test_characters_sound_alike_when_their_first_reading_does():
    sound = characters().sound
    for a in COMMON:
        for b in COMMON:
            same = plain_reading(PINYIN_DICT[ord(a)]) == plain_reading(PINYIN_DICT[ord(b)])
            assert (sound[ord(a)] == sound[ord(b)]) == same, a + b


def test_surnames_have_their_own_reading():
    known = characters()
    for a, b in ("单山", "解谢", "仇邱", "任人", "盖葛"):
        assert known.surname_sound[ord(a)] == known.sound[ord(b)]


@pytest.mark.parametrize(("a", "b"), [("zhang", "zang"), ("nan", "lan"), ("lin", "ling"), ("rong", "yong"), ("shi", "si")])  # fmt: skip
def test_near_readings_are_one(a, b):
    assert near_reading(a) == near_reading(b)


def neighbours(character):
    known, code = characters(), ord(character)
    pairs = known.alike[known.alike_start[code] : known.alike_start[code + 1]]
    return {chr(pair & 0xFFFF) for pair in pairs.tolist()}


@pytest.mark.parametrize(
    ("a", "b"), ["未末", "己已", "王玉", "侯候", "珍玲", "峰锋", "伯柏", "治冶", "栗粟", "建健"]
)
def test_look_alikes_are_neighbours_both_ways(a, b):
    assert b in neighbours(a)
    assert a in neighbours(b)


@pytest.mark.parametrize(("a", "b"), ["王李", "伟秀", "国英"])
def test_what_looks_different_is_no_neighbour(a, b):
    assert b not in neighbours(a)


def test_hand_written_pairs_are_all_there():
    for group in KNOWN["look_alike"].split():
        assert group[1] in neighbours(group[0])
