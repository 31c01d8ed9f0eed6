"""Make the people and their honest records, then plant, then close the books."""

from . import (
    balances,
    coops,
    holdings,
    leases,
    ledger,
    lifetimes,
    meetings,
    people,
    registers,
    rolls,
    takings,
    works,
)
from .closing import close_all
from .plant.plan import Amounts, plant_all, tidy
from .plant.stage import Stage
from .world import World


def build(seed: int, villages: int, clean_share: float, amounts: Amounts) -> World:
    """The whole round in memory, ready to be written."""
    world = World(seed)
    people.settle(world, villages, clean_share)
    lifetimes.deaths(world)
    registers.payroll(world)
    rolls.fill(world)
    market = registers.Market(world)
    leases.sign_all(world, market)
    shelf = ledger.keep(world, market)
    if amounts.thick:
        ledger.thicken(shelf)
    works.build_all(world, market, shelf)
    holdings.assets(world)
    stage = Stage(world, market, shelf, amounts.thick)
    plant_all(stage, amounts)
    tidy(world)
    registers.ordinary(world, market)
    holdings.ordinary(world)
    coops.ordinary(world, market, shelf)
    takings.ordinary(world)
    meetings.ordinary(world)
    close_all(world, shelf)
    balances.build(world)
    for step in stage.after:
        step()
    return world
