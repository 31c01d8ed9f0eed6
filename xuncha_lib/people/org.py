"""Organisations under several spellings: which payee, winner or lessee is which registered one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from xuncha_lib.people.names import compare, name_keys

SCHEMA = "CREATE OR REPLACE TABLE org_alias (org VARCHAR, canonical VARCHAR, why VARCHAR)"

REGISTER = (("business", "company_org"), ("business_person", "company_org"))
"""Where an organisation's name is official."""

_FORMS = ("有限公司", "股份公司", "集团公司", "公司", "专业合作社", "合作联社", "合作社")
_FORM = re.compile(rf"({'|'.join(_FORMS)})$")
_ACCOUNT = re.compile(r"(农民工工资|工程款)?(专用账户|专用户|专户|基本户|一般户)$")
"""An account named after its owner: 某公司农民工工资专用账户 is 某公司."""
_PLACES = ("山东省", "山东", "济南市", "济南")
_MIN_CORE = 3
"""Characters a name must keep without place and legal form to stand for anybody."""
_MIN_SLIP = 5
"""Characters from which one slip of sound or shape is more likely than another organisation."""


@dataclass(frozen=True)
class OrgName:
    """A normalised name in three parts: 济南 · 鑫源建材 · 有限公司."""

    place: str
    core: str
    form: str

    def may_be(self, other: OrgName) -> bool:
        """Place and legal form agree or one side leaves them out (济南 / 济南平阴 agree, 济南 / 泰安 do not)."""
        place = self.place.endswith(other.place) or other.place.endswith(self.place)
        place |= self.place.startswith(other.place) or other.place.startswith(self.place)
        form = self.form == other.form or not self.form or not other.form
        return place and (form or _kin(self.form, other.form))


def _kin(a: str, b: str) -> bool:
    """公司 / 有限公司, 合作社 / 专业合作社: one leaves a part of the other out."""
    return a.endswith(b) or b.endswith(a)


def split_org(name: str, places: Iterable[str] = _PLACES) -> OrgName:
    """Parts of a normalised name; `places` are the words that may stand in front of it."""
    core, place = _ACCOUNT.sub("", name) or name, ""
    words = sorted(places, key=len, reverse=True)
    while word := next(
        (w for w in words if core.startswith(w) and len(core) - len(w) >= _MIN_CORE), ""
    ):
        place, core = place + word.rstrip("省市县区"), core[len(word) :]
    match = _FORM.search(core)
    form = match.group(1) if match and len(core) - len(match.group(1)) >= 2 else ""
    return OrgName(place, core[: len(core) - len(form)], form)


def match_organisations(con: duckdb.DuckDBPyConnection) -> None:
    """Fill `org_alias` with every organisation of the case: its name, the registered name it stands for, and why.

    One row per name. `canonical` is the name itself where the register has it or knows none like it, or more than
    one, so that a join over org_alias never loses a row.
    """
    con.execute(SCHEMA)
    columns = _org_columns(con)
    official = _distinct(con, [c for c in columns if c in REGISTER])
    used = _distinct(con, columns)
    places = _places(con)
    found = dict.fromkeys(official, "名称一致")
    rows = [(org, org, found[org]) for org in sorted(official)]
    register = _Register(official, places)
    for org in sorted(used - official):
        canonical, why = register.look_up(org)
        rows.append((org, canonical or org, why))
    table = pa.table([pa.array(part, pa.string()) for part in zip(*rows, strict=True)] or [[]] * 3,
                     names=["org", "canonical", "why"])  # fmt: skip
    con.register("found", table)
    con.execute("INSERT INTO org_alias SELECT org, canonical, why FROM found ORDER BY org")
    con.unregister("found")


class _Register:
    """Registered names, found by their core, by its sound, and by its core with one character open."""

    def __init__(self, official: Iterable[str], places: tuple[str, ...]) -> None:
        self.places = places
        self.parts = {org: split_org(org, places) for org in sorted(official)}
        self.by_core: dict[str, list[str]] = defaultdict(list)
        self.by_slip: dict[str, list[str]] = defaultdict(list)
        for org, parts in self.parts.items():
            self.by_core[parts.core].append(org)
            if len(parts.core) >= _MIN_SLIP:
                for key in _gaps(parts.core):
                    self.by_slip[key].append(org)

    def look_up(self, org: str) -> tuple[str, str]:
        """Registered name of `org` and why; ("", why not) when there is none or more than one."""
        own = split_org(org, self.places)
        if len(own.core) < _MIN_CORE:
            return "", "名称过短，无法判断"
        hits = [known for known in self.by_core[own.core] if own.may_be(self.parts[known])]
        if len(hits) == 1:
            return hits[0], _difference(own, self.parts[hits[0]])
        if hits:
            return "", f"登记中有{len(hits)}户相近，未作归并"
        return self._slip(own)

    def _slip(self, own: OrgName) -> tuple[str, str]:
        if len(own.core) < _MIN_SLIP:
            return "", "登记中没有"
        near = {known for key in _gaps(own.core) for known in self.by_slip.get(key, ())}
        hits = []
        for known in sorted(near):
            if own.may_be(self.parts[known]) and (
                why := _slip_words(own.core, self.parts[known].core)
            ):
                hits.append((known, why))
        if len(hits) == 1:
            return hits[0]
        return "", f"登记中有{len(hits)}户相近，未作归并" if hits else "登记中没有"


def _gaps(core: str) -> set[str]:
    """The core with each character in turn left open, and the core itself with each gap: finds one slip."""
    return {core[:i] + "*" + core[i + 1 :] for i in range(len(core))}


def _slip_words(a: str, b: str) -> str:
    """Why two cores that differ in one character are one, "" when they are not."""
    odd = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    first, second = name_keys(["王" + odd[0][0] + "国", "王" + odd[0][1] + "国"])
    match = compare(first, second)
    return (
        match.why.replace("姓名", "名称") if match.kind in {"equal", "sound", "look_alike"} else ""
    )


def _difference(a: OrgName, b: OrgName) -> str:
    parts = [
        word for word, x, y in (("地名", a.place, b.place), ("组织形式", a.form, b.form)) if x != y
    ]
    return f"{'、'.join(parts)}写法不同" if parts else "只多了账户名称"


def _org_columns(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    return con.execute(
        """SELECT table_name, column_name FROM duckdb_columns()
        WHERE column_name LIKE '%\\_org' ESCAPE '\\' AND data_type = 'VARCHAR'
          AND table_name IN (SELECT table_name FROM duckdb_tables())
        ORDER BY 1, 2"""
    ).fetchall()


def _distinct(con: duckdb.DuckDBPyConnection, columns: list[tuple[str, str]]) -> set[str]:
    parts = [f'SELECT DISTINCT {column} AS org FROM "{table}"' for table, column in columns]
    if not parts:
        return set()
    rows = con.execute(
        f"SELECT DISTINCT org FROM ({' UNION ALL '.join(parts)}) WHERE org IS NOT NULL AND org <> ''"
    )
    return {row[0] for row in rows.fetchall()}


def _places(con: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Province, city and the counties and towns of the round, with and without 县/区/镇."""
    known = con.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'village'").fetchall()
    rows = (
        con.execute("SELECT DISTINCT unnest([county, town]) FROM village").fetchall()
        if known
        else []
    )
    local = {name for (name,) in rows if name and len(name) > 1}
    bare = {re.sub(r"(街道办事处|街道|[省市县区镇乡])$", "", name) for name in local}
    return tuple(sorted({*_PLACES, *local, *(b for b in bare if len(b) > 1)}))
