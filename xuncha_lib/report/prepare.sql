-- What report pages show, computed once for all villages, so that a page only reads its slice.

-- Receipts and payments by month.
CREATE OR REPLACE TABLE report_month AS
SELECT village_code, month, sum(amount_yuan) FILTER (side = 'in')::DOUBLE AS received,
       sum(amount_yuan) FILTER (side = 'out')::DOUBLE AS paid, count(*) AS entries
FROM money WHERE village_code IS NOT NULL AND month IS NOT NULL
GROUP BY ALL ORDER BY ALL;

-- Entries of the books that a candidate rests on. A row counts once, for its best-ranked candidate.
CREATE OR REPLACE TABLE report_flag AS
WITH entry AS (
    SELECT unnest(list_distinct(list_append(rows, row_id))) AS row_id, row_id AS money_row FROM money
)
SELECT m.village_code, m.month, m.side, m.row_id, any_value(m.amount_yuan)::DOUBLE AS amount, min(c.rank) AS rank
FROM evidence e JOIN candidate c USING (candidate_id) JOIN entry r ON r.row_id = e.row_id
JOIN money m ON m.row_id = r.money_row
WHERE c.status NOT IN ('不属实', '数据错误') AND e.role = '主证' AND m.village_code = c.village_code AND m.month IS NOT NULL
GROUP BY ALL ORDER BY ALL;

-- Payments of villages where the ledger screen finds something: each odd one, and the others by week and size.
CREATE OR REPLACE TABLE report_odd_dot AS
WITH cited AS (
    SELECT rank, unnest(row_ids) AS row_id FROM odd_issue
), entry AS (
    SELECT unnest(list_distinct(list_append(rows, row_id))) AS row_id, row_id AS money_row FROM money
), odd AS (
    SELECT money_row, min(rank) AS rank FROM cited JOIN entry USING (row_id) GROUP BY ALL
)
SELECT m.village_code, CASE WHEN o.rank IS NULL THEN CAST(date_trunc('week', m.entry_on) AS DATE) ELSE m.entry_on END AS day,
       CASE WHEN o.rank IS NULL THEN pow(10, round(log10(m.amount_yuan) * 8) / 8) ELSE m.amount_yuan END::DOUBLE AS yuan, o.rank
FROM money m LEFT JOIN odd o ON o.money_row = m.row_id
WHERE m.side = 'out' AND m.amount_yuan > 0 AND m.entry_on IS NOT NULL AND m.village_code IN (SELECT village_code FROM odd_issue)
GROUP BY ALL ORDER BY ALL;

-- Six shares per village. NULL where the books do not hold what the share is made of.
CREATE OR REPLACE TABLE report_indicator AS
WITH paid AS (
    SELECT *, sum(amount_yuan) OVER (PARTITION BY village_code, coalesce(payee_org, payee_name)) AS to_payee
    FROM money WHERE side = 'out' AND amount_yuan > 0 AND village_code IS NOT NULL
), share AS (
    SELECT village_code, sum(amount_yuan)::DOUBLE AS total, count(DISTINCT date_trunc('year', entry_on)) AS years,
        sum(amount_yuan) FILTER (method = 'cash') / nullif(sum(amount_yuan) FILTER (method IS NOT NULL), 0) AS cash_share,
        sum(amount_yuan) FILTER (month(entry_on) = 12) / nullif(sum(amount_yuan) FILTER (entry_on IS NOT NULL), 0) AS december_share,
        sum(amount_yuan) FILTER (payee_name IS NOT NULL AND payee_org IS NULL)
            / nullif(sum(amount_yuan) FILTER (payee_name IS NOT NULL), 0) AS person_share,
        max(to_payee) FILTER (payee_name IS NOT NULL) / nullif(sum(amount_yuan) FILTER (payee_name IS NOT NULL), 0) AS top_payee_share,
        sum(amount_yuan) FILTER (regexp_matches(slip_kind, '白条|收条|自制|无票|收据'))
            / nullif(sum(amount_yuan) FILTER (slip_kind IS NOT NULL), 0) AS slip_share
    FROM paid GROUP BY village_code
), wide AS (
    SELECT s.village_code, CASE WHEN v.population > 0 AND s.years > 0 THEN s.total / s.years / v.population END AS paid_per_head,
        CASE WHEN s.cash_share IS NULL AND EXISTS (FROM money m WHERE m.village_code = s.village_code AND m.method IS NOT NULL)
             THEN 0 ELSE s.cash_share END AS cash_share,
        coalesce(s.december_share, 0) AS december_share, s.person_share, s.top_payee_share,
        CASE WHEN s.slip_share IS NULL AND EXISTS (FROM money m WHERE m.village_code = s.village_code AND m.slip_kind IS NOT NULL)
             THEN 0 ELSE s.slip_share END AS slip_share
    FROM share s JOIN village v USING (village_code)
)
SELECT village_code, name AS indicator, round(value::DOUBLE, 6) AS value
FROM (UNPIVOT (SELECT village_code, paid_per_head::DOUBLE AS paid_per_head, cash_share::DOUBLE AS cash_share,
                      december_share::DOUBLE AS december_share, person_share::DOUBLE AS person_share,
                      top_payee_share::DOUBLE AS top_payee_share, slip_share::DOUBLE AS slip_share FROM wide)
      ON COLUMNS(* EXCLUDE village_code) INTO NAME name VALUE value)
