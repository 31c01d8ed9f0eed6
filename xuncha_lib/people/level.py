"""How sure we are that two mentions are one person: six levels, 1 the strongest."""

from __future__ import annotations

from enum import IntEnum


class Level(IntEnum):
    """Strength of "same person". Compare with `level <= Level.L4`: "at least as strong as L4".

    A lead about a named person needs L1–L4. L5 only as 待补充信息, L6 stays inside the workbench.
    """

    L1 = 1
    L2 = 2
    L3 = 3
    L4 = 4
    L5 = 5
    L6 = 6

    @property
    def zh(self) -> str:
        """Name of the level as reports print it."""
        return _ZH[self]

    @property
    def rule(self) -> str:
        """The written rule, in Chinese: what has to agree."""
        return _RULES[self]

    @property
    def is_enough_for_a_lead(self) -> bool:
        """Whether a lead about a named person may rest on it."""
        return self <= Level.L4


_ZH = {
    Level.L1: "身份证号一致",
    Level.L2: "掩码一致",
    Level.L3: "疑似录入差异",
    Level.L4: "多要素一致",
    Level.L5: "同村同名",
    Level.L6: "仅姓名/近似",
}

_RULES = {
    Level.L1: "完整身份证号一致（15位已换算），且姓名相同、异体、同音、差一字、被遮挡或未写；姓名明显不同的列为证号冲突",
    Level.L2: "姓名相同，两边证号看得见的数字全部一致（除行政区划外至少四位）",
    Level.L3: "姓名相同，证号只差一位或相邻两位颠倒，或受损证号的可辨部分一致，且出生日期或村一致",
    Level.L4: "姓名相同，且出生日期、电话、银行账号、村（同户算两项）中至少两项一致，或写在同一行，或经其他记录对应到"
    "同一身份证号；没有相反的证号；姓名近似的要三项",
    Level.L5: "只有村和姓名相同，没有相反的证号、出生日期或性别",
    Level.L6: "只有姓名相同（全部名册中不超过三人）或同村近似姓名，只用于名单与花名册之间",
}
