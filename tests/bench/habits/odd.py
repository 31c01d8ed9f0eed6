"""Shapes that no template has: halves side by side, ditto marks, sections, totals above, months across, households, old sheets."""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import replace

from dress import CONTROL, DATA, FOOTER, HEAD, Line, Sheet
from world import Hand, Person

Made = list[Sheet]


def _sheet(table: str, rows: list, *, place: tuple[str, str], name: str = "Sheet1") -> Sheet:
    """Rows as (cells, truth or kind): a dict is a data row, a text is a kind, None is a blank or a title."""
    sheet = Sheet(name, table)
    for cells, told in rows:
        if isinstance(told, list):
            sheet.add(Line(cells, DATA, told[0], place, more=told[1:]))
        elif isinstance(told, dict):
            sheet.add(Line(cells, DATA, told, place))
        else:
            sheet.add(Line(cells, told or ""))
    return sheet


class Odd:
    """One odd book per method; all are about the village `place` in `year`."""

    def __init__(self, seed: int, people: list[Person], place: tuple[str, str], year: int) -> None:
        self.chance = random.Random(f"odd{seed}")
        self.people, self.place, self.year = people, place, year
        self.hand = Hand(self.chance)
        self.hand.slip = lambda share=0.0: False

    def _some(self, count: int) -> list[Person]:
        return self.people[:count]

    def _roll(self, one: Person, amount: float) -> dict:
        return {
            "beneficiary_name": one.name,
            "beneficiary_id_number": one.id_no,
            "amount_yuan": amount,
        }

    def _title(self, what: str) -> tuple[list, None]:
        return [f"{self.place[1]}{self.place[0]}{self.year}年{what}"], None

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
            _sheet(
                "subsidy",
                [*rows, (["合计", None, None, None, None, None, None, total], CONTROL)],
                place=self.place,
            )
        ]

    def ditto(self) -> Made:
        """〃 and 同上 for what is the same as in the row above."""
        rows: list = [self._title("收支明细账"), (["日期", "凭证号", "摘要", "收入", "支出"], HEAD)]
        day, word = dt.date(self.year, 1, 1), ""
        for at in range(18):
            same = at % 3
            if not same:
                day, word = dt.date(self.year, 1 + at // 2, 3 + at), f"付保洁员{at}工资"
            mark = self.chance.choice(("〃", "同上", "″"))
            cells = [
                mark if same else f"{day.month}.{day.day}",
                f"记-{at + 1}",
                mark if same == 1 else f"{word}{at if same else ''}",
                None,
                100 + at,
            ]
            told = {
                "entry_on": day,
                "summary": f"{word}{at}" if same == 2 else word,
                "payment_yuan": 100.0 + at,
            }
            if same == 1:
                self.above = told["summary"]
            rows.append((cells, told))
        return [_sheet("cashbook", rows, place=self.place)]

    def sections(self) -> Made:
        """一、收入部分 and 二、支出部分 over one column of amounts."""
        rows: list = [
            self._title("财务收支公开表"),
            (["序号", "日期", "项目内容", "金额（元）", "备注"], HEAD),
        ]
        for word, key, stems in (
            ("一、收入部分", "receipt_yuan", ("收承包费", "收租金", "上级拨款")),
            ("二、支出部分", "payment_yuan", ("购办公用品", "付电费", "付保洁工资")),
        ):
            rows.append(([word], FOOTER))
            total = 0.0
            for at in range(8):
                day, amount, stem = (
                    dt.date(self.year, at + 1, 11),
                    float(200 + 7 * at),
                    self.chance.choice(stems),
                )
                total += amount
                rows.append(
                    (
                        [at + 1, f"{day.year}.{day.month}.{day.day}", f"{stem}{at}", amount, None],
                        {"entry_on": day, "summary": f"{stem}{at}", key: amount},
                    )
                )
            rows.append(([f"{word[2:4]}合计", None, None, total], CONTROL))
        return [_sheet("cashbook", rows, place=self.place)]

    def two_tables(self) -> Made:
        """Income and spending each with a head of its own, one below the other."""
        rows: list = [self._title("财务收支情况公示")]
        for word, key, heads in (
            ("收入明细", "receipt_yuan", ["序号", "日期", "收入内容", "收入金额"]),
            ("支出明细", "payment_yuan", ["序号", "日期", "支出内容", "支出金额", "经手人"]),
        ):
            rows += [([word], None), (heads, HEAD)]
            for at in range(7):
                day, amount = dt.date(self.year, at + 2, 5), float(300 + 11 * at)
                one = self.people[at]
                rows.append(([at + 1, f"{day:%Y-%m-%d}", f"{word}{at}", amount, *([one.name] if len(heads) == 5 else [])],
                             {"entry_on": day, "summary": f"{word}{at}", key: amount} | ({"handler_name": one.name} if len(heads) == 5 else {})))  # fmt: skip
            rows.append(([], None))
        return [_sheet("cashbook", rows, place=self.place)]

    def split_date(self) -> Made:
        """月 and 日 in columns of their own under the year; the month only where it changes."""
        rows: list = [
            self._title("现金日记账"),
            ([f"{self.year}年", None, "凭证", "摘要", "对方科目", "借方", "贷方", "余额"], HEAD),
            (["月", "日", "号数"], HEAD),
            ([None, None, None, "承前页", None, None, None, 5000], CONTROL),
        ]
        left = 5000.0
        for at in range(20):
            month, amount = 1 + at // 4, float(30 + at)
            left -= amount
            rows.append(
                (
                    [
                        month if at % 4 == 0 else None,
                        3 + at % 4 * 6,
                        at + 1,
                        f"购材料{at}",
                        "管理费用",
                        None,
                        amount,
                        left,
                    ],
                    {
                        "entry_on": dt.date(self.year, month, 3 + at % 4 * 6),
                        "voucher_no": str(at + 1),
                        "payment_yuan": amount,
                        "balance_yuan": left,
                    },
                )
            )
        sheet = _sheet("cash_journal", rows, place=self.place)
        sheet.merges += [(1, 0, 1, 1), *((1, j, 2, j) for j in range(3, 8))]
        return [sheet]

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
        return [_sheet("subsidy", rows, place=self.place)]

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
        return [_sheet("subsidy", rows, place=self.place)]

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
        return [_sheet("subsidy", rows, place=self.place)]

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
        return [_sheet("subsidy", rows, place=self.place)]

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
        return [_sheet("subsidy", rows, place=self.place)]

    def one_amount(self) -> Made:
        """One column of amounts, a word for the direction beside it."""
        rows: list = [
            self._title("村集体资金流水台账"),
            (["日期", "收/支", "事由", "金额", "经办人", "结余"], HEAD),
        ]
        left = 9000.0
        for at in range(16):
            is_in, amount, day = at % 4 == 0, 120.5 + at, dt.date(self.year, 1 + at // 2, 9)
            left += amount if is_in else -amount
            one = self.people[at]
            rows.append(
                (
                    [day, "收" if is_in else "支", f"事项{at}", amount, one.name, left],
                    {
                        "entry_on": day,
                        "receipt_yuan": amount if is_in else None,
                        "payment_yuan": None if is_in else amount,
                        "handler_name": one.name,
                        "balance_yuan": left,
                    },
                )
            )
        return [_sheet("cashbook", rows, place=self.place)]

    def day_once(self) -> Made:
        """The day stands only on its first row, the voucher's number too; the entries below belong to both."""
        rows: list = [
            self._title("记账凭证序时簿"),
            (["日期", "凭证字号", "摘要", "科目代码", "科目名称", "借方", "贷方"], HEAD),
        ]
        for at in range(8):
            day = dt.date(self.year, 1 + at, 6)
            for n, (number, name) in enumerate((("513", "管理费用"), ("101", "库存现金"))):
                amount = 88.0 + at
                rows.append(([f"{day.year}-{day.month}-{day.day}" if not n else None, f"记-{at + 1}" if not n else None, f"付款{at}" if not n else None, number, name, amount if not n else None, None if not n else amount],
                             {"entry_on": day, "voucher_no": f"记-{at + 1}", "account_code": number, "debit_yuan": amount if not n else None, "credit_yuan": None if not n else amount}))  # fmt: skip
        return [_sheet("voucher", rows, place=self.place)]

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
        return [_sheet("subsidy", rows, place=self.place)]

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
            _sheet(
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

    def purses(self) -> Made:
        """Cash and bank beside each other, each with its own sides and rest."""
        rows: list = [
            self._title("收支明细账"),
            (["日期", "摘要", "现金", None, None, "银行存款", None, None], HEAD),
            ([None, None, "收入", "支出", "结余", "收入", "支出", "结余"], HEAD),
        ]
        for at in range(14):
            day, amount, by_bank = dt.date(self.year, 1 + at // 2, 4), 75.0 + at, at % 2
            cells = (
                [None, amount, 900.0 - at, None, None, 5000.0]
                if not by_bank
                else [None, None, 900.0, None, amount, 5000.0 - at]
            )
            rows.append(
                (
                    [f"{day:%Y/%m/%d}", f"付款{at}", *cells],
                    {"entry_on": day, "summary": f"付款{at}", "payment_yuan": amount},
                )
            )
        sheet = _sheet("cashbook", rows, place=self.place)
        sheet.merges += [(1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 4), (1, 5, 1, 7)]
        return [sheet]


def odd_books(
    seed: int, people: list[Person], place: tuple[str, str], year: int
) -> list[tuple[str, str, Made]]:
    """(name, saver, sheets) of every odd book."""
    odd = Odd(seed, people, place, year)
    makers: list[tuple[Callable[[], Made], str]] = [
        (odd.halves, "xlsx"), (odd.ditto, "xls"), (odd.sections, "xlsx2"), (odd.two_tables, "xls"), (odd.split_date, "xlsx"), (odd.total_above, "csv"), (odd.months_across, "xlsx2"),
        (odd.households, "xls"), (odd.broken_heads, "xlsx"), (odd.rare_heads, "xlsx2"), (odd.one_amount, "office"), (odd.day_once, "xls"), (odd.remarks_between, "xlsx"),
        (odd.far_cells, "xlsx2"), (odd.old_sheets, "xlsx"), (odd.cover, "xls"), (odd.purses, "html"),
    ]  # fmt: skip
    return [(make.__name__, saver, [replace(s) for s in make()]) for make, saver in makers]
