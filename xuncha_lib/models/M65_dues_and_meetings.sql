/*---
id: M65
name: 党费、公开与会议时间异常
category: C10
severity: low
identity: null
prior: 0.3
needs: {meeting: [row_id, village_code, held_on, topic]}
uses:
  meeting: [attendees_text, present_count, meeting_kind, amount_yuan, result, note]
  money: [row_id, rows, village_code, entry_on, side, amount_yuan, summary, payee_key]
  cancelled: [row_id]
  death: [row_id, deceased, died_on, cremated_on, removed_on]
  person_key: [mention_id, person_key, home]
  mention: [mention_id, name, id_state, village_code]
  disclosure: [from_on, item, category]
  party_member: [person, paid_until, state, note]
  setting: [key, value]
knobs: {same_day: 4, alike: 4, least_names: 20, months: 6, least_members: 3, least_yuan: 5000, late_days: 90, likeness: 0.35, crowded: 5, long_months: 9, current: 0.7, least_words: 4}
basis: [村民委员会组织法(2018) §30, 农村集体经济组织法 §45]
reason: "{what}，需核实原始记录"
innocent: [一次会议议多项, 预缴党费, 流动党员或年老体弱已注明, 固定参会名单的小组, 公开记录没有交来, 付款后的结算或通报会议, 此前已开会议决, 参会人与去世者同名, 去世前参会]
check: [会议原始记录本, 公开栏照片, 党费收据]
aspects: [A15, A16]
forms: [F61, F64, F65, F66]
not_for: 只反映记录情况，不针对个人
---*/
WITH day AS (
    SELECT village_code, held_on, list(row_id ORDER BY row_id) AS rows, count(*) AS n FROM meeting WHERE held_on IS NOT NULL AND topic IS NOT NULL
    GROUP BY village_code, held_on
    -- One meeting on several matters has one list; without lists, many entries of one day are looked at.
    HAVING count(DISTINCT topic) >= $same_day AND (count(DISTINCT attendees_text) >= 2 OR (count(attendees_text) = 0 AND count(DISTINCT topic) >= $crowded))
), same AS (
    SELECT village_code, list(row_id ORDER BY row_id) AS rows, count(DISTINCT held_on) AS n, min(held_on) AS first_on, max(held_on) AS last_on FROM meeting
    WHERE length(attendees_text) >= $least_names AND held_on IS NOT NULL GROUP BY village_code, attendees_text HAVING count(DISTINCT held_on) >= $alike
), behind AS (
    SELECT village_code, list(row_id ORDER BY row_id) AS rows, count(*) AS n, min(paid_until) AS first_on, max(paid_until) AS last_on, min(members) AS members,
           max(paid_until) < as_of() - CAST(31 * $long_months AS INT) AS is_long
    FROM (SELECT *, count(paid_until) OVER (PARTITION BY village_code) AS members FROM party_member)
    WHERE paid_until < as_of() - CAST(31 * $months AS INT) AND NOT regexp_matches(concat_ws(' ', state, note), '流动|失联|病|老|免|去世|死亡|转出|停止') GROUP BY 1
), told AS (
    SELECT village_code, CAST(date_trunc('quarter', from_on) AS DATE) AS q, max(row_id) AS row_id FROM disclosure
    WHERE regexp_matches(concat_ws(' ', category, item), '财务|收支') AND from_on IS NOT NULL GROUP BY ALL
), step AS (
    SELECT *, lead(q) OVER w AS next_q, lead(row_id) OVER w AS next_row, count(*) OVER (PARTITION BY village_code) AS told FROM told WINDOW w AS (PARTITION BY village_code ORDER BY q)
), quarter AS (
    -- The entries on either side of what is missing.
    SELECT village_code, flatten(list([row_id, next_row] ORDER BY q)) AS rows, min(q) AS first_on, max(next_q) AS last_on, any_value(told) AS told, sum(date_diff('quarter', q, next_q) - 1) AS missing
    FROM step WHERE date_diff('quarter', q, next_q) > 1 GROUP BY 1
), met AS (
    SELECT row_id, village_code, held_on, coalesce(topic, '') AS topic, CAST(amount_yuan AS DOUBLE) AS yuan,
           attendees_text, concat_ws('，', topic, result, note) AS words,
           regexp_replace(topic, '^(?:关于|研究|讨论|审议|商议|商讨|商定|通过|决定|表决|议定|听取|拟|对)+|(?:事项|事宜|的?议题|的?问题|的?方案|的?情况|工作|相关|有关|等)+$', '', 'g') AS matter
    FROM meeting WHERE held_on IS NOT NULL
), paid AS (
    SELECT m.*, CAST(m.amount_yuan AS DOUBLE) AS yuan, regexp_replace(m.summary, '^(?:支付|付给|付|支)+|(?:款项?|费用?|资金|货款|工程款)+$', '', 'g') AS matter FROM money m LEFT JOIN cancelled x USING (row_id)
    WHERE m.side = 'out' AND x.row_id IS NULL AND m.amount_yuan >= $least_yuan
), after_pay AS (
    SELECT g.village_code, 'm' || g.row_id AS subject_key, g.topic AS subject, [g.row_id] || p.rows AS evidence, [] AS context, p.yuan AS amount_yuan,
           p.entry_on AS first_on, g.held_on AS last_on,
           p.entry_on || '已付' || round(p.yuan, 2) || '元（“' || coalesce(p.summary, '') || '”），议决会议记为' || g.held_on AS why,
           0.5 AS p,
           CASE WHEN regexp_matches(g.words, '补充|追认|通报|汇报|决算|结算|验收|审计|公示|公布|尾款|总结') THEN '会议为付款后的结算或通报' END AS explained
    FROM met g JOIN paid p ON p.village_code = g.village_code AND date_diff('day', p.entry_on, g.held_on) BETWEEN 1 AND $late_days
        AND CASE WHEN g.yuan IS NULL THEN length(g.matter) >= $least_words AND length(p.matter) >= $least_words AND (contains(p.matter, g.matter) OR contains(g.matter, p.matter))
                 ELSE p.yuan = g.yuan AND (contains(g.topic, p.payee_key) OR jaccard(regexp_replace(g.topic, '[\s0-9]', '', 'g') || '。', regexp_replace(coalesce(p.summary, ''), '[\s0-9]', '', 'g') || '。') >= $likeness) END
    WHERE NOT EXISTS (FROM met e WHERE e.village_code = g.village_code AND e.held_on <= p.entry_on AND e.held_on > p.entry_on - INTERVAL 1 YEAR
                      AND (e.yuan = g.yuan OR jaccard(e.topic || '。', g.topic || '。') >= 0.6))
    QUALIFY row_number() OVER (PARTITION BY g.row_id ORDER BY p.entry_on, p.row_id) = 1 AND count(*) OVER (PARTITION BY g.row_id) = 1
), gone AS (
    SELECT coalesce(m.village_code, k.home) AS village_code, m.name, k.person_key, min(least(d.died_on, d.cremated_on, d.removed_on)) AS died_on, min(d.row_id) AS death_row
    FROM death d JOIN mention m ON m.mention_id = d.deceased JOIN person_key k ON k.mention_id = d.deceased
    WHERE m.id_state IN ('valid', 'old15') AND length(m.name) >= 2 GROUP BY ALL
), alone AS (  -- nobody else of the village has the name
    SELECT g.* FROM gone g
    WHERE NOT EXISTS (FROM mention o JOIN person_key k USING (mention_id)
                      WHERE o.name = g.name AND k.person_key <> g.person_key AND coalesce(o.village_code, k.home) = g.village_code)
), signed AS (
    SELECT row_id, village_code, held_on, topic, unnest(string_split_regex(regexp_replace(attendees_text, '[（(][^()（）]*[)）]', '', 'g'), '[、，,;；/\s　]+')) AS name
    FROM met WHERE attendees_text IS NOT NULL
), dead AS (
    SELECT s.village_code, 'dead|' || a.person_key AS subject_key, a.name AS subject, list(DISTINCT s.row_id) AS evidence, [min(a.death_row)] AS context, min(s.held_on) AS first_on, max(s.held_on) AS last_on,
           a.name || '于' || min(a.died_on) || '死亡，此后' || count(DISTINCT s.row_id) || '次会议的参会名单仍有其名' AS why, 0.6 AS p, NULL AS explained
    FROM signed s JOIN alone a ON a.village_code = s.village_code AND a.name = s.name AND s.held_on > a.died_on + INTERVAL 7 DAY
    GROUP BY s.village_code, a.person_key, a.name
)
SELECT village_code, 'village' AS subject_kind, 'day' || strftime(held_on, '%Y%m%d') AS subject_key, NULL AS subject, NULL::INT AS level, rows AS evidence,
       strftime(held_on, '%Y-%m-%d') || '一天记有' || n || '次会议' AS what, held_on AS first_on, held_on AS last_on, CASE WHEN n >= $crowded THEN 0.42 ELSE 0.3 END AS p, NULL AS explained FROM day
UNION ALL SELECT village_code, 'village', 'list' || rows[1], NULL, NULL, rows, n || '个不同日期的会议参会名单逐字相同', first_on, last_on, 0.25, NULL FROM same
UNION ALL SELECT village_code, 'village', 'dues', NULL, NULL, rows, n || '名党员党费登记的缴至月份早于六个月前', first_on, last_on, CASE WHEN is_long AND n <= (1 - $current) * members THEN 0.42 ELSE 0.2 END, NULL FROM behind
    WHERE n >= $least_members OR (is_long AND n <= (1 - $current) * members)
UNION ALL SELECT village_code, 'village', 'disclosure', NULL, NULL, list_distinct(rows), '财务公开记录有' || missing || '个季度空缺', first_on, last_on, CASE WHEN missing >= 2 AND told >= 3 THEN 0.42 ELSE 0.25 END, NULL FROM quarter WHERE told >= 2
UNION ALL SELECT village_code, 'village', subject_key, subject, NULL, evidence, why, first_on, last_on, p, explained FROM after_pay
UNION ALL SELECT village_code, 'village', subject_key, subject, NULL, evidence || context, why, first_on, last_on, p, explained FROM dead
ORDER BY 1, 3
