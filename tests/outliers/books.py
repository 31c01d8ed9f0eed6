"""A small invented ledger set for the screen: quiet books of some villages, to which a test adds what it wants found."""

from datetime import date, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from xuncha_lib.outliers.screen import screen

ENTRY = {
    "entry_id": pa.string(), "village_id": pa.string(), "date": pa.date32(), "biz_date": pa.date32(), "voucher_no": pa.int32(),
    "account": pa.string(), "account_name": pa.string(), "side": pa.string(), "amount": pa.float64(), "method": pa.string(),
    "payee": pa.string(), "payee_acct": pa.string(), "summary": pa.string(), "invoice_no": pa.string(),
}  # fmt: skip
OTHER = {
    "bank": {"bank_id": pa.string(), "village_id": pa.string(), "date": pa.date32(), "amount": pa.float64(), "counterparty": pa.string()},
    "roster": {"village_id": pa.string(), "name": pa.string(), "post": pa.string(), "start": pa.date32(), "end": pa.date32(), "acct": pa.string()},
    "payees": {"payee": pa.string(), "registered": pa.date32(), "legal_rep": pa.string()},
    "contracts": {"contract_id": pa.string(), "village_id": pa.string(), "lessee": pa.string(), "kind": pa.string(), "annual": pa.float64(),
                  "start_year": pa.int32(), "end_year": pa.int32(), "due_month": pa.int32(), "remark": pa.string()},
    "balances": {"village_id": pa.string(), "account": pa.string(), "account_name": pa.string(), "period": pa.string(),
                 "opening": pa.float64(), "closing": pa.float64()},
    "villages": {"village_id": pa.string(), "approval_limit": pa.float64(), "township_id": pa.string(), "county_id": pa.string(), "population": pa.int32()},
}  # fmt: skip
GOODS = (
    ("水泥", "吨", 360.0, "维修费"),
    ("打印纸", "箱", 130.0, "办公费"),
    ("花生油", "桶", 80.0, "福利费"),
    ("扫帚", "把", 15.0, "卫生费"),
)
HOLIDAYS = {date(2023, 1, 25), date(2023, 4, 5), date(2023, 5, 3), date(2023, 10, 4)}
SELLERS = ("平安建材经营部", "青山文具店", "和顺超市", "利群五金店", "东湖饭店", "西湖饭店")


