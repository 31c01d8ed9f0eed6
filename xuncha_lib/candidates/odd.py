"""The ledger screen on a case: its books as a ledger set, what is odd in them as the table `odd_issue`."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from xuncha_lib.errors import XunchaError
from xuncha_lib.outliers.rank import LEAST_ALONE
from xuncha_lib.outliers.screen import Screened, screen

_BOOKS = {
    "entries": """
        SELECT CAST(row_id AS VARCHAR) AS entry_id, village_code AS village_id, entry_on AS date, voucher_seq AS voucher_no,
               account_code AS account, account_name, CASE side WHEN 'in' THEN '收入' ELSE '支出' END AS side,
               CAST(amount_yuan AS DOUBLE) AS amount, CASE method WHEN 'cash' THEN '现金' WHEN 'bank' THEN '银行' END AS method,
               coalesce(payee_key, payee_name) AS payee, summary, invoice_no
        FROM money WHERE village_code IS NOT NULL AND entry_on IS NOT NULL AND amount_yuan <> 0""",
    "bank": """
        SELECT CAST(row_id AS VARCHAR) AS bank_id, village_code AS village_id, txn_on AS date,
               CAST(coalesce(in_yuan, 0) - coalesce(out_yuan, 0) AS DOUBLE) AS amount, counterparty_name AS counterparty
        FROM bank_flow WHERE village_code IS NOT NULL AND txn_on IS NOT NULL""",
    "roster": """
        SELECT c.village_code AS village_id, m.name, c.post, c.started_on AS start, c.ended_on AS "end", m.bank_no AS acct
        FROM cadre c JOIN mention m ON m.mention_id = c.person WHERE c.village_code IS NOT NULL""",
    "payees": """
        SELECT company_org AS payee, min(founded_on) AS registered, min(m.name) AS legal_rep
        FROM business b LEFT JOIN mention m ON m.mention_id = b.legal_person WHERE company_org IS NOT NULL GROUP BY 1""",
    "contracts": """
        SELECT CAST(row_id AS VARCHAR) AS contract_id, village_code AS village_id, party AS lessee, object_kind AS kind,
               annual_yuan AS annual, year(starts_on) AS start_year, year(ends_on) AS end_year, NULL::INTEGER AS due_month,
               nullif(concat_ws('；', words, pay_mode), '') AS remark
        FROM lease WHERE village_code IS NOT NULL AND annual_yuan > 0 AND party IS NOT NULL""",
    "villages": """
        SELECT v.village_code AS village_id, max(l.value) AS approval_limit, v.town AS township_id, v.county AS county_id, v.population
        FROM village v LEFT JOIN limit_span l ON l.town = v.town AND l.name = 'approval_yuan' AND l.source NOT LIKE '参考值%'
        GROUP BY ALL""",
}  # fmt: skip
"""Table of a ledger set → what it is in a case. A shipped reference limit is no limit of the town: round figures serve."""

_SMALL = 1_000_000
"""Entries up to which the screen runs beside the models: more need the memory and the cores for themselves."""

SCHEMA = """
CREATE OR REPLACE TABLE odd_issue (
    village_code VARCHAR, rank INTEGER, detector VARCHAR, name VARCHAR, score DOUBLE, amount_yuan DOUBLE, claim VARCHAR,
    figure VARCHAR, reference_group VARCHAR, rarity VARCHAR, checked VARCHAR, clears VARCHAR, recompute VARCHAR,
    places VARCHAR, row_ids BIGINT[], is_candidate BOOLEAN, value_label VARCHAR, own_value DOUBLE, peer_values DOUBLE[]);
