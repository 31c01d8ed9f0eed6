-- What was taken back: a negative entry or a receipt called a refund, each against one earlier payment of the same sum.
CREATE OR REPLACE TABLE gone AS
WITH back AS (
    SELECT v, id, d, abs(cents) AS cents, payee, is_out AND cents < 0 AS is_negative FROM e
    WHERE cents < 0 OR (NOT is_out AND says_reversal(summary))
), found AS (
    SELECT b.v, b.id AS back_id, p.id AS id, b.is_negative,
           row_number() OVER (PARTITION BY b.v, b.id ORDER BY (p.payee IS NOT DISTINCT FROM b.payee) DESC, p.d DESC, p.id) AS nth
    FROM back b JOIN e p ON p.v = b.v AND p.cents = b.cents AND p.is_out AND p.id <> b.id
        AND p.d BETWEEN b.d - 200 AND b.d + 3 AND (p.payee IS NOT DISTINCT FROM b.payee OR p.payee IS NULL OR b.payee IS NULL)
)
SELECT v, id, min(back_id) AS back_id, bool_or(is_negative) AS is_negative FROM found WHERE nth = 1 GROUP BY v, id;
UPDATE e SET is_back = true WHERE (v, id) IN (SELECT (v, id) FROM gone);

CREATE OR REPLACE VIEW pay AS FROM e WHERE is_out AND cents > 0 AND NOT is_back;
CREATE OR REPLACE VIEW rec AS FROM e WHERE NOT is_out AND cents > 0;

CREATE OR REPLACE TABLE vp AS
SELECT v, pid, min(payee) AS payee, coalesce(min(raw_payee), min(payee)) AS shown, CAST(count(*) AS INTEGER) AS n, CAST(sum(cents) AS BIGINT) AS cents, max(cents) AS most, min(d) AS first_on, max(d) AS last_on,
       CAST(count(inv) AS INTEGER) AS n_inv, CAST(count(*) FILTER (is_counted) AS INTEGER) AS n_counted
FROM pay WHERE pid IS NOT NULL GROUP BY v, pid;
CREATE OR REPLACE TABLE used_by AS SELECT pid, CAST(count(*) AS INTEGER) AS villages FROM vp GROUP BY pid HAVING count(*) > 1;

-- Pay lists: one purpose, one day, five payees or more. Their rows are one event, not many.
CREATE OR REPLACE TABLE listed AS SELECT v, b, tid FROM pay GROUP BY v, b, tid HAVING count(DISTINCT pid) >= 5;

CREATE OR REPLACE TABLE book AS
SELECT v, CAST(count(*) AS INTEGER) AS n, min(d) AS first_on, max(d) AS last_on, CAST(sum(cents) FILTER (is_out AND cents > 0) AS BIGINT) AS spent,
       count(inv) / greatest(count(*), 1) AS inv_share, count(payee) / greatest(count(*), 1) AS payee_share
FROM e GROUP BY v;

CREATE OR REPLACE TABLE ros AS
SELECT w.v, plain_party(r.name) AS name, min(coalesce(r.post, '')) AS post, min(coalesce(r.start, DATE '1900-01-01')) AS start_on,
       max(coalesce(r."end", DATE '2999-01-01')) AS end_on, min(r.acct) AS acct
FROM raw_roster r JOIN vil w USING (village_id) WHERE plain_party(r.name) IS NOT NULL GROUP BY ALL;
CREATE OR REPLACE TABLE firm AS
SELECT hash(plain_party(payee)) AS pid, min(registered) AS registered, min(plain_party(legal_rep)) AS legal_rep
FROM raw_payees WHERE plain_party(payee) IS NOT NULL GROUP BY ALL;
CREATE OR REPLACE TABLE deal AS
SELECT w.v, c.contract_id AS id, plain_party(c.lessee) AS lessee, coalesce(c.kind, '') AS kind, c.annual AS cents, c.start_year, c.end_year,
       coalesce(c.due_month, 12) AS due_month, c.due_month IS NOT NULL AS has_month, coalesce(c.remark, '') AS remark
FROM raw_contracts c JOIN vil w USING (village_id) WHERE c.annual > 0 AND c.start_year IS NOT NULL;
CREATE OR REPLACE TABLE bk AS
SELECT w.v, x.bank_id AS id, x.date AS d, x.amount AS cents, plain_party(x.counterparty) AS party
FROM raw_bank x JOIN vil w USING (village_id) WHERE x.amount IS NOT NULL AND x.amount <> 0 AND x.date IS NOT NULL;
