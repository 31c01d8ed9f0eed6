/*---
id: M61
name: 征地补偿单价或地块异常
category: C9
severity: high
identity: null
prior: 0.6
needs: {land_compensation: [row_id, village_code, project_name, payee, taken_mu, land_yuan]}
uses: {land_compensation: [plot_name, land_kind, crop_yuan, total_yuan, paid_on, note]}
knobs: {peers: 5, over: 0.2, least_yuan: 1000}
basis: [土地管理法 §48, 土地管理法 §49, 土地管理法实施条例 §32]
reason: "{project_name}{fact}，需核实丈量表和补偿标准"
innocent: [地类不同, 分期支付, 边角地或整块收购已说明, 款项已收回或更正, 共有地块按份领取]
check: [丈量表和签字, 征收公告补偿标准, 相邻农户单价]
aspects: [A11]
forms: [F48, F49]
not_for: 单价偏高不能据此认定虚报
---*/
WITH plot AS (
    SELECT *, CAST(land_yuan AS DOUBLE) / taken_mu AS per_mu, regexp_replace(coalesce(plot_name, ''), '\s', '', 'g') AS plain, coalesce(note, '') AS said
    FROM land_compensation WHERE project_name IS NOT NULL AND land_yuan > 0 AND taken_mu > 0
), usual AS (
    SELECT village_code, project_name, coalesce(land_kind, '') AS kind, median(per_mu) AS mid, count(*) AS n, count(*) FILTER (abs(per_mu - m) <= 0.02 * m) AS near
    FROM (SELECT *, median(per_mu) OVER (PARTITION BY village_code, project_name, coalesce(land_kind, '')) AS m FROM plot) GROUP BY ALL
), priced AS (
    SELECT p.*, u.mid FROM plot p JOIN usual u ON u.village_code = p.village_code AND u.project_name = p.project_name AND u.kind = coalesce(p.land_kind, '')
    WHERE u.n >= $peers AND u.near >= 0.7 * u.n AND p.per_mu > u.mid * (1 + $over) AND p.land_yuan - u.mid * p.taken_mu >= $least_yuan
), twice AS (
    SELECT village_code, project_name, plain, list(row_id ORDER BY row_id) AS rows, CAST(sum(land_yuan) - max(land_yuan) AS DOUBLE) AS yuan, min(paid_on) AS first_on, max(paid_on) AS last_on,
           count(*) AS n, bool_or(regexp_matches(said, '分期|首付|尾款|余款|第.期')) AS is_parts, bool_or(regexp_matches(said, '共有|按份|各半|兄弟')) AS is_shared,
           bool_or(regexp_matches(said, '退回|收回|更正|撤销|作废')) AS is_undone
    FROM plot WHERE length(plain) >= 3 GROUP BY village_code, project_name, plain HAVING count(*) BETWEEN 2 AND 3 AND count(DISTINCT taken_mu) = 1
)
SELECT village_code, 'voucher' AS subject_kind, 'l' || row_id AS subject_key, project_name AS subject, NULL::INT AS level, [row_id] AS evidence, project_name,
       '一处地块每亩' || CAST(round(per_mu) AS BIGINT) || '元，同项目同地类多为' || CAST(round(mid) AS BIGINT) || '元' AS fact,
       CAST(land_yuan AS DOUBLE) - mid * taken_mu AS amount_yuan, paid_on AS first_on, paid_on AS last_on, 0.6 AS p,
       CASE WHEN regexp_matches(said, '边角|整块|不规则|奖励|提前签约') THEN '备注说明边角地、整块收购或奖励' WHEN regexp_matches(said, '退回|收回|更正|撤销') THEN '备注记有款项已收回或更正' END AS explained
FROM priced
UNION ALL
SELECT village_code, 'voucher', 'l' || rows[1], project_name, NULL, rows, project_name, '同一地块（' || plain || '）同样面积领取' || n || '次', yuan, first_on, last_on, 0.55,
       CASE WHEN is_parts THEN '备注注明分期支付' WHEN is_shared THEN '备注注明共有地块按份领取' WHEN is_undone THEN '备注记有款项已收回或更正' END
FROM twice
ORDER BY 1, 3
