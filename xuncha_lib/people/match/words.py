"""Why two rows may be one person, in Chinese: a short reason for every pair, and the bits of any pair field by field."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from xuncha_lib.people.match.arrow import column, strings
from xuncha_lib.people.match.compare import Number, Place
from xuncha_lib.people.match.evidence import Evidence
from xuncha_lib.people.match.kinds import Kind
from xuncha_lib.people.match.levels import is_conflict
from xuncha_lib.people.match.score import Bits

NAME = {
    Kind.EXACT: "姓名相同", Kind.SOUND: "姓名同音", Kind.NEAR: "姓名近音", Kind.GLYPH: "姓名形近",
    Kind.SHIFT: "姓名多（少）一字或字序颠倒", Kind.MASK: "姓名有遮挡，可见部分相同", Kind.MIXED: "姓名多处音近或形近",
    Kind.ONE: "姓名差一字", Kind.SURNAME: "同姓不同名", Kind.OTHER: "姓名不同", Kind.NONE: "一方未写姓名",
}  # fmt: skip
NUMBER = {
    Number.NONE: "", Number.EQUAL: "证号一致", Number.EDIT: "证号差一位", Number.FEW: "证号差两三位",
    Number.BIRTH: "证号不同但出生日期一致", Number.SEEN: "证件掩码一致", Number.SEEN_SLIP: "证件掩码有一位不一致",
    Number.DIFFER: "证号不一致",
}  # fmt: skip
_SHORT = {
    Number.NONE: "", Number.EQUAL: "一致", Number.EDIT: "差一位", Number.SEEN: "掩码一致", Number.DIFFER: "不一致",
}  # fmt: skip
PHONE = {level: word and "电话" + word for level, word in _SHORT.items()}
BANK = {level: word and "账号" + word for level, word in _SHORT.items()}
PLACE = {
    Place.NONE: "", Place.EQUAL: "同村", Place.TOWN: "村名相同但乡镇不一致", Place.ALIKE: "村名近似", Place.DIFFER: "不同村",
}  # fmt: skip
_WIDTH = 16


def reasons(e: Evidence, namesakes: NDArray[np.float64]) -> pa.Array:
    """One sentence per pair. namesakes : (n,) rows of the right side that bear the left row's name."""
    code = e.kind.astype(np.int64)
    for field in (e.number, e.phone, e.bank, e.place):
        code = code * _WIDTH + field
    distinct, place = np.unique(code, return_inverse=True)
    sentences = strings([_sentence(int(c)) for c in distinct]).take(column(place))
    count = column(namesakes.astype(np.int64)).cast(pa.string())
    same = column(np.zeros(len(e), np.int64))
    before, after, nothing = (strings([text]).take(same) for text in ("（右表同名", "行）", ""))
    return pc.binary_join_element_wise(sentences, before, count, after, nothing)


def _sentence(code: int) -> str:
    parts = []
    for words in (PLACE, BANK, PHONE, NUMBER):
        code, level = divmod(code, _WIDTH)
        parts.append(words.get(level, ""))  # type: ignore[call-overload]
    parts.append(NAME[Kind(code)])
    is_other = parts[3] == NUMBER[Number.EQUAL] and Kind(code) in (Kind.SURNAME, Kind.OTHER)
    text = "，".join(part for part in reversed(parts) if part)
    return text + ("，需核实是否错填他人证号" if is_other else "")


def bit_words(e: Evidence, b: Bits) -> list[list[tuple[str, float]]]:
    """For each pair its fields as (words, bits), only those that say anything; their sum is the total."""
    conflict = is_conflict(e)
    found = []
    for i in range(len(e)):
        fields = [
            (NAME[Kind(e.kind[i])], b.name[i]),
            ("本村同姓常见" if b.local[i] < 0 else "本村同姓少见", b.local[i]),
            (
                NUMBER[Number(e.number[i])] + ("（姓名不同，需核实）" if conflict[i] else ""),
                b.number[i],
            ),
            (PHONE.get(Number(e.phone[i]), ""), b.phone[i]),
            (BANK.get(Number(e.bank[i]), ""), b.bank[i]),
            (PLACE[Place(e.place[i])], b.place[i]),
        ]
        found.append([(word, float(bits)) for word, bits in fields if word and abs(bits) >= 0.05])
    return found


def as_sentence(fields: list[tuple[str, float]]) -> str:
    """姓名同音 +9.1，本村同姓常见 −2.0，证件掩码一致 +14.2."""
    return "，".join(f"{word} {'+' if bits >= 0 else '−'}{abs(bits):.1f}" for word, bits in fields)
