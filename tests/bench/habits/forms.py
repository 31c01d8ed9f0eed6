"""Forms of values that a hand gives now and then, each with what a careful person reads; and the words around a table."""

import datetime as dt

from dress import CONTROL, DATA, FOOTER, HEAD, Line, Sheet
from world import DAMAGED, TOWNS, Person

Y = 2023
D = dt.date(Y, 5, 12)
DATES = [
    ("2023年5月12号", D), ("2023。5。12", D), ("2023、5、12", D), ("２０２３．５．１２", D), ("2023．5．12", D), ("2023 5 12", D), ("2023.05.12日", D), ("23年5月12日", D), ("2023-05-12T00:00:00", D),
    ("2023年05月12日 10:30", D), ("5月12日", D), ("5.12", D), ("五月十二日", D), ("二0二三年五月十二日", D), ("2023年5月12日（星期五）", D), ("2023/5/12 0:00", D), ("'2023-5-12", D),
    ("2023,5,12", D), ("2023.5.12.", D), ("5/12/2023", D), ("2023－5－12", D), ("2023—5—12", D),
]  # fmt: skip
AMOUNTS = [
    ("300元整", 300), ("¥300", 300), ("RMB300", 300), ("叁佰元整", 300), ("叁佰圆整", 300), ("三百元", 300), ("1，234.50", 1234.5), ("1 234.50", 1234.5), ("1,234．50", 1234.5),
    ("300.00\xa0", 300), ("人民币300元", 300), ("0.3万元", 3000), ("３００", 300), ("300 元", 300), ("300.-", 300), ("+300", 300), ("300/月", 300), ("300元/月", 300),
    ("壹仟贰佰元零伍角", 1200.5), ("一千二百", 1200), ("1.2千元", 1200), ("-300", -300), ("－300", -300), ("（300）", -300), ("红字300", -300), ("负300", -300), ("300。00", 300), ("3OO", DAMAGED), ("约300", 300), ("300(含补发100)", 300),
]  # fmt: skip
NAMES = [
    ("张伟（已故）", "张伟"), ("张伟(代领)", "张伟"), ("张 伟", "张伟"), ("张　伟", "张伟"), ("张伟*", None), ("欧阳 修文", "欧阳修文"), ("王张氏", "王张氏"), ("买买提·艾力", "买买提·艾力"), ("买买提.艾力", "买买提·艾力"),
    ("买买提•艾力", "买买提·艾力"), ("张伟\n", "张伟"), (" 张伟", "张伟"), ("张伟（户主）", "张伟"), ("张伟（曾用名：张卫）", "张伟"), ("张伟(李四代)", "张伟"), ("张伟之母", None), ("张□", None), ("張偉", None),
]  # fmt: skip
AREAS = [
    ("3.5亩", 3.5),
    ("3亩5分", 3.5),
    ("3亩半", 3.5),
    ("3.5 亩", 3.5),
    ("２．５", 2.5),
    ("2333.33平方米", 3.5),
    ("2333.33㎡", 3.5),
    ("0.2公顷", 3.0),
    ("5分", 0.5),
    ("三亩", 3.0),
    ("3.5（确权）", 3.5),
    ("约3亩", 3.0),
    ("3。5", 3.5),
]
TERMS = [
    ("2020.1.1至2029.12.31", (dt.date(2020, 1, 1), dt.date(2029, 12, 31))), ("2020年1月1日-2029年12月31日", (dt.date(2020, 1, 1), dt.date(2029, 12, 31))), ("2020.1.1—2029.12.31", (dt.date(2020, 1, 1), dt.date(2029, 12, 31))),
    ("2020/1/1~2029/12/31", (dt.date(2020, 1, 1), dt.date(2029, 12, 31))), ("自2020年1月1日起至2029年12月31日止", (dt.date(2020, 1, 1), dt.date(2029, 12, 31))), ("2020.01.01 - 2029.12.31", (dt.date(2020, 1, 1), dt.date(2029, 12, 31))),
    ("20200101-20291231", (dt.date(2020, 1, 1), dt.date(2029, 12, 31))), ("2020-01-01至2029-12-31（10年）", (dt.date(2020, 1, 1), dt.date(2029, 12, 31))),
]  # fmt: skip
IDS = [
    ("{}", 0),
    ("{} ", 0),
    ("{}\t", 0),
    ("身份证{}", 0),
    ("{}（长期）", 0),
    ("{a} {b} {c}", 0),
    ("{wide}", 0),
    ("{a}-{b}-{c}", 0),
    ("'{}", 0),
    ("{}\n", 0),
]
PHONES = [
    ("{}", 0),
    ("{a} {b} {c}", 0),
    ("{a}-{b}-{c}", 0),
    ("+86{}", 0),
    ("86-{}", 0),
    ("{}（子）", 0),
    ("电话：{}", 0),
    ("{}.0", 0),
]


