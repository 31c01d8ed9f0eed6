/*---
id: M04
name: 离任或死亡后仍有报酬发放
category: C1
severity: high
identity: L5
prior: 0.8
needs: {village_pay: [person, month], cadre: [person]}
uses:
  cadre: [village_code, post, started_on, ended_on, row_id]
  cancelled: [village_code]
  death: [deceased, died_on, cremated_on, removed_on, note, row_id]
  village_pay: [village_code, yuan, row_id, rows, words, is_named]
  person_key: [mention_id, person_key]
  mention: [mention_id, name]
knobs: {grace_months: 1, settle_months: 3}
basis: [会计法 §9]
reason: "{post}{since}{how}，此后仍有{n}个月报酬支出（{first_month}至{last_month}），合计{amount_yuan}元，需核实"
innocent: [补发离任前月份, 离任当年绩效年终结算, 按政策发放的离任干部补助, 已另任其他职务, 离任后的临时用工, 已冲回或退款, 同名不同人]
check: [工资表上的签字和发放月份, 选举或免职文件, 离任补助的政策依据]
aspects: [A14, A04]
forms: [F59, F13]
not_for: 不用于离任后受雇做工的劳务支出
note: 账上一般只写姓名；村、姓名与所领职务报酬（摘要写明，或按月同额领取满三个月）三项相符且干部名册上无同名的按L4，只有村和姓名相符的停在L5，不作候选
---*/
WITH roster_name AS (
    SELECT c.village_code, m.name, count(DISTINCT k.person_key) AS bearers
    FROM cadre c JOIN mention m ON m.mention_id = c.person JOIN person_key k ON k.mention_id = c.person GROUP BY ALL
), seat AS (
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
    SELECT m.row_id, m.rows, m.village_code, m.month, m.yuan, m.person, m.words, m.is_named, c.row_id IS NOT NULL AS is_cancelled,
           -- a year named in the summary: "补发2021年1-2月报酬"
           TRY_CAST(nullif(regexp_extract(m.words, '(20\d\d)年', 1), '') AS INT) AS of_year
    FROM village_pay m LEFT JOIN cancelled c USING (row_id) WHERE m.month IS NOT NULL AND NOT regexp_matches(m.words, '离任|离岗|卸任|离职|退职|退养|老干部|丧葬|抚恤|慰问|遗属')
), series AS (
    -- The same sum to the same name, month after month while in office: what goes on is that pay.
    SELECT p.village_code, n.name, p.yuan, g.person_key, count(DISTINCT p.month) AS months FROM pay p JOIN mention n ON n.mention_id = p.person
    JOIN same_person sp ON sp.a = p.person JOIN person_key k ON k.mention_id = sp.b JOIN gone g ON g.person_key = k.person_key AND g.village_code = p.village_code
    WHERE p.month <= g.left_on GROUP BY ALL HAVING months >= 3
), late AS (
    SELECT p.*, g.person_key, g.post, g.rows AS roster, g.left_on, g.how, sp.namesakes,
           -- name, village and the post the pay is for agree, and nobody else on the roll of officials bears the name
           CASE WHEN p.is_named THEN 4 WHEN sp.level = 5 AND coalesce(c.bearers, 1) <= 1 AND regexp_matches(p.words, '干部|两委|书记|主任|委员|会计|报账|文书|职务|任职') THEN 4
                WHEN sp.level = 5 AND coalesce(c.bearers, 1) <= 1 AND e.months IS NOT NULL THEN 4 ELSE sp.level END AS level,
           coalesce(is_cancelled OR regexp_matches(p.words, '补发|补付|补差|补领|结清|清算|所欠|拖欠|欠发|以前年度|上年')
               OR of_year < year(g.left_on)
               OR (p.month <= g.left_on + to_months($settle_months) AND regexp_matches(p.words, '绩效|年终|考核|结算|年度|季度|半年')), false) AS is_said
    FROM pay p JOIN same_person sp ON sp.a = p.person JOIN person_key k ON k.mention_id = sp.b JOIN gone g ON g.person_key = k.person_key
    JOIN mention n ON n.mention_id = p.person LEFT JOIN roster_name c ON c.village_code = p.village_code AND c.name = n.name
    LEFT JOIN series e ON e.village_code = p.village_code AND e.name = n.name AND e.yuan = p.yuan AND e.person_key = g.person_key
    WHERE p.village_code = g.village_code AND p.month > date_trunc('month', g.left_on) + to_months($grace_months)
    QUALIFY row_number() OVER (PARTITION BY p.row_id ORDER BY level, g.person_key) = 1
)
SELECT min(village_code) AS village_code, 'person' AS subject_kind, CAST(min(person) AS VARCHAR) AS subject_key,
       min(level) AS level, max(namesakes) AS namesakes, list_distinct(flatten(list(rows))) AS evidence, list_distinct(flatten(list(roster))) AS context,
       -- a sum that stands on the pay roll and in the ledger is one sum
       (SELECT sum(y) FROM (SELECT max(q.yuan) AS y FROM late q WHERE q.person_key = l.person_key AND q.is_said = l.is_said GROUP BY q.month)) AS amount_yuan, min(month) AS first_on, max(month) AS last_on, count(DISTINCT month) AS n,
       coalesce(min(post), '村干部') AS post, strftime(min(left_on), '%Y-%m-%d') AS since, min(how) AS how,
       strftime(min(month), '%Y年%-m月') AS first_month, strftime(max(month), '%Y年%-m月') AS last_month,
       CASE WHEN is_said THEN CASE WHEN bool_and(is_cancelled) THEN '该款已冲回或退款' ELSE '摘要写明是补发或离任当年结算：' || min(words) END END AS explained
FROM late l GROUP BY person_key, is_said
