/*---
name: 摘要与科目不符
needs: {entries: [entry_id, village_id, date, side, amount, summary, account_name]}
uses: {entries: [payee, invoice_no]}
reason: "{n}笔“{words}”记入“{account}”（{payee}，合计{amount_yuan}元），{usual}，需核实是否应记招待费"
figure: "{share}"
group: 参照村同类摘要、同一收款单位的记账
checked: 老人聚餐、民工和抢险用餐、慰问群众、只是相近科目
clears: [原始票据明细, 用餐人员名单, 代理机构的科目对照表]
source: 科目错用测试（摘要分类与科目）；受控科目为名称含招待、接待的科目
---*/
WITH controlled AS (
    SELECT v, count(*) AS n FROM pay WHERE regexp_matches(coalesce(acc_name, ''), '招待|接待') GROUP BY v
), eaters AS (
    SELECT v, pid FROM vp WHERE says_eating_house(payee)
), kept AS (
    SELECT p.v, p.id, p.d, p.cents, p.summary, p.acc, p.acc_name, p.payee, p.pid, coalesce(t.n_meal, 0) AS n_meal, coalesce(t.n_acc, 0) AS n_acc, coalesce(s.n_meal, 0) AS s_meal, coalesce(s.n, 0) AS s_n,
           coalesce(t.n_meal >= 5 AND t.n_meal >= 0.6 * t.n_acc, false) AS by_usage, coalesce(s.n_meal >= 0.6 * s.n, false) OR h.pid IS NOT NULL AS by_seller,
           p.is_table AS by_words
    FROM pay p SEMI JOIN controlled USING (v) LEFT JOIN ref_template t ON t.tid = p.tid AND t.n_meal >= 5 LEFT JOIN ref_seller s ON s.pid = p.pid LEFT JOIN eaters h ON h.v = p.v AND h.pid = p.pid
    WHERE p.acc IS NOT NULL AND p.cents >= 20000 AND (t.tid IS NOT NULL OR s.pid IS NOT NULL OR h.pid IS NOT NULL OR by_words)
      AND NOT regexp_matches(p.acc_name, '招待|接待') AND NOT regexp_matches(p.summary, '果树|茶园|茶苗|接待中心|接待室|烟花|住宿|会议室|装修|维修|房租')
      AND (by_usage OR by_seller OR by_words)
), grouped AS (
    SELECT v, acc, coalesce(pid, 0) AS pid, min(acc_name) AS account, min(coalesce(payee, '')) AS payee, CAST(count(*) AS INTEGER) AS n, CAST(sum(cents) AS BIGINT) AS cents, list('e:' || id ORDER BY d, id)[:30] AS objs, arg_min(summary, (d, id)) AS words,
           list(DISTINCT summary ORDER BY summary) AS text, count(*) FILTER (by_usage) AS usage, count(*) FILTER (by_words) AS worded, bool_or(by_seller) AS by_seller, max(n_meal) AS n_meal, max(n_acc) AS n_acc, max(s_meal) AS s_meal, max(s_n) AS s_n
    FROM kept GROUP BY v, acc, coalesce(pid, 0)
), habit AS (SELECT v, count(*) AS groups FROM grouped GROUP BY v)
SELECT g.v, objs, -1.0 + CASE WHEN usage > 0 THEN 1.6 WHEN worded > 0 THEN 0.8 ELSE 0 END + CASE WHEN by_seller THEN 1.0 ELSE 0 END + CASE WHEN n >= 3 THEN 0.5 WHEN n = 2 THEN 0.3 ELSE 0 END
         + CASE WHEN cents >= 500000 THEN 0.3 WHEN cents < 50000 THEN -0.8 ELSE 0 END - CASE WHEN n > 12 THEN 1.2 ELSE 0 END - CASE WHEN h.groups > 5 THEN 0.8 ELSE 0 END AS lo,
       cents AS amount, text, n, left(words, 24) AS words, account, coalesce(nullif(payee, ''), '未写收款人') AS payee, yuan(cents) AS amount_yuan,
       CASE WHEN usage > 0 THEN '同类摘要通常记招待费' WHEN by_seller AND s_n > 0 THEN '该收款单位的款项通常记招待费' WHEN by_seller THEN '收款单位为餐饮店' ELSE '摘要为招待、用餐或礼品类' END AS usual,
       CASE WHEN usage > 0 THEN '参照村' || n_acc || '笔同类摘要中' || n_meal || '笔记招待费' WHEN s_n > 0 THEN '参照村付该单位' || s_n || '笔中' || s_meal || '笔记招待费' ELSE '摘要或收款单位与科目不符' END AS share,
       CASE WHEN usage > 0 THEN round(-log10(greatest(1.02 - n_meal / n_acc, 0.01)), 1) ELSE 1.0 END AS rarity
FROM grouped g JOIN habit h USING (v)
