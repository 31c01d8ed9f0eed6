"""The ladder L1–L6 on pairs written by hand: each hit has its near miss beside it."""

from __future__ import annotations

from typing import Any

import pytest

from xuncha_lib.values import check_digit

People = Any
"""The fixture of conftest.py."""


def number(body: str = "37012419600101001") -> str:
    return body + check_digit(body)


ID = number()
OTHER = number("37012419720305123")
WRONG = ID[:12] + str((int(ID[12]) + 1) % 10) + ID[13:]
SWAPPED = ID[:8] + ID[9] + ID[8] + ID[10:]
MASK = ID[:6] + "********" + ID[14:]
DEATHS = ("death", "deceased")


def bad(text: str) -> dict[str, Any]:
    return {"id_no": text, "id_state": "check_failed"}


def damaged(text: str) -> dict[str, Any]:
    return {"id_mask": text, "id_state": "damaged"}


CASES: dict[str, tuple[dict[str, Any], dict[str, Any], int | None]] = {
    "L1 one number, one name": ({"name": "张伟", "id_no": ID}, {"name": "张伟", "id_no": ID}, 1),
    "L1 a 15-digit number was made 18": (
        {"name": "张伟", "id_no": ID, "id_state": "old15"}, {"name": "张伟", "id_no": ID}, 1),
    "L1 names that sound alike": ({"name": "张艳", "id_no": ID}, {"name": "张燕", "id_no": ID}, 1),
    "L1 traditional and simplified": ({"name": "張偉", "id_no": ID}, {"name": "张伟", "id_no": ID}, 1),
    "L1 one character of three": ({"name": "张建国", "id_no": ID}, {"name": "张建军", "id_no": ID}, 1),
    "no pair: another given name": ({"name": "张伟", "id_no": ID}, {"name": "张敏", "id_no": ID}, None),
    "L1 former name in the note": (
        {"name": "张伟", "name_raw": "张伟（原名张敏）", "id_no": ID}, {"name": "张敏", "id_no": ID}, 1),
    "L1 masked name": ({"name": "张*", "name_state": "masked", "id_no": ID}, {"name": "张伟", "id_no": ID}, 1),
    "no pair: mask of another surname": (
        {"name": "李*", "name_state": "masked", "id_no": ID}, {"name": "张伟", "id_no": ID}, None),
    "L1 married name": ({"name": "王张氏", "id_no": ID}, {"name": "张秀兰", "id_no": ID}, 1),
    "no pair: several people in a cell": (
        {"name": "张伟", "name_state": "several", "id_no": ID}, {"name": "张伟", "id_no": ID}, None),
    "no pair: two right numbers": (
        {"name": "张伟", "id_no": ID, "village_code": "V"},
        {"name": "张伟", "id_no": OTHER, "village_code": "V"}, None),
    "L1 a number without a name": (
        {"name": "", "name_state": "empty", "id_no": ID}, {"name": "张伟", "id_no": ID}, 1),
    "no pair: neither number nor name": (
        {"name": "", "name_state": "empty", "village_code": "V"}, {"name": "张伟", "village_code": "V"}, None),
    "no pair, no conflict: an institution beside a person's number": (
        {"name": "青崖街道中心敬老院", "id_no": ID}, {"name": "张伟", "id_no": ID}, None),
    "L2 mask agrees": ({"name": "张伟", "id_mask": MASK}, {"name": "张伟", "id_no": ID}, 2),
    "L2 two masks of one shape": ({"name": "张伟", "id_mask": MASK}, {"name": "张伟", "id_mask": MASK}, 2),
    "no pair: mask of another number": ({"name": "张伟", "id_mask": MASK}, {"name": "张伟", "id_no": OTHER}, None),
    "no pair: mask agrees, another name": ({"name": "张敏", "id_mask": MASK}, {"name": "张伟", "id_no": ID}, None),
    "no pair: a mask that shows only the region": (
        {"name": "张伟", "id_mask": "370124************"}, {"name": "张伟", "id_no": ID}, None),
    "L3 one digit wrong, one village": (
        {"name": "张伟", "village_code": "V"} | bad(WRONG), {"name": "张伟", "id_no": ID, "village_code": "V"}, 3),
    "L3 one digit wrong, birth date stated": (
        {"name": "张伟", "birth_on": "1960-01-01"} | bad(WRONG), {"name": "张伟", "id_no": ID}, 3),
    "no pair: one digit wrong, nothing else": (
        {"name": "张伟"} | bad(WRONG), {"name": "张伟", "id_no": ID}, None),
    "L3 two digits swapped": (
        {"name": "张伟", "village_code": "V"} | bad(SWAPPED), {"name": "张伟", "id_no": ID, "village_code": "V"}, 3),
    "L3 last three digits lost": ({"name": "张伟"} | damaged(ID[:15] + "***"), {"name": "张伟", "id_no": ID}, 3),
    "no pair: lost digits of another number": (
        {"name": "张伟", "village_code": "V"} | damaged(OTHER[:15] + "***"),
        {"name": "张伟", "id_no": ID, "village_code": "V"}, None),
    "L4 birth date and village": (
        {"name": "张伟", "birth_on": "1960-01-01", "village_code": "V"},
        {"name": "张伟", "id_no": ID, "village_code": "V"}, 4),
    "no pair: birth date alone": ({"name": "张伟", "birth_on": "1960-01-01"}, {"name": "张伟", "id_no": ID}, None),
    "L4 only the month of birth was written": (
        {"name": "张伟", "birth_on": "1960-03-01", "village_code": "V"},
        {"name": "张伟", "birth_on": "1960-03-17", "village_code": "V"}, 4),
    "no pair: another month": (
        {"name": "张伟", "birth_on": "1960-03-01", "village_code": "V"},
        {"name": "张伟", "birth_on": "1960-04-17", "village_code": "V"}, None),
    "L4 account and phone": (
        {"name": "张伟", "bank_no": "6228480260123456782", "phone": "13800000001"},
        {"name": "张伟", "bank_no": "6228480260123456782", "phone": "13800000001"}, 4),
    "L4 one household": (
        {"name": "张伟", "village_code": "V", "head_name": "张大山"},
        {"name": "张伟", "village_code": "V", "head_name": "张大山"}, 4),
    "L5 two heads of one name are no household": (
        {"name": "张伟", "village_code": "V", "head_name": "张伟"},
        {"name": "张伟", "village_code": "V", "head_name": "张伟"}, 5),
    "L4 close name with three agreements": (
        {"name": "张艳", "village_code": "V", "birth_on": "1960-01-01", "bank_no": "62284802601"},
        {"name": "张燕", "village_code": "V", "birth_on": "1960-01-01", "bank_no": "62284802601"}, 4),
    "no pair: household members share account and village": (
        {"name": "张伟", "village_code": "V", "bank_no": "62284802601"},
        {"name": "张敏", "village_code": "V", "bank_no": "62284802601"}, None),
    "L5 one village": ({"name": "张伟", "village_code": "V"}, {"name": "张伟", "id_no": ID, "village_code": "V"}, 5),
    "no pair: another village": ({"name": "张伟", "village_code": "W"}, {"name": "张伟", "village_code": "V"}, None),
    "no pair: one village, another birth date": (
        {"name": "张伟", "village_code": "V", "birth_on": "1971-05-05"},
        {"name": "张伟", "id_no": ID, "village_code": "V"}, None),
    "no pair: one village, man and woman": (
        {"name": "张伟", "village_code": "V", "sex": "女"}, {"name": "张伟", "id_no": ID, "village_code": "V"}, None),
    "L6 a listed rare name": ({"name": "仝翀", "on": DEATHS}, {"name": "仝翀"}, 6),
    "no pair: a name alone between two rolls": ({"name": "仝翀"}, {"name": "仝翀"}, None),
    "L6 close name in one village": (
        {"name": "张艳", "village_code": "V", "on": DEATHS}, {"name": "张燕", "village_code": "V"}, 6),
    "L6 look-alike name in one village": (
        {"name": "张治国", "village_code": "V", "on": DEATHS}, {"name": "张冶国", "village_code": "V"}, 6),
    "no pair: another character in one village": (
        {"name": "张建国", "village_code": "V", "on": DEATHS}, {"name": "张建军", "village_code": "V"}, None),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_level_of_two_mentions(case: str, two: Any) -> None:
    """Each rule of the ladder gives its level, and its near miss gives none."""
    first, second, level = CASES[case]

    assert level == two(first, second)
    assert level == two(second, first)


def test_a_number_under_two_names_is_a_conflict(people: People) -> None:
    """It is listed for a person to look at, and joins nobody."""
    people.add("张伟", id_no=ID)
    people.add("李敏", id_no=ID)

    assert people.pairs() == {}
    assert people.con.execute("FROM identity_conflict").fetchall() == [
        (1, 2, "身份证号相同，姓名不同（张伟/李敏）")
    ]


def test_two_right_numbers_on_one_person_are_a_conflict(people: People) -> None:
    """One name, village and birth date under two right numbers: twins, or one person twice in the register."""
    twin = number("37012419600101003")
    people.add("张伟", id_no=ID, village_code="V")
    people.add("张伟", id_no=twin, village_code="V")
    people.add("张伟", id_no=OTHER, village_code="V")

    assert people.pairs() == {}
    why = "同村同名且出生日期相同，身份证号不同"
    assert people.con.execute("FROM identity_conflict").fetchall() == [(1, 2, why)]


def test_every_mention_that_names_a_person_is_itself(people: People) -> None:
    """(m, m) is level 1 with a right number, else by what the mention carries, 4 at best; titles name nobody."""
    people.add("张伟", id_no=ID)
    people.add("张伟", id_mask=MASK)
    people.add("李敏", village_code="V")
    people.add("王芳")
    people.add("张书记", name_state="title", village_code="V")
    people.pairs()

    own = people.con.execute("SELECT a, level FROM same_person WHERE a = b ORDER BY a").fetchall()
    assert own == [(1, 1), (2, 4), (3, 5), (4, 6)]


def test_namesakes_are_people_not_mentions(people: People) -> None:
    """Three rows of one number are one person; a mention without number adds nobody where its village knows one."""
    for _ in range(3):
        people.add("张伟", id_no=ID, village_code="V")
    people.add("张伟", id_no=OTHER, village_code="V")
    people.add("张伟", village_code="V")
    people.add("张伟", village_code="W")
    people.add("李敏")
    people.pairs()

    counts = people.con.execute(
        "SELECT DISTINCT name, namesakes FROM mention ORDER BY namesakes"
    ).fetchall()
    assert counts == [("李敏", 1), ("张伟", 3)]
    assert people.con.execute(
        "SELECT DISTINCT why FROM same_person WHERE level = 5 AND a <> b"
    ).fetchall() == [("同村同名（本村同名2人）",)]


def test_a_common_name_alone_is_no_pair(people: People) -> None:
    """Four people of one name: a listed one is no longer paired on the name."""
    people.add("张伟", on=DEATHS)
    for i in range(4):
        people.add("张伟", village_code=f"V{i}")

    assert people.pairs() == {}


def test_a_phone_of_many_names_tells_nobody_apart(people: People) -> None:
    """The clerk's phone entered for six people does not count; for five, a household, it does."""
    for i, name in enumerate("伟敏芳静丽"):
        people.add(f"张{name}", phone="13800000001", village_code=f"V{i}")
    people.add("张伟", phone="13800000001", birth_on="1960-01-01", bank_no="62284802601")
    people.add("张伟", bank_no="62284802601")
    assert people.level(1, 6) is None  # phone alone
    people.con.execute("UPDATE mention SET birth_on = '1960-01-01' WHERE mention_id = 1")
    assert people.level(1, 6) == 4  # phone and birth date

    people.add("李杰", phone="13800000001")

    assert people.level(1, 6) is None


def test_one_name_twice_in_a_row_is_one_person(people: People) -> None:
    """收款人 written without number is the 享受人 of the same row, and so the cadre with that number."""
    people.add("张伟", id_no=ID, village_code="V")
    people.add("张伟", bank_no="62284802601", village_code="V")
    people.add("张伟", id_no=ID, phone="13800000001", village_code="V")
    people.add("张伟", id_no=OTHER, village_code="V")
    people.add("李敏", village_code="V")
    assert people.level(1, 2) == people.level(2, 4) == 5
    people.con.execute("CREATE TABLE subsidy (beneficiary BIGINT, payee BIGINT, head BIGINT)")
    people.con.execute("INSERT INTO subsidy VALUES (1, 2, 5), (1, 1, NULL)")

    pairs = people.pairs()
    assert pairs[1, 2] == (4, "姓名相同，写在同一行，村一致")
    assert pairs[2, 3] == (4, "姓名相同，经其他记录对应到同一身份证号")
    assert (2, 4) not in pairs


def test_links_that_lead_to_two_numbers_lend_none(people: People) -> None:
    """An account shared by two people of one name does not say which of them a third row means."""
    account = {"bank_no": "62284802601", "village_code": "V"}
    people.add("张伟", id_no=ID, **account)
    people.add("张伟", id_no=OTHER, **account)
    people.add("张伟", **account)
    people.add("张伟", id_no=ID, village_code="V")

    pairs = people.pairs()
    assert pairs[1, 3][0] == pairs[2, 3][0] == 4
    assert pairs[3, 4][0] == 5


def test_nothing_to_link(people: People) -> None:
    """A case without people still gets its empty tables."""
    assert people.pairs() == {}
    assert people.con.execute("SELECT count(*) FROM org_alias").fetchall() == [(0,)]


def test_same_input_same_rows(people: People) -> None:
    """Linking twice gives the same rows in the same order."""
    people.add("张伟", id_no=ID, village_code="V")
    people.add("张伟", village_code="V")
    people.pairs()
    first = people.con.execute("FROM same_person").fetchall()
    people.pairs()

    assert first == people.con.execute("FROM same_person").fetchall()


@pytest.mark.parametrize("village", ["NULL", "'V'"])
def test_a_hundred_thousand_of_one_name_stay_bounded(people: People, village: str) -> None:
    """A name as common as a column gives a bounded number of pairs, and is named as not compared."""
    people.add("王秀英", village_code="V", on=DEATHS)
    people.con.execute(
        f"""INSERT INTO mention (mention_id, name_raw, name, name_state, id_state, village_code)
        SELECT i + 2, '王秀英', '王秀英', 'ok', 'missing', {village} FROM range(100000) t(i)"""
    )

    assert len(people.pairs()) <= 100_000
    skipped = people.con.execute("SELECT name, mentions FROM not_compared").fetchall()
    assert all(name == "王秀英" and mentions > 1000 for name, mentions in skipped)
    assert bool(skipped) == (village != "NULL")
