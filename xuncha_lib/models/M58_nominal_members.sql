/*---
id: M58
name: 合作社成员登记与实际不符
category: C8
severity: medium
identity: L1
prior: 0.5
needs: {coop_member: [person, coop]}
uses:
  coop_member: [row_id, village_code, person_role, contribution_yuan, since_on, until_on, paid_on, note, roll]
  coop: [row_id, village_code, company, members, farmers, capital_yuan, note]
  death: [row_id, deceased, died_on, cremated_on, removed_on]
  person_key: [mention_id, person_key]
  mention: [mention_id, name, birth_on, id_state]
knobs: {farmers_pct: 80, many: 3}
basis: [农民专业合作社法 §19, 农民专业合作社法 §20]
reason: "{subject}成员登记中{why}，成员是否真实入社需核实"
innocent: [成员去世后名单未更新, 同一成员分两次出资, 子女继承或代父母持有份额, 村集体统一出资配股, 二十人以下的合作社有一名单位成员]
check: [随机电话或上门问十名成员, 入社申请和签名原件, 出资入账凭证]
aspects: [A10]
forms: [F44]
not_for: 名单没有及时更新不等于虚列成员；不用于认定成员资格
---*/
WITH person AS (
    SELECT c.*, k.person_key, m.name, m.birth_on, m.id_state,
           regexp_matches(c.note, '继承|代(父|母|持)|配股|集体(出资|持有|配)|过户|变更中|监护') AS is_told
    FROM coop_member c JOIN person_key k ON k.mention_id = c.person JOIN mention m ON m.mention_id = c.person
), gone AS (
    SELECT k.person_key, min(least(d.died_on, d.cremated_on, d.removed_on)) AS died_on, min(d.row_id) AS death_row
    FROM death d JOIN person_key k ON k.mention_id = d.deceased JOIN mention m ON m.mention_id = d.deceased
    WHERE m.id_state IN ('valid', 'old15') GROUP BY 1
), sign AS (
    -- dead before joining: no list that was merely left as it was explains that
    SELECT p.coop, p.village_code, 'dead' AS kind, list(p.row_id) AS rows, list(g.death_row) AS context, bool_and(p.is_told) AS is_told,
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
    UNION ALL
    SELECT regexp_replace(company, '[\s　]', '', 'g'), village_code, 'farmers', [row_id], [], members <= 20 AND members - farmers <= 1, members - farmers,
           '农民成员' || farmers || '人，不足成员总数' || members || '人的' || CAST($farmers_pct AS INT) || '%'
    FROM coop WHERE members > 0 AND farmers > 0 AND farmers <= members AND farmers * 100 < members * $farmers_pct
), rated AS (
    SELECT *, CASE kind WHEN 'dead' THEN CASE WHEN n >= $many THEN 0.75 ELSE 0.55 END WHEN 'twice' THEN CASE WHEN n >= $many THEN 0.6 ELSE 0.35 END
                        WHEN 'young' THEN CASE WHEN n >= $many THEN 0.6 ELSE 0.35 END ELSE 0.35 END AS worth
    FROM sign WHERE coop <> ''
)
SELECT village_code, 'company' AS subject_kind, coop AS subject_key, coop AS subject, 1 AS level, list_distinct(flatten(list(rows))) AS evidence,
       list_distinct(flatten(list(context))) AS context, string_agg(why, '；' ORDER BY worth DESC, kind) AS why, max(worth) AS p,
       CASE WHEN bool_and(is_told) THEN '登记注明继承、代持或集体配股，或只有一名单位成员' END AS explained
FROM rated GROUP BY village_code, coop
