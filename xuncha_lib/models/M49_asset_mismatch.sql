/*---
id: M49
name: 资产处置未见收入、项目未登记资产
category: C6
severity: medium
identity: null
prior: 0.35
needs: {asset: [row_id, village_code, asset_name]}
uses:
  asset: [original_yuan, net_yuan, acquired_on, category, place, state, note]
  book_year: [village_code, y, months]
  contract: [object_name]
  money: [side, amount_yuan, summary, entry_on]
  project: [project_name, finished_on, accepted_on, settled_yuan, contract_yuan, note]
  setting: [key, value]
knobs: {months: 6, least_yuan: 5000}
basis: [农村集体经济组织财务制度 财农〔2021〕121号 §17, 农村集体经济组织财务制度 财农〔2021〕121号 §22, 农村集体经济组织财务制度 财农〔2021〕121号 §30]
reason: "{what}，需核实现场和账簿"
innocent: [公益性道路按当地做法不入账, 完工不久正在办理, 报废无残值, 闲置资产已有出租合同, 账上已有处置收入, 养护维修不形成资产]
check: [现场盘点照片, 处置评估和公开手续, 入账凭证]
aspects: [A06]
forms: [F25, F26]
not_for: 登记不全不等于资产流失
---*/
WITH own AS (
    SELECT *, regexp_replace(asset_name, '\s', '', 'g') AS plain, concat_ws(' ', state, note) AS said FROM asset WHERE asset_name IS NOT NULL
), sold AS (
    SELECT o.*, EXISTS (FROM money m WHERE m.village_code = o.village_code AND m.side = 'in' AND (contains(coalesce(m.summary, ''), o.asset_name)
               OR regexp_matches(coalesce(m.summary, ''), '处置|变卖|出售|拍卖|残值|废旧'))) AS is_booked
    FROM own o WHERE regexp_matches(o.said, '已(处置|出售|变卖|拍卖|卖)') AND coalesce(o.original_yuan, 0) >= $least_yuan
      AND EXISTS (FROM book_year b WHERE b.village_code = o.village_code)
), idle AS (
    SELECT o.village_code, list(o.row_id ORDER BY o.row_id) AS rows, count(*) AS n, string_agg(o.asset_name, '、' ORDER BY o.row_id) AS names, CAST(sum(o.original_yuan) AS DOUBLE) AS yuan
    FROM own o WHERE regexp_matches(o.said, '闲置') AND coalesce(o.original_yuan, 0) >= $least_yuan
      AND NOT EXISTS (FROM contract c WHERE c.village_code = o.village_code AND length(c.object_name) >= 2 AND (contains(o.plain, c.object_name) OR contains(c.object_name, o.plain)))
    GROUP BY 1
), built AS (
    SELECT p.village_code, list(p.row_id ORDER BY p.row_id) AS rows, count(*) AS n, string_agg(p.project_name, '、' ORDER BY p.row_id) AS names,
           CAST(sum(coalesce(p.settled_yuan, p.contract_yuan)) AS DOUBLE) AS yuan, min(coalesce(p.accepted_on, p.finished_on)) AS first_on
    FROM project p
    WHERE coalesce(p.accepted_on, p.finished_on) < as_of() - CAST(30 * $months AS INT) AND p.project_name IS NOT NULL
      AND regexp_matches(p.project_name, '厂房|仓库|车间|大棚|冷库|光伏|市场|门面|房|机井|泵站|变压器|服务中心|卫生室|路灯')
      AND NOT regexp_matches(p.project_name, '道路|硬化|清淤|绿化|维修|修缮|修复|粉刷|整治|养护|拆除')
      AND EXISTS (FROM own o WHERE o.village_code = p.village_code AND o.acquired_on >= coalesce(p.accepted_on, p.finished_on) - 400)
      AND NOT EXISTS (FROM own o WHERE o.village_code = p.village_code AND (abs(o.original_yuan - coalesce(p.settled_yuan, p.contract_yuan)) <= 0.05 * o.original_yuan
                      OR contains(p.project_name, o.plain) OR jaro_winkler_similarity(p.project_name, o.plain) >= 0.85))
    GROUP BY 1
)
SELECT village_code, 'village' AS subject_kind, 'sold' || row_id AS subject_key, asset_name AS subject, NULL::INT AS level, [row_id] AS evidence,
       asset_name || '（原值' || CAST(original_yuan AS BIGINT) || '元）登记为已处置，村账未见处置收入' AS what, CAST(original_yuan AS DOUBLE) AS amount_yuan, acquired_on AS first_on, 0.35 AS p,
       CASE WHEN regexp_matches(said, '报废|无残值|毁损|拆除') THEN '台账注明报废、拆除或无残值' END AS explained
FROM sold WHERE NOT is_booked
UNION ALL SELECT village_code, 'village', 'idle', NULL, NULL, rows, n || '项资产登记为闲置且没有合同（' || names || '）', yuan, NULL, 0.25, NULL FROM idle
UNION ALL SELECT village_code, 'village', 'built', NULL, NULL, rows, n || '个完工项目未见对应资产登记（' || names || '）', yuan, first_on, 0.25, NULL FROM built
ORDER BY 1, 3
