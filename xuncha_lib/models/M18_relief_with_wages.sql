/*---
id: M18
name: 救助家庭有稳定工资、社保或公积金
category: C3
severity: medium
identity: L4
prior: 0.75
needs: {payment: [beneficiary, amount_yuan], livelihood: [person, kind]}
uses:
  payment: [payment_id, person_key, village_code, programme, programme_key, class, month_from, month_to, people, is_late, note, row_id]
  livelihood: [source, from_on, to_on, yuan, note, row_id]
  limit_span: [town, name, valid_from, valid_to, value]
  village: [town]
  person_key: [mention_id, person_key]
  same_home: [a, b, row_id]
knobs: {least_months: 3}
basis: [社会救助暂行办法 §9, 社会救助暂行办法 §13③, 社会救助暂行办法 §58]
reason: "{who}有{kind}记录（{source}），重叠的{months}个月里{programme}有{n}笔发放，合计{amount_yuan}元{compared}，需核实家庭收入"
innocent: [灵活就业人员自缴社保, 短期就业, 就业渐退期或收入扣减, 户内人均收入未超过当地标准, 分户居住, 同名不同人]
check: [工资单与缴费基数, 当地渐退和收入扣减规定, 家庭经济状况核对报告]
aspects: [A03]
forms: [F10]
not_for: 不用于直接取消救助；有参保不等于收入超过标准
---*/
WITH paid_work AS (
    SELECT k.person_key, w.kind, w.source, w.from_on, w.to_on, w.yuan, w.note, w.row_id, min(sp.level) AS level, max(sp.namesakes) AS namesakes
    FROM livelihood w JOIN same_person sp ON sp.b = w.person JOIN person_key k ON k.mention_id = sp.a GROUP BY ALL
), link AS (
    SELECT person_key AS family_key, '本人' AS who, [] AS via, * FROM paid_work
    UNION ALL
    SELECT h.b, '户内成员', [h.row_id], w.* FROM paid_work w JOIN same_home h ON h.a = w.person_key
), home_size AS (
    SELECT a AS family_key, count(DISTINCT b) + 1 AS people FROM same_home GROUP BY 1
), drawn AS (
    SELECT p.payment_id, p.row_id, p.village_code, p.beneficiary, p.person_key, p.programme, p.programme_key, p.month_from, p.amount_yuan, p.note, l.who, l.kind, l.source, l.from_on, l.yuan,
           generate_series(greatest(p.month_from, date_trunc('month', l.from_on)), least(p.month_to, l.to_on), INTERVAL 1 MONTH) AS both_months,
           l.row_id AS work_row, l.note AS work_note, l.via, l.level, l.namesakes, greatest(p.people, coalesce(z.people, 1)) AS people, s.value AS line,
           row_number() OVER (PARTITION BY p.payment_id ORDER BY l.level, l.who DESC, l.row_id) AS nth
    FROM payment p JOIN link l ON l.family_key = p.person_key LEFT JOIN home_size z ON z.family_key = p.person_key LEFT JOIN village v ON v.village_code = p.village_code
    LEFT JOIN limit_span s ON s.name = 'relief_line_month_yuan' AND s.town = coalesce(v.town, '') AND p.month_from BETWEEN s.valid_from AND s.valid_to
    WHERE p.class = 'means' AND NOT p.is_late AND NOT regexp_matches(coalesce(p.programme, ''), '临时|医疗|危')
      AND p.month_from <= l.to_on AND p.month_to >= date_trunc('month', l.from_on)
)
SELECT min(village_code) AS village_code, 'person' AS subject_kind, CAST(min(beneficiary) AS VARCHAR) AS subject_key, min(level) AS level, max(namesakes) AS namesakes,
       list(DISTINCT row_id) AS evidence, list_distinct(list(work_row) || flatten(list(via))) AS context,
       CAST(sum(amount_yuan) FILTER (nth = 1) AS DOUBLE) AS amount_yuan, min(month_from) AS first_on, max(month_from) AS last_on,
       max(who) AS who, array_to_string(list(DISTINCT kind ORDER BY kind), '、') AS kind, min(source) AS source, min(programme) AS programme,
       count(DISTINCT payment_id) AS n, len(list_distinct(flatten(list(both_months)))) AS months,
       CASE WHEN any_value(line) IS NULL THEN '' ELSE '（当地标准每人每月' || printf('%.0f', max(line)) || '元）' END AS compared,
       CASE WHEN bool_or(kind = '公积金') THEN 0.75 WHEN bool_or(kind = '工资') THEN 0.7 WHEN bool_and(source LIKE '核对结果%') THEN 0.55 ELSE 0.65 END
           -- a list without dates says that he is insured now, not since when
           * CASE WHEN bool_and(from_on = DATE '1900-01-01') THEN 0.8 ELSE 1 END
           * CASE min(level) WHEN 1 THEN 1.0 WHEN 2 THEN 0.95 WHEN 3 THEN 0.85 ELSE 0.8 END AS p,
       CASE WHEN len(list_distinct(flatten(list(both_months)))) < $least_months AND NOT bool_and(source LIKE '核对结果%') THEN '重叠不足' || $least_months || '个月，可能是短期就业'
            WHEN bool_or(regexp_matches(concat_ws(' ', note, work_note), '渐退|扣减|就业成本|经核对|核对符合|符合条件|未超')) THEN '备注记有渐退、扣减或核对符合'
            WHEN sum(yuan) / len(list_distinct(flatten(list(both_months)))) / max(people) <= min(line) AND bool_and(kind = '工资') THEN '工资按户内人口平均未超过当地标准' END AS explained
FROM drawn
GROUP BY person_key, programme_key
