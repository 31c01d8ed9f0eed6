"""Rows of long lists and books in every shape a cut may fall into."""

from books import IDS

ROLL = [
    "序号",
    "姓名",
    "身份证号",
    "银行账号",
    "村名",
    "组别",
    "补贴项目",
    "补贴金额",
    "发放日期",
    "备注",
]
FLOW = ["交易日期", "流水号", "摘要", "对方户名", "借方金额", "贷方金额", "账户余额"]
VOUCHER = ["日期", "凭证号", "摘要", "科目编码", "科目名称", "借方金额", "贷方金额"]
SPLIT = ["月", "日", "凭证号", "摘要", "收入", "支出", "余额"]
NAMES = ("张伟", "李四海", "王芳", "赵德柱")


def person(i, **more):
    line = [i + 1, NAMES[i % 4], IDS[i % 4], f"62284802{i % 7:011}", f"{'王李'[i // 300 % 2]}家村",
            f"{i % 9 + 1}组", "农村低保", f"{100 + i % 50}.50", f"2023-{i % 12 + 1:02}-15", ""]  # fmt: skip
    for at, cell in more.items():
        line[ROLL.index(at)] = cell
    return line


def roll(count, start=0):
    return [person(i) for i in range(start, start + count)]


def amount(lines):
    return sum(float(line[7]) for line in lines)


def total(word, value):
    return ["", word, "", "", "", "", "", f"{value:.2f}", "", ""]


def plain():
    return [ROLL, *roll(900)]


def totals():
    """Pages and parts summed, 承前页 above a page, the whole at the end with a footer."""
    found, lines = [ROLL], roll(800)
    for page in range(0, 800, 40):
        if page:
            found.append(total("承前页", amount(lines[:page])))
        found += [*lines[page : page + 40], total("本页小计", amount(lines[page : page + 40]))]
    wrong = total("小计", 1.0)
    return [*found, wrong, total("合计", amount(lines)), [], ["制表人：张伟", "审核人：王芳"]]


def footers():
    """What looks like a footer inside and what is one at the end; blank lines by the thousand."""
    lines = roll(700)
    lines[333] = ["备注：以下为第二批"]
    return [["某镇2023年农村低保发放明细表"], ["单位：元"], ROLL, *lines, *[[""] * 10] * 2000,
            ["桃桥"], ["说明：按月发放"], ["制表人：", "", "审核人："]]  # fmt: skip


def heads():
    """The head again on every page, another title, then another table, and a title at any distance from a cut."""
    found = [["王家村2023年农村低保发放明细表"], ROLL]
    for page in range(0, 600, 37):
        found += [*roll(37, page), ["王家村2023年农村低保发放明细表"], ROLL]
    found += [
        *roll(5, 600),
        [],
        ["李家村2022年特困供养发放明细表"],
        ["单位：元"],
        ROLL,
        *roll(400, 700),
    ]
    return [*found, [], ["李家村2023年银行流水"], FLOW, *flow(500)]


def villages():
    """Rows that name a village or a group, for those below."""
    found = [["2023年农村低保发放明细表"], [h for h in ROLL if h != "村名"]]
    for part in range(12):
        found += [[f"{'张王李赵'[part % 4]}家{'东西南'[part % 3]}村"], ["第一组"]]
        found += [line[:4] + line[5:] for line in roll(41 + part, part * 50)]
    return found


def flow(count):
    found, balance = [], 100_000.0
    for i in range(count):
        amount, is_in = 10 + i % 90, i % 3 == 0
        balance += amount if is_in else -amount
        sides = ["", amount] if is_in else [amount, ""]
        found.append([f"2023.{i * 12 // count + 1}.{i % 28 + 1}", 20230000 + i, "收承包费" if is_in else "付工资",
                      NAMES[i % 4], *sides, f"{balance:.2f}"])  # fmt: skip
    return found


def bank():
    return [["王家村2023年银行流水"], FLOW, *flow(900)]


