"""One village's books while they are written: entries, bank rows, registers and what was planted."""

from datetime import date, timedelta
from random import Random

import words
from habits import account_of, next_workday, say
from world import Township, Vendor, card, opened, person, vendor


class Entry:
    """One payment or receipt; `bank` holds exceptions to the usual bank row."""

    __slots__ = (
        "account",
        "acct",
        "amount",
        "bank",
        "booked",
        "group",
        "ident",
        "invoice",
        "key",
        "method",
        "paid_to",
        "payee",
        "side",
        "summary",
        "when",
    )


class Gap:
    """Voucher numbers left out of one month after a share of its vouchers."""

    def __init__(self, month: str, share: float, count: int):
        self.month, self.share, self.count, self.numbers, self.note = month, share, count, [], ""


class Village:
    def __init__(self, seed: int, index: int, town: Township):
        self.rng = rng = Random(f"village-{seed}-{index}")
        self.id = f"V{index + 1:05d}"
        self.town, self.habit, self.years, self.limit = town, town.habit, town.years, town.limit
        self.name = (
            rng.choice(words.PLACES_VILLAGE.split())
            + rng.choice(words.SURNAMES)
            + rng.choice(words.VILLAGE_TAIL.split())
        )
        self.surnames = rng.sample(words.SURNAMES[:45], 3)
        self.population = int(rng.lognormvariate(6.9, 0.5))
        self.size = min(1.7, max(0.45, rng.lognormvariate(0, 0.35))) * (
            1.75 if len(town.years) == 1 else 1.0
        )
        self.entries: list[Entry] = []
        self.extra_bank: list[list] = []
        self.gaps: list[Gap] = []
        self.truth: list[tuple] = []
        self.contracts: list[tuple] = []
        self.roster: list[list] = []
        self.accounts: dict[str, str] = {}
        self.used: set[str] = set()
        self.reserved: set[tuple[str, int]] = set()
        self.invoices: dict[str, int] = {}
        self.vendors = self.choose_vendors()
        self.people = [person(rng, self.surnames) for _ in range(60)]

    def choose_vendors(self) -> dict[str, list[Vendor]]:
        rng, chosen = self.rng, {}
        for trade in words.TRADES:
            pool = [v for v in self.town.vendors if v.trade == trade]
            picked = rng.sample(pool, min(len(pool), rng.randrange(2, 4)))
            if trade in ("shop", "food", "build", "repair", "machine") and rng.random() < 0.6:
                picked.append(self.local(trade))
            chosen[trade] = picked
        return chosen

    def local(self, trade: str, when: date | None = None) -> Vendor:
        """A seller that only this village uses."""
        return vendor(
            self.rng, self.name, trade, when or opened(self.rng, self.years[0]), common=False
        )

    def account(self, name: str) -> str:
        if name not in self.accounts:
            self.accounts[name] = card(self.rng)
        return self.accounts[name]

    def day(
        self, *, workday: float = 0.8, first: date | None = None, last: date | None = None
    ) -> date:
        """Some day of the years covered."""
        low = first or date(self.years[0], 1, 3)
        high = last or date(self.years[-1], 12, 28)
        when = low + timedelta(self.rng.randrange((high - low).days + 1))
        return next_workday(when) if self.rng.random() < workday else when

    def invoice(self, who: str, when: date) -> str:
        """The next number of the seller's own book: eight digits, or twenty with the year in front."""
        if who not in self.invoices:
            self.invoices[who] = self.rng.randrange(10**6, 9 * 10**7)
        self.invoices[who] += self.rng.randrange(1, 60)
        number = f"{self.invoices[who]:08d}"
        return (
            f"{when.year % 100}3700000{hash_digits(who)}{number}"
            if hash_digits(who)[0] in "01234"
            else number
        )

    def add(
        self,
        when: date,
        amount: float,
        payee: str,
        key: str,
        summary: str,
        *,
        side="支出",
        acct=None,
        invoice=None,
        method=None,
        group=None,
        **bank,
    ) -> Entry:
        entry = Entry()
        entry.when, entry.amount, entry.payee, entry.key = when, round(amount, 2), payee, key
        entry.account = account_of(self.habit, key, when)
        entry.side, entry.summary, entry.acct, entry.invoice = side, summary, acct, invoice
        small = amount < 800 and self.rng.random() < self.habit.cash
        entry.method = method or ("现金" if small else self.rng.choice(["银行", "转账", "转账"]))
        entry.group, entry.bank, entry.booked, entry.ident, entry.paid_to = (
            group,
            bank,
            None,
            "",
            None,
        )
        self.entries.append(entry)
        return entry

    def buy(
        self,
        when: date,
        what: str,
        seller: Vendor,
        key: str,
        amount: float,
        *,
        quantity=None,
        note="",
        invoiced=True,
        **more,
    ) -> Entry:
        summary = more.pop("summary", None) or say(
            self.rng,
            self.habit,
            what,
            seller.name,
            when,
            quantity=quantity,
            note=note,
            goods=quantity is not None,
        )
        number = more.pop("invoice", None) or (
            self.invoice(seller.name, when) if invoiced else None
        )
        return self.add(
            when, amount, seller.name, key, summary, acct=seller.acct, invoice=number, **more
        )

    def pay(
        self,
        when: date,
        what: str,
        who: str,
        key: str,
        amount: float,
        *,
        quantity=None,
        note="",
        monthly=False,
        **more,
    ) -> Entry:
        summary = say(
            self.rng, self.habit, what, who, when, quantity=quantity, note=note, monthly=monthly
        )
        return self.add(
            when,
            amount,
            who,
            key,
            summary,
            acct=more.pop("acct", None) or self.account(who),
            **more,
        )

    def goods(
        self,
        when: date,
        item: tuple | None = None,
        *,
        seller: Vendor | None = None,
        times=1.0,
        count=None,
        note="",
    ) -> Entry:
        """An ordinary purchase at the county's price."""
        rng = self.rng
        item = item or rng.choices(words.GOODS, [g[7] for g in words.GOODS])[0]
        trade, what, unit, _, low, high, key, _ = item
        seller = seller or rng.choice(self.vendors[trade])
        price = self.town.price[what] * seller.level * rng.uniform(0.97, 1.04) * times
        price = round(price, 2) if price < 5 else round(price, 1) if price < 40 else round(price)
        if count is None:
            count = max(low, int(low * (high / low) ** rng.random()))
        return self.buy(
            when, what, seller, key, count * price, quantity=(count, unit, price), note=note
        )

    def case(self, scheme: str, kind: str, objs: list, note: str) -> None:
        self.truth.append((scheme, kind, objs, note))

    def rekey(self, entry: Entry) -> tuple[str | None, str]:
        return account_of(self.habit, entry.key, entry.when)

    def fresh(self, trade: str) -> Vendor:
        """A seller not yet part of any planted case, so that cases do not overlap."""
        free = [v for v in self.vendors[trade] if v.name not in self.used]
        chosen = self.rng.choice(free) if free else self.local(trade)
        self.used.add(chosen.name)
        if not free:
            self.vendors[trade].append(chosen)
        return chosen


def hash_digits(text: str) -> str:
    """Three digits that belong to a name."""
    return f"{sum(ord(c) * (i + 7) for i, c in enumerate(text)) % 1000:03d}"
