-- Who handed in what, and what to ask back. Reads: held (made from the canonical tables), supply_item, supply_year, receipt,
-- setting; and what ingest left. Everything is in a fixed order.

-- Items wanted, per village and year; a village_code of NULL is the round as a whole.
CREATE OR REPLACE TEMP TABLE supply_want AS
SELECT i.*, v.village_code, CASE WHEN i.per = 'once' THEN NULL ELSE y.year END AS year
FROM supply_item i
JOIN (SELECT village_code, false AS of_round FROM village WHERE of_round UNION ALL SELECT NULL, true) v ON v.of_round = i.of_round
LEFT JOIN supply_year y ON i.per <> 'once'
WHERE i.per = 'once' OR y.year IS NOT NULL;

-- The same by table. What is wanted of the round is joined by '*', so that every join is one of equals.
CREATE OR REPLACE TEMP TABLE supply_kind AS
SELECT item, village_code, CASE WHEN of_round THEN '*' ELSE village_code END AS whose, year, programme,
       unnest(list_distinct(kinds)) AS "table"
FROM supply_want;

CREATE OR REPLACE TABLE supply AS
WITH there AS (
    SELECT "table", programme, year, month, file, rows, unnest([village_code, '*']) AS whose FROM held
), got AS (
    SELECT k.item, k.village_code, k.year, sum(h.rows)::BIGINT AS rows, list(DISTINCT h.file ORDER BY h.file) AS files,
           list(DISTINCT h.month ORDER BY h.month) FILTER (h.month IS NOT NULL) AS months, min(c.received_on) AS received_on
    FROM supply_kind k
    JOIN there h ON h."table" = k."table" AND h.whose = k.whose AND (k.programme = '' OR h.programme = k.programme)
     AND (k.year IS NULL OR h.year = k.year)
    LEFT JOIN receipt c ON c.path = h.file
    GROUP BY ALL
), old AS (
    SELECT table_name, period_on, file_id, why, unnest([village_code, '*']) AS whose FROM sheet WHERE status = 'superseded'
), again AS (
    SELECT k.item, k.village_code, k.year, list(DISTINCT f.path || '：' || s.why ORDER BY f.path || '：' || s.why) AS doubles
    FROM supply_kind k JOIN old s ON s.table_name = k."table" AND s.whose = k.whose
     AND (k.year IS NULL OR s.period_on IS NULL OR year(s.period_on) = k.year)
    JOIN source_file f USING (file_id) GROUP BY ALL
), due AS (SELECT TRY_CAST(any_value(value) AS DATE) AS deadline FROM setting WHERE key = 'deadline')
SELECT w.item, w.zh, w.package, w.source, w.is_must, w.per, w.village_code, w.year,
       CASE WHEN g.item IS NULL THEN 'missing'
            WHEN w.per = 'month' AND len(g.months) < 12 THEN 'partial' ELSE 'received' END AS status,
       CASE WHEN w.per = 'month' AND g.item IS NOT NULL
            THEN list_filter(range(1, 13), lambda m: NOT list_contains(coalesce(g.months, []), m)) ELSE [] END AS months_missing,
       coalesce(g.rows, 0) AS rows, coalesce(g.files, []) AS files, g.received_on,
       coalesce(g.received_on > d.deadline, false) AS is_late, coalesce(a.doubles, []) AS doubles
FROM supply_want w CROSS JOIN due d
LEFT JOIN got g ON g.item = w.item AND g.village_code IS NOT DISTINCT FROM w.village_code AND g.year IS NOT DISTINCT FROM w.year
LEFT JOIN again a ON a.item = w.item AND a.village_code IS NOT DISTINCT FROM w.village_code AND a.year IS NOT DISTINCT FROM w.year
ORDER BY w.village_code NULLS FIRST, w.item, w.year;

-- Villages × table kinds × years: rows that are in the case.
CREATE OR REPLACE TABLE coverage AS
SELECT village_code, kind, "table", year, sum(rows)::BIGINT AS rows, count(DISTINCT file) AS files
FROM held WHERE village_code IS NOT NULL GROUP BY ALL ORDER BY ALL;

