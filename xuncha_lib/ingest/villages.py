"""Which village a row belongs to: one entry per village, from rosters, columns, titles, file and folder names.

燕家庄, 燕家庄村 and 燕家庄村委会 are one village; two villages of one name in different towns are two. Where the town
would decide and is not known, the village is unknown: it is reported, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from xuncha_lib.ingest.bare_villages import bare_village
from xuncha_lib.ingest.towns import Towns, is_name, town_name
from xuncha_lib.source import content_key
from xuncha_lib.values import fold

_TAIL = (
    r"(?:村民委员会|居民委员会|村委会|居委会|村委|村党支部(?:委员会)?|村?党支部|村股份经济合作社|村经济合作社|村集体经济组织|股份经济合作社"
    r"|村集体|村居|社区居委会|社区|村)"
)
_NAME = re.compile(
    r"^(?:[一-鿿]{2,3}省)?(?:[一-鿿]{2,3}市)?(?P<county>[^\W镇乡]{1,4}?(?:[县市]|(?<!社)区))?(?P<town>[一-鿿]{1,5}?(?:镇|乡|街道办事处|街道办|街道|办事处))?"
    r"(?P<base>[一-鿿]{1,10}?)(?P<tail>" + _TAIL + r"*)$"
)
_BARE = re.compile(r"^(?P<county>)(?P<town>)(?P<base>[一-鿿]{2,10}?)(?P<tail>" + _TAIL + r"+)$")
"""古镇村: what looks like a town may be the name itself."""
_NUMBERED = re.compile(
    r"^[（(][\d一二三四五六七八九十]{1,3}[)）]\s*|^\d{1,3}[\s、.．_\-)）]*|^[一二三四五六七八九十]{1,3}[\s、.．_\-)）]+|^[\s、.．_\-)）(（]+|[\d_\-\s]+$"
)
"""Numbers before a name; 五里堡 and 三官庙 keep theirs."""
_NOT = re.compile(
    r"^年?农$|[局站]$|中心$|公司|学校|小学|中学|政府|[所办委院厅处队组户]$|合计|小计|单位|各村|全[镇村县]|镇级|部门|资料|数据|材料|台账|明细|\d年|\d月|年度|月份|[一二三四五六七八九十]月|[本当][年月]|其他|不详"
    r"|村级|本村|外村|^元$|人员|干部|审核|[与及]$|...和$|(?:全|各|本|该|行政|自然|驻|示范|贫困|薄弱|试点|重点)$|^(?:村民?|居民?)?(?:委员会|委会|委)?$"
)
_PLACES = frozenset("中心 驿站 站 局".split())
"""Words that end the name of an office, but are the whole name of a village: 中心村."""
_PATTERN = re.compile(
    r"([一-鿿]{2,7}?(?:村|社区))(?:委|民|居|\d|[年_\-\s（(]|$|20|两委|干部|财务|收支|合同|资产|工程|村级|党|股份|低保|户|土地|承包|耕地|固定|科目|凭证|现金|银行|基本|第|集体|项目|公益|高龄|残疾|特困|农村|常住|户籍|账户|账|工资|报酬|会议|物资|采购|办公|征|机动|荒|会计|持证|脱贫|退耕|危房|临时|分红|明细|花名册|台账|登记|名册|统计|汇总|发放|补贴|流水|公示|一卡通|种粮|养老)"
)


@dataclass(frozen=True)
class Named:
    """A village as some text names it. town and county are "" when the text does not say."""

    base: str
    town: str = ""
    county: str = ""
    is_community: bool = False


@dataclass
class Village:
    """One village of the round."""

    base: str
    town: str
    county: str = ""
    region_code: str = ""
    is_community: bool = False
    facts: dict[str, Any] = field(default_factory=dict)
    sources: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """Full form: 燕家庄村."""
        return self.base + ("社区" if self.is_community else "村")

    def is_one_of(self, names: Iterable[str]) -> bool:
        """Whether one of the names or codes is this village's."""
        return not names_of(self.code, self.town, self.name).isdisjoint(names)

    @property
    def code(self) -> str:
        """Region code, else a key of town and name that survives re-reading."""
        return (
            self.region_code
            if re.fullmatch(r"\d{12}", self.region_code)
            else "V" + content_key(self.town, self.base)
        )


