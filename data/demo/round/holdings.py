"""What people own and earn on the bureaus' lists: homes, insurance, certificates, machines, day labour."""

import random
from datetime import date, timedelta
from typing import Any

from .registers import RELIEF
from .world import Person, Record, Village, World

_FIRMS = ("宏达食品有限公司", "齐丰机械厂", "润泽纺织有限公司", "诚信物流有限公司")
_KINDS = ("肢体", "视力", "听力", "精神", "智力")
_MACHINES = (("轮式拖拉机", "LX904"), ("自走式玉米收获机", "4YZ-4"), ("旋耕机", "1GQN-200"))


def own_home(
    world: World, rng: random.Random, someone: Person, bought: date, **more: Any
) -> Record:
    """A home in the county town unless told otherwise."""
    number = len(world.tables["property"]) + 1
    values: dict[str, Any] = {
        "person": someone,
        "owner": someone.name,
        "id_no": someone.number,
        "certificate": f"鲁({bought.year})不动产权第{number:07d}号",
        "place": f"{someone.village.county}{rng.choice(('锦绣', '阳光', '翠湖'))}小区{number % 40 + 1}号楼",
        "floor": round(rng.uniform(72, 128), 2),
        "use": "住宅",
        "acquired": "买卖",
        "registered": bought,
        "state": "现势",
    }
    values.update({k: v for k, v in more.items() if k != "place"})
    values["place"] += more.get("place", "")
    return world.add("property", someone.village, **values)


def insure(
    world: World,
    rng: random.Random,
    someone: Person,
    kind: str,
    since: date,
    unit: str = "",
    state: str = "正常",
) -> Record:
    """A line of the insurance and housing-fund list."""
    base = rng.randrange(3200, 6100) * 100
    alone = unit == "灵活就业人员"
    return world.add(
        "insured",
        someone.village,
        person=someone,
        name=someone.name,
        id_no=someone.number,
        insured_by=unit or rng.choice(_FIRMS),
        insurance=kind,
        base=base,
        own=base * 8 // 100,
        boss=0 if alone else base * 8 // 100,
        since=since,
        state=state,
    )


def certify(
    world: World, rng: random.Random, someone: Person, level: str, issued: date, remark: str = ""
) -> Record:
    """A certificate of disability, good for ten years."""
    kind = rng.randrange(len(_KINDS))
    return world.add(
        "disability",
        someone.village,
        person=someone,
        name=someone.name,
        id_no=someone.number,
        gender="女" if someone.female else "男",
        certificate=f"{someone.number}{kind + 1}{'一二三四'.index(level[0]) + 1}",
        kind=_KINDS[kind],
        level=level,
        issued=issued,
        expires=date(issued.year + 10, issued.month, issued.day),
        remark=remark,
    )


def buy_machine(world: World, rng: random.Random, someone: Person, **more: Any) -> Record:
    """A line of the machinery subsidy list."""
    kind, model = rng.choice(_MACHINES)
    number = len(world.tables["machinery"])
    values: dict[str, Any] = {
        "person": someone,
        "name": someone.name,
        "id_no": someone.number,
        "machine": kind,
        "model": model,
        "serial": f"SN{rng.randrange(10**4):04d}{number:04d}",
        "engine": f"E{rng.randrange(10**5):05d}{number:04d}",
        "dealer": f"{someone.village.county[:2]}惠农农机销售有限公司",
        "bought": date(rng.choice((2023, 2024)), rng.randrange(3, 11), rng.randrange(2, 27)),
        "amount": rng.randrange(18, 320) * 10000,
        "remark": "",
    }
    values.update(more)
    return world.add("machinery", someone.village, **values)


def sow(
    world: World,
    rng: random.Random,
    someone: Person,
    plot: str = "",
    area: float = 0.0,
    **more: Any,
) -> Record:
    """A line of the list of sown plots, whose subsidy goes by plot."""
    village = someone.village
    number = len(world.rows("plots", village)) + 1
    area = area or round(rng.uniform(0.6, 1.0), 2)
    values: dict[str, Any] = {
        "person": someone,
        "name": someone.name,
        "id_no": someone.number,
        "plot": plot or f"{village.prefix}{world.villages.index(village):03d}{number:05d}",
        "area": area,
        "amount": round(area * 10400),
        "remark": "",
    }
    values.update(more)
    return world.add("plots", village, **values)


