-- Only run when `twice` holds a village.
CREATE OR REPLACE TABLE e_once AS
SELECT * FROM e WHERE v NOT IN (SELECT v FROM twice)
UNION ALL
SELECT * EXCLUDE (nth, mth) FROM (
    SELECT e.*, row_number() OVER (PARTITION BY v, id ORDER BY d, cents, summary) AS nth,
           CASE WHEN t.own < 0.8 * t.n THEN row_number() OVER (PARTITION BY v, b, vno, acc, is_out, cents, payee, summary, inv ORDER BY id) ELSE 1 END AS mth
    FROM e JOIN twice t USING (v))
WHERE nth = 1 AND mth = 1;
DROP TABLE e;
ALTER TABLE e_once RENAME TO e;
