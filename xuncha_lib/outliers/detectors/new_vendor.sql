/*---
name: 新出现的收款单位只做少数几笔大额交易
needs: {entries: [entry_id, village_id, date, side, amount, payee]}
uses: {payees: [registered], entries: [invoice_no, biz_date]}
reason: "{payee}{first_on}首次收款，共{n}笔{amount_yuan}元，单笔最高{most}元，{why}，需核实选定过程和实际供货"
figure: "最大一笔处于参照村付款的前{top}%；参照账套{villages}个村与其交易"
group: 参照村全部支出金额
checked: 招投标和专项资金、其他村是否也与其交易、成立日期
clears: [比价或招标记录, 验收单和现场实物, 工商登记]
source: 新供应商测试；一次性供应商
---*/
WITH bar AS (
    SELECT max(cents) FILTER (place <= 0.85) AS high, max(cents) FILTER (place <= 0.95) AS very_high, max(cents) FILTER (place <= 0.98) AS top FROM ref_rank WHERE pool = 'all'
), fresh AS (
    SELECT p.*, b.first_on AS book_on, b.spent, r.high, r.very_high, r.top, f.registered, p.first_on - f.registered AS age, coalesce(u.villages, 1) AS villages, w.village_id, f.pid IS NOT NULL AS is_registered
    FROM vp p JOIN book b USING (v) CROSS JOIN bar r JOIN vil w USING (v) LEFT JOIN firm f USING (pid) LEFT JOIN used_by u USING (pid)
    WHERE p.n <= 4 AND p.most >= r.high AND is_firm(p.payee) AND (p.first_on - b.first_on >= 45 OR p.first_on - f.registered BETWEEN 0 AND 120)
), rows AS (
    SELECT f.v, f.pid, list('e:' || p.id ORDER BY p.d, p.id) AS ids, list(p.summary ORDER BY p.d, p.id) AS text FROM fresh f JOIN pay p USING (v, pid) GROUP BY ALL
), crowd AS (SELECT v, count(*) FILTER (villages = 1 AND registered IS NULL) AS unknown, count(*) AS n FROM fresh GROUP BY v)
SELECT f.v, list_prepend('p:' || village_id || ':' || shown, ids) AS objs,
       CASE WHEN age BETWEEN 0 AND 45 THEN 1.4 WHEN age BETWEEN 46 AND 90 THEN 1.0 WHEN age BETWEEN 91 AND 180 THEN -0.6 WHEN age < 0 THEN 0.8 WHEN age IS NULL THEN -2.0 ELSE -3.2 END
         + CASE WHEN villages = 1 THEN 0.3 WHEN villages = 2 THEN -1.0 ELSE -2.2 END + CASE WHEN most >= top THEN 0.6 WHEN most >= very_high THEN 0.3 ELSE -0.3 END + CASE WHEN n_counted = f.n THEN -0.6 ELSE 0 END + CASE WHEN n_inv = 0 THEN 0.2 ELSE 0 END
         - CASE WHEN age IS NULL AND c.unknown > 3 THEN 1.0 ELSE 0 END AS lo,
       cents AS amount, text, f.n_counted = f.n AS is_priced, is_public(payee) AS is_public, payee, CAST(f.first_on AS VARCHAR) AS first_on, f.n, yuan(cents) AS amount_yuan, yuan(most) AS most, CASE WHEN most >= top THEN 2 WHEN most >= very_high THEN 5 ELSE 15 END AS top, villages,
       CASE WHEN age < 0 THEN '付款早于登记成立日' || CAST(registered AS VARCHAR) WHEN age IS NOT NULL THEN '登记成立' || CAST(age AS INTEGER) || '天后首次收款' ELSE '没有登记信息' END || CASE WHEN villages = 1 THEN '，其他村没有与其交易' ELSE '' END AS why,
       CASE WHEN most >= top THEN 1.7 WHEN most >= very_high THEN 1.3 ELSE 0.8 END AS rarity
FROM fresh f JOIN rows USING (v, pid) JOIN crowd c ON c.v = f.v
