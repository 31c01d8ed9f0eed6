/*---
id: M58
name: 合作社成员构成异常
category: C8
severity: medium
identity: L2
prior: 0.45
needs: {coop_member: [row_id, person, coop]}
uses:
  coop_member: [village_code, contribution_yuan, since_on, note, roll]
  mention: [mention_id, name, birth_on, id_state]
  coop: [company, members, farmers, note]
  coop_surplus: [row_id, village_code, member, company, paid_on, dividend_yuan, returned_yuan, total_yuan, note]
  death: [row_id, deceased, died_on, cremated_on, removed_on, note]
  person_key: [mention_id, person_key]
knobs: {after_days: 365, farmers: 0.8, many: 3}
basis: [农民专业合作社法 §19, 农民专业合作社法 §20]
reason: "{company}{fact}，需核实成员是否知情"
innocent: [成员退社名单未更新, 死亡一年内的盈余, 继承人代领已注明, 同名不同人, 同一成员分两次出资, 村集体统一出资配股]
check: [成员名册与出资证明, 随机电话核实成员, 公示名单]
aspects: [A10]
forms: [F44]
not_for: 名单未更新不能据此认定虚列成员
---*/
WITH dead AS (
    SELECT s.row_id, s.village_code, s.company, s.member, coalesce(s.total_yuan, coalesce(s.dividend_yuan, 0) + coalesce(s.returned_yuan, 0)) AS yuan, s.paid_on, s.note, d.row_id AS death_row, d.died_on, sp.level
    FROM coop_surplus s JOIN same_person sp ON sp.a = s.member JOIN death d ON d.deceased = sp.b
    WHERE d.died_on < s.paid_on - CAST($after_days AS INT) AND NOT regexp_matches(coalesce(d.note, ''), '误登|有误|更正|撤销|健在')
), person AS (
    SELECT c.*, k.person_key, m.name, m.birth_on, m.id_state,
           regexp_matches(c.note, '继承|代(父|母|持)|配股|集体(出资|持有|配)|过户|变更中|监护') AS is_told
    FROM coop_member c JOIN person_key k ON k.mention_id = c.person JOIN mention m ON m.mention_id = c.person
), gone AS (
    SELECT k.person_key, min(least(d.died_on, d.cremated_on, d.removed_on)) AS died_on, min(d.row_id) AS death_row
    FROM death d JOIN person_key k ON k.mention_id = d.deceased JOIN mention m ON m.mention_id = d.deceased
    WHERE m.id_state IN ('valid', 'old15') GROUP BY 1
), sign AS (
    -- dead before joining: no list that was merely left as it was explains that
    SELECT p.coop, p.village_code, 'joined_dead' AS kind, list(p.row_id) AS rows, list(g.death_row) AS context, bool_and(p.is_told) AS is_told,
           count(DISTINCT p.person_key) AS n, '成员' || min(p.name) || '等' || count(DISTINCT p.person_key) || '人入社登记日期晚于死亡日期' AS why
    FROM person p JOIN gone g USING (person_key)
    WHERE p.id_state IN ('valid', 'old15') AND p.since_on > g.died_on + INTERVAL 31 DAY AND p.roll = 'register' GROUP BY 1, 2
    UNION ALL
    SELECT coop, village_code, 'young', list(row_id), [], bool_and(is_told), count(DISTINCT person_key),
           '成员' || min(name) || '等' || count(DISTINCT person_key) || '人入社时不满十六周岁'
    FROM person WHERE id_state = 'valid' AND since_on < birth_on + INTERVAL 16 YEAR AND roll = 'register' GROUP BY 1, 2
    UNION ALL
    SELECT coop, village_code, 'twice', flatten(list(rows)), [], bool_and(is_told), count(*), min(names) || '等' || count(*) || '组成员姓名不同而身份证号相同'
    FROM (SELECT coop, village_code, list(row_id) AS rows, bool_or(is_told) AS is_told, string_agg(DISTINCT name, '、' ORDER BY name) AS names
          FROM person WHERE id_state = 'valid' AND name <> '' GROUP BY coop, village_code, roll, person_key HAVING count(DISTINCT name) > 1)
    GROUP BY 1, 2
    UNION ALL
    SELECT coop, village_code, 'unpaid', list(row_id), [], bool_or(is_told), count(*), count(*) || '名成员出资额全部登记为零'
    FROM person WHERE roll = 'shared' AND contribution_yuan IS NOT NULL GROUP BY 1, 2
    HAVING max(contribution_yuan) = 0 AND count(*) >= 5
)
SELECT min(village_code) AS village_code, 'company' AS subject_kind, company || '|dead' AS subject_key, company AS subject, max(level) AS level, list(DISTINCT row_id ORDER BY row_id) AS evidence,
       list(DISTINCT death_row ORDER BY death_row) AS context, company, CAST(sum(yuan) AS DOUBLE) AS amount_yuan, min(paid_on) AS first_on, max(paid_on) AS last_on,
       '分配名单里有' || count(DISTINCT member) || '名成员在一年前已登记死亡' AS fact, 0.5 AS p,
       CASE WHEN bool_and(regexp_matches(coalesce(note, ''), '继承|代领|家属|子女|配偶')) THEN '备注写明由继承人或家属代领'
            WHEN bool_and(regexp_matches(coalesce(note, ''), '退社|未更新|待变更')) THEN '备注写明成员名单待更新' END AS explained
FROM dead GROUP BY company
UNION ALL
SELECT village_code, 'company', company || '|farmers', company, NULL, [row_id], [], company, NULL, NULL, NULL,
       '登记成员' || members || '人，农民成员' || farmers || '人，不足八成', 0.35, NULL
FROM coop WHERE members >= 5 AND farmers < $farmers * members AND farmers >= 0
UNION ALL
SELECT village_code, 'company', coop || '|' || kind, coop, 1, list_distinct(rows), list_distinct(context), coop, NULL, NULL, NULL, '登记的' || why,
       CASE kind WHEN 'joined_dead' THEN CASE WHEN n >= $many THEN 0.75 ELSE 0.5 END WHEN 'unpaid' THEN 0.3 ELSE CASE WHEN n >= $many THEN 0.55 ELSE 0.3 END END,
       CASE WHEN is_told THEN '登记注明继承、代持或集体配股' END
FROM sign WHERE coop <> '' AND village_code IS NOT NULL
ORDER BY 1, 3
