-- One transfer for many payees (a month's wages): open book rows of one day, summary or account that add up to one open bank line.
CREATE OR REPLACE TEMP TABLE loose_led AS
SELECT l.v, l.id, l.d, l.s, e.b, e.ym, e.tid, coalesce(e.acc, 0) AS acc FROM open_led l
SEMI JOIN (SELECT h.v, h.s FROM hard_sum h JOIN lg ON lg.v = h.v AND lg.s = h.s LEFT JOIN bg ON bg.v = h.v AND bg.s = h.s WHERE lg.n > coalesce(bg.n, 0)) USING (v, s)
JOIN e ON e.v = l.v AND e.id = l.id;
CREATE OR REPLACE TEMP TABLE bulk_key AS
SELECT v, id, d, s, hash(1, d) AS key FROM loose_led UNION ALL SELECT v, id, d, s, hash(2, b) FROM loose_led
UNION ALL SELECT v, id, d, s, hash(3, d, tid) FROM loose_led UNION ALL SELECT v, id, d, s, hash(4, b, tid) FROM loose_led
UNION ALL SELECT v, id, d, s, hash(5, ym, tid) FROM loose_led UNION ALL SELECT v, id, d, s, hash(6, year(d) * 100 + month(d), tid) FROM loose_led
UNION ALL SELECT v, id, d, s, hash(7, d, acc) FROM loose_led UNION ALL SELECT v, id, d, s, hash(8, b, acc) FROM loose_led;
CREATE OR REPLACE TEMP TABLE bulk AS
WITH sums AS (
    SELECT v, key, s < 0 AS is_out, CAST(sum(s) AS BIGINT) AS total, min(d) AS a, max(d) AS z FROM bulk_key GROUP BY ALL HAVING count(*) >= 3
)
SELECT g.v, g.key, g.is_out, b.id AS bank_id FROM sums g JOIN open_bk b ON b.v = g.v AND b.s = g.total CROSS JOIN bank_lag k
ANTI JOIN (SELECT lg.v, lg.s FROM lg JOIN bg ON bg.v = lg.v AND bg.s = lg.s WHERE lg.n >= bg.n) q ON q.v = b.v AND q.s = b.s
WHERE b.d BETWEEN g.a + k.before - 3 AND g.z + k.after + 10
QUALIFY row_number() OVER (PARTITION BY b.v, b.id ORDER BY abs(b.d - g.z), g.key) = 1;
CREATE OR REPLACE TEMP TABLE bulk_row AS SELECT DISTINCT k.v, k.id FROM bulk_key k JOIN bulk u ON u.v = k.v AND u.key = k.key AND u.is_out = (k.s < 0);
CREATE OR REPLACE TEMP TABLE left_led AS SELECT l.v, l.id, l.d, l.s, l.payee AS party FROM open_led l SEMI JOIN hard_sum USING (v, s) ANTI JOIN bulk_row USING (v, id);
CREATE OR REPLACE TEMP TABLE left_bk AS SELECT b.v, b.id, b.d, b.s, b.party FROM open_bk b SEMI JOIN hard_sum USING (v, s) ANTI JOIN (SELECT v, bank_id AS id FROM bulk) USING (v, id);
