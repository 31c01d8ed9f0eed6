/*---
id: M43
name: 低价发包
category: C6
severity: medium
identity: null
prior: 0.6
needs: {contract: [row_id, village_code]}
uses:
  lease: [town, object_name, party, thing, object_kind, contract_kind, signed_on, starts_on, area_mu, area_m2,
          unit_yuan, annual_yuan, bidding, note, words]
knobs: {share: 0.5, peers: 5}
basis: [农村集体经济组织法 §35]
reason: "{object_name}每{unit}每年{price}元，为{n_peers}份同类（{thing}，{where_from}）合同中位数{usual}元的{pct}%，需核实发包程序和价格依据"
innocent: [地力差或位置偏, 承租方投资建设到期归村, 签订年代早, 帮扶困难群众或政策价格, 公开竞价或评估定价]
check: [实地查看地块, 会议记录与竞价记录, 评估报告, 同村邻近地块价格]
aspects: [A07, A06]
forms: [F27, F32]
not_for: 价格只与本轮台账比较，不代表市场价
---*/
WITH priced AS (
    SELECT row_id, village_code, town, coalesce(object_name, party) AS object_name, coalesce(thing, object_kind, '其他') AS thing,
           coalesce(signed_on, starts_on) AS signed_on, annual_yuan, words, thing AS plain_thing,
           CASE WHEN area_mu > 0 THEN '亩' WHEN area_m2 > 0 THEN '平方米' END AS unit,
           CASE WHEN area_mu > 0 THEN coalesce(unit_yuan, annual_yuan / area_mu) WHEN area_m2 > 0 THEN annual_yuan / area_m2 END AS price,
           regexp_matches(concat_ws(' ', bidding, contract_kind), '竞价|招标|拍卖|挂牌') AND NOT regexp_matches(concat_ws(' ', bidding, contract_kind), '未|没有|直接') AS is_open,
           length(coalesce(note, '')) >= 6 AND NOT regexp_matches(note, '未|没有|直接发包|欠') AND count(*) OVER (PARTITION BY note) <= 30 AS is_remarked,
           -- the remarks only: 洼, 滩, 沙 in the name of a plot are often just its name
           words AS said
    FROM lease
), usable AS (
    SELECT * FROM priced WHERE price > 0 AND unit IS NOT NULL
), towns AS (
    SELECT town, thing, unit, median(price) AS usual, count(*) AS n, median(year(signed_on)) AS y FROM usable GROUP BY ALL
), round_peers AS (
    SELECT thing, unit, median(price) AS usual, count(*) AS n, median(year(signed_on)) AS y FROM usable GROUP BY ALL
), old_peers AS (
    SELECT thing, unit, year(signed_on) // 5 AS age, median(price) AS usual, count(*) AS n FROM usable GROUP BY ALL
), set_side AS (
    SELECT u.*, CASE WHEN t.n >= $peers THEN t.usual ELSE r.usual END AS usual,
           CASE WHEN t.n >= $peers THEN t.n ELSE r.n END AS n_peers, CASE WHEN t.n >= $peers THEN t.y ELSE r.y END AS usual_year,
           CASE WHEN t.n >= $peers THEN '本镇' ELSE '本轮各村' END AS where_from,
           o.usual AS old_usual, o.n AS old_n
    FROM usable u JOIN round_peers r ON r.thing = u.thing AND r.unit = u.unit
    LEFT JOIN towns t ON t.thing = u.thing AND t.unit = u.unit AND t.town IS NOT DISTINCT FROM u.town
    LEFT JOIN old_peers o ON o.thing = u.thing AND o.unit = u.unit AND o.age = year(u.signed_on) // 5
), low AS (
    SELECT *, price / usual AS ratio FROM set_side WHERE n_peers >= $peers AND price < $share * usual
), crowd AS (
    SELECT village_code, count(*) AS n FROM low GROUP BY ALL
)
SELECT l.village_code, 'contract' AS subject_kind, 'c' || l.row_id AS subject_key, l.object_name AS subject, NULL::INT AS level, [l.row_id] AS evidence,
       l.object_name, l.unit, round(l.price, 1) AS price, l.n_peers, l.thing, l.where_from, round(l.usual, 1) AS usual, round(100 * l.ratio) AS pct,
       CAST(l.annual_yuan AS DOUBLE) AS amount_yuan, l.signed_on AS first_on,
       CASE WHEN l.plain_thing IS NULL THEN 0.35 WHEN l.ratio < 0.35 THEN 0.8 WHEN l.ratio < 0.45 THEN 0.7 ELSE 0.6 END * CASE WHEN c.n > 5 THEN 0.5 ELSE 1 END
         * CASE WHEN l.is_remarked THEN 0.6 ELSE 1 END * CASE WHEN l.is_open THEN 0.8 ELSE 1 END AS p,
       CASE WHEN says_lessee_invests(l.said) THEN '台账注明由承租方投资建设或整治'
            WHEN says_help_price(l.said) THEN '台账注明帮扶、评估、竞价或政策价格'
            WHEN says_priced_openly(l.said) THEN '台账注明价格经会议议定、评估或竞价'
            WHEN says_poor_land(l.said) THEN '台账注明地力或位置较差'
            WHEN year(l.signed_on) <= l.usual_year - 8 AND (l.old_n < 3 OR l.price >= $share * l.old_usual) THEN '签订年代早，与同期合同价格相近'
            END AS explained
FROM low l JOIN crowd c USING (village_code)
ORDER BY 1, 3
