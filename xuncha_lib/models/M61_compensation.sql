/*---
id: M61
name: 征地补偿单价或地块异常
category: C9
severity: high
identity: null
prior: 0.6
needs: {land_compensation: [row_id, village_code, payee, taken_mu, land_yuan]}
uses:
  land_compensation: [project_name, plot_name, land_kind, crop_yuan, fixture_yuan, fixture_text, total_yuan, paid_on, note]
  source_row: [row_id, sheet_id]
  money: [row_id, rows, village_code, entry_on, side, amount_yuan, summary]
  meeting: [village_code, topic, result, row_id]
  setting: [key, value]
knobs: {peers: 5, over: 0.2, least_yuan: 1000, idle_months: 12, idle_yuan: 100000, fixture_times: 5, fixture_yuan: 10000}
basis: [土地管理法 §48, 土地管理法 §49, 土地管理法实施条例 §32, 村民委员会组织法(2018) §24]
reason: "{project_name}{fact}，需核实{papers}"
innocent: [地类不同, 分期支付, 边角地或整块收购已说明, 款项已收回或更正, 共有地块按份领取, 会议决定留存使用]
check: [丈量表和签字, 征收公告补偿标准, 相邻农户单价, 补偿款收支凭证和分配决议]
aspects: [A11]
forms: [F47, F48, F49]
not_for: 单价偏高不能据此认定虚报
---*/
WITH plot AS (
    -- A list that names no project is the list of one.
    SELECT l.* REPLACE (coalesce(l.project_name, '同一发放表') AS project_name), CASE WHEN l.project_name IS NULL THEN coalesce(r.sheet_id, 0) ELSE 0 END AS list_id, CAST(land_yuan AS DOUBLE) / taken_mu AS per_mu,
           regexp_replace(coalesce(plot_name, ''), '\s', '', 'g') AS plain, concat_ws('；', note, fixture_text) AS said
    FROM land_compensation l LEFT JOIN source_row r USING (row_id) WHERE land_yuan > 0 AND taken_mu > 0
), usual AS (
    SELECT village_code, project_name, list_id, coalesce(land_kind, '') AS kind, median(per_mu) AS mid, count(*) AS n, count(*) FILTER (abs(per_mu - m) <= 0.02 * m) AS near
    FROM (SELECT *, median(per_mu) OVER (PARTITION BY village_code, project_name, list_id, coalesce(land_kind, '')) AS m FROM plot) GROUP BY ALL
), priced AS (
    SELECT p.*, u.mid FROM plot p JOIN usual u ON u.village_code = p.village_code AND u.project_name = p.project_name AND u.list_id = p.list_id AND u.kind = coalesce(p.land_kind, '')
    WHERE u.n >= $peers AND u.near >= 0.7 * u.n AND p.per_mu > u.mid * (1 + $over) AND p.land_yuan - u.mid * p.taken_mu >= $least_yuan
), twice AS (
    SELECT village_code, project_name, list_id, plain, list(row_id ORDER BY row_id) AS rows, CAST(sum(land_yuan) - max(land_yuan) AS DOUBLE) AS yuan, min(paid_on) AS first_on, max(paid_on) AS last_on,
           count(*) AS n, bool_or(regexp_matches(said, '分期|首付|尾款|余款|第.期')) AS is_parts, bool_or(regexp_matches(said, '共有|按份|各半|兄弟')) AS is_shared,
           bool_or(regexp_matches(said, '退回|收回|更正|撤销|作废')) AS is_undone
    FROM plot WHERE length(plain) >= 3 GROUP BY village_code, project_name, list_id, plain HAVING count(*) BETWEEN 2 AND 3 AND count(DISTINCT taken_mu) = 1
), fixed AS (
    SELECT *, median(CAST(fixture_yuan AS DOUBLE)) FILTER (fixture_yuan > 0) OVER w AS mid, count(*) FILTER (fixture_yuan > 0) OVER w AS n FROM plot WINDOW w AS (PARTITION BY village_code, project_name, list_id)
    QUALIFY n >= $peers AND fixture_yuan > $fixture_times * mid AND fixture_yuan >= $fixture_yuan
), flow AS (
    SELECT village_code, side, entry_on, CAST(amount_yuan AS DOUBLE) AS yuan, rows FROM money
    WHERE amount_yuan > 0 AND regexp_matches(summary, '征地|征收|土地补偿|占地补偿|安置补助') AND NOT regexp_matches(summary, '押金|保证金|工作经费|工作补助')
), held AS (
    SELECT village_code, sum(yuan) FILTER (side = 'in') AS came, coalesce(sum(yuan) FILTER (side = 'out'), 0) AS went, min(entry_on) FILTER (side = 'in') AS first_on,
           max(entry_on) FILTER (side = 'in') AS last_in, flatten(list(rows) FILTER (side = 'in')) AS ins, coalesce(flatten(list(rows) FILTER (side = 'out')), []) AS outs
    FROM flow GROUP BY 1 HAVING came >= $idle_yuan AND went < 0.2 * came
), spent AS (
    SELECT m.village_code, sum(CAST(m.amount_yuan AS DOUBLE)) AS yuan, flatten(list(m.rows ORDER BY m.entry_on, m.row_id)) AS rows, min(m.entry_on) AS first_on, max(m.entry_on) AS last_on,
           array_to_string(list_sort(list(DISTINCT m.summary))[:3], '；') AS words
    FROM money m WHERE m.side = 'out' AND m.amount_yuan >= $least_yuan AND regexp_matches(m.summary, '征地|土地补偿|占地补偿|安置补助')
      AND regexp_matches(m.summary, '日常|办公|招待|餐|工资|报酬|误工|补助费|车辆|油费|水电|开支|差旅|宣传|慰问|绩效|奖金') AND NOT regexp_matches(m.summary, '工作经费|退回|更正|冲')
    GROUP BY 1
), decided AS (
    SELECT village_code, list(row_id) AS rows FROM meeting WHERE regexp_matches(concat(topic, result), '(征地|土地补偿|占地补偿|补偿款)') GROUP BY 1
)
SELECT village_code, 'voucher' AS subject_kind, 'l' || row_id AS subject_key, project_name AS subject, NULL::INT AS level, [row_id] AS evidence, project_name,
       '一处地块每亩' || CAST(round(per_mu) AS BIGINT) || '元，同项目同地类多为' || CAST(round(mid) AS BIGINT) || '元' AS fact,
       CAST(land_yuan AS DOUBLE) - mid * taken_mu AS amount_yuan, paid_on AS first_on, paid_on AS last_on, 0.6 AS p,
       CASE WHEN regexp_matches(said, '边角|整块|不规则|奖励|提前签约') THEN '备注说明边角地、整块收购或奖励' WHEN regexp_matches(said, '退回|收回|更正|撤销') THEN '备注记有款项已收回或更正' END AS explained,
       '丈量表和补偿标准' AS papers
