/*---
id: M03
name: 村干部同期另有工资性收入
category: C1
severity: medium
identity: L5
prior: 0.7
needs: {cadre: [person], village_pay: [person, month], earning: [person]}
uses:
  cadre: [village_code, post, started_on, ended_on, row_id]
  village_pay: [village_code, yuan, rows, words, is_named]
  earning: [kind, employer, from_on, to_on, yuan, row_id, words]
  person_key: [mention_id, person_key]
  mention: [mention_id, name]
knobs: {least_months: 2}
basis: [公职人员政务处分法 §36]
reason: "{post}在领取村级报酬的{n}个月里（{first_month}至{last_month}）同时有{kind}（{employer}），涉及村级报酬{amount_yuan}元，需核实是否经批准"
innocent: [选派第一书记或驻村人员按规定领取补助, 退休人员返聘, 按文件发放的任职补贴, 岗位交接当月重叠, 同名不同人]
check: [组织部门或镇街的任职批复和报酬标准, 逐月对照两处发放表, 是否实际到岗]
aspects: [A14]
forms: [F58]
note: 账上一般只写姓名；村、姓名与所领职务报酬（摘要写明，或按月同额领取满三个月）三项相符且干部名册上无同名的按L4，只有村和姓名相符的停在L5，不作候选
not_for: 村干部不一律禁止另有收入；当地报酬规定未载入时只作核对
---*/
WITH roster_name AS (
    SELECT c.village_code, m.name, count(DISTINCT k.person_key) AS bearers
    FROM cadre c JOIN mention m ON m.mention_id = c.person JOIN person_key k ON k.mention_id = c.person GROUP BY ALL
), seat AS (
    SELECT k.person_key, arg_max(c.post, (c.ended_on IS NULL, c.started_on)) AS post, list(DISTINCT c.row_id) AS rows, min(c.village_code) AS village_code,
           min(coalesce(c.started_on, DATE '1900-01-01')) AS from_on, max(coalesce(c.ended_on, DATE '9999-12-31')) AS to_on
    FROM cadre c JOIN person_key k ON k.mention_id = c.person GROUP BY 1
), steady AS (
    -- the same sum month after month to one name: that is the pay of the post
    SELECT p.village_code, n.name, p.yuan, count(DISTINCT p.month) AS months FROM village_pay p JOIN mention n ON n.mention_id = p.person GROUP BY ALL HAVING months >= 3
), own AS (
    SELECT s.person_key, s.post, s.rows AS roster, p.village_code, p.month, p.yuan, p.rows, p.words, max(sp.namesakes) AS namesakes,
           -- name, village and the post the pay is for agree, and nobody else on the roll of officials bears the name
           min(CASE WHEN p.is_named THEN 4 WHEN sp.level = 5 AND coalesce(c.bearers, 1) <= 1 AND regexp_matches(p.words, '干部|两委|书记|主任|委员|会计|报账|文书|职务|任职') THEN 4
                    WHEN sp.level = 5 AND coalesce(c.bearers, 1) <= 1 AND t.months IS NOT NULL THEN 4 ELSE sp.level END) AS level
    FROM village_pay p JOIN same_person sp ON sp.a = p.person JOIN person_key k ON k.mention_id = sp.b JOIN seat s ON s.person_key = k.person_key
    JOIN mention n ON n.mention_id = p.person LEFT JOIN roster_name c ON c.village_code = p.village_code AND c.name = n.name
    LEFT JOIN steady t ON t.village_code = p.village_code AND t.name = n.name AND t.yuan = p.yuan
    WHERE p.month BETWEEN date_trunc('month', s.from_on) AND s.to_on AND p.village_code = s.village_code GROUP BY ALL
), elsewhere AS (
    SELECT k.person_key, e.kind, e.employer, e.from_on, e.to_on, e.row_id, e.words, min(sp.level) AS level
    FROM earning e JOIN same_person sp ON sp.a = e.person AND sp.level <= 4 JOIN person_key k ON k.mention_id = sp.b WHERE k.person_key IN (SELECT person_key FROM seat)
    GROUP BY ALL
), pair AS (
    SELECT o.*, e.kind, e.employer, e.row_id AS other_row, e.words AS other_words, greatest(o.level, e.level) AS weakest
    FROM own o JOIN elsewhere e ON e.person_key = o.person_key AND o.month BETWEEN e.from_on AND e.to_on AND NOT list_contains(o.rows, e.row_id)
)
SELECT min(village_code) AS village_code, 'person' AS subject_kind, CAST((SELECT min(c.person) FROM cadre c JOIN person_key k ON k.mention_id = c.person WHERE k.person_key = p.person_key) AS VARCHAR) AS subject_key,
       min(weakest) AS level, max(namesakes) AS namesakes, list_distinct(flatten(list(rows)) || list(other_row)) AS evidence, list_distinct(flatten(list(roster))) AS context,
       -- a sum that stands on the pay roll and in the ledger is one sum
       (SELECT sum(y) FROM (SELECT max(q.yuan) AS y FROM pair q WHERE q.person_key = p.person_key AND q.kind = p.kind GROUP BY q.month)) AS amount_yuan,
       min(month) AS first_on, max(month) AS last_on, min(coalesce(post, '村干部')) AS post, count(DISTINCT month) AS n, p.kind, min(employer) AS employer,
       strftime(min(month), '%Y年%-m月') AS first_month, strftime(max(month), '%Y年%-m月') AS last_month,
       CASE p.kind WHEN '公益岗位' THEN 0.6 ELSE 0.7 END * CASE min(weakest) WHEN 1 THEN 1.0 WHEN 2 THEN 0.95 WHEN 3 THEN 0.85 ELSE 0.8 END AS p,
       CASE WHEN bool_or(regexp_matches(concat_ws(' ', post, words, other_words), '第一书记|驻村|选派|下派|派驻|挂职|大学生村官|工作队')) THEN '登记为选派或驻村人员，可能按规定领取补助'
            WHEN bool_and(regexp_matches(other_words, '退休|离休|返聘|退养')) THEN '登记为退休或返聘人员'
            WHEN bool_or(regexp_matches(concat_ws(' ', words, other_words), '经批准|批复|文件')) THEN '备注记有批准或文件依据' END AS explained
FROM pair p
GROUP BY person_key, p.kind
HAVING count(DISTINCT month) >= $least_months
