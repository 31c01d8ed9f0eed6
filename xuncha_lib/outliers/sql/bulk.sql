-- First the pairs that share the party too; then one transfer for many payees (a month's wages): open book rows of one day,
-- summary or account that add up to one open bank line. What is left goes to `bank.py`.
CREATE OR REPLACE TEMP TABLE hard_led AS
SELECT *, row_number() OVER (PARTITION BY v, s, payee ORDER BY d, id) AS turn FROM open_led SEMI JOIN hard_sum USING (v, s);
CREATE OR REPLACE TEMP TABLE hard_bk AS
SELECT *, row_number() OVER (PARTITION BY v, s, party ORDER BY d, id) AS turn FROM open_bk SEMI JOIN hard_sum USING (v, s);
CREATE OR REPLACE TEMP TABLE agreed AS
SELECT l.v, l.id, b.id AS bank_id FROM hard_led l JOIN hard_bk b ON b.v = l.v AND b.s = l.s AND b.party = l.payee AND b.turn = l.turn CROSS JOIN bank_lag k
WHERE b.d - l.d BETWEEN k.before AND k.after;
CREATE OR REPLACE TEMP TABLE loose_led AS
SELECT l.v, l.id, l.d, l.s, e.b, e.ym, e.tid, coalesce(e.acc, 0) AS acc,
       hash(regexp_replace(CASE WHEN length(e.payee) >= 2 THEN replace(e.summary, e.payee, '') ELSE e.summary END, '[\s，,()（）-]|^(支付|付|支)|(费用|一笔)', '', 'g')) AS exact
FROM hard_led l ANTI JOIN agreed USING (v, id) JOIN e ON e.v = l.v AND e.id = l.id;
CREATE OR REPLACE TEMP TABLE bulk_key AS
SELECT v, id, d, s, hash(1, d) AS key FROM loose_led UNION ALL SELECT v, id, d, s, hash(2, b) FROM loose_led
UNION ALL SELECT v, id, d, s, hash(3, d, tid) FROM loose_led UNION ALL SELECT v, id, d, s, hash(4, b, tid) FROM loose_led
UNION ALL SELECT v, id, d, s, hash(5, ym, tid) FROM loose_led UNION ALL SELECT v, id, d, s, hash(6, year(d) * 100 + month(d), tid) FROM loose_led
UNION ALL SELECT v, id, d, s, hash(9, exact, ym) FROM loose_led UNION ALL SELECT v, id, d, s, hash(10, exact, year(d)) FROM loose_led
UNION ALL SELECT v, id, d, s, hash(7, d, acc) FROM loose_led UNION ALL SELECT v, id, d, s, hash(8, b, acc) FROM loose_led;
CREATE OR REPLACE TEMP TABLE bulk AS
WITH sums AS (
    SELECT v, key, s < 0 AS is_out, CAST(sum(s) AS BIGINT) AS total, min(d) AS a, max(d) AS z FROM bulk_key GROUP BY ALL HAVING count(*) >= 2
)
SELECT g.v, g.key, g.is_out, b.id AS bank_id FROM sums g JOIN hard_bk b ON b.v = g.v AND b.s = g.total ANTI JOIN agreed q ON q.v = b.v AND q.bank_id = b.id CROSS JOIN bank_lag k
WHERE b.d BETWEEN g.a + k.before - 3 AND g.z + k.after + 10
QUALIFY row_number() OVER (PARTITION BY b.v, b.id ORDER BY abs(b.d - g.z), g.key) = 1;
CREATE OR REPLACE TEMP TABLE bulk_row AS SELECT DISTINCT k.v, k.id FROM bulk_key k JOIN bulk u ON u.v = k.v AND u.key = k.key AND u.is_out = (k.s < 0);
CREATE OR REPLACE TEMP TABLE left_led AS SELECT l.v, l.id, l.d, l.s, l.payee AS party FROM hard_led l ANTI JOIN agreed USING (v, id) ANTI JOIN bulk_row USING (v, id);
CREATE OR REPLACE TEMP TABLE left_bk AS
SELECT b.v, b.id, b.d, b.s, b.party FROM hard_bk b ANTI JOIN (SELECT v, bank_id AS id FROM bulk UNION ALL SELECT v, bank_id FROM agreed) USING (v, id);
-- Purposes that this village pays in bulk: a row of them without a twin is a matter of how the bulk was cut.
CREATE OR REPLACE TEMP TABLE in_bulk AS SELECT DISTINCT l.v, l.tid FROM loose_led l SEMI JOIN bulk_row USING (v, id);
DROP TABLE loose_led; DROP TABLE bulk_key; DROP TABLE open_led; DROP TABLE open_bk; DROP TABLE hard_led; DROP TABLE hard_bk; DROP TABLE agreed; DROP TABLE led; DROP TABLE lg; DROP TABLE bg;
