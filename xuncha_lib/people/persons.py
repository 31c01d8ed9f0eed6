"""Mentions as arrays: every field a number that can be compared, 0 where nothing is known."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from xuncha_lib.people.idno import matrix
from xuncha_lib.people.names import NameKey, name_keys

Codes = NDArray[np.uint64]
Flags = NDArray[np.bool_]

WATCH_ROLES = (
    ("committee", "person"), ("relative", "cadre"), ("relative", "relative"), ("payroll", "person"),
    ("relief_filing", "worker"), ("relief_filing", "relative"), ("death", "deceased"),
    ("business", "legal_person"), ("business_person", "person"),
)  # fmt: skip
"""Roles whose people are looked for in the rolls: only they are worth a pair on the name alone."""

MAX_NAMES_ON_A_NUMBER = 5
"""A phone or account with more names than a household is a clerk's or a shop's: it tells nobody apart."""

ROW_ROLES = (
    ("subsidy", ("beneficiary", "payee", "head")), ("household", ("person", "head")),
    ("land", ("contractor", "member")),
)  # fmt: skip
"""Roles of one row that are often the same person, who is then written twice and numbered once."""

_GAPPED = 3
"""Names up to this length are also looked up with one character left open."""

_EPOCH = np.datetime64("1800-01-01", "D")

_FIELDS = """
SELECT mention_id, name_raw, name_state, id_state,
    CASE WHEN id_state = 'old15' THEN left(id_no, 17) || '*'
         WHEN id_state IN ('valid', 'check_failed') THEN id_no ELSE id_mask END AS pattern,
    CASE WHEN id_state IN ('valid', 'old15') THEN hash(id_no) ELSE 0 END AS id_code,
    birth_on,
    CASE sex WHEN '男' THEN 1 WHEN '女' THEN 2 ELSE 0 END::UTINYINT AS sex,
    hash(village_code) AS village, hash(group_no) AS team,
    village_code IS NULL AS no_village, group_no IS NULL AS no_team,
    hash(phone) AS phone, phone IS NULL AS no_phone, hash(bank_no) AS bank, bank_no IS NULL AS no_bank