def names_of(code: str, town: str, name: str) -> set[str]:
    """What a person may call a village: its code, 燕家庄村, 燕家庄, 孔村镇燕家庄村."""
    return {code, name, name.removesuffix("村"), f"{town}-{name}", f"{town}{name}"}


@lru_cache(maxsize=20_000)
def parse_village(text: str, is_column: bool = False) -> Named | None:
    """The village a whole text names; a bare name (燕家庄) counts only where a village is expected."""
    text = _NUMBERED.sub("", fold(text).strip(":：;；,，"))
    tried = (_NAME.match(text), _BARE.match(text))
    return next((named for m in tried if m and (named := _named(m, is_column))), None)


def _named(m: re.Match[str], is_column: bool) -> Named | None:
    base, tail = m["base"], m["tail"]
    if (_NOT.search(base) and not (tail and base in _PLACES)) or (not tail and not is_column):
        return None
    town, county = m["town"] or "", m["county"] or ""
    if (len(base) == 1 and not tail) or (len(base) > 6 and not is_column):
        return None
    if not tail and (town or county) and len(base) < 2:
        return None
    return Named(base, town_name(town) if town else "", county, "社区" in tail and "村" not in tail)


class Villages:
    """The villages of a round: first everything is noted, then settled, then rows ask."""

    def __init__(self) -> None:
        self.by_base: dict[str, list[Village]] = {}
        self._towns = Towns()
        self._noted: dict[tuple[str, str], Village] = {}
        self._pattern: re.Pattern[str] | None = None
        self._rostered: set[str] = set()
        self._named_in: dict[str, str | None] = {}
        self._cache: dict[tuple[str, str, tuple[str, ...]], str | None] = {}

    # -- noting ---------------------------------------------------------------------------------------------------

    def note(self, named: Named, source: str, *, region_code: str = "", **facts: Any) -> None:
        """Take down that `source` names a village."""
        village = self._noted.setdefault((named.base, named.town), Village(named.base, named.town))
        village.county = village.county or named.county
        village.region_code = village.region_code or region_code
        village.is_community = village.is_community or named.is_community
        village.facts.update({k: x for k, x in facts.items() if x is not None})
        village.sources.add(source)
        if named.town:
            self._towns.add(named.town, is_sure=source == "名册")
        if source == "名册":
            self._rostered.add(named.town)

    def is_rostered(self, town: str) -> bool:
        """Whether a roster names villages of the town."""
        return town in self._rostered

    def note_town(self, text: str) -> None:
        """Take down a town from a town column."""
        town = town_name(text)
        if is_name(town):
            self._towns.add(town, is_sure=True)

    def note_words(self, words: Iterable[str], folders: int) -> None:
        """Take down villages from titles, sheet, file and folder names: whole names, and names inside a text."""
        words = list(words)
        for text in words[len(words) - folders :]:
            self.note_town(text)
        for i, text in enumerate(words):
            source = "文件夹" if i >= len(words) - folders else "标题"
            town = self.town_in([text]) or self.town_in(words)
            named = parse_village(text)
            if named is None and not self._rostered:
                bare = self._towns.without(text)
                m = _PATTERN.search(bare)
                named = parse_village(m[1]) if m else None
                is_folder = bool(town) and source == "文件夹"
                if named is None and (base := bare_village(bare, is_folder=is_folder)):
                    named = parse_village(base, True)
            if named:
                own = Named(named.base, named.town or town, named.county, named.is_community)
                self.note(own, source)

    def _drop_misread(self) -> None:
        """北营村农村土地… in a title gives 北营村农村: where 北营村 is known and only titles name the longer one, it is none."""
        bases = {base for base, _ in self._noted}
        for base, town in list(self._noted):
            known = any(base[:at] in bases and base[at] == "村" for at in range(2, len(base)))
            if known and self._noted[base, town].sources <= {"标题", "文件夹"}:
                del self._noted[base, town]

    def _drop_phantoms(self) -> None:
        """A town that only titles name, and whose villages all lie in towns that are sure, is a word of the titles."""
        sure: set[str] = {base for base, town in self._noted if town in self._towns.sure}
        towns = {town for _, town in self._noted} - self._towns.sure - {""}
        for town in sorted(towns):
            bases = {base for base, of in self._noted if of == town}
            if not bases <= sure:
                continue
            self._towns.deny(town)
            for base in sorted(bases):
                sources = self._noted.pop((base, town)).sources
                plain = self._noted.setdefault((base, ""), Village(base, ""))
                plain.sources |= sources

    def settle(self) -> None:
        """Entries without a town join the one village of that name; of several towns they stay unknown."""
        self._drop_misread()
        self._drop_phantoms()
        for (base, town), village in sorted(
            self._noted.items(), key=lambda one: (one[0][0], one[0][1] == "", one[0][1])
        ):
            known = self.by_base.setdefault(base, [])
            if not town and known:
                if len(known) == 1:
                    known[0].sources |= village.sources
                    known[0].region_code = known[0].region_code or village.region_code
                    known[0].facts = {**village.facts, **known[0].facts}
                continue
            known.append(village)
        bases = sorted(self.by_base, key=lambda b: (-len(b), b))
        self._pattern = re.compile("|".join(map(re.escape, bases))) if bases else None
        self._named_in = {}

    # -- asking ---------------------------------------------------------------------------------------------------

    def town_in(self, words: Iterable[str]) -> str:
        """The first town named in the texts."""
        return next(filter(None, map(self._towns.first_in, words)), "")

    def in_text(self, text: str) -> str | None:
        """Base name of the one village a text mentions."""
        if text not in self._named_in:
            self._named_in[text] = self._name_in(text)
        return self._named_in[text]

    def _name_in(self, text: str) -> str | None:
        if (named := parse_village(text)) and named.base in self.by_base:
            return named.base
        if not self._pattern:
            return None
        bare = self._towns.without(text)
        found: dict[str, int] = {}
        for m in self._pattern.finditer(bare):
            base, after, before = m[0], bare[m.end() :], bare[: m.start()]
            suffixed = bool(re.match(_TAIL, after))
            alone = not re.match(r"[一-鿿]", after) and not re.search(r"[一-鿿]$", before)
            if suffixed or alone or (len(base) >= 3 and not before.strip("　0123456789_- 、.")):
                found.setdefault(base, 0)
                found[base] += 2 if suffixed else 1
        if not found:
            return None
        best = sorted(found, key=lambda b: (-found[b], b))
        return best[0] if len(best) == 1 or found[best[0]] > found[best[1]] else None

    def code_of(self, village: str, town: str, words: tuple[str, ...]) -> str | None:
        """Village code of a row: its own text first, else the words around the table; None when it cannot be told."""
        key = (village, town, words)
        if (
            key not in self._cache
            and village[:1] == "@"
            and (around := self.code_of("", town, words))
        ):
            return around
        if key not in self._cache:
            found = self._find(village, town, words)
            self._cache[key] = found.code if found else None
        return self._cache[key]

    def _find(self, village: str, town: str, words: tuple[str, ...]) -> Village | None:
        town = town_name(town) if town else ""
        if village.startswith("?"):  # a name alone on a row: only if that village is known
            base = village[1:] if village[1:] in self.by_base else self.in_text(village[1:])
            return (
                self._choose(base, town or self.town_in(words))
                if base
                else self._find("", town, words)
            )
        if village.startswith("@"):  # an address: only where nothing nearer tells
            base = self.in_text(village[1:])
            return (
                self._choose(base, self.town_in([village[1:]]) or town or self.town_in(words))
                if base
                else None
            )
        named = parse_village(village, True) if village else None
        if named and named.base in self.by_base:
            return self._choose(named.base, named.town or town or self.town_in(words))
        if village and (base := self.in_text(village)):
            return self._choose(base, town or self.town_in([village, *words]))
        if village and named:
            return None
        for text in words:
            if base := self.in_text(text):
                return self._choose(base, town or self.town_in([text]) or self.town_in(words))
        return None

    def _choose(self, base: str, town: str) -> Village | None:
        known = self.by_base.get(base, [])
        if town:
            same = [
                v
                for v in known
                if v.town == town
                or (v.town and (v.town.startswith(town) or town.startswith(v.town)))
            ]
            if len(same) == 1:
                return same[0]
            if len(known) == 1 and (not known[0].town or not re.search(r"(镇|乡|街道)$", town)):
                return known[0]
            return None
        return known[0] if len(known) == 1 else None

    def all(self) -> list[Village]:
        """Every village by code."""
        return sorted((v for group in self.by_base.values() for v in group), key=lambda v: v.code)