def day_labour(
    world: World, rng: random.Random, village: Village, someone: Person, day: date, task: str
) -> Record:
    """A line of a village's list of day labour."""
    days = rng.randrange(2, 6)
    return world.add(
        "labour",
        village,
        person=someone,
        name=someone.name,
        id_no=someone.number,
        task=task,
        worked=days,
        gross=days * 11000,
        net=days * 11000,
        paid_day=day,
        remark="",
    )


_ASSETS = (
    ("村委会办公楼", "房屋建筑物", 38000000),
    ("联想台式电脑", "电子设备", 462000),
    ("惠普打印机", "电子设备", 219000),
    ("会议桌椅", "办公家具", 680000),
    ("深井水泵", "机器设备", 1250000),
    ("文化广场健身器材", "公益设施", 2360000),
    ("村卫生室", "房屋建筑物", 9600000),
    ("LED显示屏", "电子设备", 1180000),
    ("洒水车", "运输设备", 6800000),
)


def own_asset(world: World, rng: random.Random, village: Village, **more: Any) -> Record:
    """A card of the village's fixed assets."""
    name, kind, cost = rng.choice(_ASSETS)
    values: dict[str, Any] = {
        "asset": name,
        "asset_kind": kind,
        "cost": round(cost * rng.uniform(0.8, 1.2) / 100) * 100,
        "bought": date(2010, 1, 1) + timedelta(days=rng.randrange(4300)),
        "keeper": village.cadres[5].person.name,
        "asset_state": "在用",
        "remark": "",
    }
    values.update(more)
    return world.add("assets", village, **values)


def assets(world: World) -> None:
    """Seven cards for every village."""
    for village in world.villages:
        rng = world.rng("assets", village.key)
        for name, kind, cost in rng.sample(_ASSETS, 7):
            fen = round(cost * rng.uniform(0.8, 1.2) / 100) * 100
            own_asset(world, rng, village, asset=name, asset_kind=kind, cost=fen)


def ordinary(world: World) -> None:
    """What everybody else owns and earns; made after planting."""
    for village in world.villages:
        rng = world.rng("holdings", village.key)
        poor = {id(r["person"].household) for roll in RELIEF for r in world.rows(roll, village)}
        free = [
            p
            for p in village.people
            if p.busy in ("", "relative")
            and not p.died
            and 26 <= p.age(date(2023, 1, 1)) <= 60
            and id(p.household) not in poor
        ]
        rng.shuffle(free)
        for i, someone in enumerate(free[:12]):
            for year in (2014, 2020)[: 1 + (i % 5 == 0)]:
                own_home(world, rng, someone, date(year, 1 + i % 12, 11))
        for someone in free[12:20]:
            insure(world, rng, someone, "住房公积金", date(2020, 1, 1))
        for someone in free[20:23]:
            buy_machine(world, rng, someone)
        for someone in free[23:27]:
            certify(world, rng, someone, rng.choice(("三级", "四级")), date(2019, 3, 4))
        _allowances(world, village, rng)
        for someone in [p for p in free[33:] if p.household and p.household.head is p][:8]:
            sow(world, rng, someone)
        for i, someone in enumerate(free[27:33]):
            for month in (3, 6, 10):
                day = date(2023 + i % 2, month, 20) + timedelta(days=i)
                day_labour(world, rng, village, someone, day, "清理河道")


def _allowances(world: World, village: Village, rng: random.Random) -> None:
    """A valid certificate for everybody on the disability roll who has none yet."""
    known = {r["id_no"] for r in world.rows("disability", village)}
    for r in list(world.rows("canji", village)):
        if r["id_no"] not in known:
            known.add(r["id_no"])
            certify(world, rng, r["person"], r["level"], date(2017, 5, 8))
