/*---
name: 采购单价明显高于各村
needs: {entries: [entry_id, village_id, date, side, amount, summary]}
keeps: [dear, size]
uses: {entries: [payee], villages: [county_id]}
reason: "购“{item}”{qty}{unit}，折合每{unit}{price}元，比{peers}中位价{usual}元高{over}%，需核实规格和询价记录"
figure: "高出{over}%，相当于{z}个稳健标准差"
group: "{peers}，共{n_ref}笔、{villages}个村"
checked: 规格、安装运输、数量过少
clears: [规格型号与同类不同, 含安装或运输, 询价比价记录]
source: 采购价格偏离同类测试；Iglewicz 与 Hoaglin 1993
---*/
WITH bought AS (
    SELECT p.v, p.id, p.d, p.pid, p.payee, p.item, p.qty, p.cents, p.summary, ln(p.cents / p.qty) AS x, w.county, w.town, w.village_id, coalesce(t.villages, 0) <= 2 AS is_remarked FROM pay p JOIN vil w USING (v) LEFT JOIN ref_template t ON t.tid = p.tid ANTI JOIN listed l ON l.v = p.v AND l.b = p.b AND l.tid = p.tid WHERE p.qty > 0 AND p.item IS NOT NULL
), judged AS (
    SELECT b.*, coalesce(c.mid, a.mid) AS mid, coalesce(c.n, a.n) AS n_ref, coalesce(c.villages, a.villages) AS villages, c.mid IS NOT NULL AS is_county, CASE WHEN c.mid IS NULL THEN a.ladder ELSE c.ladder END AS ladder,
           greatest(0.03, 1.4826 * coalesce(greatest(c.spread, 0.5 * a.spread), a.spread)) AS spread
    FROM bought b JOIN ref_item a ON a.item = b.item AND a.county = '' LEFT JOIN ref_item c ON c.item = b.item AND c.county = b.county AND b.county <> '' AND c.villages >= 5 AND c.n >= 15
), high AS (
    SELECT *, (x - mid) / sqrt(spread * spread + 0.0004) AS z, exp(x - mid) - 1 AS over FROM judged WHERE x - mid > ln(1.25) AND (x - mid) > 2.5 * spread
), dear AS (SELECT DISTINCT village_id, town, item, d FROM high WHERE town <> ''),
size AS (SELECT town, count(*) AS villages FROM vil WHERE town <> '' GROUP BY town),
nearby AS (
    SELECT x.v, x.id, count(DISTINCT y.village_id) AS others FROM high x JOIN dear y ON y.town = x.town AND y.item = x.item AND y.village_id <> x.village_id AND y.d BETWEEN x.d - 15 AND x.d + 15 GROUP BY ALL
), grouped AS (
    SELECT v, item, coalesce(pid, 0) AS pid, CAST(count(*) AS INTEGER) AS n, list('e:' || id ORDER BY z DESC, id) AS objs, CAST(sum(cents) AS BIGINT) AS cents, arg_max(qty, (z, id)) AS qty, arg_max(x, (z, id)) AS x, arg_max(mid, (z, id)) AS mid,
           max(z) AS z, max(over) AS over, bool_and(payee IS NOT NULL AND NOT is_firm(payee)) AS is_person, bool_and(coalesce(is_shared, false)) AS is_shared, bool_and(is_remarked AND n_ref >= 30) AS is_remarked, max(n_ref) AS n_ref, max(villages) AS villages, bool_or(is_county) AS is_county, list(summary ORDER BY z DESC, id) AS text, arg_max(spread, (z, id)) AS spread, arg_max(ladder, (z, id)) AS ladder
    FROM (SELECT h.*, s.villages >= 4 AND n.others >= 2 AND n.others >= 0.25 * (s.villages - 1) AS is_shared FROM high h LEFT JOIN nearby n ON n.v = h.v AND n.id = h.id LEFT JOIN size s ON s.town = h.town)
    GROUP BY v, item, coalesce(pid, 0)
)
SELECT v, objs, -1.6 + least(1.8, 0.3 * (z - 4)) + CASE WHEN over > 1.0 THEN 1.0 WHEN over > 0.6 THEN 0.8 WHEN over > 0.35 THEN 0.3 ELSE -1.0 END + CASE WHEN n >= 2 THEN 0.4 ELSE 0 END
           + CASE WHEN n_ref >= 30 AND villages >= 8 THEN 0.5 WHEN n_ref < 12 THEN -0.7 ELSE 0 END - CASE WHEN spread > 0.25 THEN 1.2 WHEN spread > 0.15 THEN 0.5 ELSE 0 END
           - CASE WHEN qty <= 2 AND cents < 100000 THEN 0.8 ELSE 0 END - CASE WHEN is_person THEN 1.2 ELSE 0 END - CASE WHEN cents < 50000 THEN 0.8 WHEN cents < 100000 THEN 0.3 ELSE 0 END AS lo,
       cents AS amount, text, says_spec_words(split_part(item, '|', 1)) AS is_spec, is_shared, is_remarked, split_part(item, '|', 1) AS item, split_part(item, '|', 2) AS unit, qty, round(exp(x) / 100, 2) AS price, round(exp(mid) / 100, 2) AS usual,
       CAST(round(100 * over) AS INTEGER) AS over, round(z, 1) AS z, n_ref, villages, CASE WHEN is_county THEN '本县参照村' ELSE '全部参照村' END AS peers, round(exp(x) / 100, 2) AS own_value, ladder AS peer_values, split_part(item, '|', 1) || '（元/' || split_part(item, '|', 2) || '）' AS value_label, round(least(z * z / 4.6, 12), 1) AS rarity
FROM grouped
