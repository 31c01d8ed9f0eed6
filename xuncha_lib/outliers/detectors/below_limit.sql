/*---
name: 同一收款人多笔付款贴近审批限额
needs: {entries: [entry_id, village_id, date, side, amount, payee]}
uses: {villages: [approval_limit], entries: [biz_date]}
keeps: [cohort]
reason: "{y}年付{payee}的{m}笔中有{k}笔在{low}至{limit}元之间（{limit_kind}），需核实是否有意压在限额以下"
figure: "限额下5%的区间内{k}笔，参照村同类付款按比例应有{expected}笔"
group: 参照村{share_of}
checked: 固定标准、等额收费、数量单价
clears: [收费标准或合同价本来如此, 各笔对应的审批单]
source: 贴线聚集测试（与邻近区间和其他限额的村比较）
---*/
WITH marks AS (
    SELECT v, lim AS mark, true AS on_file FROM vil WHERE lim IS NOT NULL
    UNION ALL SELECT v, m * 100000, false FROM vil, (SELECT unnest([1, 2, 5, 10, 20, 30, 50, 100, 200]) AS m) WHERE lim IS NULL
), band AS (
    SELECT p.v, p.pid, m.mark, m.on_file, year(p.d) AS y, p.id, p.d, p.cents, p.tid, p.is_counted OR g.tid IS NOT NULL AS is_counted, p.summary, p.cents >= 0.95 * m.mark AS is_top
    FROM pay p LEFT JOIN ref_goods g USING (tid) JOIN marks m ON m.v = p.v AND p.cents >= 0.6 * m.mark AND p.cents < m.mark WHERE p.pid IS NOT NULL
), cohort AS (
    -- what falls into the top band where nobody pushes it there: median village share would be 0, so pooled and kept coarse
    SELECT on_file, round(greatest(0.06, least(0.2, count(*) FILTER (is_top) / greatest(count(*), 1))), 2) AS share, count(*) AS pool
    FROM band SEMI JOIN panel USING (v) GROUP BY on_file
), grouped AS (
    SELECT v, pid, mark, any_value(on_file) AS on_file, y, CAST(count(*) AS INTEGER) AS m, CAST(count(*) FILTER (is_top) AS INTEGER) AS k, count(DISTINCT cents) FILTER (is_top) AS sums,
           count(DISTINCT tid) FILTER (is_top) AS words, count(*) FILTER (is_top AND is_counted) AS counted, CAST(sum(cents) FILTER (is_top) AS BIGINT) AS cents,
           list(id ORDER BY d, id) FILTER (is_top) AS ids, list(summary ORDER BY d, id) FILTER (is_top) AS text, count(DISTINCT year(d) * 100 + month(d)) FILTER (is_top) AS months
    FROM band GROUP BY v, pid, mark, y HAVING count(*) FILTER (is_top) >= 3
), rated AS (
    SELECT g.*, p.shown, p.payee, c.share, c.pool, binomial_surprise(k, m, c.share) AS rarity, w.village_id, p.n AS total
    FROM grouped g JOIN cohort c USING (on_file) JOIN vp p ON p.v = g.v AND p.pid = g.pid JOIN vil w ON w.v = g.v
), scored AS (
    SELECT *, -2.4 + CASE WHEN on_file THEN 0.6 ELSE -0.8 END + least(3.0, 0.65 * rarity) + CASE WHEN k >= 5 THEN 0.6 WHEN k >= 4 THEN 0.3 ELSE 0 END
        - CASE WHEN sums <= 0.25 * k THEN 4.0 WHEN sums <= k / 2 THEN 2.0 ELSE 0 END - 2.0 * counted / k AS lo
    FROM rated
)
SELECT v, list_prepend('p:' || village_id || ':' || shown, ['e:' || i FOR i IN ids]) AS objs, lo, cents AS amount, text, counted = k AS is_priced, payee, y, k, m,
       yuan(0.95 * mark) AS low, yuan(mark) AS "limit", CASE WHEN on_file THEN '本村审批限额' ELSE '整数参考线，未录入本村限额' END AS limit_kind,
       round(m * share, 1) AS expected, pool || '笔限额六成以上的付款' AS share_of, round(rarity, 1) AS rarity
FROM scored WHERE lo > -2.5
