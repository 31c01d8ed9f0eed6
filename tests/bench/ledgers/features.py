"""Sixteen figures for each entry, for detectors that know rows only."""

from pathlib import Path

import duckdb

NAMES = "amount payee_n payee_share account_n account_z payee_z template_n weekday monthday month round100 under lag no_invoice cash new_payee".split()

SQL = """
WITH e AS (
  SELECT entry_id, village_id, date, {biz} AS biz, coalesce(account_name, account, '') AS account, abs(amount) AS amount, method, coalesce(payee, '') AS payee,
         regexp_replace(replace(coalesce(summary, ''), coalesce(payee, ''), ''), '[0-9.]+', '#', 'g') AS template, invoice_no
  FROM read_parquet('{data}/entries/*.parquet') WHERE side = '支出'
)
SELECT entry_id, village_id, ln(1 + amount) AS amount,
  ln(count(*) OVER payee) AS payee_n, sum(amount) OVER payee / sum(amount) OVER (PARTITION BY village_id) AS payee_share,
  ln(count(*) OVER account) AS account_n, ln(1 + amount) - avg(ln(1 + amount)) OVER account AS account_z, ln(1 + amount) - avg(ln(1 + amount)) OVER payee AS payee_z,
  ln(count(*) OVER (PARTITION BY village_id, template)) AS template_n, isodow(biz) AS weekday, day(biz) AS monthday, month(biz) AS month,
  (round(amount * 100)::BIGINT % 10000 = 0)::INT AS round100, least(2, amount / approval_limit) AS under, date - biz AS lag, (invoice_no IS NULL)::INT AS no_invoice,
  (method = '现金')::INT AS cash, (biz - min(biz) OVER payee)::DOUBLE AS new_payee
FROM e JOIN read_parquet('{data}/villages.parquet') USING (village_id)
WINDOW payee AS (PARTITION BY village_id, payee), account AS (PARTITION BY village_id, account)
ORDER BY village_id, entry_id
"""


def has_paper_date(data: Path) -> bool:
    return (
        "biz_date"
        in duckdb.sql(f"SELECT * FROM read_parquet('{data}/entries/*.parquet') LIMIT 0").columns
    )


def table(data: Path):
    """(village ids, entry ids, float32 matrix), ordered by village."""
    biz = "coalesce(biz_date, date)" if has_paper_date(data) else "date"
    frame = duckdb.connect().sql(SQL.format(data=data, biz=biz)).df()
    return (
        frame["village_id"].to_numpy(),
        frame["entry_id"].to_numpy(),
        frame[NAMES].to_numpy("float32"),
    )
