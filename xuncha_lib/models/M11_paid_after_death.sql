/*---
id: M11
name: 死亡人员仍有补贴发放
category: C2
severity: high
identity: L4
prior: 0.9
needs: {payment: [beneficiary, amount_yuan], death: [deceased]}
uses:
  payment: [person_key, village_code, payee, programme, programme_code, programme_key, class, month_from,
            is_late, note, row_id]
  same_home: [a, b]
  death: [died_on, cremated_on, removed_on, note, row_id]
  person_key: [mention_id, person_key]
  household_member: [household_key, person_key, roll, removed_on]
knobs: {grace_months: 1}
basis: [社会救助暂行办法 §13③, 退耕还林条例 §57]
reason: "{died_on}登记死亡，此后{programme}仍有{n}笔发放记录（{first_month}至{last_month}），合计{amount_yuan}元，需核实"
innocent: [死亡当月和次月的宽限, 补发生前月份, 款项已退回, 按户发放而户内还有其他成员, 丧葬抚恤类一次性待遇, 同名不同人, 死亡登记有误已更正]
check: [调死亡证明、火化和销户三处日期, 查卡由谁持有及取款记录, 问经办人停发手续何时办理]
aspects: [A02, A03]
forms: [F05, F06, F12]
not_for: 不用于认定家属有过错，也不据此直接停发在世人员的待遇
---*/
WITH dead AS (
    SELECT deceased, row_id, least(died_on, cremated_on, removed_on) AS died_on
    FROM death
    WHERE least(died_on, cremated_on, removed_on) IS NOT NULL
      AND NOT regexp_matches(coalesce(note, ''), '误登|误报|登记有误|登记错误|信息有误|更正|撤销|恢复户口|健在|在世')
), found AS (
    SELECT p.person_key, p.programme_key, min(sp.level) AS level, min(d.died_on) AS died_on,
           list(DISTINCT d.row_id) AS context, max(sp.namesakes) AS namesakes
    FROM payment p JOIN same_person sp ON sp.a = p.beneficiary JOIN dead d ON d.deceased = sp.b
    GROUP BY 1, 2
), late AS (
    SELECT f.*, p.row_id, p.village_code, p.beneficiary, p.programme, p.class, p.month_from, p.amount_yuan, p.note,
           p.programme_code = 'B03' AND k.person_key <> f.person_key AND EXISTS (
               FROM same_home h WHERE h.a = f.person_key AND h.b = k.person_key) AS goes_home
    FROM found f JOIN payment p USING (person_key, programme_key) LEFT JOIN person_key k ON k.mention_id = p.payee
    WHERE p.month_from > date_trunc('month', f.died_on) + to_months($grace_months)
      AND NOT p.is_late
      AND NOT regexp_matches(coalesce(p.programme, ''), '丧葬|抚恤|殡葬|火化')
      -- a survivor's allowance starts with a death; one drawn before belongs to a survivor who died later
      AND (NOT contains(coalesce(p.programme, ''), '遗属') OR EXISTS (
          FROM payment q WHERE q.person_key = p.person_key AND q.programme = p.programme AND q.month_from < f.died_on))
), alive_home AS (
    SELECT DISTINCT m.person_key
    FROM household_member m JOIN household_member o USING (household_key)
    WHERE o.person_key <> m.person_key AND o.removed_on IS NULL
      AND m.person_key IN (SELECT person_key FROM late)
      AND o.person_key NOT IN (
          SELECT k.person_key FROM dead JOIN person_key k ON k.mention_id = dead.deceased)
)
SELECT min(village_code) AS village_code, 'person' AS subject_kind,
       CAST(min(beneficiary) AS VARCHAR) AS subject_key, min(level) AS level,
       min(namesakes) AS namesakes, list(row_id) AS evidence, min(context) AS context,
       sum(amount_yuan)::DOUBLE AS amount_yuan, min(month_from) AS first_on, max(month_from) AS last_on,
       min(died_on) AS died_on, min(programme) AS programme, count(*) AS n,
       strftime(min(month_from), '%Y年%-m月') AS first_month, strftime(max(month_from), '%Y年%-m月') AS last_month,
       CASE WHEN bool_and(regexp_matches(note, '已退|退还|追回|收回|缴回|上缴')) THEN '备注记有款项已退回或收回'
            WHEN bool_and(goes_home) THEN '低保按户发放，收款人是同户其他在世成员，可能只是户主未变更'
            WHEN bool_and(class = 'land') AND bool_or(person_key IN (SELECT person_key FROM alive_home))
                THEN '该项按户发放，户内还有其他成员，可能只是户主未变更'
       END AS explained
FROM late
GROUP BY person_key, programme_key
