"""One case for each detector, planted in quiet books of village V; each rule returns what should be named."""

from datetime import date, timedelta

from outliers.books import prepared

from xuncha_lib.outliers.detect import run_detector, shipped_detectors
from xuncha_lib.outliers.reasons import read_reasons

V = "V03"
DAY = date(2023, 6, 5)


def odds(folder, detector, objs):
    """Best log-odds of a detector on these objects, None when it says nothing."""
    con, _, _ = prepared(folder)
    run_detector(con, shipped_detectors()[detector], read_reasons())
    rows = con.execute(f"SELECT odds, objs FROM hit_{detector}").fetchall()
    return max((o for o, named in rows if set(objs) & set(named)), default=None)


def plant_duplicate(b):
    a = b.pay(V, DAY, 2317.46, "利群五金店", "水泵检修", "维修费", invoice="55501234")
    c = b.pay(V, DAY + timedelta(9), 2317.46, "利群五金店", "水泵检修", "维修费")
    return [f"e:{a}", f"e:{c}"]


def plant_split(b):
    return [
        f"e:{b.pay(V, DAY + timedelta(k), 4700.0 + 60 * k, '利群五金店', '广场整修款', '维修费', invoice=f'7710{k}044')}"
        for k in range(3)
    ]


def plant_below_limit(b):
    for k in range(6):
        b.pay(
            V,
            date(2023, 2, 6) + timedelta(41 * k),
            4810.0 + 23 * k,
            "利群五金店",
            f"{'门窗地路灯井'[k]}处零修",
            "维修费",
            invoice=f"7{k}20{k}144",
        )
    return [f"p:{V}:利群五金店"]


def plant_round_sum(b):
    return [f"e:{b.pay(V, DAY, 20000.0, '赵无名', '协调费用', '办公费', method='现金')}"]


def plant_fake_invoices(b):
    for k in range(10):
        b.pay(V, date(2023, 2, 1) + timedelta(23 * k + k * k % 7), 1210.5 + 17.3 * k, "远山商行", ("材料款", "日杂用品", "劳保用品", "货款", "宣传用品")[k % 5],
              ("办公费", "维修费", "卫生费")[k % 3], invoice=f"8123450{k}")  # fmt: skip
    return [f"p:{V}:远山商行"]


def plant_yearend_rush(b):
    for k in range(16):
        b.pay(
            V,
            date(2023, 12, 19 + k % 10),
            900.0 + 71 * k,
            "远山商行",
            "物资款",
            "维修费",
            invoice=f"9{k:02}23450",
        )
    return [f"m:{V}:202312"]


def plant_holiday_hosp(b):
    return [
        f"e:{b.pay(V, date(2023, 10, 2 + k), 2600.0 + 90 * k, '东湖饭店', '来客用餐', '业务招待费')}"
        for k in range(2)
    ]


def plant_price_inflation(b):
    return [
        f"e:{b.pay(V, DAY, 20 * 790.0, '平安建材经营部', '购水泥20吨', '维修费', invoice='12223333')}"
    ]


def plant_ghost_wages(b):
    for k in range(8):
        b.pay(V, date(2023, 1 + k, 9), 1800.0, "孙未名", f"{1 + k}月村干部报酬", "干部报酬")
    return [f"p:{V}:孙未名"]


def plant_related_payee(b):
    b.tables["payees"].append(
        {"payee": "长河工程队", "registered": date(2015, 1, 1), "legal_rep": "王长河"}
    )
    for k in range(9):
        b.pay(
            V,
            date(2023, 1, 10) + timedelta(33 * k),
            3300.0 + 911 * k % 4000,
            "长河工程队",
            "沟渠清理",
            "维修费",
            invoice=f"6600{k}123",
        )
    return [f"p:{V}:长河工程队"]


def plant_bank_mismatch(b):
    b.tables["bank"].append(
        {
            "bank_id": "B-x",
            "village_id": V,
            "date": DAY,
            "amount": -6421.7,
            "counterparty": "某商贸公司",
        }
    )
    return ["b:B-x"]


def plant_missing_voucher(b):
    b.number_vouchers()
    row = next(
        r
        for r in b.tables["entries"]
        if r["village_id"] == V and r["voucher_no"] == 5 and r["date"].month == 7
    )
    b.tables["entries"].remove(row)
    return [f"v:{V}:202307:5"]


def plant_income_unrecorded(b):
    for n, village in enumerate(b.ids):
        b.tables["contracts"].append(
            {
                "contract_id": f"K{n}",
                "village_id": village,
                "lessee": f"周田{n}户",
                "kind": "鱼塘承包",
                "annual": 9000.0 + n,
                "start_year": 2023,
                "end_year": 2026,
                "due_month": 5,
            }
        )
        if village != V:
            b.take(village, date(2023, 5, 12), 9000.0 + n, f"周田{n}户", "收鱼塘承包费")
    return ["k:K3:2023"]


def plant_wrong_account(b):
    return [
        f"e:{b.pay(V, DAY + timedelta(11 * k), 1900.0 + k, '东湖饭店', '来客用餐', '办公费', invoice=f'3{k}456789')}"
        for k in range(2)
    ]


def plant_new_vendor(b):
    b.tables["payees"].append(
        {"payee": "新起点工程有限公司", "registered": DAY - timedelta(20), "legal_rep": "某乙"}
    )
    b.pay(V, DAY, 46000.0, "新起点工程有限公司", "沟渠工程", "在建工程")
    return [f"p:{V}:新起点工程有限公司"]


def plant_balance_break(b):
    for village in b.ids:
        for month in range(1, 7):
            b.tables["balances"].append(
                {
                    "village_id": village,
                    "account_name": "银行存款",
                    "period": f"2023-{month:02}",
                    "opening": 1000.0 * month + (5000 if village == V and month == 4 else 0),
                    "closing": 1000.0 * (month + 1),
                }
            )
    return [f"m:{V}:202303"]


def plant_negative_balance(b):
    b.tables["balances"].append(
        {
            "village_id": V,
            "account_name": "库存现金",
            "period": "2023-05",
            "opening": 200.0,
            "closing": -9000.0,
        }
    )
    return [f"m:{V}:202305"]


PLANTED = {name[6:]: rule for name, rule in globals().items() if name.startswith("plant_")}