def _spaced(form: str, number: str, cuts: tuple[int, int]) -> str:
    from world import wide

    a, b, c = number[: cuts[0]], number[cuts[0] : cuts[1]], number[cuts[1] :]
    return form.format(number, a=a, b=b, c=c, wide=wide(number))


def _roll(
    people: list[Person],
    head: str,
    key: str,
    forms: list,
    place,
    *,
    title: str = "",
    name: str = "Sheet1",
) -> Sheet:
    """A roll whose one column takes the forms in turn, each beside plain ones."""
    village, town = place
    sheet = Sheet(name, "subsidy", [Line([title or f"{town}{village}{Y}年5月临时救助发放表"])])
    heads = {
        "beneficiary_name": "姓名",
        "beneficiary_id_number": "身份证号",
        "amount_yuan": "补贴金额",
        "paid_on": "发放日期",
        "area_mu": "补贴面积",
        "beneficiary_phone": "联系电话",
    }
    heads[key] = head
    sheet.add(Line(["序号", *heads.values()], HEAD))
    for at, (written, truth) in enumerate(
        [
            form
            for pair in zip(forms, [None] * len(forms), strict=True)
            for form in (pair[0], pair[0])
        ]
    ):
        one = people[at % len(people)]
        plain = {
            "beneficiary_name": one.name,
            "beneficiary_id_number": one.id_no,
            "amount_yuan": 100.0 + at,
            "paid_on": D,
            "area_mu": 2.5,
            "beneficiary_phone": one.phone,
        }
        cells = plain | {"paid_on": "2023.5.12"}
        if at % 2 == 0:
            cuts = (6, 14) if "id" in key else (3, 7)
            is_number = key in ("beneficiary_id_number", "beneficiary_phone")
            cells[key] = _spaced(written, plain[key], cuts) if is_number else written
            plain[key] = plain[key] if is_number else truth
            if key == "beneficiary_name" and truth is None:
                del plain[key]
        sheet.add(Line([at + 1, *cells.values()], DATA, plain, place))
    return sheet


def _terms(people: list[Person], place) -> Sheet:
    sheet = Sheet(
        "Sheet1",
        "contract",
        [
            Line([f"{place[1]}{place[0]}集体资源承包合同台账"]),
            Line(
                [
                    "序号",
                    "合同编号",
                    "承包方",
                    "标的",
                    "面积（亩）",
                    "承包期限",
                    "年承包费",
                    "交款情况",
                ],
                HEAD,
            ),
        ],
    )
    for at, (written, (start, end)) in enumerate(TERMS * 2):
        one = people[at]
        sheet.add(
            Line(
                [at + 1, f"HT-{at + 1:03}", one.name, "机动地", 3.5, written, 700 + at, "已交"],
                DATA,
                {
                    "lessee_name": one.name,
                    "starts_on": start,
                    "ends_on": end,
                    "annual_yuan": 700.0 + at,
                },
                place,
            )
        )
    return sheet


