"""Small invented tables for the matcher: a roll of villages, and what is done to it."""

import random

import pyarrow as pa

from xuncha_lib.values import check_digit

FIELDS = ("id", "name", "id_number", "phone", "bank_account", "village")
SURNAMES = "王王王李李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁"
GIVEN = (
    "伟芳秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂香玲建国文华红玉春梅海燕雪荣爱琴云莲真环凤贞莉"
)
VILLAGES = [
    f"{a}{b}村" for a in "东西南北前后上下" for b in ("张庄", "李家洼", "河口", "石桥", "柳林")
]


def table(rows):
    """Rows of six values as a table; '' and None are missing."""
    return pa.table(
        {
            name: pa.array([row[i] or None for row in rows], pa.string())
            for i, name in enumerate(FIELDS)
        }
    )


def number(rng, year=None):
    first = f"3701{rng.choice(['02', '12', '24', '81'])}{year or rng.randrange(1940, 2000)}"
    first += f"{rng.randrange(1, 13):02}{rng.randrange(1, 29):02}{rng.randrange(1000):03}"
    return first + check_digit(first)


def people(count, seed):
    """Invented people: (name, id_number, phone, bank_account, village)."""
    rng = random.Random(seed)
    found = []
    for _ in range(count):
        name = rng.choice(SURNAMES) + "".join(rng.choices(GIVEN, k=rng.choice([1, 2, 2, 2])))
        phone, bank = f"138{rng.randrange(10**8):08}", f"622848{rng.randrange(10**13):013}"
        found.append((name, number(rng), phone, bank, rng.choice(VILLAGES)))
    return found


def scores(pairs):
    """(left, right) → row of the result."""
    return {(row["left_id"], row["right_id"]): row for row in pairs.to_pylist()}