def vouchers():
    """Entries of several lines that say day, number and summary once; a number that comes again."""
    found = [["王家村2023年记账凭证"], VOUCHER]
    for i in range(300):
        number = f"记-{i % 40 + 1}"
        found.append(
            [
                f"2023.{i // 40 + 1}.{i % 27 + 1}",
                number,
                f"付第{i}笔费用",
                "514001",
                "公益支出",
                50 + i,
                "",
            ]
        )
        found += [
            ["", "" if i % 2 else number, "" if i % 5 else "取现", "102", "银行存款", "", 50 + i]
        ]
        found += [["", "", "", "101", "库存现金", "", 1]] * (40 if i == 100 else i % 3)
    return found


def dittos():
    lines = [
        person(
            i, 村名="〃" if i % 50 else "王家村", 补贴项目="同上" if i % 200 else "耕地地力保护补贴"
        )
        for i in range(800)
    ]
    return [["2023年补贴发放表"], ROLL, *lines]


def months_and_days():
    """A cash book that writes the month once."""
    found = [["王家村2023年现金日记账"], SPLIT]
    for i in range(700):
        month = i * 12 // 700 + 1
        is_new = not i or month != (i - 1) * 12 // 700 + 1
        found.append(
            [
                month if is_new else "",
                i % 28 + 1 if i % 3 else "",
                f"记-{i}",
                "付工资",
                "",
                10 + i % 9,
                9000 - i,
            ]
        )
    return found


def households():
    """The head is named in the relation column; number and head stand on the first row."""
    found = [["户号", "姓名", "身份证号", "与户主关系", "组别"]]
    for i in range(300):
        found.append([1000 + i, NAMES[i % 4], IDS[i % 4], "户主", f"{i % 5 + 1}组"])
        found += [
            ["", f"{'陈周'[j % 2]}{NAMES[j % 4][1:]}", "", "子女"[j % 2], ""]
            for j in range(30 if i == 77 else i % 4)
        ]
    return found


def late():
    """Columns that say nothing for long, and a column without a heading that appears at the end."""
    lines = roll(900)
    for i in range(400, 900, 90):
        lines[i][9] = "已故，停发"
    return [ROLL, *lines[:-50], *([*line, "补"] for line in lines[-50:])]


def broken():
    """Lines that are too short, too long or empty, quotes that open cells over several lines and such that do not."""
    lines = roll(700)
    lines[100], lines[200], lines[201] = lines[100][:8], [*lines[200], "多", "余"], []
    lines[300][9], lines[301][9] = '第一行\n第二行\r\n第三行，"引"', '5"屏'
    lines[450] = ["", "", "", "", "", "", "", "88.5"]
    return [ROLL, *lines]


def sum_without_a_word():
    lines = roll(600)
    return [ROLL, *lines, ["", "", "", "", "", "", "", f"{amount(lines):.2f}", "", ""]]


def without_names():
    return [
        ROLL,
        *roll(300),
        *(person(i, 姓名="", 身份证号="") for i in range(300, 700)),
        *roll(20, 700),
    ]


def own_words():
    """Headings nobody knows, once more on every page; then a title of its own above other headings nobody knows."""
    head = ["日期", "啥事", "收进", "付出去", "手里剩"]
    found = [["王家村2023年现金日记账"], head]
    for page in range(24):
        lines = [
            [
                f"2023.{page // 2 + 1}.{i + 1}",
                f"付第{page}批电费",
                "",
                3 + i % 4,
                90_000 - page * 80 - i,
            ]
            for i in range(26 + page % 5)
        ]
        last = ["", "", sum(line[3] for line in lines), lines[-1][4]]
        found += [*lines, ["过次页", *last], head, ["承前页", *last]]
    other = ["张三李四", "这边", "那边", "上头"]
    return [
        *found,
        [],
        ["王家村2023年大事小情登记"],
        other,
        *([f"第{i}件", i, "好", 7] for i in range(500)),
    ]


def unknown():
    return [["甲", "乙", "丙", "丁"], *([i, f"x{i}", i * 2, "y"] for i in range(900))]


SHAPES = (plain, totals, footers, heads, villages, bank, vouchers, dittos, months_and_days, households, late, broken,
          sum_without_a_word, without_names, own_words, unknown)  # fmt: skip
