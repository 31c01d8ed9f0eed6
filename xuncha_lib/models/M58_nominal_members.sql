/*---
id: M58
name: 合作社成员构成异常
category: C8
severity: medium
identity: L2
prior: 0.45
needs: {coop_surplus: [row_id, village_code, member, company]}
uses:
  coop: [company, members, farmers, note]
  coop_surplus: [paid_on, dividend_yuan, returned_yuan, total_yuan, note]
  death: [deceased, died_on, note]
  person_key: [mention_id, person_key]
knobs: {after_days: 365, farmers: 0.8}
basis: [农民专业合作社法 §19, 农民专业合作社法 §20]
reason: "{company}{fact}，需核实成员是否知情"
innocent: [成员退社名单未更新, 死亡一年内的盈余, 继承人代领已注明, 同名不同人]
check: [成员名册与出资证明, 随机电话核实成员, 公示名单]
aspects: [A10]
forms: [F44]
not_for: 名单未更新不能据此认定虚列成员
---*/
WITH dead AS (
    SELECT s.row_id, s.village_code, s.company, s.member, coalesce(s.total_yuan, coalesce(s.dividend_yuan, 0) + coalesce(s.returned_yuan, 0)) AS yuan, s.paid_on, s.note, d.row_id AS death_row, d.died_on, sp.level
    FROM coop_surplus s JOIN same_person sp ON sp.a = s.member JOIN death d ON d.deceased = sp.b
    WHERE d.died_on < s.paid_on - CAST($after_days AS INT) AND NOT regexp_matches(coalesce(d.note, ''), '误登|有误|更正|撤销|健在')
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
ORDER BY 1, 3
