"""Rolls in shapes that no template has: halves side by side, totals above, months across, households, old sheets."""

import datetime as dt

from dress import CONTROL, FOOTER, HEAD, Line, Sheet
from odd_page import Made, Page, sheet_of


class Rolls(Page):
    """One odd roll per method."""

    def halves(self) -> Made:
        """A roll in two halves beside each other, to save paper."""
        head = ["序号", "姓名", "身份证号", "金额"]
        rows: list = [self._title("高龄津贴发放花名册"), (head + head, HEAD)]
        some, total = self._some(20), 0
        for at in range(10):
            cells, told = [], []
            for n, one in ((at, some[at]), (at + 10, some[at + 10])):
                cells += [n + 1, one.name, one.id_no, 100 + n]
                told.append(self._roll(one, 100 + n))
                total += 100 + n
            rows.append((cells, told))
        return [
            sheet_of(
                "subsidy",
                [*rows, (["合计", None, None, None, None, None, None, total], CONTROL)],
                place=self.place,
            )
        ]

    def total_above(self) -> Made:
        """The total is the first row under the head."""
        some = self._some(14)
        rows: list = [
            self._title("残疾人两项补贴发放表"),
            (["序号", "姓名", "身份证号", "补贴金额"], HEAD),
            (["合计", None, None, sum(50 + n for n in range(14))], CONTROL),
        ]
        rows += [
            ([n + 1, one.name, one.id_no, 50 + n], self._roll(one, 50.0 + n))
            for n, one in enumerate(some)
        ]
        return [sheet_of("subsidy", rows, place=self.place)]

    def months_across(self) -> Made:
        """A row a person, a column a month, their sum at the end."""
        rows: list = [
            self._title("低保金发放登记表"),
            (["序号", "户主姓名", "身份证号", *[f"{m}月" for m in range(1, 13)], "合计"], HEAD),
        ]
        for n, one in enumerate(self._some(9)):
            months = [300 + n if (m + n) % 5 else None for m in range(12)]
            told = [
                {
                    "head_name": one.name,
                    "amount_yuan": float(a),
                    "paid_on": dt.date(self.year, m + 1, 1),
                }
                for m, a in enumerate(months)
                if a
            ]
            rows.append(([n + 1, one.name, one.id_no, *months, sum(a or 0 for a in months)], told))
        return [sheet_of("subsidy", rows, place=self.place)]

    def households(self) -> Made:
        """The head and the amount of a household once, over the rows of its members; without merged cells."""
        rows: list = [
            self._title("低保家庭成员及保障金明细表"),
            (
                ["户号", "户主姓名", "家庭成员", "身份证号码", "与户主关系", "户月保障金额（元）"],
                HEAD,
            ),
        ]
        people = iter(self.people)
        for house in range(7):
            members = [next(people) for _ in range(1 + house % 4)]
            for n, one in enumerate(members):
                amount = 400.0 + house if not n else None
                rows.append(([f"{house + 1:03}" if not n else None, members[0].name if not n else None, one.name, one.id_no, "户主" if not n else "子", amount],
                             {"beneficiary_name": one.name, "beneficiary_id_number": one.id_no, "head_name": members[0].name, "amount_yuan": amount}))  # fmt: skip
        return [sheet_of("subsidy", rows, place=self.place)]

    def broken_heads(self) -> Made:
        """Headings with line breaks, gaps, units and hints inside."""
        heads = [
            "序\n号",
            "姓      名",
            "身份证\n号码(18位)",
            "开户行及\n账号",
            "补贴面积\n（亩、保留两位）",
            "补助标准\n元/亩",
            "金　额\n（元）",
            "联系电\n话",
            "备　　注",
        ]
        rows: list = [self._title("种粮一次性补贴发放公示表"), (heads, HEAD)]
        for n, one in enumerate(self._some(12)):
            area = 1.5 + n
            rows.append(
                (
                    [
                        n + 1,
                        one.name,
                        one.id_no,
                        one.card,
                        area,
                        13.33,
                        round(area * 13.33, 2),
                        one.phone,
                        None,
                    ],
                    self._roll(one, round(area * 13.33, 2))
                    | {
                        "area_mu": area,
                        "beneficiary_bank_account": one.card,
                        "beneficiary_phone": one.phone,
                    },
                )
            )
        return [sheet_of("subsidy", rows, place=self.place)]

    def rare_heads(self) -> Made:
        """Words nobody thought of."""
        rows: list = [
            self._title("慰问金发放情况"),
            (
                ["编号", "受慰问人", "公民身份证件号", "住哪个组", "领款数额", "发款日期", "折号"],
                HEAD,
            ),
        ]
        for n, one in enumerate(self._some(12)):
            day = dt.date(self.year, 1, 15)
            rows.append(
                (
                    [
                        n + 1,
                        one.name,
                        one.id_no,
                        f"{n % 4 + 1}组",
                        200 + n,
                        f"{day:%Y.%m.%d}",
                        one.card,
                    ],
                    self._roll(one, 200.0 + n)
                    | {"paid_on": day, "beneficiary_bank_account": one.card},
                )
            )
        return [sheet_of("subsidy", rows, place=self.place)]

    def remarks_between(self) -> Made:
        """Groups announced, a batch closed, all between the rows."""
        rows: list = [
            self._title("退役军人优待金发放表"),
            (["序号", "姓名", "身份证号", "金额", "备注"], HEAD),
        ]
        for n, one in enumerate(self._some(16)):
            if n % 5 == 0:
                rows.append(([f"第{'一二三四'[n // 5]}组"], FOOTER))
            rows.append(
                (
                    [n + 1, one.name, one.id_no, 500 + n, "已发" if n % 3 else None],
                    self._roll(one, 500.0 + n),
                )
            )
            if n == 9:
                rows.append((["以上为第一批，已于6月发放"], FOOTER))
        return [sheet_of("subsidy", rows, place=self.place)]

    def far_cells(self) -> Made:
        """A blank column, a calculation far to the right, a forgotten word far below."""
        rows: list = [
            self._title("公益性岗位补贴发放表"),
            (["序号", "姓名", None, "身份证号", "岗位", "发放金额"], HEAD),
        ]
        for n, one in enumerate(self._some(11)):
            rows.append(
                (
                    [
                        n + 1,
                        one.name,
                        None,
                        one.id_no,
                        "保洁",
                        600 + n,
                        *([None] * 14 + ["核"] if n == 4 else []),
                    ],
                    self._roll(one, 600.0 + n),
                )
            )
        return [
            sheet_of(
                "subsidy",
                [*rows, *[([], None)] * 30, ([None] * 7 + ["已核对"], FOOTER)],
                place=self.place,
            )
        ]

    def old_sheets(self) -> Made:
        """The new list, last year's hidden, a page of explanations, and blank sheets."""
        new, old = self.total_above()[0], self.remarks_between()[0]
        new.name, old.name, old.hidden = f"{self.year}", f"{self.year - 1}旧", True
        text = Sheet(
            "填表说明",
            "",
            [Line([t]) for t in ("填表说明", "一、本表由村报账员填写。", "二、金额以元为单位。")],
        )
        return [new, old, text, Sheet("Sheet3", "")]

    def cover(self) -> Made:
        """A whole notice above the table."""
        some = self.total_above()[0]
        notice = [
            Line([f"{n}、各村要高度重视，按照时间节点报送第{n}项材料，确保数据真实。"])
            for n in range(1, 28)
        ]
        some.lines = [some.lines[0], *notice, *some.lines[1:]]
        return [some]
