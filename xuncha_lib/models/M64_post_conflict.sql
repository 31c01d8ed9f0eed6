/*---
id: M64
name: 公益岗位人员身份冲突
category: C10
severity: medium
identity: L4
prior: 0.8
needs: {payment: [beneficiary, amount_yuan]}
uses:
  payment: [payment_id, person_key, village_code, programme, programme_key, class, month_from, month_to,
            is_late, note, category, post_name, row_id]
  cadre: [person, village_code, post, post_kind, started_on, ended_on, row_id]
  payroll: [person, employer, category, state, entered_on, left_on, list_kind, post, note, row_id]
  org_person: [person, person_role, is_active, founded_on, closed_on, row_id, company, is_member, is_stall,
               capital_yuan]
  death: [deceased, died_on, cremated_on, removed_on, note, row_id]
  person_key: [mention_id, person_key]
knobs: {grace_months: 2, stall_capital_yuan: 20000}
basis: [会计法 §9]
reason: "{programme}人员同时{conflict}，重叠期间有{n}笔发放（{first_month}至{last_month}），合计{amount_yuan}元，需核实是否到岗"
innocent: [任职或入职前已离岗, 主体已注销, 小个体不影响到岗, 补发此前月份, 款项已退回, 同名不同人]
check: [不打招呼到岗查看, 考勤表与现场照片, 电话核实本人, 当地岗位招用条件]
aspects: [A14, A02]
forms: [F60, F57]
not_for: 各地招用条件不同，不用于直接清退
---*/
WITH bar AS (
    SELECT c.person, '担任' || coalesce(c.post, '村干部') AS conflict, c.row_id,
           coalesce(c.started_on, DATE '1900-01-01') + to_months($grace_months) AS from_on,
           coalesce(c.ended_on, DATE '9999-12-31') AS to_on, false AS is_weak
    FROM cadre c WHERE c.post_kind <> '其他'
    UNION ALL
    SELECT y.person, '为' || coalesce(y.employer, '财政供养') || '在册人员', y.row_id,
           coalesce(date_trunc('month', y.entered_on) + INTERVAL 1 MONTH, DATE '1900-01-01'),
           coalesce(min(o.left_on), DATE '9999-12-31'), false
    FROM payroll y JOIN person_key k ON k.mention_id = y.person
    JOIN person_key ok ON ok.person_key = k.person_key JOIN payroll o ON o.person = ok.mention_id
    WHERE NOT regexp_matches(concat(y.category, y.state, y.post, y.note), '遗属|民办|代课|公益|村干部|村两委|临时|劳务|退休|离休|抚恤')
    GROUP BY y.person, y.employer, y.row_id, y.entered_on
    HAVING NOT bool_or(o.left_on IS NULL AND regexp_matches(concat(o.state, o.list_kind, o.note), '退出|离职|辞职|辞退|开除|解聘|调出|注销|死亡'))
    UNION ALL
    SELECT o.person, '为' || coalesce(o.company, '名称未填的经营主体') || o.person_role, o.row_id, coalesce(o.founded_on, DATE '1900-01-01'),
           coalesce(o.closed_on, DATE '9999-12-31'), (coalesce(o.company, '') LIKE '%合作社%') OR o.is_stall AND (o.capital_yuan <= $stall_capital_yuan
               OR (o.capital_yuan IS NULL AND regexp_matches(o.company, '摊|小卖|早点|修鞋|理发|缝纫|流动|代销|小吃')))
    FROM org_person o
    WHERE NOT o.is_member AND NOT regexp_matches(o.person_role, '监事|会计|联络') AND (o.is_active OR o.closed_on > DATE '1900-01-01')
    UNION ALL
    SELECT d.deceased, '已登记死亡（' || strftime(least(died_on, cremated_on, removed_on), '%Y-%m-%d') || '）', d.row_id,
           date_trunc('month', least(died_on, cremated_on, removed_on)) + INTERVAL 2 MONTH, DATE '9999-12-31', false
    FROM death d WHERE NOT regexp_matches(coalesce(d.note, ''), '误登|误报|有误|更正|撤销|健在')
), barred AS (
    SELECT k.person_key, b.conflict, b.row_id, b.from_on, b.to_on, b.is_weak, min(sp.level) AS level, max(sp.namesakes) AS namesakes
    FROM bar b JOIN same_person sp ON sp.b = b.person JOIN person_key k ON k.mention_id = sp.a GROUP BY ALL
), twin AS (
    SELECT a.payment_id, min(b.row_id) AS other, min(coalesce(b.post_name, b.programme)) AS post
    FROM payment a JOIN payment b ON b.person_key = a.person_key AND b.class = 'post' AND a.class = 'post'
        AND b.month_from <= a.month_to AND b.month_to >= a.month_from AND b.payment_id <> a.payment_id AND NOT a.is_late AND NOT b.is_late
        AND (b.programme_key <> a.programme_key OR coalesce(a.post_name, '') <> coalesce(b.post_name, ''))
    GROUP BY 1
), drawn AS (
    SELECT p.*, b.conflict, b.row_id AS bar_row, b.level, b.namesakes, b.is_weak,
           row_number() OVER (PARTITION BY p.payment_id ORDER BY b.level, b.row_id) AS nth
    FROM payment p JOIN barred b USING (person_key)
    WHERE p.class = 'post' AND NOT p.is_late AND p.month_from >= date_trunc('month', b.from_on) AND p.month_from <= b.to_on
    UNION ALL
    SELECT p.*, '领取' || t.post, t.other, 1, NULL, false, 1
    FROM payment p JOIN twin t USING (payment_id) WHERE p.person_key NOT IN (SELECT person_key FROM barred)
)
SELECT min(village_code) AS village_code, 'person' AS subject_kind,
       CAST(min(beneficiary) AS VARCHAR) AS subject_key, min(level) AS level, max(namesakes) AS namesakes,
       list(DISTINCT row_id) AS evidence, list(DISTINCT bar_row) AS context,
       sum(amount_yuan) FILTER (nth = 1)::DOUBLE AS amount_yuan, min(month_from) AS first_on, max(month_from) AS last_on,
       min(programme) AS programme, arg_min(conflict, (bar_row, conflict)) AS conflict, count(DISTINCT payment_id) AS n,
       strftime(min(month_from), '%Y年%-m月') AS first_month, strftime(max(month_from), '%Y年%-m月') AS last_month,
       CASE WHEN bool_and(is_weak) THEN '个体小本经营或合作社负责人，可能不影响到岗'
            WHEN bool_and(regexp_matches(note, '已退|退还|追回|收回|缴回')) THEN '备注记有款项已退回或收回'
       END AS explained
FROM drawn
GROUP BY person_key
