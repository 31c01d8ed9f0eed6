/*---
id: M65
name: 会议、公开和党费记录的时间异常
category: C10
severity: medium
identity: null
prior: 0.45
needs: {meeting: [held_on, topic]}
uses:
  meeting: [row_id, village_code, meeting_kind, amount_yuan, attendees_text, result, note]
  money: [row_id, rows, village_code, entry_on, side, amount_yuan, summary, payee_key]
  cancelled: [row_id]
  disclosure: [row_id, village_code, item, category, about_on, from_on, note]
  party_member: [row_id, village_code, person, branch, paid_until, state, note]
  death: [row_id, deceased, died_on, cremated_on, removed_on]
  person_key: [mention_id, person_key, home]
  mention: [mention_id, name, id_state, village_code]
knobs: {least_yuan: 5000, late_days: 90, gap_days: 185, dues_months: 6, likeness: 0.35}
basis: [村民委员会组织法(2018) §30, 农村集体经济组织法 §45]
note: 党费部分没有列条文，只作提示；未交公开记录或党员名册时只看会议记录
reason: "{subject}：{why}，原始记录的形成时间需核实"
innocent: [付款后的结算或通报会议, 此前已开会议决, 参会人与去世者同名, 去世前参会, 公示照片或记录遗失, 按月份补登的公开记录, 流动党员或按规定减免党费]
check: [会议记录原件和签到表, 付款凭证后附的决议, 公开栏照片和村民印象, 党费收缴登记原件]
aspects: [A15, A16]
forms: [F61, F64, F65, F66]
not_for: 文书集中补录不等于没有开会；不用于评价党员个人
---*/
WITH met AS (
    SELECT row_id, village_code, held_on, coalesce(topic, '') AS topic, coalesce(meeting_kind, '') AS kind, CAST(amount_yuan AS DOUBLE) AS yuan,
           attendees_text, concat_ws('，', topic, result, note) AS words
    FROM meeting WHERE held_on IS NOT NULL
), paid AS (
    SELECT m.*, CAST(m.amount_yuan AS DOUBLE) AS yuan FROM money m LEFT JOIN cancelled x USING (row_id)
    WHERE m.side = 'out' AND x.row_id IS NULL AND m.amount_yuan >= $least_yuan
), after_pay AS (
    SELECT g.village_code, 'm' || g.row_id AS subject_key, g.topic AS subject, [g.row_id] || p.rows AS evidence, [] AS context, p.yuan AS amount_yuan,
           p.entry_on AS first_on, g.held_on AS last_on,
           p.entry_on || '已付' || round(p.yuan, 2) || '元（“' || coalesce(p.summary, '') || '”），议决会议记为' || g.held_on AS why,
           0.5 AS p,
           CASE WHEN regexp_matches(g.words, '补充|追认|通报|汇报|决算|结算|验收|审计|公示|公布|尾款|总结') THEN '会议为付款后的结算或通报' END AS explained
    FROM met g JOIN paid p ON p.village_code = g.village_code AND p.yuan = g.yuan
        AND date_diff('day', p.entry_on, g.held_on) BETWEEN 1 AND $late_days
        AND (contains(g.topic, p.payee_key) OR jaccard(regexp_replace(g.topic, '[\s0-9]', '', 'g') || '。', regexp_replace(coalesce(p.summary, ''), '[\s0-9]', '', 'g') || '。') >= $likeness)
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
    SELECT s.village_code, 'dead|' || a.person_key, a.name, list(DISTINCT s.row_id), [min(a.death_row)], NULL::DOUBLE, min(s.held_on), max(s.held_on),
           a.name || '于' || min(a.died_on) || '死亡，此后' || count(DISTINCT s.row_id) || '次会议的参会名单仍有其名', 0.6, NULL
    FROM signed s JOIN alone a ON a.village_code = s.village_code AND a.name = s.name AND s.held_on > a.died_on + INTERVAL 7 DAY
    GROUP BY s.village_code, a.person_key, a.name
), finance AS (
    SELECT village_code, row_id, coalesce(about_on, from_on) AS on_day, concat(note) AS words,
           lag(coalesce(about_on, from_on)) OVER w AS before_on, lag(row_id) OVER w AS before_row, count(*) OVER (PARTITION BY village_code) AS n
    FROM disclosure WHERE coalesce(about_on, from_on) IS NOT NULL AND regexp_matches(concat(item, category), '财务|收支|账目|账务|资金')
    WINDOW w AS (PARTITION BY village_code ORDER BY coalesce(about_on, from_on), row_id)
), gaps AS (
    SELECT village_code, 'disclosure', '财务公开', list_distinct(list(before_row) || list(row_id)), [], NULL::DOUBLE, min(before_on), max(on_day),
           count(*) || '处间隔超过半年没有财务公开记录，如' || min(before_on) || '至' || arg_min(on_day, before_on), 0.38,
           CASE WHEN bool_or(regexp_matches(words, '遗失|丢失|损坏|照片缺|疫情|补登|补录|搬迁')) THEN '记录注明遗失或补登' END
    FROM finance WHERE n >= 4 AND date_diff('day', before_on, on_day) > $gap_days GROUP BY village_code
), newest AS (
    SELECT village_code, max(paid_until) AS upto, count(*) AS n FROM party_member WHERE paid_until IS NOT NULL GROUP BY 1
), dues AS (
    SELECT p.village_code, 'dues', '党费收缴', list(p.row_id), [], NULL::DOUBLE, min(p.paid_until), max(n.upto),
           count(*) || '名党员的党费缴至月份比本村最新月份早' || CAST($dues_months AS INT) || '个月以上', 0.25, NULL
    FROM party_member p JOIN newest n ON n.village_code = p.village_code
    WHERE n.n >= 5 AND p.paid_until <= n.upto - to_months($dues_months)
      AND NOT regexp_matches(concat(p.state, p.note), '流动|失联|免缴|免交|减免|困难|停止党籍|出国|转出|去世|死亡|病|预备|自行')
    GROUP BY p.village_code
)
SELECT village_code, 'village' AS subject_kind, subject_key, subject, NULL::INT AS level, evidence, context, amount_yuan, first_on, last_on, why, p, explained
FROM (FROM after_pay UNION ALL FROM dead UNION ALL FROM gaps UNION ALL FROM dues)
