/*---
id: M13
name: 互斥的补贴项目同时发放
category: C2
severity: medium
identity: L4
prior: 0.7
needs: {payment: [beneficiary, programme, amount_yuan]}
uses:
  payment: [payment_id, person_key, village_code, programme_code, programme_key, class, category, month_from, month_to, people, is_late, note, row_id]
  limit_span: [name, town, value, valid_from, valid_to, source]
  village: [town]
  same_home: [a, b]
knobs: {least_months: 3}
limits: [exclusive_relief_with_support_months]
basis: []
note: 哪些项目互斥由各地规定；data/limits/exclusive.csv 只是参考值，请先换成当地文件
reason: "同一{whose}同时有{first}与{second}发放，{overlap}，合计{amount_yuan}元，两项一般不同时享受，需核实"
innocent: [转换当月两项重叠, 低保按户发放而另一项按人发放, 补发以前月份, 分期拨付的改造补助, 款项已退回, 同名不同人]
check: [民政系统逐月记录, 停发与起发审批表, 当地互斥规定]
aspects: [A03, A02]
forms: [F07, F11]
not_for: 不用于未核对当地规定就停发任何一项
---*/
WITH rule AS (
    SELECT * FROM (VALUES
        ('exclusive_relief_with_support_months', 'relief', 'support'),
        ('exclusive_support_with_nursing_months', 'support', 'nursing'),
        ('exclusive_relief_with_orphan_months', 'relief', 'orphan')) r(name, one, other)
), named AS (
    SELECT p.*, concat_ws(' ', p.programme, p.category) AS words,
           CASE WHEN p.programme_code = 'B03' THEN 'relief' WHEN p.programme_code = 'B04' THEN 'support'
                WHEN p.programme_code = 'B08' THEN 'housing'
                -- one title for both allowances does not say which of the two was paid
                WHEN p.programme_code = 'B06' AND words LIKE '%护理%' AND words NOT LIKE '%生活%' THEN 'nursing'
                WHEN regexp_matches(words, '孤儿|事实无人抚养') THEN 'orphan' END AS benefit
    FROM payment p WHERE NOT p.is_late AND p.month_from IS NOT NULL
), claim AS (
    SELECT n.*, coalesce(v.town, '') AS town FROM named n LEFT JOIN village v USING (village_code) WHERE benefit IS NOT NULL
), monthly AS (
    SELECT c.* EXCLUDE (month_from, month_to), CAST(unnest(generate_series(c.month_from, least(c.month_to, c.month_from + INTERVAL 23 MONTH), INTERVAL 1 MONTH)) AS DATE) AS month
    FROM claim c
), shared AS (
    SELECT a.person_key, r.name, a.month, a.payment_id AS one, b.payment_id AS other, l.value
    FROM monthly a JOIN rule r ON r.one = a.benefit JOIN monthly b ON b.benefit = r.other AND b.person_key = a.person_key AND b.month = a.month
    JOIN limit_span l ON l.name = r.name AND l.town = a.town AND a.month BETWEEN l.valid_from AND l.valid_to
), spell AS (
    SELECT person_key, name, count(DISTINCT month) AS months, min(month) AS first_on, max(month) AS last_on,
           list(DISTINCT one) || list(DISTINCT other) AS payments, any_value(value) AS value
    FROM shared GROUP BY person_key, name HAVING count(DISTINCT month) > any_value(value)
), housing AS (
    SELECT payment_id, person_key, person_key AS home_key, month_from, town, note FROM claim WHERE benefit = 'housing'
    UNION ALL
    SELECT c.payment_id, c.person_key, h.b, c.month_from, c.town, c.note FROM claim c JOIN same_home h ON h.a = c.person_key WHERE c.benefit = 'housing'
), built AS (
    SELECT DISTINCT a.person_key, a.payment_id AS one, b.payment_id AS other, a.month_from AS first_on, b.month_from AS last_on
    FROM housing a JOIN housing b ON b.home_key = a.home_key AND b.month_from >= a.month_from + INTERVAL 6 MONTH
        AND (a.person_key = b.person_key OR a.home_key IN (a.person_key, b.person_key))
    JOIN limit_span l ON l.name = 'housing_again_years' AND l.town = a.town AND b.month_from BETWEEN l.valid_from AND l.valid_to
    WHERE b.month_from < a.month_from + to_months(CAST(12 * l.value AS INT))
      AND NOT regexp_matches(concat(a.note, b.note), '分期|第[一二三]期|第[一二三]批|首批|首笔|尾款|余款|验收后|二次拨付|剩余')
), found AS (
    SELECT person_key, name, payments, first_on, last_on, months, months || '个月重叠' AS overlap FROM spell
    UNION ALL
    SELECT person_key, 'housing_again_years', [one, other], first_on, last_on, NULL, '两次相隔' || date_diff('month', first_on, last_on) || '个月' FROM built
), parts AS (
    SELECT * EXCLUDE (payments), unnest(payments) AS payment_id FROM found
), cited AS (
    SELECT f.*, c.row_id, c.village_code, c.beneficiary, c.person_key AS own_key, c.benefit, c.programme, c.amount_yuan, c.people, c.note,
           (SELECT count(DISTINCT h.b) + 1 FROM same_home h WHERE h.a = c.person_key) AS at_home
    FROM parts f JOIN claim c USING (payment_id)
)
SELECT min(c.village_code) AS village_code, 'person' AS subject_kind, CAST(min(c.beneficiary) AS VARCHAR) AS subject_key,
       coalesce(max(sp.level), 1) AS level, max(sp.namesakes) AS namesakes, list(DISTINCT c.row_id) AS evidence,
       CAST(sum(c.amount_yuan) AS DOUBLE) AS amount_yuan, min(c.first_on) AS first_on, max(c.last_on) AS last_on,
       CASE WHEN count(DISTINCT c.own_key) > 1 THEN '户' ELSE '人' END AS whose,
       min(c.programme) AS first, CASE WHEN c.name = 'housing_again_years' THEN '又一次' || max(c.programme) ELSE max(c.programme) END AS second,
       min(c.overlap) AS overlap,
       CASE WHEN bool_or(c.benefit = 'relief' AND c.people > 1 AND c.people < c.at_home) THEN 0.4 WHEN bool_or(c.benefit = 'relief' AND c.people > 1) THEN 0.5 ELSE 0.7 END * CASE coalesce(max(sp.level), 1) WHEN 1 THEN 1.0 WHEN 2 THEN 0.95 WHEN 3 THEN 0.85 ELSE 0.8 END AS p,
       CASE WHEN bool_or(c.benefit = 'relief' AND c.people > 1 AND c.people < c.at_home) AND any_value(c.months) < $least_months THEN '低保按户发放，保障人数少于户内人数，可能不含本人'
            WHEN bool_or(regexp_matches(c.note, '已退|退还|追回|收回|缴回')) THEN '备注记有款项已退回或收回' END AS explained
FROM cited c LEFT JOIN same_person sp ON sp.a = c.beneficiary AND sp.b = (SELECT min(o.beneficiary) FROM cited o WHERE o.own_key = c.own_key)
GROUP BY c.person_key, c.name
