-- limit_at(name, town, day): the limit in force on that day, the town's own before the general one; NULL = none on file.
CREATE OR REPLACE MACRO limit_at(wanted, town, d) AS (
    SELECT arg_max(value, (place = town, valid_from)) FROM limit_value
    WHERE name = wanted AND place IN (town, '*') AND valid_from <= d
      AND d <= coalesce(valid_to, DATE '9999-12-31'));

-- stated_limit: a limit that a table itself states in its notes or last lines ("20万元以上须公开招标"), for the town it is from.
CREATE OR REPLACE TABLE stated_limit AS
WITH told AS (
    SELECT f.row_id, f.text, s.village_code, coalesce(o.path, '') AS path
    FROM footer f JOIN source_row r USING (row_id) JOIN sheet s USING (sheet_id) LEFT JOIN source_file o USING (file_id)
    WHERE regexp_matches(f.text, '[0-9.]+\s*万?元')
), placed AS (
    SELECT t.row_id, t.text, coalesce(v.town, (SELECT max(w.town) FROM (SELECT DISTINCT town FROM village WHERE length(town) >= 2) w WHERE contains(t.path, w.town)), '*') AS town
    FROM told t LEFT JOIN village v USING (village_code)
), found AS (
    SELECT row_id, town, 'tender_yuan' AS name, regexp_extract(text, '([0-9.]+)\s*(万?)元[^，。；、0-9]{0,8}(以上|及以上|起)[^。；0-9]{0,20}(招标|招投标|进场交易)', ['n', 'w', 'a', 'b']) AS m FROM placed
    UNION ALL
    SELECT row_id, town, 'approval_yuan', regexp_extract(text, '([0-9.]+)\s*(万?)元[^，。；、0-9]{0,8}(以上|及以上|以下)[^。；0-9]{0,20}(审批|审核|会议|村民代表|民主|审议)', ['n', 'w', 'a', 'b']) FROM placed
    UNION ALL
    SELECT row_id, town, 'cash_single_yuan', regexp_extract(text, '([0-9.]+)\s*(万?)元[^，。；、0-9]{0,8}(以上|及以上)[^。；0-9]{0,20}(转账|不得.{0,4}现金|非现金)', ['n', 'w', 'a', 'b']) FROM placed
)
SELECT town, name, max(TRY_CAST(m.n AS DOUBLE) * CASE WHEN m.w = '万' THEN 10000 ELSE 1 END) AS value, min(row_id) AS row_id
FROM found WHERE TRY_CAST(m.n AS DOUBLE) > 0 GROUP BY town, name;

-- limit_span: the limits of every town as spans of days, for joins without a subquery per row. What a town's own table
-- states goes before a reference value; what the round's limits say of that town goes before both.
CREATE OR REPLACE TABLE limit_span AS
WITH towns AS (SELECT DISTINCT coalesce(town, '') AS town FROM village)
SELECT t.town, l.name, l.valid_from, coalesce(l.valid_to, DATE '9999-12-31') AS valid_to, l.value, l.source
FROM towns t JOIN limit_value l ON l.place = t.town
UNION ALL
SELECT t.town, s.name, DATE '1900-01-01', DATE '9999-12-31', max(s.value), '当地表格附注'
FROM towns t JOIN stated_limit s ON s.town IN (t.town, '*')
WHERE NOT EXISTS (FROM limit_value l WHERE l.place = t.town AND l.name = s.name)
GROUP BY t.town, s.name
UNION ALL
SELECT t.town, l.name, l.valid_from, coalesce(l.valid_to, DATE '9999-12-31'), l.value, l.source
FROM towns t JOIN limit_value l ON l.place = '*'
WHERE NOT EXISTS (FROM limit_value o WHERE o.place = t.town AND o.name = l.name)
  AND NOT EXISTS (FROM stated_limit s WHERE s.town IN (t.town, '*') AND s.name = l.name);

-- setting as_of: the day on which open-ended facts are judged. Without one of the round's own it is the last day of
-- ledgers, bank and rolls; the last thousandth is left out, so that one mistyped year does not move it.
INSERT INTO setting
SELECT 'as_of', CAST(quantile_disc(d, 0.999) AS VARCHAR)
FROM (SELECT entry_on AS d FROM cashbook UNION ALL SELECT entry_on FROM voucher
      UNION ALL SELECT paid_on FROM subsidy UNION ALL SELECT txn_on FROM bank_flow)
WHERE d IS NOT NULL AND NOT EXISTS (FROM setting WHERE key = 'as_of')
HAVING count(*) > 0;

CREATE OR REPLACE MACRO as_of() AS (SELECT CAST(max(value) AS DATE) FROM setting WHERE key = 'as_of');
