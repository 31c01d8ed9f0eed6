/*---
id: M10
name: 财政供养人员及其家庭领取救助类补贴
category: C2
severity: high
identity: L4
prior: 0.85
needs: {payment: [beneficiary, amount_yuan], payroll: [person]}
uses:
  payment: [payment_id, person_key, village_code, programme, programme_key, class, month_from, is_late, note, row_id]
  payroll: [employer, post, category, state, entered_on, left_on, list_kind, note, row_id]
  person_key: [mention_id, person_key]
  same_home: [a, b, row_id]
basis: [社会救助暂行办法 §9, 社会救助暂行办法 §13③]
reason: "{who}在{employer}领取财政工资期间，{programme}有{n}笔发放（{first_month}至{last_month}），合计{amount_yuan}元，需核实"
innocent: [领取期间尚未入职或已经退出, 遗属或临时聘用人员误列供养名单, 补发入职前月份, 款项已退回, 同名不同人, 分户居住或离异]
check: [人社和编制部门的进入与退出月份, 家庭经济状况核对结果, 只计算重叠月份]
aspects: [A02, A03]
forms: [F06, F10]
not_for: 不用于直接停发待遇；户内一人有工资不等于全户超过标准
---*/
WITH served AS (
    SELECT k.person_key, min(y.entered_on) AS entered_on,
           coalesce(max(y.left_on), CASE WHEN bool_or(regexp_matches(concat(y.state, y.list_kind, y.note), '退出|离职|辞职|辞退|开除|解聘|调出|注销|死亡|去世'))
                                         THEN DATE '1900-01-01' ELSE DATE '9999-12-31' END) AS left_on,
           bool_or(regexp_matches(concat(y.state, y.category), '退休|离休|退养')) AS is_retired,
           min(coalesce(y.employer, '单位未填')) AS employer, list(DISTINCT y.row_id) AS rows, min(y.person) AS person
    FROM payroll y JOIN person_key k ON k.mention_id = y.person
    GROUP BY 1
    HAVING NOT bool_or(regexp_matches(concat(y.category, y.state, y.post, y.note), '遗属|民办|代课|公益|村干部|村两委|临时|劳务|见习|志愿|返聘|乡医|赤脚|抚恤|已故'))
), earner AS (
    SELECT k.person_key, s.person_key AS earner_key, s.* EXCLUDE (person_key), min(sp.level) AS level, max(sp.namesakes) AS namesakes
    FROM served s JOIN same_person sp ON sp.b = s.person JOIN person_key k ON k.mention_id = sp.a
    GROUP BY ALL
), link AS (
    SELECT person_key AS family_key, '本人' AS who, [] AS via, * FROM earner
    UNION ALL
    SELECT h.b, '户内成员', [h.row_id], e.* FROM earner e JOIN same_home h ON h.a = e.person_key
    WHERE NOT e.is_retired AND h.b NOT IN (SELECT person_key FROM earner)
), drawn AS (
    SELECT p.*, row_number() OVER (PARTITION BY p.payment_id ORDER BY l.level, l.who DESC) AS nth, l.who, l.level, l.namesakes, l.employer, l.is_retired, l.rows || l.via AS context
    FROM payment p JOIN link l ON l.family_key = p.person_key
    WHERE p.class = 'means' AND NOT p.is_late
      AND p.month_from >= coalesce(date_trunc('month', l.entered_on) + INTERVAL 1 MONTH, DATE '1900-01-01')
      AND p.month_from <= l.left_on
)
SELECT min(village_code) AS village_code, 'person' AS subject_kind,
       CAST(min(beneficiary) AS VARCHAR) AS subject_key, min(level) AS level, max(namesakes) AS namesakes,
       list(DISTINCT row_id) AS evidence, list_distinct(flatten(list(context))) AS context,
       sum(amount_yuan) FILTER (nth = 1)::DOUBLE AS amount_yuan, min(month_from) AS first_on, max(month_from) AS last_on,
       CASE WHEN bool_and(who <> '本人') THEN 0.7 WHEN bool_and(is_retired) THEN 0.6 END AS p,
       max(who) AS who, min(employer) AS employer, min(programme) AS programme, count(DISTINCT payment_id) AS n,
       strftime(min(month_from), '%Y年%-m月') AS first_month, strftime(max(month_from), '%Y年%-m月') AS last_month,
       CASE WHEN bool_and(regexp_matches(note, '已退|退还|追回|收回|缴回')) THEN '备注记有款项已退回或收回'
       END AS explained
FROM drawn
GROUP BY person_key, programme_key
