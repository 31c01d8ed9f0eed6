/*---
id: M51
name: 轮流中标、只陪不中
category: C7
severity: high
identity: null
prior: 0.4
needs: {bid: [row_id, village_code, project_name, bidder_org, is_winner]}
uses:
  bid: [opened_on, price_yuan, note]
  org_alias: [org, canonical]
  project: [project_name, method, note, signed_on]
  village: [town]
knobs: {least_tenders: 4, least_bids: 5, sure_tenders: 6, few_firms: 5, many_times: 3}
basis: [招标投标法实施条例 §39, 招标投标法实施条例 §40]
reason: "{firms}{fact}，需核实各次投标是否独立"
innocent: [当地符合条件的单位少, 入围框架供应商, 投标次数少, 成员并不固定, 网上公开招标, 应急项目直接委托]
check: [历次投标文件与签章, 报名人与缴费账户, 保证金来源, 评标报告]
aspects: [A08]
forms: [F35]
not_for: 中标次数只是统计，不能据此认定投标人之间有约定
---*/
WITH offer AS (
    SELECT DISTINCT ON (tender, firm) concat_ws('|', b.village_code, regexp_replace(b.project_name, '\s', '', 'g')) AS tender, b.row_id, b.village_code, v.town,
           b.opened_on, coalesce(a.canonical, b.bidder_org) AS firm, coalesce(b.is_winner, false) AS won, b.note
    FROM bid b JOIN village v USING (village_code) LEFT JOIN (SELECT org, min(canonical) AS canonical FROM org_alias GROUP BY org) a ON a.org = b.bidder_org
    WHERE b.bidder_org IS NOT NULL AND b.project_name IS NOT NULL
    ORDER BY tender, firm, b.is_winner DESC NULLS LAST, b.row_id
), remark AS (
    SELECT concat_ws('|', village_code, regexp_replace(project_name, '\s', '', 'g')) AS tender, min(signed_on) AS signed_on, string_agg(concat_ws('；', method, note), '；' ORDER BY row_id) AS words
    FROM project WHERE project_name IS NOT NULL GROUP BY ALL
), tender AS (
    SELECT o.tender, any_value(o.town) AS town, any_value(o.village_code) AS village_code, coalesce(min(o.opened_on), min(r.signed_on)) AS day, count(*) AS n, list(o.firm ORDER BY o.firm) AS firms,
           list(o.row_id ORDER BY o.row_id) AS rows, arg_min(o.firm, o.row_id) FILTER (o.won) AS winner,
           coalesce(bool_or(regexp_matches(concat_ws('；', o.note, r.words), '框架|入围|入库|定点|名录|供应商库')), false) AS is_framework,
           coalesce(bool_or(regexp_matches(coalesce(r.words, ''), '公共资源交易|网上招标|电子招标')), false) AS is_online
    FROM offer o LEFT JOIN remark r USING (tender) GROUP BY o.tender HAVING count(*) FILTER (o.won) = 1
), local AS (
    SELECT town, count(DISTINCT firm) AS firms FROM offer GROUP BY ALL
), circles AS (
    SELECT t.town, t.firms, count(*) AS n, flatten(list(t.rows ORDER BY t.day, t.tender)) AS rows, mode(t.village_code ORDER BY t.village_code) AS village_code, count(DISTINCT t.village_code) AS villages,
           count(DISTINCT t.winner) AS winners, list(t.winner ORDER BY t.day, t.tender) AS in_turn, min(t.day) AS first_on, max(t.day) AS last_on,
           bool_and(t.day IS NOT NULL) AS is_dated, bool_or(t.is_framework) AS is_framework, bool_and(t.is_online) AS is_online
    FROM tender t WHERE t.n >= 3 GROUP BY t.town, t.firms HAVING count(*) >= least($least_tenders, len(t.firms))
), shifts AS (
    SELECT *, len(firms) AS size,
           villages = 1 AND n >= len(firms) AND (SELECT l.firms FROM local l WHERE l.town IS NOT DISTINCT FROM circles.town) >= $many_times * len(firms) AS is_out_of_many,
           -- In turn: nobody wins again before all the others have.
           is_dated AND len(list_filter(range(1, len(in_turn) + 1), lambda i: list_contains(in_turn[greatest(1, i - len(firms) + 1):i - 1], in_turn[i]))) = 0 AS is_cycle
    FROM circles
), entries AS (
    SELECT o.town, o.firm, o.tender, o.row_id, o.won, t.winner, t.day, t.village_code, t.is_framework, t.is_online, t.n FROM offer o JOIN tender t USING (tender)
), losers AS (
    SELECT town, firm, count(*) AS n, count(*) FILTER (won) AS wins, mode(winner ORDER BY winner) AS usual, list(row_id ORDER BY row_id) AS rows, list(tender) AS tenders,
           mode(village_code ORDER BY village_code) AS village_code, min(day) AS first_on, max(day) AS last_on, bool_or(is_framework) AS is_framework, bool_and(is_online) AS is_online
    FROM entries WHERE n >= 3 GROUP BY ALL HAVING n >= $least_bids AND wins = 0
), escorted AS (
    SELECT l.*, (SELECT count(*) FROM entries e WHERE e.firm = l.usual AND e.won AND list_contains(l.tenders, e.tender)) AS usual_wins,
           (SELECT list(e.row_id ORDER BY e.row_id) FROM entries e WHERE e.firm = l.usual AND e.won AND list_contains(l.tenders, e.tender)) AS won_rows
    FROM losers l
), kings AS (
    SELECT town, firm, min(village_code) AS village_code, count(*) AS n, list(row_id ORDER BY row_id) AS rows, min(day) AS first_on, max(day) AS last_on,
           bool_or(is_framework) AS is_framework, bool_and(is_online) AS is_online
    FROM entries WHERE n >= 3 GROUP BY town, firm HAVING count(*) >= $least_bids AND bool_and(won) AND count(DISTINCT village_code) = 1
), said AS (
    SELECT village_code, 'turn|' || array_to_string(firms, '|') AS key, town, array_to_string(firms, '、') AS firms, rows, n, first_on, last_on, is_framework, is_online,
           '固定一起投标' || n || '次，' || CASE WHEN is_cycle THEN '依次轮流中标' ELSE '中标次数大致相等' END AS fact,
           CASE WHEN is_cycle AND n >= greatest($sure_tenders, 2 * size) THEN 0.55
                -- The same few out of many, in one village, each winning once.
                WHEN is_cycle AND is_out_of_many THEN 0.45
                WHEN is_cycle THEN 0.35 ELSE 0.25 END AS p
    FROM shifts WHERE (n >= $least_tenders OR is_out_of_many) AND (is_cycle OR (winners = size AND n >= 2 * size))
    UNION ALL
    SELECT village_code, 'escort|' || firm, town, firm, rows || won_rows, n, first_on, last_on, is_framework, is_online,
           '投标' || n || '次均未中标，其中' || usual_wins || '次由' || usual || '中标', CASE WHEN usual_wins >= $sure_tenders AND usual_wins = n THEN 0.38 ELSE 0.25 END
    FROM escorted WHERE usual_wins >= 0.8 * n
    UNION ALL
    SELECT village_code, 'king|' || firm, town, firm, rows, n, first_on, last_on, is_framework, is_online, '只在本村投标' || n || '次且全部中标', 0.35
    FROM kings
)
SELECT s.village_code, 'company' AS subject_kind, s.key AS subject_key, s.firms AS subject, NULL::INT AS level, list_slice(list_distinct(s.rows), 1, 24) AS evidence,
       s.firms, s.fact, s.first_on, s.last_on, s.p,
       CASE WHEN s.is_framework THEN '台账注明入围框架或定点供应商'
            WHEN s.is_online THEN '均经公共资源交易平台公开招标'
            WHEN l.firms <= $few_firms THEN '本镇投标单位只有' || l.firms || '家' END AS explained
FROM said s JOIN local l ON l.town IS NOT DISTINCT FROM s.town
ORDER BY 1, 3
