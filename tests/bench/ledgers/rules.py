"""Twelve separate audit tests as an auditor runs them one by one, then read in turn (round robin)."""

from pathlib import Path

import duckdb
from features import has_paper_date

BASE = """
CREATE TABLE e AS SELECT entry_id, village_id, date, {biz} AS biz, voucher_no, account_name, side, amount, method, payee, summary, invoice_no, approval_limit AS lim
FROM read_parquet('{data}/entries/*.parquet') AS x JOIN read_parquet('{data}/villages.parquet') AS y USING (village_id);
CREATE TABLE spent AS SELECT * FROM e WHERE side = '支出';
CREATE TABLE b AS SELECT * FROM read_parquet('{data}/bank/*.parquet');
"""
# each gives village_id, size (larger first), objs
TESTS = {
    "same_payee_sum": "SELECT village_id, abs(amount) AS size, list('e:' || entry_id) AS objs FROM spent WHERE payee IS NOT NULL GROUP BY village_id, payee, amount HAVING count(*) > 1",
    "same_invoice": "SELECT village_id, max(abs(amount)) AS size, list('e:' || entry_id) AS objs FROM spent WHERE invoice_no IS NOT NULL GROUP BY village_id, invoice_no HAVING count(*) > 1",
    "same_sum_other_payee": "SELECT village_id, abs(amount) AS size, list('e:' || entry_id) AS objs FROM spent WHERE amount > 500 GROUP BY village_id, date, amount HAVING count(DISTINCT payee) > 1",
    "gap": """SELECT village_id, 1.0 * (voucher_no - before) AS size, list_transform(range(before + 1, voucher_no), lambda n: 'v:' || village_id || ':' || month || ':' || n) AS objs FROM (
        SELECT village_id, strftime(date, '%Y%m') AS month, voucher_no, coalesce(lag(voucher_no) OVER (PARTITION BY village_id, strftime(date, '%Y%m') ORDER BY voucher_no), 0) AS before
        FROM (SELECT DISTINCT village_id, date, voucher_no FROM e)) WHERE voucher_no > before + 1""",
    "round": "SELECT village_id, amount AS size, ['e:' || entry_id] AS objs FROM spent WHERE amount >= 2000 AND round(amount * 100)::BIGINT % 100000 = 0",
    "under_limit": "SELECT village_id, max(amount) AS size, list('e:' || entry_id) AS objs FROM spent WHERE amount BETWEEN .95 * lim AND lim - .01 GROUP BY village_id, payee",
    "split": "SELECT village_id, sum(amount) AS size, list('e:' || entry_id) AS objs FROM spent WHERE amount BETWEEN 0 AND lim GROUP BY village_id, payee, date_trunc('week', biz) HAVING count(*) > 1 AND sum(amount) > any_value(lim)",
    "weekend": "SELECT village_id, amount AS size, ['e:' || entry_id] AS objs FROM spent WHERE isodow(biz) > 5 OR strftime(biz, '%m%d') IN ('0101', '0501', '1001', '1002', '1003')",
    "relative_size": """SELECT village_id, max(amount) / nullif(max(amount, 2)[2], 0) AS size, ['e:' || arg_max(entry_id, amount)] AS objs FROM spent GROUP BY village_id, payee HAVING count(*) > 2""",
    "no_invoice": "SELECT village_id, amount AS size, ['e:' || entry_id] AS objs FROM spent WHERE invoice_no IS NULL AND amount > 1000",
    "year_end": "SELECT village_id, amount AS size, ['e:' || entry_id] AS objs FROM spent WHERE strftime(biz, '%m%d') >= '1225'",
    "bank": """SELECT village_id, abs(amount) AS size, ['e:' || entry_id] AS objs FROM e WHERE method <> '现金' AND NOT EXISTS (
            SELECT 1 FROM b WHERE b.village_id = e.village_id AND abs(b.amount) = abs(e.amount) AND b.date BETWEEN e.biz - 5 AND e.date + 10)
        UNION ALL SELECT village_id, abs(amount), ['b:' || bank_id] FROM b WHERE NOT EXISTS (
            SELECT 1 FROM e WHERE b.village_id = e.village_id AND abs(b.amount) = abs(e.amount) AND b.date BETWEEN e.biz - 5 AND e.date + 10)""",
}  # fmt: skip


def run(data: Path, out: Path, top: int) -> None:
    db = duckdb.connect()
    db.execute(
        BASE.format(data=data, biz="coalesce(biz_date, date)" if has_paper_date(data) else "date")
    )
    parts = [
        f"SELECT '{name}' AS detector, {n} AS turn, * FROM ({sql})"
        for n, (name, sql) in enumerate(TESTS.items())
    ]
    db.execute("CREATE TABLE hits AS " + " UNION ALL ".join(parts))
    flags = db.sql(
        "SELECT count(*) / (SELECT count(DISTINCT village_id) FROM e) FROM hits"
    ).fetchall()[0][0]
    db.execute(f"""
        COPY (WITH place AS (SELECT *, row_number() OVER (PARTITION BY village_id, detector ORDER BY size DESC, objs) AS n FROM hits),
              turns AS (SELECT *, row_number() OVER (PARTITION BY village_id ORDER BY n, turn) AS rank FROM place)
        SELECT village_id, (-rank)::DOUBLE AS score, detector, NULL::DOUBLE AS chance, detector AS reason, objs FROM turns WHERE rank <= {top}
        ORDER BY village_id, rank) TO '{out}' (FORMAT parquet)""")
    print(f"{flags:.0f} flags a village")
