/*---
name: 向单位支付大额现金
needs: {entries: [entry_id, village_id, date, side, amount, method, payee]}
uses: {entries: [summary, invoice_no]}
reason: "以现金付{payee}{n}笔共{amount_yuan}元，单笔最高{most}元，而本村付单位的款项{share}%走银行，需核实是否实付"
figure: "本村对单位付款中现金占{cash}%"
group: 本村对单位的全部付款
checked: 个人劳务和零星采购、本村是否普遍用现金
clears: [收款收据和开户情况, 现金支取记录]
source: 现金管理暂行条例 §5
---*/
WITH firms AS (
    SELECT p.v, p.pid, p.payee, p.id, p.d, p.cents, p.summary, p.meth FROM pay p JOIN vp USING (v, pid) WHERE p.meth > 0 AND vp.most >= 500000 AND is_firm(vp.payee)
), habit AS (
    SELECT v, sum(cents) FILTER (meth = 2) / greatest(sum(cents), 1) AS cash FROM firms GROUP BY v
), grouped AS (
    SELECT v, pid, min(payee) AS payee, CAST(count(*) AS INTEGER) AS n, CAST(sum(cents) AS BIGINT) AS cents, max(cents) AS most, list('e:' || id ORDER BY d, id)[:20] AS objs, list(summary ORDER BY d, id) AS text
    FROM firms WHERE meth = 2 AND cents >= 500000 GROUP BY v, pid
)
SELECT v, objs, -1.0 + CASE WHEN most >= 2000000 THEN 0.7 ELSE 0 END + CASE WHEN n >= 3 THEN 0.4 ELSE 0 END + CASE WHEN h.cash < 0.03 THEN 0.6 WHEN h.cash > 0.2 THEN -1.0 ELSE 0 END AS lo,
       cents AS amount, text, payee, n, yuan(cents) AS amount_yuan, yuan(most) AS most, round(100 * (1 - h.cash)) AS share, round(100 * h.cash, 1) AS cash, round(-log10(greatest(h.cash, 0.001)), 1) AS rarity
FROM grouped JOIN habit h USING (v)
