/*---
name: 同一收款人的发票金额集中在异常狭窄的范围
needs: {entries: [entry_id, village_id, date, side, amount, payee, invoice_no]}
uses: {entries: [biz_date, summary]}
reason: "{y}年付{payee}的{n}笔金额都在{least}至{most}元之间且各不相同，没有数量单价{serial}，需核实交易是否真实"
figure: "这些金额落在参照村付款金额排序的{width}%宽度之内"
group: 参照村全部有票付款
checked: 数量单价、等额收费、固定标准、其他村是否也与其交易
clears: [送货单、过磅单等数量凭据, 收款方开票和纳税记录, 现场实物]
source: 扫描统计量（Glaz 等，n 个点落入宽 w 的窗口）；发票连号
---*/
WITH enough AS (
    SELECT v, pid, year(d) AS y FROM pay WHERE pid IS NOT NULL AND NOT is_counted GROUP BY ALL HAVING count(*) BETWEEN 5 AND 80 AND count(DISTINCT cents) >= 0.75 * count(*)
), rows AS (
    SELECT p.v, p.pid, year(p.d) AS y, p.id, p.d, p.cents, p.inv, p.tid, p.summary, p.is_counted, TRY_CAST(right(p.inv, 8) AS BIGINT) AS serial FROM pay p JOIN enough s ON s.v = p.v AND s.pid = p.pid AND s.y = year(p.d)
), placed AS (
    SELECT r.*, coalesce(q.place, 0) AS place FROM rows r ASOF LEFT JOIN (SELECT cents AS at, max(place) AS place FROM ref_rank WHERE pool = 'all' GROUP BY cents) q ON r.cents >= q.at
), stepped AS (
    SELECT *, abs(serial - lag(serial) OVER (PARTITION BY v, pid, y ORDER BY serial, id)) BETWEEN 1 AND 3 AS follows FROM placed
), grouped AS (
    SELECT v, pid, y, CAST(count(*) AS INTEGER) AS n, count(inv) AS n_inv, count(DISTINCT cents) AS sums, max(place) - min(place) + 1.0 / 512 AS w, min(cents) AS least, max(cents) AS most, CAST(sum(cents) AS BIGINT) AS cents,
           CAST(count(*) FILTER (follows) AS INTEGER) AS follows, count(DISTINCT tid) AS words, list(id ORDER BY d, id) AS ids, list(DISTINCT summary ORDER BY summary) AS text,
           median(cents) AS mid, mad(cents) AS spread, count(*) FILTER (is_counted) AS counted, count(*) FILTER (cents % 10000 = 0) AS round_sums
    FROM stepped GROUP BY v, pid, y
), rated AS (
    SELECT g.*, p.payee, p.shown, w2.village_id, coalesce(u.villages, 1) AS villages, -(log10(g.n * (g.n - 1.0)) + (g.n - 2) * log10(least(g.w, 0.999))) AS rarity
    FROM grouped g JOIN vp p USING (v, pid) JOIN vil w2 USING (v) LEFT JOIN used_by u USING (pid) WHERE g.w < 0.55 AND g.counted <= 0.25 * g.n AND g.n_inv >= 0.5 * g.n
), scored AS (
    SELECT *, -3.2 + least(3.6, 0.55 * greatest(rarity, 0)) + CASE WHEN follows >= 2 THEN 1.6 ELSE 0 END + CASE WHEN villages >= 3 THEN -1.8 WHEN villages = 2 THEN -0.8 ELSE 0.6 END
        + CASE WHEN is_firm(payee) THEN 0 ELSE -1.5 END - CASE WHEN round_sums > 0.5 * n THEN 1.0 ELSE 0 END AS lo
    FROM rated WHERE rarity > 0.5 OR follows >= 3
)
SELECT v, list_prepend('p:' || village_id || ':' || shown, ['e:' || i FOR i IN ids]) AS objs, lo, cents AS amount, text, payee, y, n, yuan(least) AS least, yuan(most) AS most,
       CASE WHEN follows >= 2 THEN '，其中' || follows || '张发票号码前后相连' ELSE '' END AS serial, round(100 * w, 1) AS width, round(rarity, 1) AS rarity
FROM scored WHERE lo > -2.5
