"""Values: what a cell says, in all the ways villages write it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha_lib import values as v

DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2049, 12, 31))


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2023.5.1", (2023, 5, 1)), ("2023.05.01", (2023, 5, 1)), ("2023/5/1", (2023, 5, 1)), ("20230501", (2023, 5, 1)),
        ("230501", (2023, 5, 1)), ("2023年5月1日", (2023, 5, 1)), ("2023年5月", (2023, 5, 1)), ("二〇二三年五月一日", (2023, 5, 1)),
        ("二〇二三年十月二十一日", (2023, 10, 21)), ("45047", (2023, 5, 1)), (45047.0, (2023, 5, 1)), ("2023.10", (2023, 10, 1)),
        ("2023-05-01 00:00:00", (2023, 5, 1)), (dt.datetime(2023, 5, 1), (2023, 5, 1)), ("202305", (2023, 5, 1)), ("２０２３．５．１", (2023, 5, 1)),
        (2023.11, (2023, 11, 1)),
    ],
)  # fmt: skip
def test_date_forms(cell, day):
    assert v.date_of(cell) == (dt.date(*day), "")


@pytest.mark.parametrize("cell", ["", "/", "无", "—", "长期", None, "　"])
def test_empty_date(cell):
    assert v.date_of(cell) == (None, "")


@pytest.mark.parametrize("cell", ["2023.4.31", "2023.13.1", "五一", 2023.1])
def test_illegible_date_says_why(cell):
    found, why = v.date_of(cell)
    assert found is None
    assert why


def test_month_and_day_take_the_year_of_the_sheet():
    assert v.date_of("5.1", 2023)[0] == dt.date(2023, 5, 1)
    assert v.date_of("5.1")[1]


@given(
    DAYS,
    st.sampled_from(
        ["{0}.{1}.{2}", "{0}-{1:02}-{2:02}", "{0}/{1}/{2}", "{0}年{1}月{2}日", "{0}{1:02}{2:02}"]
    ),
)
def test_any_day_in_any_form(day, form):
    assert v.date_of(form.format(day.year, day.month, day.day)) == (day, "")


@given(DAYS)
def test_serials(day):
    assert v.date_of(float((day - dt.date(1899, 12, 30)).days)) == (day, "")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2010.1.1-2039.12.31", (2010, 1, 1), (2039, 12, 31)), ("2023.5-2024.4", (2023, 5, 1), (2024, 4, 30)),
        ("2023年1月至6月", (2023, 1, 1), (2023, 6, 30)), ("2010-01-01至2039-12-31", (2010, 1, 1), (2039, 12, 31)),
        ("2010—2039", (2010, 1, 1), (2039, 12, 31)), ("2021年1月1日—长期", (2021, 1, 1), None),
    ],
)  # fmt: skip
def test_periods(text, start, end):
    assert v.period_of(text)[:2] == (dt.date(*start), dt.date(*end) if end else None)


@pytest.mark.parametrize(
    ("cell", "yuan"),
    [
        ("1,234.50", 1234.5), ("１２３４．５", 1234.5), ("￥1,234.50", 1234.5), ("1.23万", 12300), ("12.3(万元)", 123000), ("(1,234.50)", -1234.5),
        ("1234.5-", -1234.5), ("壹仟贰佰叁拾肆元伍角", 1234.5), ("1234元", 1234), ("1 234.5", 1234.5), ("壹万元整", 10000), ("3万2000元", 32000),
        (12.345, 12.35), ("-", None), ("无", None),
    ],
)  # fmt: skip
def test_yuan_forms(cell, yuan):
    value, why = v.yuan_of(cell)
    assert why == ""
    assert value == (None if yuan is None else pytest.approx(yuan, abs=0.01))


def test_unit_of_the_column_and_of_the_cell():
    assert v.yuan_of("1.5", 10_000)[0] == 15_000
    assert v.yuan_of("15000元", 10_000)[0] == 15_000


@pytest.mark.parametrize("cell", ["××", "？？", "见附件"])
def test_illegible_amount(cell):
    assert v.yuan_of(cell)[0] is None
    assert v.yuan_of(cell)[1]


@given(st.decimals(-(10**9), 10**9, places=2))
def test_any_amount_with_thousands_marks(amount):
    assert v.yuan_of(f"{amount:,.2f}") == (pytest.approx(float(amount)), "")


@given(st.integers(0, 10**8 - 1))
def test_chinese_numerals(number):
    assert v.chinese_number(capitals(number)) == number


def capitals(number):
    digits, units, text, zero = "零壹贰叁肆伍陆柒捌玖", ["", "拾", "佰", "仟"], "", False
    if not number:
        return "零元"
    for group, big in ((number // 10_000, "万"), (number % 10_000, "")):
        if group and text and group < 1000:
            text += "零"
        zero, part = False, ""
        for place in (3, 2, 1, 0):
            digit = group // 10**place % 10
            if digit:
                part += ("零" if zero and part else "") + digits[digit] + units[place]
                zero = False
            else:
                zero = True
        text += part + (big if group else "")
    return text + "元"


@pytest.mark.parametrize(
    ("cell", "mu"),
    [("3.5亩", 3.5), ("3亩5分", 3.5), ("2333㎡", 3.5), ("0.2333公顷", 3.5), (3.5, 3.5)],
)
def test_area(cell, mu):
    assert v.mu_of(cell)[0] == pytest.approx(mu, abs=0.01)


ID = st.builds(
    lambda place, day, seq: (lambda n: n + v.check_digit(n))(f"{place:06}{day:%Y%m%d}{seq:03}"),
    st.integers(110000, 659000), st.dates(dt.date(1920, 1, 1), dt.date(2015, 1, 1)), st.integers(1, 999),
)  # fmt: skip


@given(ID)
def test_valid_numbers_in_all_spellings(number):
    wide = number.translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ"))
    for text in (number, number.lower(), wide, f" {number[:6]} {number[6:14]} {number[14:]}"):
        found = v.id_number_of(text)
        assert (found.number, found.state) == (number, "valid")


@given(ID, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_never_valid(number, at, step):
    wrong = number[:at] + str((int(number[at]) + step) % 10) + number[at + 1 :]
    assert v.id_number_of(wrong).state != "valid"


@given(ID)
def test_numeric_damage(number):
    cell = float(number[:15] + "000")
    found = v.id_number_of(cell)
    assert (found.state, found.mask, found.number) == ("damaged", number[:15] + "***", "")


@pytest.mark.parametrize(
    ("cell", "state", "number", "mask"),
    [
        ("370124600101001", "old15", "370124196001010014", ""), ("370124********0014", "masked", "", "370124********0014"),
        ("3701****0014", "masked", "", "3701**********0014"), ("37012419600101***4", "masked", "", "37012419600101***4"),
        ("3.70124E+17", "damaged", "", "370124************"), ("/", "missing", "", ""), ("G12345678", "other", "", ""),
    ],
)  # fmt: skip
def test_number_states(cell, state, number, mask):
    found = v.id_number_of(cell)
    assert (found.state, found.number, found.mask) == (state, number, mask)


@pytest.mark.parametrize(
    ("cell", "name", "state"),
    [
        ("张 伟", "张伟", "ok"), ("张　伟(已故)", "张伟", "ok"), ("张伟代领", "张伟", "ok"),
        ("张伟等3人", "张伟", "several"), ("张伟、李四", "张伟", "several"),
        ("老张", "老张", "title"), ("张书记", "张书记", "title"), ("张伟 曾用名:张卫", "张伟", "ok"), ("张？", "张?", "damaged"), ("张*", "张*", "masked"),
        ("买买提.艾力", "买买提·艾力", "ok"), ("买买提•艾力", "买买提·艾力", "ok"), ("张伟（户主", "张伟", "ok"), ("无", "", "empty"),
    ],
)  # fmt: skip
def test_names(cell, name, state):
    found = v.person_name_of(cell)
    assert (found.name, found.state) == (name, state)


def test_phones_and_cards():
    assert v.phone_of("138 0000 0000/0531-88888888")[0] == "13800000000"
    assert v.phone_of("+86-138-0000-0000")[0] == "13800000000"
    assert v.phone_of("0531-88888888")[0] == "0531-88888888"
    assert v.bank_no_of("6228 4802 6012 3456 782")[0] == "6228480260123456782"
    assert v.bank_no_of(6.2284802601234e18)[1]


def test_flags_keep_three_states():
    assert [v.flag_of(c)[0] for c in ("是", "√", "否", "×", "", None, "未备案", True)] == [
        True,
        True,
        False,
        False,
        None,
        None,
        False,
        True,
    ]


def test_organisations():
    assert v.is_organisation("平阴县宏达建筑有限公司")
    assert v.is_organisation("燕家庄村委会")
    assert not v.is_organisation("李四")
    same = ["山东省济南市宏达建筑有限责任公司", "宏达 建筑有限公司", "（济南市）宏达建筑有限公司"]
    assert v.organisation_name(same[0]) == v.organisation_name(same[1])
    assert v.is_valid_uscc("91370124MA3C0ABC96")
    assert not v.is_valid_uscc("91370124MA3C0ABC97")


@pytest.mark.parametrize(
    ("written", "code", "is_doubtful"),
    [
        ("91370124MA3C0ABC96", "91370124MA3C0ABC96", False),
        (" 91370124-ma3c0abc96 ", "91370124MA3C0ABC96", False),
        ("9I370124MA3COABC96", "91370124MA3C0ABC96", False),
        ("91370124MA3C0ABC97", "91370124MA3C0ABC97", True),
        ("91370124MA3C0ABC9", "91370124MA3C0ABC9", True),
        ("370124600101001", "370124600101001", False),
    ],
)
def test_credit_codes(written, code, is_doubtful):
    """A misread letter is put right only where the check character then passes; a wrong code stays as written and is said."""
    found, why = v.uscc_of(written)
    assert found == code
    assert bool(why) == is_doubtful


@given(st.text(max_size=40))
def test_no_text_breaks_a_parser(text):
    for parse in (
        v.date_of,
        v.month_of,
        v.period_of,
        v.yuan_of,
        v.number_of,
        v.mu_of,
        v.flag_of,
        v.phone_of,
        v.bank_no_of,
        v.sex_of,
        v.uscc_of,
    ):
        parse(text)
    v.id_number_of(text), v.person_name_of(text), v.organisation_name(text), v.chinese_number(text)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300))
def test_no_number_breaks_a_parser(number):
    for parse in (v.date_of, v.yuan_of, v.number_of, v.mu_of, v.phone_of, v.bank_no_of, v.flag_of):
        parse(number)
    v.id_number_of(number)


@pytest.mark.parametrize(
    ("cell", "yuan"),
    [
        ("人民币300元", 300), ("RMB300", 300), ("人民币叁佰元整", 300), ("300.-", 300), ("300元/月", 300), ("300/月", 300), ("300。50", 300.5),
        ("300·50", 300.5),
        ("红字300", -300), ("负300", -300), ("300(含补发100)", 300), ("12.3(万元)", 123000), ("12.3（万元）", 123000), ("300-", -300),
    ],
)  # fmt: skip
def test_slips_beside_an_amount(cell, yuan):
    assert v.yuan_of(cell) == (yuan, "")


@pytest.mark.parametrize(
    "cell",
    ["2023。5。12", "2023 5 12", "2023—5—12", "二0二三年五月十二日", "2023年5月12日（星期五）", "2023·5·12", "2023.5.12(补)"],
)  # fmt: skip
def test_slips_inside_a_day(cell):
    assert v.date_of(cell) == (dt.date(2023, 5, 12), "")


def test_a_period_keeps_its_dash_and_loses_its_remark():
    assert v.period_of("2020-01-01至2029-12-31（10年）")[:2] == (
        dt.date(2020, 1, 1),
        dt.date(2029, 12, 31),
    )
    assert v.period_of("2020年—2029年")[:2] == (dt.date(2020, 1, 1), dt.date(2029, 12, 31))


@pytest.mark.parametrize(
    ("cell", "mu"), [("3亩半", 3.5), ("3。5", 3.5), ("3.5（确权）", 3.5), ("约3亩", 3)]
)
def test_slips_beside_an_area(cell, mu):
    assert v.mu_of(cell) == (mu, "")
