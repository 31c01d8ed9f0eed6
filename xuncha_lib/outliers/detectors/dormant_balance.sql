/*---
name: 暂付借支款长期没有收回或报账
needs: {entries: [entry_id, village_id, date, side, amount, account_name, payee]}
uses: {entries: [summary]}
keeps: [level]
reason: "{first_on}起以“{account}”付{payee}{n}笔共{amount_yuan}元，至账末{days}天没有收回或冲账，需核实去向"
figure: "参照村同类款项中{settled}%在一年内收回或冲账"
group: 参照村应收、暂付、借支类付款
checked: 同一人的还款、报账冲销、部分收回
clears: [借据和审批单, 还款或报账凭证, 诉讼或挂账决议]
source: 农村集体经济组织财务制度（债权催收）；长期挂账测试
---*/
WITH lent AS (
    SELECT p.v, p.pid, min(p.payee) AS payee, min(p.acc_name) AS account, CAST(count(*) AS INTEGER) AS n, min(p.d) AS first_on, max(p.d) AS last_on, CAST(sum(p.cents) AS BIGINT) AS cents, list('e:' || p.id ORDER BY p.d, p.id)[:20] AS objs, list(p.summary ORDER BY p.d, p.id) AS text
    FROM pay p WHERE regexp_matches(coalesce(p.acc_name, ''), '应收|暂付|借款|往来|备用金|借支') AND p.pid IS NOT NULL GROUP BY p.v, p.pid
), back AS (
    SELECT l.v, l.pid, sum(r.cents) AS cents FROM lent l JOIN rec r ON r.v = l.v AND r.payee = l.payee AND r.d >= l.first_on GROUP BY ALL
), judged AS (
    SELECT l.*, coalesce(b.cents, 0) AS returned, CAST(k.last_on - l.last_on AS INTEGER) AS days FROM lent l JOIN book k USING (v) LEFT JOIN back b USING (v, pid)
), level AS (
    SELECT count(*) AS n, round(100.0 * count(*) FILTER (returned >= 0.9 * cents) / greatest(count(*), 1)) AS settled FROM judged SEMI JOIN panel USING (v) WHERE days >= 365
)
SELECT v, objs, -1.6 + CASE WHEN days >= 540 THEN 0.4 ELSE 0 END + CASE WHEN cents >= 1000000 THEN 0.5 WHEN cents < 200000 THEN -0.8 ELSE 0 END + CASE WHEN settled >= 70 THEN 0.8 WHEN settled < 30 THEN -0.8 ELSE 0 END AS lo,
       cents AS amount, text, payee, account, j.n, CAST(first_on AS VARCHAR) AS first_on, yuan(cents) AS amount_yuan, days, CAST(settled AS INTEGER) AS settled, round(-log10(greatest(1.01 - settled / 100.0, 0.01)), 1) AS rarity, level.n AS n_ref
FROM judged j CROSS JOIN level WHERE days >= 365 AND returned < 0.1 * cents