ORDER BY village_code, indicator;

-- Peers: the town's villages where there are at least 8 of them, else the county's, else the round's.
CREATE OR REPLACE TABLE report_peer AS
WITH sized AS (
    SELECT village_code, coalesce(town, '') AS town, coalesce(county, '') AS county,
           count(*) OVER (PARTITION BY coalesce(county, ''), coalesce(town, '')) AS in_town,
           count(*) OVER (PARTITION BY coalesce(county, '')) AS in_county
    FROM village
)
SELECT village_code, CASE WHEN town <> '' AND in_town >= 8 THEN 'town|' || county || '|' || town
                          WHEN county <> '' AND in_county >= 8 THEN 'county|' || county ELSE 'round' END AS peer_group,
       CASE WHEN town <> '' AND in_town >= 8 THEN '同一镇街的村（' || town || '）'
            WHEN county <> '' AND in_county >= 8 THEN '同一区县的村（' || county || '；本镇街不足8个村）'
            ELSE '本轮全部村（同一镇街、区县均不足8个村）' END AS peer_rule
FROM sized ORDER BY village_code;

-- Candidates and amounts by aspect. A candidate counts once, under the first aspect of its leading model.
CREATE OR REPLACE TABLE report_aspect AS
SELECT village_code, coalesce(aspects[1], '') AS aspect, count(*) AS candidates, sum(amount_yuan)::DOUBLE AS amount,
       min(level) AS best_level, list(rank ORDER BY rank) AS ranks
FROM candidate WHERE status NOT IN ('不属实', '数据错误') GROUP BY ALL ORDER BY ALL;

-- Cells that could not be kept, under the village of their sheet, else the only village of their file.
CREATE OR REPLACE TABLE report_reject AS
WITH only_village AS (
    SELECT path, any_value(village_code) AS village_code FROM report_file GROUP BY path HAVING count(*) = 1
)
SELECT coalesce(s.village_code, o.village_code) AS village_code, f.path AS file, s.sheet, r.row, j.column_zh, j.value, j.why
FROM reject j JOIN source_row r USING (row_id) JOIN sheet s USING (sheet_id) JOIN source_file f USING (file_id)
LEFT JOIN only_village o ON o.path = f.path
ORDER BY ALL;

