/*---
id: M55
name: 决算超预算、频繁变更、中标价贴近控制价
category: C7
severity: medium
identity: null
prior: 0.6
needs: {project: [row_id, village_code, project_name]}
uses:
  project: [ceiling_yuan, bid_yuan, contract_yuan, settled_yuan, variation_yuan, method, signed_on, accepted_on, note]
  bid: [project_name, price_yuan]
knobs: {over: 1.1, variation_share: 0.15, near_ceiling: 0.97, slack_yuan: 2000}
basis: []
note: 公开的审计方法资料把决算超预算一成、变更超一成半、中标价贴近控制价列为应查的迹象；不是法律规定的界线
reason: "{project_name}{fact}，控制价{ceiling}元，合同价{agreed}元，审定价{settled}元，需核实变更依据"
innocent: [经议定增加工程量并签补充协议, 地质或灾害原因变更, 材料价差按合同调整, 控制价只是其中一段的概算, 万元与元混写]
check: [变更签证与会议记录, 结算审核报告, 现场工程量, 控制价编制资料]
aspects: [A08]
forms: [F38]
not_for: 超出比例只说明需要看变更手续；中标价贴近控制价单独不成线索
---*/
WITH works AS (
    SELECT row_id, village_code, project_name, CAST(ceiling_yuan AS DOUBLE) AS ceiling, CAST(coalesce(contract_yuan, bid_yuan) AS DOUBLE) AS agreed,
           CAST(coalesce(bid_yuan, contract_yuan) AS DOUBLE) AS award, CAST(settled_yuan AS DOUBLE) AS settled, CAST(variation_yuan AS DOUBLE) AS variation,
           coalesce(signed_on, accepted_on) AS first_on, accepted_on, concat_ws('；', note, method) AS words,
           TRY_CAST(regexp_extract(coalesce(note, ''), '(?:变更|签证)[^0-9，；。]{0,6}([0-9]{1,2})\s*(?:次|处|份|项)', 1) AS INT) AS variations
    FROM project
), fields AS (
    -- Offers far below a tender's ceiling: the winner at the ceiling then stood out.
    SELECT village_code, regexp_replace(coalesce(project_name, ''), '\s', '', 'g') AS plain, count(*) AS bidders, CAST(min(price_yuan) AS DOUBLE) AS lowest
    FROM bid WHERE price_yuan > 0 GROUP BY ALL
), judged AS (
    SELECT w.*, f.bidders, f.lowest,
           CASE WHEN settled > greatest(agreed, coalesce(ceiling, 0)) * $over AND settled > greatest(agreed, coalesce(ceiling, 0)) + $slack_yuan AND agreed > 0
                     THEN CASE WHEN ceiling > 0 THEN '审定价高于合同价和控制价' ELSE '审定价高于合同价' END
                WHEN agreed > 0 AND settled > agreed * $over AND settled > agreed + $slack_yuan THEN '审定价高于合同价'
                WHEN agreed IS NULL AND ceiling > 0 AND settled > ceiling * $over AND settled > ceiling + $slack_yuan THEN '审定价高于控制价'
                WHEN agreed > 0 AND variation > $variation_share * agreed AND variation > $slack_yuan THEN '变更金额较大'
                WHEN variations >= 3 THEN '变更签证' || variations || '次'
                WHEN award > 0 AND ceiling > 0 AND award BETWEEN $near_ceiling * ceiling AND 1.0001 * ceiling THEN '中标价贴近控制价' END AS kind
    FROM works w LEFT JOIN fields f ON f.village_code = w.village_code AND f.plain = regexp_replace(w.project_name, '\s', '', 'g')
), sized AS (
    SELECT *, CASE WHEN kind LIKE '%控制价' AND kind LIKE '审定价高于控制价' THEN ceiling ELSE agreed END AS base FROM judged WHERE kind IS NOT NULL
)
SELECT village_code, 'project' AS subject_kind, 'p' || row_id AS subject_key, project_name AS subject, NULL::INT AS level, [row_id] AS evidence,
       project_name, first_on, accepted_on AS last_on, ceiling,
       agreed, settled,
       CASE WHEN kind LIKE '审定价%' THEN kind || CAST(round(100 * (settled / base - 1)) AS INT) || '%'
            WHEN kind = '变更金额较大' THEN '变更金额为合同价的' || CAST(round(100 * variation / agreed) AS INT) || '%'
            WHEN kind = '中标价贴近控制价' THEN '中标价为控制价的' || round(100 * award / ceiling, 1) || '%' ELSE kind END AS fact,
       CASE WHEN kind LIKE '审定价%' THEN settled - base WHEN kind = '变更金额较大' THEN variation END AS amount_yuan,
       CASE -- Ten times and more is a figure in another unit.
            WHEN kind LIKE '审定价%' AND settled > 5 * base THEN 0.2
            WHEN kind LIKE '审定价%' THEN CASE WHEN settled > 1.25 * base THEN 0.7 ELSE 0.6 END
            WHEN kind = '变更金额较大' THEN 0.35 WHEN kind LIKE '变更签证%' THEN 0.35
            WHEN bidders >= 3 AND lowest < 0.9 * ceiling THEN 0.3 ELSE 0.2 END AS p,
       CASE WHEN kind = '中标价贴近控制价' THEN NULL
            WHEN says_emergency(words) OR regexp_matches(words, '地质|岩石|岩层|石层|流沙|石方|地下水|塌方|洪|暴雨') THEN '台账注明地质、灾害或应急原因'
            WHEN regexp_matches(words, '价差|调差|材料(价|涨)') THEN '台账注明材料价差'
            WHEN regexp_matches(words, '补充协议|签证|议定|会议|(代表|两委|村民|镇|街道|监理|设计)[^，。；]{0,6}(同意|批准|表决|通过|审批|确认|决定)|追加|增加工程|增加(长度|面积|内容)|延长') AND NOT regexp_matches(words, '未(经|签|开|补|见)|无(补充|签证)|没有') THEN '台账注明议定增加工程或补充协议'
            WHEN regexp_matches(words, '部分概算|分段|其中一段|另有(预算|概算)') THEN '台账注明预算口径不同' END AS explained
FROM sized
ORDER BY 1, 3
