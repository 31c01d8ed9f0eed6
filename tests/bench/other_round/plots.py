"""Land of households."""

from __future__ import annotations

import random

from records import Household, Rec, Village

FIELDS = (
    "东洼",
    "西坡",
    "南大田",
    "北岭",
    "河滩",
    "老井地",
    "机耕路南",
    "场院后",
    "苇塘边",
    "三角地",
)


def land(village: Village, rng: random.Random) -> None:
    """Plots of nearly every household; what the collective keeps is its reserve land."""
    village.memo["plot_seq"] = 1
    for home in village.homes:
        if rng.random() < 0.93:
            farm(village, home, rng)
    village.spare_mu = round(rng.uniform(18, 60), 2)
    village.add(
        "land",
        Rec(
            home=None,
            head_name=f"{village.full}村民委员会（机动地）",
            head_id="",
            plot="集体机动地",
            plot_code=plot_code(village),
            plot_mu=village.spare_mu,
            total=village.spare_mu,
            remark="集体机动地，未发包到户",
        ),
    )


def farm(village: Village, home: Household, rng: random.Random) -> None:
    """One to three plots for a household."""
    for _ in range(rng.choice((1, 1, 2, 2, 3))):
        add_plot(village, home, rng.choice(FIELDS), round(rng.uniform(0.6, 3.4), 2))


def plot_code(village: Village) -> str:
    village.memo["plot_seq"] += 1
    return f"{village.code}00{village.memo['plot_seq']:05d}"


def add_plot(village: Village, home: Household, name: str, mu: float) -> None:
    home.plots.append((name, mu))
    home.mu = round(home.mu + mu, 2)
    village.add(
        "land",
        Rec(
            home=home,
            head_name=home.head.name,
            head_id=home.head.id_no,
            plot=name,
            plot_code=plot_code(village),
            plot_mu=mu,
        ),
    )
