/*---
id: M04
name: 离任或死亡后仍有报酬发放
category: C1
severity: high
identity: L4
prior: 0.8
needs: {money: [row_id, rows, village_code, entry_on, side, amount_yuan, payee], cadre: [person]}
uses:
  cadre: [village_code, post, started_on, ended_on, row_id]
  cancelled: [village_code]
  death: [deceased, died_on, cremated_on, removed_on, note, row_id]
  money: [summary, note]
  person_key: [mention_id, person_key]
knobs: {grace_months: 1, settle_months: 3}
basis: [会计法 §9]
reason: "{post}{since}{how}，此后仍有{n}笔报酬支出（{first_month}至{last_month}），合计{amount_yuan}元，需核实"
innocent: [补发离任前月份, 离任当年绩效年终结算, 按政策发放的离任干部补助, 已另任其他职务, 离任后的临时用工, 已冲回或退款, 同名不同人]
check: [工资表上的签字和发放月份, 选举或免职文件, 离任补助的政策依据]
aspects: [A14, A04]
forms: [F59, F13]
not_for: 不用于离任后受雇做工的劳务支出
---*/
WITH seat AS (
    SELECT k.person_key, arg_max(c.post, coalesce(c.ended_on, DATE '9999-12-31')) AS post, min(c.village_code) AS village_code, list(DISTINCT c.row_id) AS rows,
           CASE WHEN count(c.ended_on) = count(*) AND min(c.ended_on) > DATE '1900-01-01' THEN max(c.ended_on) END AS left_on
    FROM cadre c JOIN person_key k ON k.mention_id = c.person GROUP BY k.person_key
), dead AS (
    SELECT k.person_key, min(least(d.died_on, d.cremated_on, d.removed_on)) AS died_on, list(DISTINCT d.row_id) AS rows
    FROM death d JOIN same_person sp ON sp.b = d.deceased JOIN person_key k ON k.mention_id = sp.a
    WHERE NOT regexp_matches(coalesce(d.note, ''), '误登|误报|有误|错误|更正|撤销|恢复户口|健在|在世')
    GROUP BY k.person_key HAVING min(least(d.died_on, d.cremated_on, d.removed_on)) IS NOT NULL
), gone AS (
    SELECT s.person_key, s.post, s.village_code, s.rows || coalesce(d.rows, []) AS rows, coalesce(least(s.left_on, d.died_on), d.died_on) AS left_on,
           CASE WHEN d.died_on <= coalesce(s.left_on, d.died_on) THEN '登记死亡' ELSE '离任' END AS how
    FROM seat s LEFT JOIN dead d USING (person_key) WHERE coalesce(s.left_on, d.died_on) IS NOT NULL
), pay AS (
    SELECT m.row_id, m.rows, m.village_code, m.entry_on, m.amount_yuan, m.payee, concat_ws(' ', m.summary, m.note) AS words, c.row_id IS NOT NULL AS is_cancelled,
           -- months named in the summary: "补发9-12月报酬", "付2023年上半年工资"
           TRY_CAST(nullif(regexp_extract(m.summary, '(20\d\d)年', 1), '') AS INT) AS of_year
    FROM money m LEFT JOIN cancelled c USING (row_id)
    WHERE m.side = 'out' AND m.amount_yuan > 0 AND m.payee IS NOT NULL AND m.entry_on IS NOT NULL
      AND regexp_matches(coalesce(m.summary, ''), '报酬|工资|薪酬|薪金|绩效|职务补(贴|助)|岗位补(贴|助)|任职补(贴|助)|考核奖|干部补(贴|助)|误工补(贴|助)')
      AND NOT regexp_matches(coalesce(m.summary, ''), '离任|离职|退职|退休|老干部|丧葬|抚恤|慰问|遗属|用工|务工|零工|临工|打工|农民工')
), late AS (
    SELECT p.*, g.person_key, g.post, g.rows AS roster, g.left_on, g.how, sp.level, sp.namesakes,
           is_cancelled OR regexp_matches(p.words, '补发|补付|补差|补领|结清|清算|所欠|拖欠|欠发|以前年度|上年')
               OR of_year < year(g.left_on)
               OR (p.entry_on <= g.left_on + to_months($settle_months) AND regexp_matches(p.words, '绩效|年终|考核|结算|年度|季度|半年')) AS is_said
    FROM pay p JOIN same_person sp ON sp.a = p.payee JOIN person_key k ON k.mention_id = sp.b JOIN gone g ON g.person_key = k.person_key
    WHERE p.village_code = g.village_code AND p.entry_on > date_trunc('month', g.left_on) + to_months($grace_months + 1) - INTERVAL 1 DAY
    QUALIFY row_number() OVER (PARTITION BY p.row_id ORDER BY sp.level, g.person_key) = 1
)
SELECT min(village_code) AS village_code, 'person' AS subject_kind, CAST(min(payee) AS VARCHAR) AS subject_key,
       min(level) AS level, max(namesakes) AS namesakes, list_distinct(flatten(list(rows))) AS evidence, list_distinct(flatten(list(roster))) AS context,
       CAST(sum(amount_yuan) AS DOUBLE) AS amount_yuan, min(entry_on) AS first_on, max(entry_on) AS last_on, count(*) AS n,
       coalesce(min(post), '村干部') AS post, strftime(min(left_on), '%Y-%m-%d') AS since, min(how) AS how,
       strftime(min(entry_on), '%Y年%-m月') AS first_month, strftime(max(entry_on), '%Y年%-m月') AS last_month,
       CASE WHEN is_said THEN CASE WHEN bool_and(is_cancelled) THEN '该款已冲回或退款' ELSE '摘要写明是补发或离任当年结算：' || min(words) END END AS explained
FROM late GROUP BY person_key, is_said
