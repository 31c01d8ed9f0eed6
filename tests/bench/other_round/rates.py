"""Programmes: their months, names, rates and banks."""

from __future__ import annotations

from datetime import date

from records import Village

MONTHS = [(2024, m) for m in range(1, 13)]


QUARTERS = [(2024, m) for m in (3, 6, 9, 12)]


ZH = {
    "dibao": "农村低保",
    "tekun": "特困供养",
    "linshi": "临时救助",
    "canji": "残疾人两项补贴",
    "gaoling": "高龄津贴",
    "gengdi": "耕地地力保护补贴",
    "weigai": "农村危房改造",
    "gongyi": "乡村公益性岗位",
    "hulin": "生态护林员",
    "tuigeng": "退耕还林补助",
}


DIBAO = {"A": 650, "B": 560, "C": 470}


TEKUN = {"全自理": 1050, "半护理": 1310, "全护理": 1700}


LAND_RATE = {"沂川县": 137.0, "汶南区": 125.5}


REASONS = ("突发疾病", "交通事故", "子女就学负担重", "火灾损失", "住院自付费用高")


BANKS = {"沂川县": "沂川农商银行", "汶南区": "汶南农村商业银行"}


def pay_day(programme: str, year: int, month: int, village: Village) -> date:
    """The day a period's payment reaches the cards; the same for a whole county."""
    base = {
        "gengdi": (year, 6, 18),
        "weigai": (year, month, 22),
        "linshi": (year, month, 16),
        "tuigeng": (year, 10, 25),
    }
    if programme in base:
        return date(*base[programme])
    return date(year, month, {"沂川县": 12, "汶南区": 20}[village.town.county])