FROM priced
UNION ALL
SELECT village_code, 'voucher', 'l' || rows[1], project_name, NULL, rows, project_name, '同一地块（' || plain || '）同样面积领取' || n || '次', yuan, first_on, last_on, 0.55,
       CASE WHEN is_parts THEN '备注注明分期支付' WHEN is_shared THEN '备注注明共有地块按份领取' WHEN is_undone THEN '备注记有款项已收回或更正' END, '丈量表和补偿标准'
FROM twice
UNION ALL
SELECT village_code, 'voucher', 'f' || row_id, project_name, NULL, [row_id], project_name, '一户附着物补偿' || CAST(round(fixture_yuan) AS BIGINT) || '元，同表其他户多为' || CAST(round(mid) AS BIGINT) || '元',
       CAST(fixture_yuan AS DOUBLE) - mid, paid_on, paid_on, 0.5,
       CASE WHEN regexp_matches(said, '棚|井|房|厂|圈|窖|池|评估|鉴定|果树|苗木|坟') THEN '备注写明附着物种类或评估' END, '丈量表和补偿标准'
FROM fixed
UNION ALL
SELECT h.village_code, 'village', 'compensation', '征地补偿款', NULL, h.ins || h.outs, '征地补偿款',
       '村账收到' || CAST(round(h.came) AS BIGINT) || '元，满' || CAST($idle_months AS INT) || '个月仅付出' || CAST(round(h.went) AS BIGINT) || '元',
       h.came - h.went, h.first_on, h.last_in, CASE WHEN EXISTS (FROM meeting g WHERE g.village_code = h.village_code) THEN 0.45 ELSE 0.3 END,
       CASE WHEN d.rows IS NOT NULL THEN '会议记录中有征地补偿款的议题' END, '收支凭证和分配决议'
FROM held h LEFT JOIN decided d USING (village_code)
WHERE h.last_in + to_months($idle_months) < coalesce(as_of(), (SELECT max(entry_on) FROM money))
UNION ALL
SELECT s.village_code, 'village', 'compensation-spent', '征地补偿款', NULL, s.rows || coalesce(i.rows, []), '征地补偿款', '有' || CAST(round(s.yuan) AS BIGINT) || '元摘要写为村内开支（“' || s.words || '”）',
       s.yuan, s.first_on, s.last_on, 0.5, CASE WHEN d.rows IS NOT NULL THEN '会议记录中有征地补偿款的议题' END, '收支凭证和分配决议'
FROM spent s LEFT JOIN decided d USING (village_code)
LEFT JOIN (SELECT village_code, flatten(list(rows ORDER BY entry_on)) AS rows FROM flow WHERE side = 'in' GROUP BY 1) i USING (village_code)
ORDER BY 1, 3
