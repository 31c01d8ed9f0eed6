/*---
name: 年底集中支出
needs: {entries: [entry_id, village_id, date, side, amount]}
uses: {entries: [account_name, biz_date], villages: [township_id]}
keeps: [base, shock]
reason: "{y}年12月18日以后“{account}”支出{k}笔、{amount_yuan}元，按本村平时和各村年底比例应约{expected}笔，需核实集中支出的事由"
figure: "{k}笔对应有{expected}笔"
group: 本村同科目其他月份×参照村年底比例（{ratio}）
checked: 同镇各村同期是否一样集中、工资补贴年终结算、分期尾款
clears: [上级资金到账文件, 年终结算表, 合同付款节点]
source: 村民委员会组织法 §35；年底突击支出测试
---*/
WITH single AS (
    FROM pay ANTI JOIN listed USING (v, b, tid)
), late AS (
    SELECT p.v, coalesce(p.acc, 0) AS acc, min(p.acc_name) AS acc_name, year(p.d) AS y, CAST(count(*) AS INTEGER) AS n, CAST(count(*) FILTER (month(p.d) = 12 AND day(p.d) > 17) AS INTEGER) AS k,
           CAST(sum(p.cents) FILTER (month(p.d) = 12 AND day(p.d) > 17) AS BIGINT) AS cents, CAST(sum(p.cents) AS BIGINT) AS year_cents, count(DISTINCT month(p.d)) AS months
    FROM single p GROUP BY ALL
), base AS (
    SELECT round(least(0.2, greatest(0.02, count(*) FILTER (month(p.d) = 12 AND day(p.d) > 17) / greatest(count(*), 1))), 3) AS share FROM single p SEMI JOIN panel USING (v)
), judged AS (
    SELECT l.*, (coalesce(a.late_share, b.share) * coalesce(a.n, 0) + b.share * 60) / (coalesce(a.n, 0) + 60.0) AS share
    FROM late l CROSS JOIN base b LEFT JOIN ref_account a ON a.acc = l.acc WHERE l.months >= 8
), rated AS (
    SELECT j.*, w.town, greatest(0.7, (n - k) * share / (1 - share)) AS expected FROM judged j JOIN vil w USING (v)
), shock AS (
    SELECT town, acc, y, count(*) AS villages, count(*) FILTER (k > 1.8 * expected AND k >= 3) AS rushing FROM rated WHERE town <> '' GROUP BY ALL
), kept AS (
    SELECT r.*, CASE WHEN s.villages >= 4 AND (s.rushing - 1.0) / (s.villages - 1) >= 0.3 THEN true ELSE false END AS is_shared, s.rushing, s.villages,
           poisson_surprise(k, expected) AS rarity
    FROM rated r LEFT JOIN shock s ON s.town = r.town AND s.acc = r.acc AND s.y = r.y WHERE k >= 5 AND k >= 2.5 * expected
), members AS (
    SELECT k.v, k.acc, k.y, list('e:' || p.id ORDER BY p.cents DESC, p.id)[:40] AS ids, list(p.summary ORDER BY p.cents DESC, p.id) AS text, count(*) FILTER (is_counted) AS counted,
           count(DISTINCT p.pid) AS payees, count(DISTINCT p.cents) AS sums, count(*) FILTER (p.pid IN (SELECT pid FROM vp WHERE vp.v = p.v AND vp.first_on < p.d - 60)) AS known_party
    FROM kept k JOIN single p ON p.v = k.v AND coalesce(p.acc, 0) = k.acc AND year(p.d) = k.y AND month(p.d) = 12 AND day(p.d) > 17 GROUP BY ALL
), scored AS (
    SELECT k.*, m.ids, m.text, m.sums, w.village_id, -2.6 + least(3.6, 0.6 * k.rarity) + CASE WHEN k.k >= 4 * k.expected THEN 0.5 ELSE 0 END
        + CASE WHEN k.cents > 0.3 * k.year_cents THEN 0.4 ELSE 0 END - CASE WHEN m.sums <= 0.4 * k.k THEN 0.8 ELSE 0 END - CASE WHEN k.cents < 200000 THEN 1.8 WHEN k.cents < 500000 THEN 0.6 ELSE 0 END AS lo
    FROM kept k JOIN members m ON m.v = k.v AND m.acc = k.acc AND m.y = k.y JOIN vil w ON w.v = k.v
)
SELECT v, list_prepend('m:' || village_id || ':' || y || '12', ids) AS objs, lo, cents AS amount, text, is_shared, coalesce(acc_name, '全部科目') AS account, y, k, yuan(cents) AS amount_yuan,
       round(expected, 1) AS expected, round(100 * share, 1) || '%' AS ratio, round(rarity, 1) AS rarity
FROM scored WHERE lo > -2.5
