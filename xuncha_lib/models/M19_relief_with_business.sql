/*---
id: M19
name: 救助家庭有经营主体
category: C3
severity: medium
identity: L4
prior: 0.8
needs: {payment: [beneficiary, amount_yuan], org_person: [company_org, person]}
uses:
  payment: [payment_id, person_key, village_code, programme, programme_key, class, month_from, is_late, note, row_id]
  org_person: [person_role, is_active, founded_on, closed_on, row_id, company, is_member, is_stall,
               capital_yuan, scope, note]
  cadre: [person]
  village: [village_code, village_name]
  person_key: [mention_id, person_key]
  same_home: [a, b, row_id]
knobs: {grace_months: 1, stall_capital_yuan: 20000}
basis: [社会救助暂行办法 §9, 社会救助暂行办法 §13③, 社会救助暂行办法 §58]
reason: "{who}为{company}的{person_role}，存续期间{programme}有{n}笔发放（{first_month}至{last_month}），合计{amount_yuan}元，需核实家庭收入"
innocent: [已注销或吊销, 合作社普通成员, 村干部领办的合作社, 摆摊糊口的小个体, 停保后才设立, 身份被借用, 同名不同人]
check: [纳税与年报记录, 实地看是否经营, 家庭经济状况核对报告]
aspects: [A03]
forms: [F10]
not_for: 不用于直接取消救助；有登记不等于有收入
---*/
WITH firm AS (
    SELECT k.person_key, o.company_org, o.company, o.person_role, o.founded_on, o.row_id,
           coalesce(o.closed_on, DATE '9999-12-31') AS closed_on, o.is_stall, o.capital_yuan, o.scope, o.note,
           min(sp.level) AS level, max(sp.namesakes) AS namesakes
    FROM org_person o JOIN same_person sp ON sp.b = o.person JOIN person_key k ON k.mention_id = sp.a
    WHERE NOT o.is_member AND (o.is_active OR o.closed_on > DATE '1900-01-01')
      AND NOT regexp_matches(o.person_role, '监事|会计|联络')
      AND NOT (o.company LIKE '%合作社%' AND k.person_key IN (
          SELECT s.person_key FROM cadre JOIN person_key s ON s.mention_id = cadre.person))
    GROUP BY ALL
), link AS (
    SELECT person_key AS family_key, '本人' AS who, [] AS via, * FROM firm
    UNION ALL
    SELECT h.b, '户内成员', [h.row_id], f.* FROM firm f JOIN same_home h ON h.a = f.person_key
), drawn AS (
    SELECT p.*, row_number() OVER (PARTITION BY p.payment_id ORDER BY l.level, l.who DESC) AS nth, l.who, l.level, l.namesakes, l.company, l.person_role, l.row_id AS firm_row, l.via, l.note AS firm_note,
           l.is_stall AND (l.capital_yuan <= $stall_capital_yuan
               OR (l.capital_yuan IS NULL AND regexp_matches(l.company, '摊|小卖|早点|修鞋|理发|缝纫|流动|代销|小吃'))) AS is_tiny,
           l.company LIKE '%合作社%' AND contains(l.company, regexp_replace(v.village_name, '(村|社区)$', '')) AS is_village_coop
    FROM payment p JOIN link l ON l.family_key = p.person_key LEFT JOIN village v ON v.village_code = p.village_code
    WHERE p.class = 'means' AND NOT p.is_late AND NOT regexp_matches(coalesce(p.programme, ''), '临时|医疗|危')
      AND p.month_from >= coalesce(date_trunc('month', l.founded_on) + to_months($grace_months), DATE '1900-01-01')
      AND p.month_from <= l.closed_on
)
SELECT min(village_code) AS village_code, 'person' AS subject_kind,
       CAST(min(beneficiary) AS VARCHAR) AS subject_key, min(level) AS level, max(namesakes) AS namesakes,
       list(DISTINCT row_id) AS evidence, list_distinct(list(firm_row) || flatten(list(via))) AS context,
       sum(amount_yuan) FILTER (nth = 1)::DOUBLE AS amount_yuan, min(month_from) AS first_on, max(month_from) AS last_on,
       max(who) AS who, min(company) AS company, min(person_role) AS person_role,
       min(programme) AS programme, count(DISTINCT payment_id) AS n,
       strftime(min(month_from), '%Y年%-m月') AS first_month, strftime(max(month_from), '%Y年%-m月') AS last_month,
       CASE WHEN bool_and(is_village_coop) THEN '合作社以村名命名，可能为村党组织领办，任理事长不等于个人经营'
            WHEN bool_and(is_tiny) THEN '个体小本经营，注册资金低，可能不影响救助资格'
            WHEN bool_and(regexp_matches(firm_note, '停业|歇业|未经营|冒名|冒用|借名|零申报')) THEN '登记备注：' || max(firm_note)
       END AS explained
FROM drawn
GROUP BY person_key, programme_key
