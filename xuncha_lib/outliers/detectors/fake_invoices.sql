/*---
name: 同一收款人的多笔发票金额挤在一起
needs: {entries: [entry_id, village_id, date, side, amount, payee]}
uses: {entries: [biz_date, summary, invoice_no, account_name]}
reason: "{y}年付{payee}的{total}笔中有{n}笔在{least}至{most}元之间且各不相同，没有数量单价{serial}{kinds}，需核实交易是否真实"
figure: "{n}笔的最高与最低相差{width}%；该单位其余付款没有这样集中"
group: 该收款人全年没有数量的付款，参照村同样笔数的收款人
checked: 数量单价、等额收费、固定周期服务、同一用途的日常采购
clears: [送货单、过磅单等数量凭据, 收款方开票和纳税记录, 现场实物]
source: 扫描统计量（Glaz 等）；发票连号；用途不同而金额相近
---*/
WITH enough AS (
    SELECT v, pid, year(d) AS y FROM pay WHERE pid IS NOT NULL AND NOT is_counted GROUP BY ALL HAVING count(*) BETWEEN 5 AND 120 AND count(DISTINCT cents) >= 5
), rows AS (
    SELECT p.v, p.pid, year(p.d) AS y, p.id, p.d, p.cents, p.inv, p.tid, coalesce(p.acc, 0) AS acc, p.summary, ln(p.cents) AS x, TRY_CAST(right(p.inv, 8) AS BIGINT) AS serial
    FROM pay p JOIN enough s ON s.v = p.v AND s.pid = p.pid AND s.y = year(p.d) ANTI JOIN listed l ON l.v = p.v AND l.b = p.b AND l.tid = p.tid ANTI JOIN ref_goods g ON g.tid = p.tid WHERE NOT p.is_counted
), framed AS (
    SELECT *, count(*) OVER (PARTITION BY v, pid, y) AS total, count(*) OVER (PARTITION BY v, pid, y ORDER BY x RANGE BETWEEN CURRENT ROW AND 0.36 FOLLOWING) AS inside FROM rows
), best AS (
    SELECT v, pid, y, max(total) AS total, max(inside) AS n, arg_max(x, (inside, -x)) AS floor FROM framed GROUP BY v, pid, y HAVING max(inside) >= 5
), members AS (
    SELECT b.v, b.pid, b.y, b.total, r.id, r.d, r.cents, r.inv, r.tid, r.acc, r.summary, r.serial, r.d - lag(r.d) OVER (PARTITION BY b.v, b.pid, b.y ORDER BY r.d, r.id) AS step, abs(r.serial - lag(r.serial) OVER (PARTITION BY b.v, b.pid, b.y ORDER BY r.serial, r.id)) BETWEEN 1 AND 3 AS follows
    FROM best b JOIN rows r ON r.v = b.v AND r.pid = b.pid AND r.y = b.y AND r.x BETWEEN b.floor AND b.floor + 0.36
), grouped AS (
    SELECT v, pid, y, CAST(max(total) AS INTEGER) AS total, CAST(count(*) AS INTEGER) AS n, count(DISTINCT cents) AS sums, min(cents) AS least, max(cents) AS most, CAST(sum(cents) AS BIGINT) AS cents, count(inv) AS n_inv,
           CAST(count(*) FILTER (follows) AS INTEGER) AS follows, CAST(count(DISTINCT tid) AS INTEGER) AS words, CAST(count(DISTINCT acc) AS INTEGER) AS accounts, list(id ORDER BY d, id) AS ids, list(summary ORDER BY d, id) AS text,
           max(top_n) / count(*) AS top_share, median(step) AS step, mad(step) AS step_spread, count(*) FILTER (cents % 10000 = 0) AS round_sums
    FROM (SELECT *, count(*) OVER (PARTITION BY v, pid, y, acc) AS top_n FROM members) GROUP BY v, pid, y
), rated AS (
    SELECT g.*, p.payee, p.shown, w.village_id, coalesce(u.villages, 1) AS villages, round(0.4343 * g.n * ln(1 / greatest(0.12, least(0.9, ln(g.most / g.least) + 0.02))) - log10(g.n * 1.0), 1) AS rarity
    FROM grouped g JOIN vp p USING (v, pid) JOIN vil w USING (v) LEFT JOIN used_by u USING (pid) WHERE g.sums >= 0.75 * g.n
)
SELECT v, list_prepend('p:' || village_id || ':' || shown, ['e:' || i FOR i IN ids]) AS objs,
       -3.4 + CASE WHEN n >= 12 THEN 1.6 WHEN n >= 8 THEN 1.2 WHEN n >= 6 THEN 0.7 ELSE 0 END + CASE WHEN n >= 0.8 * total THEN 0.8 WHEN n < 0.4 * total THEN -1.6 WHEN n < 0.6 * total THEN -0.9 ELSE 0 END
         + CASE WHEN ln(most / least) < 0.25 THEN 0.5 ELSE 0 END + CASE WHEN follows >= 3 AND follows >= 0.4 * n THEN 1.6 WHEN follows >= 2 THEN 0.4 ELSE 0 END
         + CASE WHEN accounts >= 3 AND top_share < 0.75 THEN 2.2 WHEN accounts = 2 AND top_share < 0.8 THEN 1.2 ELSE 0 END + CASE WHEN words >= 4 AND words >= 0.4 * n THEN 0.8 WHEN words <= 2 THEN -0.8 ELSE 0 END
         + CASE WHEN villages >= 4 THEN -0.3 WHEN villages = 1 THEN 0.2 ELSE 0 END - CASE WHEN is_firm(payee) THEN 0 ELSE 1.0 END - CASE WHEN round_sums > 0.5 * n THEN 0.8 ELSE 0 END - CASE WHEN n >= 6 AND step >= 5 AND step_spread <= 0.2 * step THEN 1.6 ELSE 0 END - CASE WHEN says_eating_house(payee) THEN 0.8 ELSE 0 END AS lo,
       cents AS amount, text, payee, y, n, total, yuan(least) AS least, yuan(most) AS most, CASE WHEN follows >= 2 THEN '，其中' || follows || '张发票号码前后相连' ELSE '' END AS serial,
       CASE WHEN accounts >= 2 THEN '，却分记' || accounts || '个科目' ELSE '' END AS kinds, round(100 * (most / least - 1)) AS width, greatest(rarity, 0) AS rarity
FROM rated