FROM mention ORDER BY mention_id
"""


@dataclass(frozen=True)
class Persons:
    """Mentions in order of mention_id; all arrays of shape (n,), `pattern` (n, 18).

    key : code of the compared name, 0 where it is not fully legible; `near`, `near_surname` and `gapped` (the name
    without its i-th character, 0 for other lengths than 2 and 3) likewise.   key_no : index into `keys`.
    birth : days since 1800.   birth_month : months since 1800, of those whose day is not known (出生年月) with
    `is_month` true.   household : village and head of household, 0 for heads themselves.
    is_sure : a right number of 18 digits, or 15.   is_weak : no 18-digit number with a right check digit.
    is_watched : stands on a list (`WATCH_ROLES`).   row_mates : pairs of one name in one row (收款人 = 享受人), packed
    as low · n + high, in order.
    """

    mention: NDArray[np.int64]
    keys: list[NameKey]
    key_no: NDArray[np.intp]
    key: Codes
    near: Codes
    near_surname: Codes
    gapped: list[Codes]
    state: NDArray[np.object_]
    name_raw: NDArray[np.object_]
    is_sure: Flags
    is_damaged: Flags
    id_code: Codes
    pattern: NDArray[np.uint8]
    birth: Codes
    birth_month: Codes
    is_month: Flags
    sex: NDArray[np.uint8]
    village: Codes
    village_group: Codes
    household: Codes
    phone: Codes
    bank: Codes
    is_weak: Flags
    is_watched: Flags
    row_mates: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.mention)

    def written(self, index: int | np.intp) -> str:
        """The name of one mention, as it is compared."""
        return self.keys[int(self.key_no[index])].key


def mixed(*codes: Codes) -> Codes:
    """One code from several; 0 as soon as one of them is 0."""
    total = np.zeros(len(codes[0]), np.uint64)
    known = np.ones(len(codes[0]), bool)
    for code in codes:
        total = (total ^ (code + np.uint64(0x9E3779B97F4A7C15))) * np.uint64(0xBF58476D1CE4E5B9)
        total ^= total >> np.uint64(29)
        known &= code != 0
    return np.where(known, np.maximum(total, np.uint64(1)), np.uint64(0))


def load_persons(con: duckdb.DuckDBPyConnection) -> Persons:
    """All mentions of the case."""
    raw = con.execute(_FIELDS).fetchnumpy()
    key_no, head_no, keys = _names(con)
    state = _plain(raw["name_state"])
    text = np.array([key.key for key in keys], dtype=object)
    legible = np.array([len(key.key) > 1 and "*" not in key.key for key in keys], bool)
    legible = legible[key_no] & (state == "ok")
    key = np.where(legible, key_no + 1, 0).astype(np.uint64)
    near = _numbered([k.near for k in keys])[key_no] * legible
    near_surname = _numbered([k.near.split(" ")[0] if k.near else "" for k in keys])[key_no] * (
        key > 0
    )
    gapped = [_numbered([_gap(k.key, i) for k in keys])[key_no] * legible for i in range(_GAPPED)]
    village = _code(raw, "village")
    is_head = (head_no < 0) | (text[key_no] == text[head_no])
    head = np.where(is_head, 0, head_no + 1).astype(np.uint64)
    id_state = _plain(raw["id_state"])
    sure = (id_state == "valid") | (id_state == "old15")
    pattern = matrix(None if p is None or len(p) != 18 else p for p in _plain(raw["pattern"]))
    birth, from_number = _births(raw["birth_on"], pattern, sure)
    month, is_first = _months(birth)
    return Persons(
        mention=np.asarray(raw["mention_id"], np.int64), keys=keys, key_no=key_no, key=key,
        near=near, near_surname=near_surname, gapped=gapped, state=state,
        name_raw=_plain(raw["name_raw"]),
        is_sure=sure, is_damaged=id_state == "damaged", id_code=np.asarray(raw["id_code"], np.uint64),
        pattern=pattern, birth=birth, birth_month=month, is_month=is_first & ~from_number,
        sex=_sexes(np.asarray(raw["sex"], np.uint8), pattern, sure),
        village=village, village_group=mixed(village, _code(raw, "team")),
        household=mixed(village, head),
        phone=_own(_code(raw, "phone"), key), bank=_own(_code(raw, "bank"), key),
        is_weak=id_state != "valid", is_watched=_watched(con, np.asarray(raw["mention_id"], np.int64)),
        row_mates=_row_mates(con, np.asarray(raw["mention_id"], np.int64), key),
    )  # fmt: skip


def _plain(column: Any) -> NDArray[np.object_]:
    """A column of texts as objects, None where NULL."""
    values = np.asarray(np.ma.getdata(column), dtype=object).copy()
    values[np.ma.getmaskarray(column)] = None
    return values


def _numbered(texts: list[str]) -> Codes:
    """A code for each distinct text, 0 for an empty one."""
    place = {text: i + 1 for i, text in enumerate(sorted(set(texts) - {""}))} | {"": 0}
    return np.array([place[text] for text in texts], np.uint64)


def _gap(name: str, i: int) -> str:
    return name[:i] + "*" + name[i + 1 :] if i < len(name) <= _GAPPED and len(name) > 1 else ""


def _code(raw: dict[str, Any], name: str) -> Codes:
    return np.where(raw[f"no_{name}"], np.uint64(0), np.asarray(raw[name], np.uint64))


def _names(
    con: duckdb.DuckDBPyConnection,
) -> tuple[NDArray[np.intp], NDArray[np.intp], list[NameKey]]:
    """For each mention the index of its name's key and of its head's (-1: none), and the keys."""
    rows = con.execute(
        "SELECT coalesce(name, ''), head_name FROM mention ORDER BY mention_id"
    ).fetchall()
    written = sorted({r[0] for r in rows} | {r[1] for r in rows if r[1]})
    keyed = name_keys(written)
    keys = sorted(set(keyed), key=lambda k: k.key)
    place = {key.key: i for i, key in enumerate(keys)}
    index = {name: place[key.key] for name, key in zip(written, keyed, strict=True)}
    own = np.array([index[r[0]] for r in rows], np.intp)
    head = np.array([index[r[1]] if r[1] else -1 for r in rows], np.intp)
    return own, head, keys


def _births(column: Any, pattern: NDArray[np.uint8], is_sure: Flags) -> tuple[Codes, Flags]:
    """Days since 1800 by the number where it is right, else by the column, else by what the number shows.

    The second array says where the number told it.
    """
    days = np.ma.filled(np.ma.asarray(column).astype("datetime64[D]"), _EPOCH) - _EPOCH
    stated = np.maximum(days.astype(np.int64), 0)
    digits = pattern[:, 6:14].astype(np.int64) - ord("0")
    year = digits[:, :4] @ np.array([1000, 100, 10, 1])
    month, day = digits[:, 4:6] @ np.array([10, 1]), digits[:, 6:] @ np.array([10, 1])
    whole = ((digits >= 0) & (digits <= 9)).all(axis=1) & (year > 1800)
    whole &= (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    shown = np.zeros(len(pattern), np.int64)
    months = ((year - 1970) * 12 + month - 1)[whole].astype("datetime64[M]")
    shown[whole] = (months.astype("datetime64[D]") + (day[whole] - 1) - _EPOCH).astype(np.int64)
    by_number = (shown > 0) & (is_sure | (stated == 0))
    return np.where(by_number, shown, stated).astype(np.uint64), by_number


def _months(birth: Codes) -> tuple[Codes, Flags]:
    """Months since 1800, and whether the day is the first, as it is where only a month was written."""
    days = _EPOCH + birth.astype("timedelta64[D]")
    months = days.astype("datetime64[M]")
    number = (months - _EPOCH.astype("datetime64[M]")).astype(np.int64) + 1
    return np.where(birth > 0, number, 0).astype(np.uint64), (days == months) & (birth > 0)


def _sexes(
    stated: NDArray[np.uint8], pattern: NDArray[np.uint8], is_sure: Flags
) -> NDArray[np.uint8]:
    """1 男, 2 女, 0 unknown; a right number knows better than the column."""
    shown = np.where(pattern[:, 16] % 2 == 1, 1, 2).astype(np.uint8)
    return np.where(is_sure, shown, stated)


def _own(number: Codes, key: Codes) -> Codes:
    """Numbers that tell people apart: 0 where more names share one than a household has."""
    known = (number > 0) & (key > 0)
    pairs = pd.DataFrame({"number": number[known], "key": key[known]}).drop_duplicates()
    names = pairs.groupby("number").size()
    shared = names.index[names > MAX_NAMES_ON_A_NUMBER].to_numpy(np.uint64)
    return np.where(np.isin(number, shared), np.uint64(0), number)


def _row_mates(
    con: duckdb.DuckDBPyConnection, mention: NDArray[np.int64], key: Codes
) -> NDArray[np.int64]:
    present = {row[0] for row in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    parts = [
        f"SELECT least({x}, {y}), greatest({x}, {y}) FROM {table} WHERE {x} <> {y}"
        for table, roles in ROW_ROLES
        if table in present
        for x, y in combinations(roles, 2)
    ]
    if not parts:
        return np.empty(0, np.int64)
    found = con.execute(
        f"SELECT DISTINCT a, b FROM ({' UNION ALL '.join(parts)}) t(a, b)"
    ).fetchnumpy()
    a, b = np.searchsorted(mention, found["a"]), np.searchsorted(mention, found["b"])
    same = (key[a] == key[b]) & (key[a] > 0)
    return np.sort(a[same].astype(np.int64) * len(mention) + b[same])


def _watched(con: duckdb.DuckDBPyConnection, mention: NDArray[np.int64]) -> Flags:
    present = {row[0] for row in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    parts = [f"SELECT {role} FROM {table}" for table, role in WATCH_ROLES if table in present]
    if not parts:
        return np.zeros(len(mention), bool)
    listed = con.execute(
        f"SELECT DISTINCT * FROM ({' UNION ALL '.join(parts)}) t(m) WHERE m IS NOT NULL"
    )
    return np.isin(mention, np.asarray(listed.fetchnumpy()["m"], np.int64))
