/*---
id: M46
name: 同一承包人承包多处标的
category: C6
severity: low
identity: null
prior: 0.35
needs: {contract: [row_id, village_code, lessee_name]}
uses:
  lease: [object_name, contract_kind, party, signed_on, starts_on, ends_on, area_mu, annual_yuan, bidding, words]
  setting: [key, value]
knobs: {contracts: 3, days: 30, share: 0.2}
basis: []
note: 集中程度只作提示，没有条文限定一人承包的份数
reason: "{party}同期有{n}份合同（{names}），{how}，需核实是否拆分标的或只有一家参加"
innocent: [公开竞价取得, 规模经营或农场政策, 家庭承包地, 多次流标后只有一家愿意承接, 合同已到期或解除]
check: [竞价或比选名单, 标的四至是否相连, 村民代表会议记录]
aspects: [A07]
forms: [F32]
not_for: 承包份数多本身不是问题
---*/
WITH live AS (
    SELECT *, concat_ws(' ', contract_kind, words, object_name) AS said FROM lease
    WHERE length(party) >= 2 AND (ends_on IS NULL OR ends_on >= as_of())
), held AS (
    SELECT * FROM live WHERE NOT regexp_matches(said, '家庭承包|确权|口粮田|责任田|二轮|已(解除|终止|收回|退)|提前(解除|终止)|作废')
), land AS (
    SELECT village_code, sum(area_mu) AS mu FROM held GROUP BY 1
), grouped AS (
    SELECT village_code, party, count(*) AS n, list(row_id ORDER BY row_id) AS evidence, string_agg(object_name, '、' ORDER BY row_id) AS names,
           CAST(sum(annual_yuan) AS DOUBLE) AS amount_yuan, min(coalesce(signed_on, starts_on)) AS first_on, max(coalesce(signed_on, starts_on)) AS last_on,
           coalesce(sum(area_mu), 0) AS mu, bool_and(regexp_matches(coalesce(bidding, ''), '公开|竞价|招标|拍卖|平台')) AS is_open,
           bool_or(regexp_matches(said, '规模(经营|流转)|农业园区|家庭农场政策')) AS is_policy, bool_or(regexp_matches(said, '流标|无人(报名|承包|竞)|只有一家|唯一报名')) AS is_only
    FROM held GROUP BY village_code, party HAVING count(*) >= $contracts
)
SELECT g.village_code, 'contract' AS subject_kind, 'm' || g.evidence[1] AS subject_key, g.party AS subject, NULL::INT AS level, g.evidence, g.party, g.n, g.names,
       g.amount_yuan, g.first_on, g.last_on,
       concat_ws('，', CASE WHEN g.last_on - g.first_on <= $days THEN '前后' || (g.last_on - g.first_on) || '天内签订' ELSE '分次签订' END,
                 CASE WHEN g.mu > $share * l.mu THEN '面积占在租合同的' || CAST(round(100 * g.mu / l.mu) AS INT) || '%' END) AS how,
       CASE WHEN g.last_on - g.first_on <= $days THEN 0.35 ELSE 0.25 END AS p,
       CASE WHEN g.is_open THEN '各份合同都登记为公开竞价' WHEN g.is_policy THEN '台账注明规模经营政策' WHEN g.is_only THEN '台账注明只有一家愿意承接' END AS explained
FROM grouped g JOIN land l USING (village_code)
ORDER BY 1, 3
