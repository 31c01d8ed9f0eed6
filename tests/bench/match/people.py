"""Invented people in households in villages: a few surnames fill a village, a generation shares a character.

Everything is drawn in blocks with numpy, so that tens of millions of people need no more memory than one block.
"""

from dataclasses import dataclass

import numpy as np
from names import COHORT_STARTS, GENERATION, SINGLE_SHARE, UYGHUR, characters, popular, surnames

WIDTH = 14  # characters kept of a name
LOCAL = "102 103 104 105 112 113 114 115 116 117 124 126".split()
OLD = "111 121 122 123 125 181".split()
FAR = "370302 370902 371402 320311 410105 130102 510107 230103 421003 653101".split()
MEAN_HOUSEHOLD = 3.05


@dataclass
class People:
    """One block: arrays of length n; `name` is n × WIDTH code points, zero after the end."""

    name: np.ndarray
    surname: np.ndarray  # index; -1 for names without one
    sex: np.ndarray  # 1 male, 0 female
    year: np.ndarray
    village: np.ndarray
    household: np.ndarray
    number: np.ndarray  # n × 18 ASCII codes of the ID number
    phone: np.ndarray  # int64
    bank: np.ndarray  # int64, 0 when none


@dataclass
class Places:
    """Names of villages: (villages,) stems, towns and the county each is in."""

    stem: np.ndarray
    town: np.ndarray
    county: np.ndarray

    @classmethod
    def invent(cls, count: int, rng: np.random.Generator) -> "Places":
        firsts, shares = surnames()
        family = rng.choice(np.array(firsts), count, p=shares**0.8 / (shares**0.8).sum())
        land = rng.choice(list("东西南北大小前后上下新老石河山桃柳龙凤马"), count)
        ends = "家庄 家庄 家庄 庄 家 家屯 家洼 家楼 家营 家寨 官庄 家沟 家坡 集 家峪 家桥".split()
        end = rng.choice(ends, count)
        second = rng.choice(["", "", "", "东", "西", "南", "北", "前", "后"], count)
        plain = rng.random(count) < 0.75
        nature = rng.choice(
            "河 山 泉 岭 湖 台 口 店 庙 塔 井 坊 池 埠 湾 崖 岗 沟 园 桥".split(), count
        )
        stem = np.where(
            plain, np.char.add(second, np.char.add(family, end)), np.char.add(land, nature)
        )
        towns = max(3, count // 70)
        a, b = (
            list("平安孝垛官曹明白刁文普绣宁黄仁济索太清玉孔贾龙殷"),
            list("里庄桥河阴水集山寺湖泉村街店"),
        )
        town_names = np.char.add(rng.choice(a, towns), rng.choice(b, towns))
        town = np.sort(rng.integers(0, towns, count))
        return cls(stem, town_names[town], rng.integers(0, len(LOCAL), towns)[town])


def _pick(weights: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    cut = np.cumsum(weights)
    return np.minimum(np.searchsorted(cut, rng.random(count) * cut[-1]), len(weights) - 1)


class World:
    """Draws blocks of people; `villages` are filled in order, about `size` people each."""

    def __init__(self, villages: int, rng: np.random.Generator):
        self.rng = rng
        self.places = Places.invent(villages, rng)
        self.surnames, self.shares = surnames()
        wide = self.shares**0.75
        self.clans = _pick(wide, villages * 3, rng).reshape(villages, 3)
        top = rng.beta(2.2, 2.6, villages)
        self.clan_shares = np.cumsum(
            np.stack(
                [top, (1 - top) * rng.beta(2, 4, villages), (1 - top) * rng.beta(1.2, 8, villages)],
                1,
            ),
            axis=1,
        )
        self.clerk_phone = self._phones(villages)
        self.salt = int(rng.integers(1, 2**31))
        self.generation = np.array([ord(c) for c in GENERATION], dtype=np.uint32)
        self.heads = 0

    def _phones(self, count: int) -> np.ndarray:
        head = self.rng.choice(
            [138, 139, 150, 151, 158, 159, 186, 187, 188, 133, 153, 131, 132, 177, 199], count
        )
        return head.astype(np.int64) * 10**8 + self.rng.integers(0, 10**8, count)

    def _family_name(self, village: np.ndarray) -> np.ndarray:
        rng = self.rng
        slot = (rng.random(len(village))[:, None] >= self.clan_shares[village]).sum(1)
        other = _pick(self.shares, len(village), rng)
        local = self.clans[village, np.minimum(slot, 2)]
        return np.where(slot < 3, local, other)

    def block(self, first: int, last: int, people: int) -> People:
        """About `people` persons of the villages first … last − 1."""
        rng, homes = self.rng, max(1, round(people / MEAN_HOUSEHOLD))
        weight = rng.lognormal(0, 0.6, last - first)
        home_village = first + np.sort(_pick(weight, homes, rng))
        size = rng.choice([1, 2, 3, 4, 5, 6], homes, p=[0.14, 0.26, 0.24, 0.2, 0.11, 0.05])
        household = np.repeat(np.arange(homes), size)
        starts = np.concatenate([[0], np.cumsum(size)[:-1]])
        place = np.arange(len(household)) - starts[household]
        village = home_village[household]
        head_surname = self._family_name(home_village)
        year, sex, surname = self._roles(place, household, head_surname, village)
        given = self._given(year, sex, surname, village, place, starts[household])
        name = self._write(surname, given)
        number = self._numbers(year, sex, self.places.county[village])
        phone, bank = self._contacts(household, homes, village)
        household = household + self.heads
        self.heads += homes
        return People(name, surname, sex, year, village, household, number, phone, bank)

    def _roles(self, place, household, head_surname, village):
        """Birth years, sexes and surnames by place in the household: head, spouse, children, parent, grandchild."""
        rng, n = self.rng, len(place)
        head_year = np.clip(rng.normal(1965, 14, len(head_surname)), 1932, 2000).astype(int)[
            household
        ]
        head_sex = (rng.random(len(head_surname)) < 0.87).astype(int)[household]
        gap = np.choose(place, [0, 0, 25, 27, -26, 51])
        spread = rng.normal(0, 2.6, n).round().astype(int)
        year = np.clip(head_year + gap + np.where(place > 0, spread, 0), 1921, 2021)
        sex = np.where(
            place == 1, 1 - head_sex, np.where(place == 0, head_sex, rng.random(n) < 0.5)
        )
        own = head_surname[household]
        foreign = np.where(
            rng.random(n) < 0.35, self._family_name(village), _pick(self.shares, n, rng)
        )
        keeps = (place != 1) & ((place == 0) | (head_sex == 1)) & ~((place == 4) & (sex == 0))
        return year, sex.astype(np.int8), np.where(keeps, own, foreign)

    def _given(self, year, sex, surname, village, place, head):
        """Given names, n × 2 code points: popular whole names, singles, or two draws; clans share a character."""
        rng, n = self.rng, len(year)
        cohort = np.searchsorted(COHORT_STARTS, year, side="right")
        given = np.zeros((n, 2), dtype=np.uint32)
        for s in (0, 1):
            for c in range(5):
                rows = np.flatnonzero((sex == s) & (cohort == c))
                codes, weights = characters(s, c)
                given[rows] = codes[_pick(weights, 2 * len(rows), rng)].reshape(-1, 2)
                double = rows[given[rows, 0] == given[rows, 1]]
                given[double, 1] = codes[_pick(weights, len(double), rng)]
                single = rows[rng.random(len(rows)) < SINGLE_SHARE[c]]
                given[single, 1] = 0
                whole = rows[rng.random(len(rows)) < 0.22]
                pairs, shares = popular(s, c)
                given[whole] = pairs[_pick(shares, len(whole), rng)]
        clan = (surname == self.clans[village, 0]) | (surname == self.clans[village, 1])
        share = np.where(sex == 1, np.where(year < 1985, 0.5, 0.15), 0.06)
        follow = clan & (rng.random(n) < share) & (given[:, 1] > 0)
        key = (
            village.astype(np.int64) * 1000003
            + surname * 8191
            + (year - 1921) // 25 * 131
            + self.salt
        ) * 2654435761
        given[follow, 0] = self.generation[((key >> 13) % len(self.generation))[follow]]
        sibling = np.flatnonzero((place == 3) & (rng.random(n) < 0.3))
        given[sibling, 0] = given[sibling - 1, 0]
        alike = np.flatnonzero(
            (place == 2) & (sex == 1) & (rng.random(n) < 0.05)
        )  # son named after father
        given[alike, 1] = given[head[alike], 1]
        return given

    def _write(self, surname, given):
        lengths = np.array([len(s) for s in self.surnames])
        codes = np.zeros((len(lengths), 2), dtype=np.uint32)
        for i, word in enumerate(self.surnames):
            codes[i, : len(word)] = [ord(c) for c in word]
        name = np.zeros((len(surname), WIDTH), dtype=np.uint32)
        name[:, :2] = codes[surname]
        long = lengths[surname] == 2
        name[long, 2:4] = given[long]
        name[~long, 1:3] = given[~long]
        foreign = np.flatnonzero(self.rng.random(len(surname)) < 0.002)
        words = UYGHUR.split()
        for row in foreign:
            text = "·".join(self.rng.choice(words, 2))[:WIDTH]
            name[row] = 0
            name[row, : len(text)] = [ord(c) for c in text]
        return name

    def _numbers(self, year, sex, county):
        """18-digit numbers with a valid check; region of first registration, date, odd sequence for men."""
        rng, n = self.rng, len(year)
        local = np.array([int("370" + c) for c in LOCAL])[county]
        old = np.array([int("370" + c) for c in OLD])[county % len(OLD)]
        far = np.array([int(c) for c in FAR])[rng.integers(0, len(FAR), n)]
        luck = rng.random(n)
        region = np.where(luck < 0.06, far, np.where((luck < 0.45) & (year < 1995), old, local))
        month = rng.integers(1, 13, n)
        day = rng.integers(1, 29, n)
        order = 2 * rng.integers(0, 300, n) + np.where(sex == 1, 1, 2)
        text = (region * 10**8 + year * 10**4 + month * 100 + day).astype(np.int64) * 1000 + order
        digits = (text[:, None] // 10 ** np.arange(16, -1, -1, dtype=np.int64)) % 10
        return np.concatenate([digits + 48, check_characters(digits)[:, None]], axis=1).astype(
            np.uint8
        )

    def _contacts(self, household, homes, village):
        """Phones and cards: shared in part of the households; some phones are the village clerk's."""
        rng, n = self.rng, len(household)
        home_phone, home_bank = self._phones(homes), self._cards(homes)
        phone = np.where(rng.random(n) < 0.36, home_phone[household], self._phones(n))
        clerk = rng.random(homes)[household] < 0.03
        phone = np.where(clerk, self.clerk_phone[village], phone)
        bank = np.where(rng.random(n) < 0.2, home_bank[household], self._cards(n))
        return phone, bank

    def _cards(self, count: int) -> np.ndarray:
        head = self.rng.choice(
            [622848026, 623052026, 622319160, 621700234, 621799451], count
        ).astype(np.int64)
        return head * 10**9 + self.rng.integers(0, 10**9, count)


def check_characters(digits: np.ndarray) -> np.ndarray:
    """Check characters (ASCII codes) of n × 17 digits, GB 11643."""
    weights = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
    return np.frombuffer(b"10X98765432", dtype=np.uint8)[(digits * weights).sum(1) % 11]
