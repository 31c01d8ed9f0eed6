/*---
id: M55
name: 结算超合同、变更较多
category: C7
severity: medium
identity: null
prior: 0.5
needs: {project: [row_id, village_code, project_name]}
uses: {project: [ceiling_yuan, bid_yuan, contract_yuan, signed_on, accepted_on, variation_yuan, settled_yuan, progress, note]}
knobs: {over: 0.1, variation: 0.15}
basis: []
note: 百分之十和百分之十五是分析参数，不是限额
reason: "{project_name}{fact}，需核实变更签证和结算审核"
innocent: [变更经会议同意并有签证, 地质或应急原因已说明, 结算在合同价以内, 小额项目尾差]
check: [变更签证和会议记录, 结算审核报告, 现场工程量]
aspects: [A08]
forms: [F38]
not_for: 结算高于合同价不能据此认定虚增
---*/
WITH work AS (
    SELECT *, CAST(coalesce(contract_yuan, bid_yuan) AS DOUBLE) AS agreed, CAST(settled_yuan AS DOUBLE) AS settled, CAST(variation_yuan AS DOUBLE) AS varied, coalesce(note, '') || coalesce(progress, '') AS said
    FROM project
), judged AS (
    SELECT *, CASE WHEN settled > agreed * (1 + $over) AND settled - agreed >= 2000 THEN '结算' || CAST(round(settled) AS BIGINT) || '元，比合同价' || CAST(round(agreed) AS BIGINT) || '元高' || CAST(round(100 * (settled / agreed - 1)) AS INT) || '%'
                   WHEN varied > agreed * $variation AND varied >= 2000 THEN '变更' || CAST(round(varied) AS BIGINT) || '元，占合同价的' || CAST(round(100 * varied / agreed) AS INT) || '%' END AS fact
    FROM work WHERE agreed > 0 AND coalesce(settled, agreed) < agreed * 5
)
SELECT village_code, 'project' AS subject_kind, 'p' || row_id AS subject_key, project_name AS subject, NULL::INT AS level, [row_id] AS evidence, project_name, fact,
       CASE WHEN settled > agreed * (1 + $over) THEN settled - agreed ELSE varied END AS amount_yuan, signed_on AS first_on, accepted_on AS last_on,
       CASE WHEN settled > agreed * (1 + $over) AND coalesce(varied, 0) < 0.5 * (settled - agreed) THEN 0.5 ELSE 0.35 END AS p,
       CASE WHEN regexp_matches(said, '签证|补充协议|变更.{0,6}(会议|同意|批|手续)|增加工程量|追加|(会议?|代表|两委|村民|镇|街道|监理|设计)[^，。；]{0,6}(同意|批准|表决|通过|审批|确认|决定)') AND NOT regexp_matches(said, '(无|未|没有|缺)[^，。；]{0,6}(签证|手续|协议|会议|同意|批)') THEN '台账注明有变更签证或补充协议'
            WHEN regexp_matches(said, '地质|岩石|岩层|石层|流沙|应急|抢险|水毁|塌方') THEN '台账注明地质或应急原因' END AS explained
FROM judged WHERE fact IS NOT NULL
ORDER BY 1, 3