def _plain(
    people: list[Person],
    place,
    above: list[list],
    *,
    name: str = "Sheet1",
    column: str = "",
    day: dt.date | None = None,
    foot: list[list] | None = None,
) -> Sheet:
    """A plain roll; what is tried stands around it: `above`, in the sheet's name, or in a column for the village."""
    sheet = Sheet(name, "subsidy", [Line(row) for row in above])
    sheet.add(Line(["序号", *(["所属村"] if column else []), "姓名", "身份证号", "补贴金额"], HEAD))
    total = 0
    for at, one in enumerate(people[:8]):
        told = {
            "beneficiary_name": one.name,
            "beneficiary_id_number": one.id_no,
            "amount_yuan": 90.0 + at,
        } | ({"paid_on": day} if day else {})
        sheet.add(
            Line(
                [at + 1, *([column] if column else []), one.name, one.id_no, 90 + at],
                DATA,
                told,
                place,
            )
        )
        total += 90 + at
    sheet.add(Line(["合计", *([None] * (3 if column else 2)), total], CONTROL))
    for row in foot or []:
        sheet.add(Line(row, FOOTER))
    return sheet


def form_books(people: dict, places: list[tuple[str, str]]) -> list[tuple[str, str, list[Sheet]]]:
    """(path without the ending, saver, sheets): one book per kind of value, one per place where village and month may be written."""
    place = places[2]
    village, town = place
    some = people[place]
    month = dt.date(Y, 5, 1)
    bare = village.removesuffix("村")
    books = [
        ("dates", "xlsx", [_roll(some, "发放日期", "paid_on", DATES, place)]), ("amounts", "xls", [_roll(some, "金额", "amount_yuan", AMOUNTS, place)]), ("names", "xlsx2", [_roll(some, "姓名", "beneficiary_name", NAMES, place)]),
        ("areas", "xlsx", [_roll(some, "种植面积", "area_mu", AREAS, place)]), ("ids", "xlsx", [_roll(some, "身份证号", "beneficiary_id_number", IDS, place)]), ("phones", "xls", [_roll(some, "联系电话", "beneficiary_phone", PHONES, place)]),
        ("terms", "xlsx2", [_terms(some, place)]),
    ]  # fmt: skip
    books = [(f"{town}/{village}/{name}", saver, sheets) for name, saver, sheets in books]
    around = [
        ([["2023年5月高龄津贴发放表"], [f"单位名称：{town}{village}村民委员会（盖章）", None, None, "单位：元"]], {}), ([[f"高龄津贴发放表（{village}）"], ["2023年5月", None, None, "填报人：李某"]], {}),
        ([[f"村名：{village}", None, "所属月份：2023年5月"]], {}), ([[f"{town}2023年高龄津贴", None]], {"name": f"{village}5月"}), ([[f"{town}5月份高龄津贴发放明细（2023年度）"]], {"column": f"{town}{village}"}),
        ([["2023年5月高龄津贴"]], {"column": f"{village}村民委员会"}), ([["二〇二三年五月高龄津贴"]], {"column": bare}), ([[f"{village}高龄津贴公示"], ["（2023年5月）"]], {}),
        ([[f"{bare}村委会2023年5月份高龄津贴发放情况公示"]], {"foot": [["合计人民币（大写）：柒佰肆拾捌元整"], ["监督电话：8765", None, None, "公示期：7天"]]}),
    ]  # fmt: skip
    books += [
        (
            f"{town}/汇总上报/表{'甲乙丙丁戊己庚辛壬'[at]}",
            ("xlsx", "xls", "csv")[at % 3],
            [_plain(some[at * 3 :], place, above, day=month, **more)],
        )
        for at, (above, more) in enumerate(around)
    ]
    names = ["202305", "2023年5月份", "5月份发放", "五月", "2023.05", "23年5月", "高龄5月"]
    books += [
        (
            f"{town}/{village}/months/2023年{'一二三四五六七'[at]}组高龄津贴",
            "xlsx",
            [_plain(some[at * 4 + 1 :], place, [["高龄津贴发放表"]], name=name, day=month)],
        )
        for at, name in enumerate(names)
    ]
    assert all(village in TOWNS[town] for village, town in places)
    return books
