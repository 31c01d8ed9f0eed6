"""Business, payroll, vehicle and co-operative registers."""

import random
from datetime import date, timedelta
from typing import Any

from . import ids, names
from .people import born_about, person, pick
from .world import Person, Record, Village, World

_UNITS = (
    "{town}中心小学",
    "{town}卫生院",
    "{town}人民政府",
    "县农业农村局",
    "县自然资源局",
    "县教育和体育局",
)
RELIEF = ("dibao", "tekun", "linshi", "weifang", "gangwei", "hulin", "canji")


def outsider(rng: random.Random, village: Village) -> Person:
    """Somebody from elsewhere, between 30 and 55."""
    return person(
        rng,
        village,
        born_about(rng, rng.randrange(1968, 1994)),
        rng.random() < 0.3,
        rng.choice(names.SURNAMES),
    )


def payroll(world: World) -> None:
    """Officials: three villagers of each village, and as many people from elsewhere."""
    for village in world.villages:
        rng = world.rng("payroll", village.key)
        for i in range(7):
            someone = pick(village, rng, "payroll", 26, 56) if i < 3 else outsider(rng, village)
            if someone:
                employ(world, rng, someone, "在职")


def employ(
    world: World,
    rng: random.Random,
    someone: Person,
    state: str,
    entry: date | None = None,
    leave: date | None = None,
    unit: str = "",
) -> Record:
    """A payroll row; `state` 在职, 退休 or 退出."""
    someone.busy = someone.busy or "payroll"
    town = someone.village.town
    return world.add(
        "payroll",
        someone.village,
        person=someone,
        name=someone.name,
        id_no=someone.number,
        unit=unit or rng.choice(_UNITS).format(town=town),
        post=rng.choice(("教师", "医师", "科员", "职员")),
        state=state,
        staff=rng.choice(("事业", "事业", "公务员")),
        school=rng.choice(("本科", "大专")),
        entry=entry or date(rng.randrange(1996, 2021), rng.randrange(1, 13), 1),
        leave=leave,
    )


class Market:
    """Firms of each county that villages buy from; every one is in the business register."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.rng = world.rng("market")
        self.firms = names.Firms(self.rng)
        self.known: dict[tuple[str, str], list[str]] = {}
        for county in dict.fromkeys(v.county for v in world.villages):
            village = next(v for v in world.villages if v.county == county)
            for trade, count in (("works", 14), ("trade", 44), ("service", 34), ("farm", 8)):
                self.known[county, trade] = [
                    self.register(village, trade, outsider(self.rng, village))["company"]
                    for _ in range(count)
                ]

    def register(
        self,
        village: Village,
        trade: str,
        owner: Person,
        *,
        supervisor: Person | None = None,
        holders: list[Person] | None = None,
        address: str = "",
        **more: Any,
    ) -> Record:
        """Enter a new firm; owner is legal person and first holder."""
        rng = self.rng
        name = more.pop("company", "") or self.firms.name(trade, village.county[:2])
        kind = {"coop": "93"}.get(trade, "92" if name.endswith("经营部") else "91")
        founded = date(rng.randrange(2012, 2022), rng.randrange(1, 13), rng.randrange(1, 28))
        address = (
            address
            or f"{village.county}{village.town}工业路{len(self.world.tables['firms']) + 1}号"
        )
        values: dict[str, Any] = {
            "code": ids.credit_code(rng, kind, village.prefix),
            "company": name,
            "form": {"93": "农民专业合作社", "92": "个体工商户"}.get(
                kind, "有限责任公司(自然人投资或控股)"
            ),
            "legal": owner.name,
            "legal_id": owner.number,
            "capital": rng.randrange(5, 60) * 10**7 // 10,
            "founded": founded,
            "state": "在营（开业）企业",
            "closed": None,
            "address": address,
            "phone": owner.phone,
            "scope": _SCOPES[trade],
            "person": owner,
        }
        values.update(more)
        record = self.world.add("firms", village, **values)
        holders = holders if holders is not None else [owner, outsider(rng, village)]
        share = 100 // max(1, len(holders))
        self._persons(record, village, holders, supervisor or outsider(rng, village), share)
        return record

    def _persons(
        self, firm: Record, village: Village, holders: list[Person], supervisor: Person, share: int
    ) -> None:
        roles = [("股东", p) for p in holders] + [("监事", supervisor)]
        for role, someone in roles:
            self.world.add(
                "firm_people",
                village,
                code=firm["code"],
                company=firm["company"],
                role=role,
                name=someone.name,
                id_no=someone.number,
                person=someone,
                firm=firm,
                share=f"{share}%" if role == "股东" else "",
            )

    def pick(self, rng: random.Random, village: Village, trade: str) -> str:
        """Any firm of the county in the trade."""
        return rng.choice(self.known[village.county, trade])


_SCOPES = {
    "works": "房屋建筑、道路硬化、园林绿化工程施工",
    "trade": "日用百货、办公用品、建材销售",
    "service": "保洁服务、机械租赁、劳务服务",
    "farm": "农作物种植、农产品销售",
    "coop": "组织成员开展种植、养殖、农产品销售",
}


def ordinary(world: World, market: Market) -> None:
    """Cars, village firms and co-ops of people nobody helps; made after planting."""
    for village in world.villages:
        rng = world.rng("ordinary", village.key)
        poor = {id(r["person"].household) for roll in RELIEF for r in world.rows(roll, village)}
        free = [
            p
            for p in village.people
            if p.busy in ("", "relative")
            and 24 <= p.age(date(2023, 1, 1)) <= 62
            and id(p.household) not in poor
        ]
        rng.shuffle(free)
        for someone in free[:16]:
            drive(world, rng, someone)
        owners = [p for p in free if not p.busy]
        for someone in owners[:4]:
            market.register(
                village,
                rng.choice(("trade", "service", "farm")),
                someone,
                address=f"{village.town}{village.name}",
                holders=[someone],
            )
            someone.busy = "owner"
        _coop(world, market, village, rng, owners[4:])


def drive(world: World, rng: random.Random, someone: Person, **more: Any) -> Record:
    """A vehicle row; a passenger car in use unless told otherwise."""
    values: dict[str, Any] = {
        "plate": ids.plate(rng),
        "owner": someone.name,
        "id_no": someone.number,
        "person": someone,
        "kind": "小型轿车",
        "brand": rng.choice(("大众牌SVW71", "吉利牌MR71", "长安牌SC71", "比亚迪牌BYD7")),
        "registered": date(2016, 1, 1) + timedelta(days=rng.randrange(2700)),
        "state": "正常",
        "use": "非营运",
    }
    values.update(more)
    return world.add("vehicles", someone.village, **values)


def _coop(
    world: World, market: Market, village: Village, rng: random.Random, free: list[Person]
) -> None:
    if len(free) < 9 or rng.random() < 0.3:
        return
    members = free[: rng.randrange(7, 14)]
    coop = market.register(
        village,
        "coop",
        members[0],
        holders=members[:1],
        supervisor=members[1],
        address=f"{village.town}{village.name}",
    )
    enrol(world, rng, village, coop, members)


def enrol(
    world: World, rng: random.Random, village: Village, coop: Record, members: list[Person]
) -> list[Record]:
    """Member rows of a co-op with equal-sized small contributions."""
    return [
        world.add(
            "coop_members",
            village,
            company=coop["company"],
            code=coop["code"],
            name=p.name,
            id_no=p.number,
            person=p,
            capital=rng.choice((100000, 200000, 300000)),
            role="理事长" if i == 0 else "监事" if i == 1 else "成员",
            farmer="是",
        )
        for i, p in enumerate(members)
    ]
