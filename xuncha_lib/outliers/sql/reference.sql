-- What is usual. Reference villages are drawn by lot of their id: the 300 lowest lots of all and the 12 lowest of each county,
-- so that a village that joins leaves the others' yardsticks as they were unless its lot is low; figures are kept coarse.
CREATE OR REPLACE TABLE panel AS
SELECT v FROM vil QUALIFY row_number() OVER (ORDER BY lot, v) <= 300 OR row_number() OVER (PARTITION BY county ORDER BY lot, v) <= 12;
CREATE OR REPLACE TEMP TABLE seen AS SELECT p.*, w.county, coalesce(regexp_matches(acc_name, '招待|接待'), false) AS is_meal FROM pay p JOIN panel USING (v) JOIN vil w USING (v);

CREATE OR REPLACE TABLE ref_size AS
SELECT count(*) AS n, count(DISTINCT v) AS villages, count(DISTINCT year(d) * 100 + month(d)) AS months FROM seen;
CREATE OR REPLACE TABLE ref_amount AS
SELECT cents, CAST(count(*) AS INTEGER) AS n, round(log10((SELECT n FROM ref_size) / count(*)), 1) AS rarity FROM seen GROUP BY cents HAVING count(*) >= 2;
CREATE OR REPLACE TABLE ref_rank AS
WITH cut AS (SELECT unnest(range(0, 513)) AS i),
     q AS (SELECT quantile_disc(cents, [i / 512.0 FOR i IN range(0, 513)]) AS at FROM seen WHERE NOT is_counted AND inv IS NOT NULL),
     a AS (SELECT quantile_disc(cents, [i / 512.0 FOR i IN range(0, 513)]) AS at FROM seen)
SELECT 'invoiced' AS pool, i / 512.0 AS place, q.at[i + 1] AS cents FROM cut, q WHERE q.at IS NOT NULL
UNION ALL SELECT 'all', i / 512.0, a.at[i + 1] FROM cut, a WHERE a.at IS NOT NULL;
CREATE OR REPLACE TABLE ref_template AS
SELECT tid, CAST(count(*) AS INTEGER) AS n, CAST(count(DISTINCT v) AS INTEGER) AS villages, CAST(count(*) FILTER (inv IS NULL) AS INTEGER) AS n_bare,
       CAST(count(*) FILTER (cents % 100000 = 0) AS INTEGER) AS n_round,
       CAST(count(*) FILTER ((v, payee) IN (SELECT (v, name) FROM ros)) AS INTEGER) AS n_roster, CAST(count(payee) AS INTEGER) AS n_payee, count(DISTINCT hash(v, pid, year(d))) AS payee_years, CAST(count(*) FILTER (is_meal) AS INTEGER) AS n_meal, CAST(count(acc) AS INTEGER) AS n_acc,
       round(median(ln(cents)), 2) AS mid, round(mad(ln(cents)), 2) AS spread, CAST(count(*) FILTER (meth = 2) AS INTEGER) AS n_cash
FROM seen GROUP BY tid;
-- How often two payments of a purpose are equal to the cent by chance: pairs of different villages, which nobody paid twice.
CREATE OR REPLACE TABLE ref_equal AS
WITH own AS (SELECT tid, cents, v, count(*) AS n FROM seen GROUP BY ALL),
     sums AS (SELECT tid, sum(n) AS n, sum(n * n) AS own FROM own GROUP BY tid, cents),
     here AS (SELECT tid, sum(n * n) AS own FROM (SELECT tid, v, sum(n) AS n FROM own GROUP BY ALL) GROUP BY tid)
SELECT tid, round(log10((sum(s.n * s.n - s.own) + 1) / (sum(s.n) * sum(s.n) - any_value(h.own) + 1000)), 1) AS log_share FROM sums s JOIN here h USING (tid) GROUP BY tid HAVING sum(s.n) >= 5;
CREATE OR REPLACE TABLE ref_account AS
SELECT coalesce(acc, 0) AS acc, CAST(count(*) AS INTEGER) AS n, CAST(count(*) FILTER (inv IS NULL AND cents % 100000 = 0 AND cents >= 200000) AS INTEGER) AS n_bare_round,
       round(count(*) FILTER (month(d) = 12 AND day(d) > 17) / greatest(count(*), 1), 3) AS late_share
FROM seen GROUP BY 1;
CREATE OR REPLACE TABLE ref_item AS
WITH p AS (SELECT item, county, v, ln(cents / qty) AS x FROM seen WHERE qty > 0 AND item IS NOT NULL),
     mid AS (SELECT item, '' AS county, median(x) AS mid, mad(x) AS spread, count(*) AS n, count(DISTINCT v) AS villages, quantile_disc(x, [i / 20.0 FOR i IN range(0, 21)]) AS ladder FROM p GROUP BY item
             UNION ALL SELECT item, county, median(x), mad(x), count(*), count(DISTINCT v), quantile_disc(x, [i / 20.0 FOR i IN range(0, 21)]) FROM p WHERE county <> '' GROUP BY item, county)
SELECT item, county, round(mid, 2) AS mid, round(spread, 2) AS spread, CAST(n AS INTEGER) AS n, CAST(villages AS INTEGER) AS villages, [round(exp(x) / 100, 1) FOR x IN ladder] AS ladder FROM mid WHERE villages >= 3 AND n >= 8;
CREATE OR REPLACE TABLE ref_goods AS
SELECT DISTINCT hash(words_only(split_part(item, '|', 1))) AS tid FROM ref_item WHERE length(split_part(item, '|', 1)) >= 2;
CREATE OR REPLACE TABLE ref_posting AS
SELECT tid, acc, min(acc_name) AS acc_name, CAST(count(*) AS INTEGER) AS n, CAST(count(DISTINCT v) AS INTEGER) AS villages FROM seen WHERE acc IS NOT NULL GROUP BY tid, acc;
CREATE OR REPLACE TABLE ref_name AS
SELECT legal_rep AS name, CAST(count(*) AS INTEGER) AS n FROM firm WHERE legal_rep IS NOT NULL GROUP BY legal_rep HAVING count(*) > 1;
CREATE OR REPLACE TABLE ref_seller AS
SELECT pid, CAST(count(*) AS INTEGER) AS n, CAST(count(*) FILTER (is_meal) AS INTEGER) AS n_meal FROM seen WHERE pid IS NOT NULL AND acc IS NOT NULL GROUP BY pid HAVING count(*) FILTER (is_meal) >= 3;
DROP TABLE seen;

