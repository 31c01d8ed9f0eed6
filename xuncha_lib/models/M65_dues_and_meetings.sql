/*---
id: M65
name: 党费、公开与会议时间异常
category: C10
severity: low
identity: null
prior: 0.3
needs: {meeting: [row_id, village_code, held_on, topic, attendees_text]}
uses:
  disclosure: [from_on, item, category]
  party_member: [person, paid_until, state, note]
  setting: [key, value]
knobs: {same_day: 4, alike: 4, least_names: 20, months: 6, least_members: 3}
basis: [村民委员会组织法(2018) §30, 农村集体经济组织法 §45]
reason: "{what}，需核实原始记录"
innocent: [一次会议议多项, 预缴党费, 流动党员或年老体弱已注明, 固定参会名单的小组, 公开记录没有交来]
check: [会议原始记录本, 公开栏照片, 党费收据]
aspects: [A15, A16]
forms: [F61, F64, F65]
not_for: 只反映记录情况，不针对个人
---*/
WITH day AS (
    SELECT village_code, held_on, list(row_id ORDER BY row_id) AS rows, count(*) AS n FROM meeting WHERE held_on IS NOT NULL AND topic IS NOT NULL
    GROUP BY village_code, held_on HAVING count(DISTINCT topic) >= $same_day AND count(DISTINCT attendees_text) >= 2
), same AS (
    SELECT village_code, list(row_id ORDER BY row_id) AS rows, count(DISTINCT held_on) AS n, min(held_on) AS first_on, max(held_on) AS last_on FROM meeting
    WHERE length(attendees_text) >= $least_names AND held_on IS NOT NULL GROUP BY village_code, attendees_text HAVING count(DISTINCT held_on) >= $alike
), behind AS (
    SELECT village_code, list(row_id ORDER BY row_id) AS rows, count(*) AS n, min(paid_until) AS first_on, max(paid_until) AS last_on FROM party_member
    WHERE paid_until < as_of() - CAST(31 * $months AS INT) AND NOT regexp_matches(concat_ws(' ', state, note), '流动|失联|病|老|免|去世|死亡|转出|停止') GROUP BY 1
), quarter AS (
    SELECT village_code, max(row_id) AS row_id, min(from_on) AS first_on, max(from_on) AS last_on, count(DISTINCT date_trunc('quarter', from_on)) AS told,
           date_diff('quarter', min(from_on), max(from_on)) + 1 AS wanted FROM disclosure
    WHERE regexp_matches(concat_ws(' ', category, item), '财务|收支') AND from_on IS NOT NULL GROUP BY 1
)
SELECT village_code, 'village' AS subject_kind, 'day' || strftime(held_on, '%Y%m%d') AS subject_key, NULL AS subject, NULL::INT AS level, rows AS evidence,
       strftime(held_on, '%Y-%m-%d') || '一天记有' || n || '次会议，参会名单不同' AS what, held_on AS first_on, held_on AS last_on, 0.3 AS p, NULL AS explained FROM day
UNION ALL SELECT village_code, 'village', 'list' || rows[1], NULL, NULL, rows, n || '个不同日期的会议参会名单逐字相同', first_on, last_on, 0.25, NULL FROM same
UNION ALL SELECT village_code, 'village', 'dues', NULL, NULL, rows, n || '名党员党费登记的缴至月份早于六个月前', first_on, last_on, 0.2, NULL FROM behind WHERE n >= $least_members
UNION ALL SELECT village_code, 'village', 'disclosure', NULL, NULL, [row_id], '财务公开记录有' || (wanted - told) || '个季度空缺', first_on, last_on, 0.25, NULL FROM quarter WHERE told >= 2 AND wanted > told
ORDER BY 1, 3