-- Files and sheets of one village that were not used. A file belongs to the village named in its path, or to the one it holds.
CREATE OR REPLACE TEMP TABLE supply_unread AS
WITH one AS (
    SELECT file, any_value(village_code) AS village_code FROM held
    WHERE village_code IS NOT NULL GROUP BY file HAVING count(DISTINCT village_code) = 1
), unread AS (
    SELECT f.path AS file, s.sheet, s.status, s.why, '' AS todo, s.village_code
    FROM sheet s JOIN source_file f USING (file_id) WHERE s.status IN ('not_recognised', 'refused')
    UNION ALL
    SELECT path, '', status, why, todo, NULL FROM source_file f
    WHERE status IN ('unreadable', 'not_recognised') AND NOT EXISTS (
        FROM sheet s WHERE s.file_id = f.file_id AND s.status IN ('not_recognised', 'refused'))
)
SELECT u.* EXCLUDE village_code, coalesce(u.village_code, o.village_code, v.village_code) AS village_code
FROM unread u LEFT JOIN one o USING (file)
LEFT JOIN village v ON u.village_code IS NULL AND o.village_code IS NULL
 AND contains(u.file, regexp_replace(v.village_name, '(村|社区|居)$', ''))
 AND (coalesce(v.town, '') = '' OR contains(u.file, v.town)
      OR NOT EXISTS (FROM village w WHERE w.village_name = v.village_name AND w.village_code <> v.village_code))
ORDER BY ALL;

-- What can be asked back, one line each. NULL village_code: of the round.
CREATE OR REPLACE TABLE supply_ask AS
WITH whose AS (
    SELECT file, CASE WHEN count(DISTINCT village_code) = 1 THEN any_value(village_code) END AS village_code
    FROM held GROUP BY file
), asked AS (
    SELECT 1 AS place, village_code, source, '缺少' AS matter, '' AS file, '' AS sheet, item,
           zh || CASE WHEN year IS NULL THEN '' ELSE '（' || year || '年）' END AS what,
           CASE WHEN is_must THEN '请补交；确无此项资料的，请书面说明' ELSE '如有请补交，没有请注明“无”' END AS todo, is_must
    FROM supply WHERE status = 'missing'
    UNION ALL
    SELECT 2, village_code, source, '月份不全', array_to_string(files[1:3], '；'), '', item,
           zh || '（' || year || '年）缺' || array_to_string(months_missing, '、') || '月', '请补交；当月确无收支的，请注明', is_must
    FROM supply WHERE status = 'partial'
    UNION ALL
    SELECT 3, village_code, source, '重复报送', split_part(unnest(doubles), '：', 1), '', item, zh,
           unnest(list_transform(doubles, lambda d: array_slice(d, len(split_part(d, '：', 1)) + 2, NULL))) || '；请确认以哪一份为准', false
    FROM supply WHERE len(doubles) > 0
    UNION ALL
    SELECT 4, village_code, '村', '没有读入', file, sheet, '', coalesce(why, ''), coalesce(nullif(todo, ''), '请核对是否为需要的表，按常用列名重报'), true
    FROM supply_unread
    UNION ALL
    SELECT 5, w.village_code, '村', '看不清', f.path, s.sheet, '', count(*) || '处：' || d.why || '（第' || array_to_string(list(DISTINCT r.row ORDER BY r.row)[1:20], '、') || '行）', '请改正后重报；号码请设成文本格式', true
    FROM damaged d JOIN source_row r USING (row_id) JOIN sheet s USING (sheet_id) JOIN source_file f USING (file_id)
    LEFT JOIN whose w ON w.file = f.path GROUP BY w.village_code, f.path, s.sheet, d.why
    UNION ALL
    SELECT 6, w.village_code, '村', '没有入库的行', f.path, s.sheet, '', count(*) || '行：' || j.why || '（第' || array_to_string(list(DISTINCT r.row ORDER BY r.row)[1:20], '、') || '行）', '请核对这些行，补齐后重报', true
    FROM reject j JOIN source_row r USING (row_id) JOIN sheet s USING (sheet_id) JOIN source_file f USING (file_id)
    LEFT JOIN whose w ON w.file = f.path GROUP BY w.village_code, f.path, s.sheet, j.why
    UNION ALL
    SELECT 7, w.village_code, '村', '合计不一致', f.path, s.sheet, '',
           printf('第%d行合计%.2f，逐行相加%.2f', r.row, c.stated, c.summed), '请核对是否漏行或录错', true
    FROM control_total c JOIN source_row r USING (row_id) JOIN sheet s USING (sheet_id) JOIN source_file f USING (file_id)
    LEFT JOIN whose w ON w.file = f.path WHERE c.agrees = false
)
SELECT village_code, place, matter, source, item, file, sheet, what, todo, is_must FROM asked
ORDER BY village_code NULLS FIRST, place, item, file, sheet, what;

