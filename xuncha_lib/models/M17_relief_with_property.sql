/*---
id: M17
name: 救助家庭名下有多套住房或商业房产
category: C3
severity: medium
identity: L4
prior: 0.8
needs: {payment: [beneficiary, amount_yuan], property: [owner]}
uses:
  payment: [payment_id, person_key, village_code, programme, programme_key, class, month_from, is_late, note, row_id]
  property: [certificate_no, place, area_m2, use, acquired_by, registered_on, sharing, state, note, row_id]
  person_key: [mention_id, person_key]
  same_home: [a, b, row_id]
knobs: {grace_months: 1, homes: 2, least_m2: 15}
basis: [社会救助暂行办法 §9, 社会救助暂行办法 §13③, 社会救助暂行办法 §58]
reason: "{who}名下登记有{what}（{places}），同期{programme}有{n}笔发放，合计{amount_yuan}元，需核实家庭财产状况"
innocent: [拆迁安置房, 继承或赠与的份额, 农村宅基地房屋, 车库储藏室等附属用房, 与分户子女共有, 已注销或转移, 停保后才登记, 同名不同人]
check: [不动产登记簿和取得经过, 人均住房面积, 家庭经济状况核对报告]
aspects: [A03]
forms: [F10]
not_for: 不用于直接取消救助；各地对住房的规定不同
---*/
WITH held AS (
    SELECT k.person_key, r.row_id, r.registered_on, coalesce(r.place, r.certificate_no) AS place, r.area_m2, coalesce(r.note, '') AS note,
           coalesce(nullif(regexp_replace(coalesce(r.certificate_no, ''), '\s', '', 'g'), ''), nullif(regexp_replace(coalesce(r.place, ''), '\s', '', 'g'), ''), 'r' || r.row_id) AS unit,
           regexp_matches(concat("use", r.place), '商业|商服|商铺|门面|门市|店面|营业|办公|写字|厂房|工业|车间|酒店') AS is_shop,
           regexp_matches(concat_ws(' ', r.acquired_by, r.note, "use"), '安置|回迁|拆迁|征收补偿|继承|遗产|赠与|分家') OR regexp_matches(concat_ws(' ', r.sharing, r.note), '按份|份额|与.{0,6}(子|女|儿)') AS is_softened,
           min(sp.level) AS level, max(sp.namesakes) AS namesakes
    FROM property r JOIN same_person sp ON sp.b = r.owner JOIN person_key k ON k.mention_id = sp.a
    WHERE NOT regexp_matches(coalesce(r.state, ''), '注销|历史|转移|失效|灭失|已售|撤销|作废')
      AND NOT regexp_matches(concat_ws(' ', r.note), '已注销|已转移|已过户|已出售|已卖|灭失')
      AND NOT regexp_matches(concat_ws(' ', "use", r.place, r.acquired_by), '宅基|车库|车位|储藏|储物|地下室|附房|杂物|集体土地上|农村住房|农房|自建')
      AND coalesce(r.area_m2, $least_m2) >= $least_m2
    GROUP BY ALL
), link AS (
    SELECT person_key AS family_key, '本人' AS who, [] AS via, * FROM held
    UNION ALL
    SELECT h.b, '户内成员', [h.row_id], o.* FROM held o JOIN same_home h ON h.a = o.person_key
), one AS (  -- one dwelling held jointly by two of the household counts once
    SELECT DISTINCT ON (family_key, unit) * FROM link ORDER BY family_key, unit, level, who DESC, row_id
), drawn AS (
    SELECT p.payment_id, any_value(p.row_id) AS row_id, any_value(p.village_code) AS village_code, any_value(p.beneficiary) AS beneficiary,
           any_value(p.person_key) AS person_key, any_value(p.programme) AS programme, any_value(p.programme_key) AS programme_key,
           any_value(p.month_from) AS month_from, any_value(p.amount_yuan) AS amount_yuan, any_value(p.note) AS note,
           count(*) FILTER (NOT o.is_shop) AS homes, count(*) FILTER (o.is_shop) AS shops,
           count(*) FILTER (NOT o.is_shop AND NOT o.is_softened) AS plain_homes, count(*) FILTER (o.is_shop AND NOT o.is_softened) AS plain_shops,
           max(o.level) AS level, max(o.namesakes) AS namesakes, list(o.row_id) || flatten(list(o.via)) AS context,
           string_agg(o.place, '、' ORDER BY o.place) AS places, CASE WHEN bool_and(o.who = '本人') THEN '本人' ELSE '本人及户内成员' END AS who
    FROM payment p JOIN one o ON o.family_key = p.person_key
    WHERE p.class = 'means' AND NOT p.is_late AND NOT regexp_matches(coalesce(p.programme, ''), '临时|医疗|危')
      AND p.month_from >= coalesce(date_trunc('month', o.registered_on) + to_months($grace_months), DATE '1900-01-01')
    GROUP BY p.payment_id
    HAVING count(*) FILTER (NOT o.is_shop) >= $homes OR count(*) FILTER (o.is_shop) >= 1
)
SELECT min(village_code) AS village_code, 'person' AS subject_kind, CAST(min(beneficiary) AS VARCHAR) AS subject_key,
       max(level) AS level, max(namesakes) AS namesakes, list(DISTINCT row_id) AS evidence, list_distinct(flatten(list(context))) AS context,
       CAST(sum(amount_yuan) AS DOUBLE) AS amount_yuan, min(month_from) AS first_on, max(month_from) AS last_on,
       max(who) AS who, concat_ws('、', CASE WHEN max(homes) > 0 THEN max(homes) || '处住房' END, CASE WHEN max(shops) > 0 THEN max(shops) || '处商业用房' END) AS what,
       max(places) AS places, min(programme) AS programme, count(*) AS n,
       CASE WHEN max(plain_homes) < $homes AND max(plain_shops) = 0 THEN '其中有安置、继承、赠与或共有份额的房屋，其余不到两处'
            WHEN bool_or(regexp_matches(note, '经核对|核对符合|房产.{0,8}(不计|豁免|符合)')) THEN '发放备注：' || max(note) END AS explained
FROM drawn
GROUP BY person_key, programme_key
