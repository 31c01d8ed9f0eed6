/*---
id: M16
name: 救助家庭名下有机动车
category: C3
severity: medium
identity: L4
prior: 0.85
needs: {payment: [beneficiary, amount_yuan], vehicle: [owner]}
uses:
  payment: [payment_id, person_key, village_code, programme, programme_key, class, month_from, is_late, note, row_id]
  vehicle: [plate, plate_kind, vehicle_kind, brand, registered_on, state, use, value_yuan, note, row_id]
  person_key: [mention_id, person_key]
  same_home: [a, b, row_id]
knobs: {grace_months: 1, least_value_yuan: 10000}
basis: [社会救助暂行办法 §9, 社会救助暂行办法 §13③, 社会救助暂行办法 §58]
reason: "{who}名下有机动车（{car}，{registered}登记），同期{programme}有{n}笔发放，合计{amount_yuan}元，需核实家庭财产状况"
innocent: [三轮摩托农用或残疾人代步车, 车辆已报废注销或转移, 停保后才登记, 价值低于当地限额, 登记在名下实为他人使用, 同名不同人]
check: [家庭经济状况核对报告, 保险由谁缴纳及车辆由谁使用, 入户看车]
aspects: [A03]
forms: [F10]
not_for: 不用于直接取消救助；各地对车辆的规定不同
---*/
WITH car AS (
    SELECT *, concat(vehicle_kind, plate_kind, brand, "use", note) AS words FROM vehicle
    WHERE NOT regexp_matches(concat(vehicle_kind, plate_kind, brand), '摩托|三轮|轮椅|农用|拖拉机|电动自行车|电动车$|助力|残疾|低速|挂车|收割|履带')
      AND NOT regexp_matches(coalesce(state, ''), '报废|注销|转移|转出|过户|灭失|被盗|已售|撤销|迁出')
      AND NOT regexp_matches(coalesce(note, ''), '报废|已注销|已过户|已转让|已卖|已售|残疾人专用')
      AND NOT regexp_matches(coalesce("use", ''), '残疾')
      AND coalesce(value_yuan, $least_value_yuan) >= $least_value_yuan
), owned AS (
    SELECT k.person_key, c.row_id, c.vehicle_kind, c.plate, c.registered_on, c.note, min(sp.level) AS level, max(sp.namesakes) AS namesakes
    FROM car c JOIN same_person sp ON sp.b = c.owner JOIN person_key k ON k.mention_id = sp.a GROUP BY ALL
), link AS (
    SELECT person_key AS family_key, '本人' AS who, [] AS via, * FROM owned
    UNION ALL
    SELECT h.b, '户内成员', [h.row_id], o.* FROM owned o JOIN same_home h ON h.a = o.person_key
), drawn AS (
    SELECT p.*, row_number() OVER (PARTITION BY p.payment_id ORDER BY l.level, l.who DESC) AS nth, l.who, l.level, l.namesakes, l.vehicle_kind, l.registered_on, l.note AS car_note, l.row_id AS car_row, l.via
    FROM payment p JOIN link l ON l.family_key = p.person_key
    WHERE p.class = 'means' AND NOT p.is_late AND NOT regexp_matches(coalesce(p.programme, ''), '临时|医疗|危')
      AND p.month_from >= coalesce(date_trunc('month', l.registered_on) + to_months($grace_months), DATE '1900-01-01')
)
SELECT min(village_code) AS village_code, 'person' AS subject_kind,
       CAST(min(beneficiary) AS VARCHAR) AS subject_key, min(level) AS level, max(namesakes) AS namesakes,
       list(DISTINCT row_id) AS evidence, list_distinct(list(car_row) || flatten(list(via))) AS context,
       sum(amount_yuan) FILTER (nth = 1)::DOUBLE AS amount_yuan, min(month_from) AS first_on, max(month_from) AS last_on,
       max(who) AS who, min(coalesce(vehicle_kind, '车型未填')) AS car,
       coalesce(strftime(min(registered_on), '%Y-%m-%d'), '日期未填') AS registered,
       min(programme) AS programme, count(DISTINCT payment_id) AS n,
       CASE WHEN bool_and(regexp_matches(coalesce(car_note, ''), '借名|借用|代持|他人使用|抵押|已报废|残疾')) THEN '车辆备注：' || max(car_note)
            WHEN bool_or(regexp_matches(note, '经核对|核对符合|车辆.{0,8}(不计|豁免|低于|符合)')) THEN '发放备注：' || max(note)
       END AS explained
FROM drawn
GROUP BY person_key, programme_key
