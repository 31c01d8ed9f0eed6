-- Which bank lines and book entries have no twin. Sums are signed (money in > 0) unless the statement knows no minus at all.
CREATE OR REPLACE TEMP TABLE span AS SELECT v, min(d) AS first_on, max(d) AS last_on, count(*) AS n FROM bk GROUP BY v;
CREATE OR REPLACE TEMP TABLE led AS
SELECT e.v, e.id, e.d, CASE WHEN e.is_out AND s.signed THEN -e.cents ELSE e.cents END AS s, e.payee
FROM e JOIN span USING (v) CROSS JOIN (SELECT coalesce(min(cents), 0) < 0 AS signed FROM bk) s
WHERE e.meth <= 1 AND e.cents > 0 AND (NOT e.is_back OR NOT (e.v, e.id) IN (SELECT (v, id) FROM gone WHERE is_negative)) AND NOT says_transfer(e.summary) AND e.d BETWEEN span.first_on - 5 AND span.last_on + 5;
CREATE OR REPLACE TEMP TABLE lg AS SELECT v, s, CAST(count(*) AS INTEGER) AS n, min(d) AS a, max(d) AS z FROM led GROUP BY v, s;
CREATE OR REPLACE TEMP TABLE bg AS SELECT v, cents AS s, CAST(count(*) AS INTEGER) AS n, min(d) AS a, max(d) AS z FROM bk GROUP BY v, cents;
-- How long after the paper's day the bank books, as single sums show it.
CREATE TABLE IF NOT EXISTS bank_lag AS
SELECT CAST(greatest(-60, coalesce(quantile_disc(x.lag, 0.004), 0) - 2) AS INTEGER) AS before, CAST(least(60, coalesce(quantile_disc(x.lag, 0.996), 4) + 2) AS INTEGER) AS after, count(*) AS n
FROM (SELECT CAST(b.a - l.a AS INTEGER) AS lag FROM lg l JOIN bg b USING (v, s) JOIN panel USING (v) WHERE l.n = 1 AND b.n = 1 AND l.s % 1000 <> 0 AND abs(b.a - l.a) <= 70) x;
CREATE OR REPLACE TEMP TABLE open_sum AS
SELECT coalesce(l.v, b.v) AS v, coalesce(l.s, b.s) AS s FROM lg l FULL JOIN bg b ON b.v = l.v AND b.s = l.s CROSS JOIN bank_lag k
WHERE NOT coalesce(l.n = b.n AND b.a - l.a BETWEEN k.before AND k.after AND (l.n = 1 OR (b.z - l.z BETWEEN k.before AND k.after AND l.z - l.a <= 31 AND l.n = 2)), false);
CREATE OR REPLACE TEMP TABLE open_led AS SELECT l.*, row_number() OVER (PARTITION BY v, s ORDER BY d, id) AS nth FROM led l SEMI JOIN open_sum USING (v, s);
CREATE OR REPLACE TEMP TABLE open_bk AS SELECT b.v, b.id, b.d, b.cents AS s, b.party, row_number() OVER (PARTITION BY b.v, b.cents ORDER BY b.d, b.id) AS nth FROM bk b SEMI JOIN open_sum o ON o.v = b.v AND o.s = b.cents;
CREATE OR REPLACE TEMP TABLE hard_sum AS
SELECT coalesce(l.v, b.v) AS v, coalesce(l.s, b.s) AS s FROM open_led l FULL JOIN open_bk b ON b.v = l.v AND b.s = l.s AND b.nth = l.nth CROSS JOIN bank_lag k
GROUP BY 1, 2 HAVING NOT bool_and(coalesce(b.d - l.d BETWEEN k.before AND k.after, false));
-- Same sum, right day, another party: within a sum, the one payee and the one counterparty that have no namesake on the
-- other side. A firm's own legal representative is no other party.
CREATE OR REPLACE TABLE other_party AS
WITH met AS (
    SELECT l.v, l.s FROM lg l JOIN bg b USING (v, s) WHERE l.n = b.n AND l.n <= 6
), books AS (
    SELECT l.v, l.s, l.id, l.d, l.payee FROM led l SEMI JOIN met USING (v, s) ANTI JOIN bk b ON b.v = l.v AND b.cents = l.s AND b.party = l.payee WHERE l.payee IS NOT NULL
), banks AS (
    SELECT b.v, b.cents AS s, b.id, b.d, b.party FROM bk b JOIN met ON met.v = b.v AND met.s = b.cents ANTI JOIN led l ON l.v = b.v AND l.s = b.cents AND l.payee = b.party WHERE b.party IS NOT NULL
), named AS (
    SELECT l.v, l.id, b.id AS bank_id, l.payee, b.party, l.s, b.d, count(*) OVER (PARTITION BY l.v, l.s) AS here
    FROM books l JOIN banks b ON b.v = l.v AND b.s = l.s CROSS JOIN bank_lag k
    WHERE b.d - l.d BETWEEN k.before AND k.after AND NOT contains(l.payee, b.party) AND NOT contains(b.party, l.payee)
)
SELECT n.v, n.id, n.bank_id, n.payee, n.party, n.s, n.d, count(*) OVER (PARTITION BY n.v) AS here
FROM named n LEFT JOIN firm f ON f.pid = hash(n.payee) WHERE n.here = 1 AND f.legal_rep IS DISTINCT FROM n.party;
