"""Bundles, ranks and ids of candidates, on a case of two villages made by hand."""

import duckdb
import pandas as pd
import pytest

from xuncha_lib.candidates import build
from xuncha_lib.candidates.bundle import bundle
from xuncha_lib.candidates.keys import HitKey
from xuncha_lib.candidates.rank import score
from xuncha_lib.candidates.review_log import Entry, append_entry
from xuncha_lib.models import shipped_models
from xuncha_lib.tables import load_tables

HIT = {
    "hit_id": 1, "model_id": "M11", "village_code": "V1", "subject_kind": "person", "subject_key": "1",
    "subject": None, "reason": "2023-04-01登记死亡，此后仍有发放记录，需核实", "amount_yuan": 900.0,
    "first_on": "2023-05-01", "last_on": "2023-07-01", "level": 1, "namesakes": 1, "p": 0.9,
    "explained": None, "evidence": [1, 2], "context": [3],
}  # fmt: skip


def make_case(hits, *, shift=0, reviews=None):
    """A case with six subsidy rows and the hits given; `shift` moves all row ids (as a new file would)."""
    con = duckdb.connect()
    con.execute(
        "CREATE TABLE village (village_code VARCHAR, village_name VARCHAR, town VARCHAR, county VARCHAR, of_round BOOLEAN)"
    )
    con.execute(
        "INSERT INTO village VALUES ('V1', '柳沟村', '云台镇', '青源县', true), ('V2', '石门村', '云台镇', '青源县', true)"
    )
    con.execute(
        "CREATE TABLE mention (mention_id BIGINT, name_raw VARCHAR, name VARCHAR, id_no VARCHAR, id_mask VARCHAR)"
    )
    con.execute(
        "INSERT INTO mention VALUES (1, '王建 国', '王建国', '370124196001010014', NULL), (2, '王建国', '王建国', NULL, NULL)"
    )
    con.execute("CREATE TABLE same_person (a BIGINT, b BIGINT, level INT)")
    con.execute("INSERT INTO same_person VALUES (1,1,1), (1,2,2), (2,1,2), (2,2,4)")
    con.execute("CREATE TABLE source_row (row_id BIGINT, content VARCHAR)")
    con.execute("CREATE TABLE row_origin (row_id BIGINT, file VARCHAR, sheet VARCHAR, row INT)")
    con.execute("CREATE TABLE echo (row_id BIGINT, others BIGINT[])")
    con.execute("INSERT INTO echo VALUES (?, [?])", [1 + shift, 6 + shift])
    for table in load_tables().values():
        con.execute(table.ddl())
    for n in range(1, 7):
        con.execute("INSERT INTO source_row VALUES (?, ?)", [n + shift, f"content {n}"])
        con.execute(
            "INSERT INTO row_origin VALUES (?, '低保.xlsx', '3月', ?)", [n + shift, n + 3 + shift]
        )
        con.execute(
            "INSERT INTO subsidy (row_id, village_code, beneficiary, programme, amount_yuan) VALUES (?, 'V1', 1, '低保', 300)",
            [n + shift],
        )
    frame = pd.DataFrame(hits)
    for column in ("first_on", "last_on"):
        frame[column] = pd.to_datetime(frame[column]).dt.date
    for column in ("evidence", "context"):
        frame[column] = [[n + shift for n in rows] for rows in frame[column]]
    con.register("frame", frame)
    con.execute("CREATE TABLE hit AS FROM frame")
    build(con, reviews=reviews)
    return con


def rows(con, query):
    return con.execute(query).fetchall()


def test_one_person_written_twice_is_one_candidate():
    """Two models on two spellings of one person (L2) bundle; the amount is not added up across models."""
    con = make_case(
        [HIT, HIT | {"hit_id": 2, "model_id": "M12", "subject_key": "2", "evidence": [4, 5]}]
    )

    assert rows(con, "SELECT model_ids, amount_yuan, rank FROM candidate") == [
        (["M11", "M12"], 900.0, 1)
    ]
    assert rows(con, "SELECT count(*) FROM candidate_hit") == [(2,)]


def test_same_rows_bundle_but_a_month_does_not_swallow_them():
    """Half of the smaller evidence shared means one matter, except with a hit on a whole month."""
    other = HIT | {
        "hit_id": 2,
        "model_id": "M27",
        "subject_kind": "payee",
        "subject_key": "x",
        "evidence": [2, 6],
    }
    month = HIT | {
        "hit_id": 3,
        "model_id": "M31",
        "subject_kind": "month",
        "subject_key": "2023",
        "evidence": [1, 2, 6],
    }
    groups = bundle([HIT, other, month], {})

    assert groups == [[0, 1], [2]]


def test_explained_weak_and_unlikely_hits_are_not_shown():
    """What the data explains, L5 joins and unlikely hits stay in the workbench."""
    con = make_case([
        HIT | {"explained": "备注：补发2022年12月"},
        HIT | {"hit_id": 2, "level": 5, "subject_key": "7"},
        HIT | {"hit_id": 3, "p": 0.2, "subject_key": "8", "evidence": [5]},
    ])  # fmt: skip

    assert rows(con, "SELECT count(*) FROM candidate") == [(0,)]