-- Quality of what a village handed in, 0–100. A part without anything to judge is NULL and leaves its weight to the others.
--   complete 40: musts that came (of a year's months the share that came) · read 20: sheets understood · ids 20: ID numbers
--   that can be compared · totals 10: written totals that are the sum of their rows · cells 10: rows without an illegible cell.
CREATE OR REPLACE TABLE supply_quality AS
WITH complete AS (
    SELECT village_code, avg(CASE status WHEN 'received' THEN 1 WHEN 'partial' THEN 1 - len(months_missing) / 12.0 ELSE 0 END) AS score
    FROM supply WHERE is_must AND village_code IS NOT NULL GROUP BY 1
), sheets AS (
    SELECT village_code, count(DISTINCT sheet_id) AS n FROM held WHERE village_code IS NOT NULL GROUP BY 1
), bad AS (SELECT village_code, count(*) AS n FROM supply_unread WHERE village_code IS NOT NULL GROUP BY 1),
ids AS (
    SELECT village_code, avg((id_state IN ('valid', 'old15'))::INT) AS score FROM mention
    WHERE village_code IS NOT NULL AND id_state <> 'missing' GROUP BY 1
), file_village AS (
    SELECT file, any_value(village_code) AS village_code FROM held WHERE village_code IS NOT NULL
    GROUP BY file HAVING count(DISTINCT village_code) = 1
), totals AS (
    SELECT v.village_code, avg(c.agrees::INT) AS score
    FROM control_total c JOIN row_origin o USING (row_id) JOIN file_village v USING (file) WHERE c.agrees IS NOT NULL GROUP BY 1
), cells AS (
    SELECT v.village_code, 1 - count(DISTINCT d.row_id) FILTER (d.row_id IS NOT NULL OR o.fate = 'rejected') / count(DISTINCT o.row_id) AS score
    FROM (SELECT r.row_id, r.fate, f.path AS file FROM source_row r JOIN sheet USING (sheet_id) JOIN source_file f USING (file_id)) o
    JOIN file_village v USING (file) LEFT JOIN damaged d USING (row_id) GROUP BY 1
), part AS (
    SELECT v.village_code, c.score AS complete, s.n::DOUBLE / (s.n + coalesce(b.n, 0)) AS "read", i.score AS ids, t.score AS totals,
           e.score AS cells
    FROM (FROM village WHERE of_round) v LEFT JOIN complete c USING (village_code) LEFT JOIN sheets s USING (village_code) LEFT JOIN bad b USING (village_code)
    LEFT JOIN ids i USING (village_code) LEFT JOIN totals t USING (village_code) LEFT JOIN cells e USING (village_code)
)
SELECT village_code, round(100 * list_sum(list_transform(parts, lambda p: p.weight * p.score))
                           / list_sum(list_transform(parts, lambda p: p.weight)))::INT AS score,
       round(complete, 3) AS complete, round("read", 3) AS "read", round(ids, 3) AS ids, round(totals, 3) AS totals, round(cells, 3) AS cells
FROM (SELECT *, list_filter([{weight: 40, score: complete}, {weight: 20, score: "read"}, {weight: 20, score: ids},
                             {weight: 10, score: totals}, {weight: 10, score: cells}], lambda p: p.score IS NOT NULL) AS parts FROM part)
ORDER BY village_code;
