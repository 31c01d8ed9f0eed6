"""The towns of a round, and where a text names one. The same titles and folders are asked about for every sheet."""

from __future__ import annotations

import re
from functools import lru_cache

from xuncha_lib.values import fold

_TOWN = re.compile(r"(?:^|[县区市省_\-\s/（(])([一-鿿]{1,4}?(?:镇|乡|街道))")

_ENDS = re.compile(r"(镇|乡|街道)$")
_NO_NAME = re.compile(
    r"^(?:城|村|集|小城|全|本|各|我|该|驻|重|中心|示范|试点|特色小|强|家|老|同|返|回|下|还|故|异|统筹城|全[县市区]城?|城市)[镇乡]$|乡镇$|城乡$|县镇$|[全本各我]镇$"
    r"|(?:推进|振兴|支持|美丽|建设|服务|助力|发展|促进|全面|加强|加快|推动|实施|引导|扶持|返|家电下|科技下|资金下|干部下)[镇乡]$"
    r"|^(?:村内|村里|村中|村庄|村级|主|主要|全村|本村|农村|东西|南北|中心|背|各|全|本|我|该|村)街道$"
)
_GOES_ON = re.compile(
    r"乡(?:村(?!级|务|两委|干部|集体|账|组|居|委)|镇|土|愁|贤|音|规|情|里|亲)|街道(?:硬化|[亮绿美净]化|整[治修]|改造|维修|修[缮补建]|路[灯面]|清扫|保洁|卫生|两[侧旁边]|照明|排水|拓宽|铺装|工程|建设)"
)
"""城乡 and 乡村 are no towns, nor is a street that is paved: 城乡公益岗, 推进乡村振兴, 村内街道硬化."""


@lru_cache(maxsize=20_000)
def town_name(text: str) -> str:
    """孔村镇 from 平阴县孔村镇人民政府; 街道办事处 → 街道."""
    text = re.sub(r"(人民政府|党委|镇政府)$", "", fold(text))
    text = re.sub(r"(?<=街道)办事处$|(?<=街道)办$", "", text)
    text = (
        re.sub(
            r"^(?:[一-鿿]{2,3}省)?(?:[一-鿿]{2,3}市)?(?:[一-鿿]{1,4}?[县区](?=[一-鿿]{2}))?",
            "",
            text,
        )
        or text
    )
    return text[: -len("办事处")] + "街道" if text.endswith("办事处") else text


_KINDS = frozenset("乡镇 镇乡 城乡 城镇 村镇 县镇 各镇 各乡 全镇 全乡 本镇 本乡".split())


@lru_cache(maxsize=20_000)
def is_name(text: str) -> bool:
    """Whether a column or a folder may name a town so: 中心镇 is one, 乡镇 and 城乡 are kinds of places."""
    return 2 <= len(text) <= 8 and bool(_ENDS.search(text)) and text not in _KINDS


def _is_town(m: re.Match[str]) -> bool:
    ends = m[1][-2:] if m[1].endswith("街道") else m[1][-1:]
    return not _NO_NAME.search(m[1]) and not _GOES_ON.match(ends + m.string[m.end() :])


class Towns:
    """Names of towns as they become known; what was found in a text holds until another is added."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._denied: set[str] = set()
        self.sure: set[str] = set()
        self._longest_first: list[str] = []
        self._first: dict[str, str] = {}
        self._without: dict[str, str] = {}

    def add(self, town: str, *, is_sure: bool = False) -> None:
        """Make a town known; sure is what a roster, a column or a whole folder name says."""
        if is_sure:
            self.sure.add(town)
        if town not in self._names:
            self._names.add(town)
            # a longer name is found before one that is part of it
            self._longest_first = sorted(self._names, key=lambda t: (-len(t), t))
            self._first, self._without = {}, {}

    def deny(self, town: str) -> None:
        """Take a town back: what looked like its name was none."""
        self._denied.add(town)
        self._names.discard(town)
        self._longest_first = sorted(self._names, key=lambda t: (-len(t), t))
        self._first, self._without = {}, {}

    def first_in(self, text: str) -> str:
        """The town a text names; "" for none."""
        if text not in self._first:
            self._first[text] = self._find(text)
        return self._first[text]

    def _find(self, text: str) -> str:
        folded = fold(text)
        for town in self._longest_first:
            if town in folded:
                return town
        found = (town_name(m[1]) for m in _TOWN.finditer(folded) if _is_town(m))
        return next((town for town in found if town not in self._denied), "")

    def without(self, text: str) -> str:
        """The folded text with blanks in place of towns."""
        if text not in self._without:
            bare = fold(text)
            for town in self._longest_first:
                bare = bare.replace(town, "　" * len(town))
            self._without[text] = _TOWN.sub(
                lambda m: (
                    m[0][: m.start(1) - m.start(0)] + "　" * len(m[1]) if _is_town(m) else m[0]
                ),
                bare,
            )
        return self._without[text]