-- Sheets and files that were not understood, under the village whose name stands in the path.
CREATE OR REPLACE TABLE report_unread AS
WITH unread AS (
    SELECT f.path AS file, s.sheet, s.status, coalesce(s.why, '') AS why, coalesce(s.nearest, '') AS nearest,
           coalesce(s.missing, '') AS missing, s.village_code
    FROM sheet s JOIN source_file f USING (file_id) WHERE s.status IN ('not_recognised', 'refused')
    UNION ALL
    SELECT path, '', status, coalesce(why, ''), coalesce(todo, ''), '', NULL
    FROM source_file f WHERE status IN ('unreadable', 'not_a_table')
       OR (status = 'not_recognised' AND NOT EXISTS (FROM sheet s WHERE s.file_id = f.file_id AND s.status IN ('not_recognised', 'refused')))
)
SELECT coalesce(u.village_code, v.village_code) AS village_code, u.* EXCLUDE village_code
FROM unread u LEFT JOIN village v
  ON u.village_code IS NULL AND contains(u.file, regexp_replace(v.village_name, '(村|社区|居)$', ''))
 AND (v.town IS NULL OR v.town = '' OR contains(u.file, v.town)
      OR NOT EXISTS (FROM village w WHERE w.village_name = v.village_name AND w.village_code <> v.village_code))
ORDER BY ALL;

-- Totals written in the books that are not the sum of their rows.
CREATE OR REPLACE TABLE report_total AS
SELECT s.village_code, f.path AS file, s.sheet, r.row, coalesce(n.zh, c."column") AS "column", c.stated::DOUBLE AS stated, c.summed::DOUBLE AS summed
FROM control_total c JOIN source_row r USING (row_id) JOIN sheet s USING (sheet_id) JOIN source_file f USING (file_id)
LEFT JOIN report_name n ON n.kind = 'column' AND n.key = s.table_name || '.' || c."column"
WHERE NOT c.agrees ORDER BY ALL;

-- How many people of a village carry an ID number that can be compared, and what is wrong with the others.
CREATE OR REPLACE TABLE report_identity AS
SELECT village_code, id_state, count(*) AS mentions FROM mention
WHERE village_code IS NOT NULL AND name IS NOT NULL GROUP BY ALL ORDER BY ALL;

-- Hits that the data itself explains.
CREATE OR REPLACE TABLE report_explained AS
SELECT h.village_code, h.model_id, h.subject_kind, h.level,
       CASE WHEN h.subject_kind = 'person' THEN coalesce(m.name_raw, m.name, h.subject) ELSE h.subject END AS subject,
       h.reason, h.explained, h.amount_yuan
FROM hit h LEFT JOIN mention m ON h.subject_kind = 'person' AND m.mention_id = TRY_CAST(h.subject_key AS BIGINT)
WHERE h.explained IS NOT NULL
ORDER BY h.village_code, h.model_id, subject, h.reason;

-- Only the name agrees, and nobody else in the village bears it: no candidate, but a question to the village.
-- What a candidate cites already is left out; so is what is unlikely even if it is the same person.
CREATE OR REPLACE TABLE report_pending AS
WITH cited AS (
    SELECT h.hit_id, list(o.file || coalesce(' · ' || nullif(o.sheet, ''), '') || ' 第' || o."row" || '行' ORDER BY o.file, o.sheet, o."row") AS places
    FROM hit h, unnest(h.evidence) AS e(row_id) JOIN row_origin o ON o.row_id = e.row_id WHERE h.level = 5 GROUP BY h.hit_id
)
SELECT h.village_code, h.model_id, CASE WHEN h.subject_kind = 'person' THEN coalesce(m.name_raw, m.name, h.subject) ELSE h.subject END AS subject,
       h.reason, h.amount_yuan, h.first_on, h.last_on, h.namesakes, array_to_string(c.places[:8], '；') AS places
FROM hit h JOIN cited c USING (hit_id) LEFT JOIN mention m ON h.subject_kind = 'person' AND m.mention_id = TRY_CAST(h.subject_key AS BIGINT)
WHERE h.level = 5 AND h.explained IS NULL AND h.p >= 0.3
  AND NOT EXISTS (FROM evidence e WHERE e.role = '主证' AND list_contains(h.evidence, e.row_id))
ORDER BY h.village_code, h.model_id, subject, h.reason;

-- The reason sentences of each candidate, one line per model and person.
CREATE OR REPLACE TABLE report_reason AS
SELECT c.candidate_id, c.village_code, h.model_id, h.reason, h.level, max(h.namesakes) AS namesakes, min(h.hit_id) AS place
FROM candidate c JOIN candidate_hit USING (candidate_id) JOIN hit h USING (hit_id)
GROUP BY ALL ORDER BY c.candidate_id, place;