def test_id_survives_new_row_numbers_and_order():
    """The id depends on what the rows say, not on where they stand today."""
    first = rows(make_case([HIT]), "SELECT candidate_id FROM candidate")
    again = rows(make_case([HIT | {"hit_id": 9}], shift=100), "SELECT candidate_id FROM candidate")

    assert first == again


def test_shown_masked_with_file_sheet_row():
    """No ID number leaves unmasked; every row, its bank line (echo) too, says where it stands."""
    con = make_case([HIT | {"reason": "证号370124196001010014仍有发放"}])

    ((subject, text),) = rows(con, "SELECT subject, summary FROM candidate")
    assert subject == "王建 国（370124********0014）"
    assert "370124196001010014" not in text
    assert rows(con, "SELECT role, file, sheet, row FROM evidence ORDER BY row") == [
        ("主证", "低保.xlsx", "3月", 4), ("主证", "低保.xlsx", "3月", 5), ("佐证", "低保.xlsx", "3月", 6),
        ("佐证", "低保.xlsx", "3月", 9),
    ]  # fmt: skip


def test_a_village_never_gets_more_than_25():
    """Few candidates: the list is cut, best first."""
    many = [
        HIT
        | {"hit_id": n, "subject_key": str(100 + n), "evidence": [n], "amount_yuan": 100.0 * n}
        | {"model_id": ("M08", "M10", "M11", "M12")[n % 4]}
        for n in range(1, 41)
    ]
    con = make_case(many)

    assert rows(con, "SELECT count(*), max(rank) FROM candidate") == [(25, 25)]
    assert rows(con, "SELECT sum(n) FROM candidate_cut WHERE why LIKE '本村已列%'") == [(15,)]


def test_one_model_cannot_flood_a_village():
    """At most twelve led by one model; the others are counted, with the reason."""
    many = [
        HIT | {"hit_id": n, "subject_key": str(100 + n), "evidence": [n], "amount_yuan": 100.0 * n}
        for n in range(1, 21)
    ]
    con = make_case(many)

    assert rows(con, "SELECT count(*) FROM candidate") == [(12,)]
    assert rows(con, "SELECT amount_yuan FROM candidate WHERE rank = 1") == [(2000.0,)]
    assert rows(con, "SELECT model_id, n FROM candidate_cut") == [("M11", 8)]


@pytest.mark.parametrize(
    ("weaker", "stronger"),
    [
        ([("M11", "high", 0.5)], [("M11", "high", 0.9)]),
        ([("M31", "low", 0.9)], [("M11", "high", 0.9)]),
        ([("M11", "high", 0.6)], [("M11", "high", 0.6), ("M15", "high", 0.6)]),
    ],
)
def test_score_order(weaker, stronger):
    """Likelier, weightier and twice-seen matters come sooner."""
    names = {key: model.name for key, model in shipped_models().items()} | {
        "M11": "甲",
        "M15": "乙",
        "M31": "丙",
    }

    assert score(weaker, 1000.0, names).value < score(stronger, 1000.0, names).value


def test_repeating_a_model_adds_no_chance():
    """Twelve monthly hits of one model are one observation, not twelve."""
    once = score([("M11", "high", 0.5)], None, {"M11": "甲"})
    often = score([("M11", "high", 0.5)] * 12, None, {"M11": "甲"})

    assert once.chance == often.chance


def decide(con, folder, act, **words):
    """Write a decision on the only candidate of a case."""
    ((key,),) = rows(con, "SELECT candidate_id FROM candidate")
    hits = rows(con, "SELECT model_id, village, matter, rows, p FROM candidate_key ORDER BY n")
    keys = [HitKey(m, v, t, tuple(r), p) for m, v, t, r, p in hits]
    append_entry(folder, Entry(
        0, "2026-01-02 03:04:05", "甲", act, key, models=tuple((k.model_id, k.p) for k in keys),
        matters=tuple(mark for k in keys for mark in k.marks), rows=tuple(r for k in keys for r in k.rows), **words,
    ))  # fmt: skip


def test_what_was_dismissed_stays_so_until_there_is_new_evidence(tmp_path):
    """Same rows under other row numbers: put aside. One more month paid: listed again, and it says why."""
    decide(make_case([HIT]), tmp_path, "dismiss", code="FP03")
    status = "SELECT status, rank, review FROM candidate"

    ((again, rank, text),) = rows(make_case([HIT], shift=50, reviews=tmp_path), status)
    assert (again, rank) == ("不属实", 26)
    assert "FP03" in text
    ((again, rank, text),) = rows(
        make_case([HIT | {"evidence": [1, 2, 4]}], reviews=tmp_path), status
    )
    assert (again, rank) == ("候选", 1)
    assert "新依据：1行" in text


def test_what_was_confirmed_stays_so_and_comes_first(tmp_path):
    """Also when more rows turn up."""
    decide(make_case([HIT | {"p": 0.5}]), tmp_path, "confirm")
    other = HIT | {"hit_id": 2, "subject_key": "77", "evidence": [5], "p": 0.8}
    con = make_case([HIT | {"p": 0.5, "evidence": [1, 2, 4]}, other], reviews=tmp_path)

    assert rows(con, "SELECT status FROM candidate ORDER BY rank") == [("属实",), ("候选",)]
