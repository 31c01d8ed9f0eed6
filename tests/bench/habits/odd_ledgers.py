"""Ledgers in shapes that no template has: ditto marks, sections, days written once, two purses."""

import datetime as dt

from dress import CONTROL, FOOTER, HEAD
from odd_page import Made, Page, sheet_of


class Ledgers(Page):
    """One odd ledger per method."""

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
        return [sheet_of("cashbook", rows, place=self.place)]

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
        return [sheet_of("cashbook", rows, place=self.place)]

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
        return [sheet_of("cashbook", rows, place=self.place)]

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
        sheet = sheet_of("cash_journal", rows, place=self.place)
        sheet.merges += [(1, 0, 1, 1), *((1, j, 2, j) for j in range(3, 8))]
        return [sheet]

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
        return [sheet_of("cashbook", rows, place=self.place)]

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
        return [sheet_of("voucher", rows, place=self.place)]

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
        sheet = sheet_of("cashbook", rows, place=self.place)
        sheet.merges += [(1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 4), (1, 5, 1, 7)]
        return [sheet]