CREATE OR REPLACE TABLE odd_untested (detector VARCHAR, why VARCHAR);
"""
_ISSUES = """
INSERT INTO odd_issue
WITH found AS (FROM read_parquet($file)),
object AS (
    SELECT village_id, place, obj, split_part(obj, ':', 1) AS kind, split_part(obj, ':', 2) AS key, split_part(obj, ':', 3) AS month,
           TRY_CAST(split_part(obj, ':', 4) AS INTEGER) AS number
    FROM (SELECT village_id, place, unnest(objs) AS obj FROM found)
), beside AS (
    -- a missing voucher has no row: those before and behind it say where it should stand
    SELECT o.village_id, o.place, m.rows FROM object o
    JOIN money m ON o.kind = 'v' AND m.village_code = o.key AND strftime(m.entry_on, '%Y%m') = o.month AND m.voucher_seq <> o.number
    QUALIFY row_number() OVER (PARTITION BY o.village_id, o.place, o.number, m.voucher_seq > o.number ORDER BY abs(m.voucher_seq - o.number), m.row_id) = 1
), cited AS (
    SELECT village_id, place, list_sort(list_distinct(flatten(list(rows)))) AS row_ids FROM (
        SELECT o.village_id, o.place, coalesce(m.rows, [coalesce(b.row_id, c.row_id)]) AS rows FROM object o
        LEFT JOIN money m ON o.obj = 'e:' || m.row_id
        LEFT JOIN bank_flow b ON o.obj = 'b:' || b.row_id
        LEFT JOIN lease c ON o.kind = 'k' AND o.key = CAST(c.row_id AS VARCHAR)
        UNION ALL FROM beside)
    WHERE rows[1] IS NOT NULL GROUP BY ALL
), numbered AS (
    -- M38 knows by which rule a village numbers and which numbers were spoilt: a gap it does not name is none
    SELECT DISTINCT village_id, place FROM (SELECT village_id, place, unnest(row_ids) AS row_id FROM cited)
    JOIN (SELECT village_code, unnest(evidence) AS row_id FROM hit WHERE model_id = 'M38' AND explained IS NULL) h USING (row_id)
), known AS (
    SELECT count(*) > 0 AS is_checked FROM model_run WHERE model_id = 'M38' AND status = 'ran'
), placed AS (
    SELECT village_id, place, string_agg(file || coalesce(' · ' || nullif(sheet, ''), '') || ' 第' || rows || '行', '；' ORDER BY file, sheet) AS places
    FROM (SELECT c.village_id, c.place, o.file, o.sheet, array_to_string(list(o."row" ORDER BY o."row")[:12], '、') AS rows
          FROM (SELECT village_id, place, unnest(row_ids) AS row_id FROM cited) c JOIN row_origin o USING (row_id) GROUP BY ALL)
    GROUP BY ALL
), row_of AS (
    SELECT village_id, place, len(row_ids) AS n, unnest(row_ids) AS row_id FROM cited
), heard AS (
    -- a model that looked at most of these rows and found them explained; none that did not
    SELECT r.village_id, r.place, min(h.explained) AS why FROM row_of r
    JOIN (SELECT DISTINCT explained, unnest(evidence) AS row_id FROM hit WHERE explained IS NOT NULL) h USING (row_id)
    GROUP BY r.village_id, r.place HAVING 2 * count(DISTINCT r.row_id) >= any_value(r.n)
), open AS (
    SELECT DISTINCT village_id, place FROM row_of SEMI JOIN (SELECT unnest(evidence) AS row_id FROM hit WHERE explained IS NULL) USING (row_id)
), judged AS (
    SELECT f.* REPLACE (CASE WHEN h.why IS NULL THEN f.score ELSE f.score * $off / (1 - f.score + f.score * $off) END AS score,
                        f.checked || coalesce('模型核对后的说明：' || h.why || '。', '') AS checked), h.why
    FROM found f LEFT JOIN (FROM heard ANTI JOIN open USING (village_id, place)) h USING (village_id, place) CROSS JOIN known
    WHERE f.detector <> 'missing_voucher' OR NOT is_checked OR (f.village_id, f.place) IN (SELECT (village_id, place) FROM numbered)
), kept AS (
    SELECT *, CAST(row_number() OVER (PARTITION BY village_id ORDER BY score DESC, place) AS INTEGER) AS rank FROM judged WHERE why IS NULL OR score >= $least
)
SELECT k.village_id, k.rank, k.detector, k.name, round(k.score, 4), k.amount_yuan, k.claim, k.figure, k.reference_group, k.rarity, k.checked,
       k.clears, k.recompute, p.places, coalesce(c.row_ids, []), false,
       k.value_label, k.own_value, k.peer_values
FROM kept k LEFT JOIN cited c USING (village_id, place) LEFT JOIN placed p USING (village_id, place) ORDER BY 1, 2
"""
_MARK = """
UPDATE odd_issue SET is_candidate = true WHERE (village_code, rank) IN (
    SELECT (village_code, rank) FROM (SELECT village_code, rank, unnest(row_ids) AS row_id FROM odd_issue)
    SEMI JOIN (SELECT row_id FROM evidence WHERE role = '主证') USING (row_id))
"""
EXPLAINED_OFF = 2.8
"""Log-odds a model's explanation of the same rows takes off; under LEAST_ALONE the issue is not worth the hour."""


class Screening:
    """The screen of a case on its way. It reads copies of the books: the case is free for other steps meanwhile."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        """Copy the books out of the prepared tables of `con` and begin, beside the caller where they are small."""
        self._folder = TemporaryDirectory(prefix="xuncha-")
        for name, sql in _BOOKS.items():
            place = (Path(self._folder.name) / name).as_posix()
            con.execute(f"COPY ({sql}) TO '{place}.parquet' (FORMAT parquet)")
        entries = con.execute("SELECT count(*) FROM money").fetchall()[0][0]
        self._thread = ThreadPoolExecutor(1)
        self._told = self._thread.submit(self._screen) if entries <= _SMALL else None

    @property
    def found(self) -> Path:
        """Where the screen writes what it finds."""
        return Path(self._folder.name) / "odd.parquet"

    def _screen(self) -> Screened:
        try:
            return screen(self.found.parent, self.found)
        except XunchaError as error:
            return Screened(not_tested={"全部": error.found})

    def result(self) -> Screened:
        """What it found, once it is done."""
        return self._told.result() if self._told else self._screen()

    def close(self) -> None:
        """Wait for it to end and drop the copies."""
        self._thread.shutdown(wait=True)
        self._folder.cleanup()


def screen_case(con: duckdb.DuckDBPyConnection, begun: Screening | None = None) -> Screened:
    """Fill `odd_issue` (at most 20 a village, best first) and `odd_untested` from the books of the case.

    Needs the prepared tables of the models and their `hit`s: what a model found explained goes down. Books without
    entries leave both empty but for the reason.
    begun : a screening of this case that was begun after its tables were prepared.
    """
    con.execute(SCHEMA)
    with closing(begun or Screening(con)) as screening:
        told = screening.result()
        if screening.found.is_file():
            values = {
                "file": screening.found.as_posix(),
                "off": math.exp(-EXPLAINED_OFF),
                "least": LEAST_ALONE,
            }
            con.execute(_ISSUES, values)
    if told.not_tested:
        con.executemany("INSERT INTO odd_untested VALUES (?, ?)", sorted(told.not_tested.items()))
    return told


def mark_candidates(con: duckdb.DuckDBPyConnection) -> None:
    """Set `is_candidate` of each odd issue: whether a row of it is evidence of a candidate."""
    con.execute(_MARK)
