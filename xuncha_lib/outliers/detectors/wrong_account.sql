/*---
name: 摘要与科目不符
needs: {entries: [entry_id, village_id, date, side, amount, summary, account_name]}
uses: {entries: [payee, invoice_no]}
reason: "{n}笔“{words}”记入“{account}”（合计{amount_yuan}元），{usual}，需核实是否应记其他科目"
figure: "{share}"
group: 参照村同类摘要的记账
checked: 相近科目、值班抢险等现场用餐、慰问群众
clears: [原始票据明细, 代理机构的科目对照表]
source: 科目错用测试（摘要分类与科目）
---*/
WITH controlled AS (
    SELECT DISTINCT acc FROM ref_posting WHERE regexp_matches(acc_name, '招待|接待')
), usual AS (
    SELECT tid, arg_max(acc, (n, acc_name)) AS acc, arg_max(acc_name, (n, acc_name)) AS acc_name, max(n) AS n_top, sum(n) AS n, max(villages) AS villages FROM ref_posting GROUP BY tid HAVING sum(n) >= 8 AND max(villages) >= 3
), suspect AS (
    SELECT p.v, p.id, p.d, p.cents, p.summary, p.acc, p.acc_name, p.payee, u.acc AS usual_acc, u.acc_name AS usual_name, u.n_top, u.n, u.villages, coalesce(r.n, 0) AS n_here,
           u.acc IN (FROM controlled) AS to_controlled, false AS by_words
    FROM pay p JOIN usual u USING (tid) LEFT JOIN ref_posting r ON r.tid = p.tid AND r.acc = p.acc
    WHERE p.acc IS NOT NULL AND p.acc <> u.acc AND u.n_top >= 0.8 * u.n AND coalesce(r.n, 0) <= 0.06 * u.n
    UNION ALL
    SELECT p.v, p.id, p.d, p.cents, p.summary, p.acc, p.acc_name, p.payee, NULL, NULL, 0, 0, 0, 0, true, true
    FROM pay p LEFT JOIN usual u USING (tid)
    WHERE p.acc IS NOT NULL AND p.acc NOT IN (FROM controlled) AND p.cents >= 20000 AND (says_gift_words(p.summary) OR regexp_matches(p.summary, '招待|接待|宴|酒水|聚餐')) AND NOT regexp_matches(p.summary, '果树|茶园|茶苗|接待中心|接待室|烟花')
      AND NOT coalesce(u.acc <> p.acc AND u.n_top >= 0.8 * u.n, false)
), grouped AS (
    SELECT v, acc, min(acc_name) AS account, coalesce(usual_acc, 0) AS usual_acc, min(usual_name) AS usual_name, bool_or(by_words) AS by_words, bool_or(to_controlled) AS to_controlled, CAST(count(*) AS INTEGER) AS n, CAST(sum(cents) AS BIGINT) AS cents,
           list('e:' || id ORDER BY d, id)[:30] AS objs, arg_min(summary, (d, id)) AS words, list(DISTINCT summary ORDER BY summary) AS text, max(n_top) AS n_top, max(suspect.n) AS n_ref, max(villages) AS villages, max(n_here) AS n_here
    FROM suspect GROUP BY v, acc, coalesce(usual_acc, 0)
), habit AS (
    SELECT v, CAST(count(*) AS INTEGER) AS slips FROM suspect WHERE NOT to_controlled GROUP BY v
), usual_here AS (
    -- where the village itself books such things: a chart without the controlled account cannot be misused
    SELECT v, bool_or(acc IN (FROM controlled)) AS has_controlled FROM pay WHERE acc IS NOT NULL GROUP BY v
)
SELECT g.v, objs, CASE WHEN to_controlled AND NOT by_words THEN 1.0 WHEN by_words THEN 0.2 ELSE -2.2 END + CASE WHEN n >= 3 AND to_controlled THEN 0.7 WHEN n = 2 AND to_controlled THEN 0.4 ELSE 0 END
         + CASE WHEN n_here <= 1 AND NOT by_words THEN 0.2 ELSE 0 END + CASE WHEN cents >= 500000 THEN 0.4 WHEN cents < 50000 THEN -0.8 ELSE 0 END
         + CASE WHEN NOT to_controlled AND n_top >= 0.97 * n_ref AND n_ref >= 60 THEN 0.5 ELSE 0 END - CASE WHEN NOT to_controlled AND h.slips > 4 THEN 0.8 ELSE 0 END - CASE WHEN by_words AND NOT u.has_controlled THEN 1.5 ELSE 0 END - CASE WHEN n > 12 THEN 1.2 ELSE 0 END AS lo,
       cents AS amount, text, n, left(words, 24) AS words, account, yuan(cents) AS amount_yuan, CASE WHEN by_words THEN '摘要为招待、烟酒或礼品类' ELSE '同类摘要通常记“' || coalesce(usual_name, '') || '”' END AS usual,
       CASE WHEN by_words THEN '摘要用词与该科目不符' ELSE '参照村' || n_ref || '笔同类摘要中' || n_top || '笔记该科目，记本科目的' || n_here || '笔' END AS share, CASE WHEN by_words THEN 1.5 ELSE round(log10(n_ref / (n_here + 0.5)), 1) END AS rarity
FROM grouped g LEFT JOIN habit h USING (v) JOIN usual_here u USING (v)
