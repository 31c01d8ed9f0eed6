"""Equal treatment: a rule that hits one group by design is told, chance alone is not."""

import pandas as pd
import pytest

from xuncha_lib.candidates import measure
from xuncha_lib.models import prepare, shipped_models
from xuncha_lib.models.blank import blank_case

WOMEN, PEOPLE = 200, 400


def case_of(hit_people, model="M11"):
    """400 people of two villages on a roll, half of them women, a tenth with a damaged number; hits on those given."""
    con = blank_case()
    con.execute(
        "INSERT INTO village (village_code, village_name, population) VALUES ('V1', '甲村', 3000), ('V2', '乙村', 400), ('V3', '丙村', 900)"
    )
    con.execute(
        f"""INSERT INTO mention (mention_id, name, sex, id_state, village_code)
            SELECT i, CASE WHEN i % 3 = 0 THEN '王' ELSE '李' END || i, CASE WHEN i < {WOMEN} THEN '女' ELSE '男' END,
                   CASE WHEN i % 10 = 0 THEN 'damaged' ELSE 'valid' END, 'V' || (i % 2 + 1) FROM range({PEOPLE}) t(i)"""
    )
    con.execute("INSERT INTO same_person SELECT mention_id, mention_id, 1, '', 1 FROM mention")
    con.execute(
        """INSERT INTO subsidy (row_id, village_code, beneficiary, payee, programme, amount_yuan, paid_on)
           SELECT mention_id, village_code, mention_id, mention_id, '低保', 100, DATE '2024-01-05' FROM mention"""
    )
    prepare(con)
    frame = pd.DataFrame({"subject_key": [str(i) for i in hit_people]})
    con.register("frame", frame)
    con.execute(
        f"""CREATE TABLE hit AS SELECT '{model}' AS model_id, 'person' AS subject_kind, subject_key, 1 AS level,
            NULL::VARCHAR AS explained, 'V' || (subject_key::INT % 2 + 1) AS village_code FROM frame"""
    )
    measure(con, shipped_models())
    return con


def warned(con):
    return con.execute("SELECT grouping, member FROM fairness WHERE warns ORDER BY ALL").fetchall()


def test_the_roll_is_what_rates_are_measured_against():
    """Everybody on the roll the model reads, each once."""
    con = case_of(range(0, 40))
    rows = con.execute(
        "SELECT member, hits, exposed, other_hits, other_exposed FROM fairness WHERE grouping = '性别' ORDER BY 1"
    ).fetchall()
    assert rows == [("女", 40, 200, 0, 200), ("男", 0, 200, 40, 200)]


@pytest.mark.parametrize(
    ("people", "wanted"),
    [
        (range(0, 40), [("性别", "女")]),
        (range(0, 400, 10), [("证号", "证号缺损或遮盖")]),
        (range(1, 400, 13), []),
        (range(0, 8), []),
    ],
)
def test_a_group_hit_by_design_is_told(people, wanted):
    """Forty women and no man; forty damaged numbers and no whole one; an even spread; too few to say."""
    assert [
        pair for pair in warned(case_of(people)) if pair[0] in {"性别", "证号", "姓氏"}
    ] == wanted


def test_explained_hits_do_not_count():
    con = case_of(range(0, 40))
    con.execute("UPDATE hit SET explained = '备案'")
    measure(con, shipped_models())
    assert con.execute("SELECT count(*) FROM fairness").fetchall() == [(0,)]