class Books:
    """Tables as lists of dicts. `pay` and `take` add an entry and its bank line; a seeded rule makes the quiet books."""

    def __init__(self, villages=14, *, limit=5000.0):
        self.tables = {name: [] for name in ("entries", *OTHER)}
        self.ids = [f"V{n:02}" for n in range(villages)]
        for n, village in enumerate(self.ids):
            self.tables["villages"].append(
                {
                    "village_id": village,
                    "approval_limit": limit,
                    "township_id": f"T{n // 7}",
                    "county_id": "C1",
                    "population": 900 + n,
                }
            )
            for k, name in enumerate(("王长河", "李秋菊")):
                self.tables["roster"].append(
                    {
                        "village_id": village,
                        "name": name,
                        "post": "委员",
                        "start": date(2020, 1, 1),
                        "acct": f"62{n:02}{k}",
                    }
                )
            self._quiet(n, village)
        for k, seller in enumerate(SELLERS):
            self.tables["payees"].append(
                {"payee": seller, "registered": date(2012, 1, 1 + k), "legal_rep": f"某甲{k}"}
            )

    def _quiet(self, n, village):
        state = 7919 * (n + 3)
        for week in range(52):
            day = date(2023, 1, 2) + timedelta(7 * week)
            for k, (item, unit, price, account) in enumerate(GOODS):
                state = (state * 1103515245 + 12345) % 2**31
                count = 2 + state // 65536 % 19
                each = round(price * (1 + (state // 4096 % 9 - 4) / 100), 2)
                self.pay(
                    village,
                    day + timedelta(k),
                    round(count * each, 2),
                    SELLERS[k % 4],
                    f"购{item}{count}{unit}",
                    account,
                    invoice=f"{state % 10**8:08}",
                )
            state = (state * 1103515245 + 12345) % 2**31
            if day + timedelta(2) not in HOLIDAYS:
                self.pay(
                    village,
                    day + timedelta(2),
                    220.0 + state // 65536 % 160,
                    SELLERS[4 + week % 2],
                    "来客用餐",
                    "业务招待费",
                    invoice=f"{state % 10**8:08}",
                )
            if week % 4 == 0:
                for name in ("王长河", "李秋菊"):
                    self.pay(
                        village,
                        day + timedelta(3),
                        1800.0,
                        name,
                        f"{day.month}月村干部报酬",
                        "干部报酬",
                    )
            if week % 13 == 0:
                self.take(village, day + timedelta(1), 3000.0 + 10 * n, "镇财政所", "收运转经费")

    def pay(
        self,
        village,
        day,
        amount,
        payee,
        summary,
        account="办公费",
        *,
        invoice=None,
        method="银行",
        bank=True,
        acct=None,
        voucher=None,
        side="支出",
        **other,
    ):
        """One entry, booked two days later, with its bank line on the next day; returns its id."""
        number = f"E{len(self.tables['entries']):05}"
        self.tables["entries"].append({
            "entry_id": number, "village_id": village, "date": day + timedelta(2), "biz_date": day, "voucher_no": voucher, "account_name": account,
            "side": side,
            "amount": amount, "method": method, "payee": payee, "payee_acct": acct, "summary": summary, "invoice_no": invoice,
        })  # fmt: skip
        if bank and method == "银行":
            self.tables["bank"].append(
                {
                    "bank_id": "B" + number,
                    "village_id": village,
                    "date": day + timedelta(1),
                    "amount": amount if side == "收入" else -amount,
                    "counterparty": other.get("party", payee),
                }
            )
        return number

    def take(self, village, day, amount, payee, summary, **other):
        return self.pay(village, day, amount, payee, summary, "其他收入", side="收入", **other)

    def number_vouchers(self):
        """Voucher numbers 1, 2, 3 … within each village and month of booking."""
        counts = {}
        for row in sorted(
            self.tables["entries"], key=lambda r: (r["village_id"], r["date"], r["entry_id"])
        ):
            key = row["village_id"], row["date"].year, row["date"].month
            counts[key] = counts.get(key, 0) + 1
            row["voucher_no"] = counts[key]

    def write(self, folder: Path, *, without=(), drop=()) -> Path:
        """Write the set. without: tables left out.   drop: columns of entries left out."""
        folder.mkdir(parents=True, exist_ok=True)
        for table, rows in self.tables.items():
            if table in without or (not rows and table == "balances"):
                continue
            fields = ENTRY if table == "entries" else OTHER[table]
            kept = {
                name: kind
                for name, kind in fields.items()
                if table != "entries" or name not in drop
            }
            columns = {
                name: pa.array([row.get(name) for row in rows], kind) for name, kind in kept.items()
            }
            pq.write_table(pa.table(columns), folder / f"{table}.parquet")
        return folder


def screened(books: Books, folder: Path, **options):
    """The candidates as a list of dicts and what the run says of itself."""
    write = {k: options.pop(k) for k in ("without", "drop") if k in options}
    told = screen(books.write(folder / "data", **write), folder / "out.parquet", **options)
    return pq.read_table(folder / "out.parquet").to_pylist(), told


def found(rows, detector, objs):
    """Candidates of a detector that name one of the objects."""
    return [
        row
        for row in rows
        if detector in (row["detector"], *row["also"]) and set(objs) & set(row["objs"])
    ]


def prepared(folder: Path):
    """A connection with the tables the detectors read, for looking below the list's floor."""
    from xuncha_lib.outliers.ledger_set import open_set
    from xuncha_lib.outliers.screen import Screened, prepare

    con = duckdb.connect()
    con.execute("SET preserve_insertion_order = false")
    ledgers = open_set(con, folder)
    told = Screened()
    prepare(con, told)
    return con, ledgers, told
