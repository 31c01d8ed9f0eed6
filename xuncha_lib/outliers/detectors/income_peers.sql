/*---
name: 年度收入明显低于往年和同类村
needs: {entries: [entry_id, village_id, date, side, amount]}
uses: {villages: [county_id, population]}
keeps: [peers]
reason: "{y}年收入{amount_yuan}元，比本村其他年度（{usual}元）低{drop}%，同县参照村同期变动中位数为{peer}%，需核实是否有收入没有入账"
figure: "比同县各村的年度变动低{z}个稳健标准差"
group: 同县参照村的年度收入变动（{n_ref}个村）
checked: 账期不足一年、同县普遍下降
clears: [收入明细和合同到期情况, 上级补助文件]
source: 收入与同类村比较；Iglewicz 与 Hoaglin 1993
---*/
WITH yearly AS (
    SELECT r.v, year(r.d) AS y, CAST(sum(r.cents) AS BIGINT) AS cents, count(DISTINCT month(r.d)) AS months, list('e:' || r.id ORDER BY r.cents DESC, r.id)[:8] AS objs FROM rec r GROUP BY ALL
), whole AS (
    SELECT y.*, w.county FROM yearly y JOIN book b USING (v) JOIN vil w USING (v) WHERE b.first_on <= make_date(CAST(y AS INTEGER), 1, 31) AND b.last_on >= make_date(CAST(y AS INTEGER), 12, 1)
), moved AS (
    SELECT a.v, a.y, a.county, a.cents, a.objs, median(b.cents) AS usual, ln(a.cents / median(b.cents)) AS x FROM whole a JOIN whole b ON b.v = a.v AND b.y <> a.y GROUP BY a.v, a.y, a.county, a.cents, a.objs
), peers AS (
    SELECT county, y, round(median(x), 2) AS mid, round(greatest(0.15, 1.4826 * mad(x)), 2) AS spread, count(*) AS n FROM moved SEMI JOIN panel USING (v) GROUP BY county, y HAVING count(*) >= 8
)
SELECT v, objs, -2.0 + least(1.2, 0.25 * ((p.mid - x) / p.spread - 4)) AS lo, CAST(usual - cents AS BIGINT) AS amount, []::VARCHAR[] AS text, m.y, yuan(cents) AS amount_yuan, yuan(usual) AS usual, CAST(round(100 * (1 - exp(x))) AS INTEGER) AS drop,
       CAST(round(100 * (exp(p.mid) - 1)) AS INTEGER) AS peer, round((p.mid - x) / p.spread, 1) AS z, p.n AS n_ref, round(least(((p.mid - x) / p.spread) ** 2 / 4.6, 12), 1) AS rarity
FROM moved m JOIN peers p ON p.county = m.county AND p.y = m.y WHERE (p.mid - x) / p.spread > 4 AND x < ln(0.5)
