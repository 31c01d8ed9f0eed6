/*---
name: 无票据的大额整数付款
needs: {entries: [entry_id, village_id, date, side, amount, summary]}
uses: {entries: [account_name, invoice_no, payee], roster: [name]}
reason: "付{payee}{n}笔整千元款（合计{amount_yuan}元），没有发票号码，事由“{words}”少见，需核实用途和票据"
figure: "同科目中无票整千付款约占{share}；该事由在参照村的{seen}笔支出中出现"
group: 参照村同科目支出
checked: 数量单价、分期、上级标准、同类事由是否通常为整数
clears: [原始票据, 领款名单和标准文件, 会议决议]
source: 整数金额测试；JE 测试（ISA 240）
---*/
WITH big AS (
    SELECT p.v, p.pid, p.payee, p.id, p.d, p.cents, p.tid, p.acc, p.summary, p.meth, (p.v, p.payee) IN (SELECT (v, name) FROM ros) AS on_roster
    FROM pay p JOIN book b USING (v) ANTI JOIN listed l ON l.v = p.v AND l.b = p.b AND l.tid = p.tid
    WHERE p.inv IS NULL AND p.cents >= 200000 AND p.cents % 100000 = 0 AND NOT p.is_counted AND b.inv_share > 0.05
), usual AS (
    SELECT b.*, coalesce(t.n, 0) AS seen, coalesce(t.villages, 0) AS villages, (coalesce(t.n_round, 0) + 0.5) / (coalesce(t.n, 0) + 5.0) AS round_share,
           (coalesce(a.n_bare_round, 0) + 0.5) / (coalesce(a.n, 0) + 50.0) AS acc_share, (coalesce(t.n_bare, 0) + 0.5) / (coalesce(t.n, 0) + 1.0) AS bare_share
    FROM big b LEFT JOIN ref_template t USING (tid) LEFT JOIN ref_account a ON a.acc = coalesce(b.acc, 0)
), grouped AS (
    SELECT v, coalesce(pid, tid) AS key, min(payee) AS payee, CAST(count(*) AS INTEGER) AS n, CAST(sum(cents) AS BIGINT) AS cents, list(id ORDER BY d, id) AS ids, arg_min(summary, (d, id)) AS words,
           list(summary ORDER BY d, id) AS text, max(on_roster) AS on_roster, min(villages) AS villages, CAST(arg_min(seen, (villages, seen)) AS INTEGER) AS seen, median(acc_share) AS acc_share,
           median(bare_share) AS bare_share, median(round_share) AS round_share, max(cents) AS most, count(DISTINCT cents) AS sums, count(*) FILTER (meth = 2) AS cash, bool_or(regexp_matches(summary, '协调|办事|跑项目|活动费|打点|疏通|关系|辛苦|公关|往来|其他|杂项|杂费|费用$')) AS is_vague
    FROM usual GROUP BY v, key
), rated AS (
    SELECT g.*, z.villages AS all_villages, -log10(greatest(acc_share, 1e-4)) AS acc_rarity, -log10((g.villages + 0.5) / (z.villages + 1.0)) AS words_rarity FROM grouped g CROSS JOIN ref_size z
), scored AS (
    SELECT *, -2.5 + 0.5 * least(acc_rarity, 3) + 0.8 * least(words_rarity, 2.5) + CASE WHEN on_roster THEN 1.4 ELSE 0 END + CASE WHEN is_firm(coalesce(payee, '')) THEN -0.4 ELSE 0.2 END + CASE WHEN is_vague THEN 0.9 ELSE 0 END + CASE WHEN cash > 0 THEN 0.4 ELSE 0 END
        + CASE WHEN n >= 2 AND sums >= 2 THEN 0.6 ELSE 0 END + CASE WHEN most >= 1000000 THEN 0.3 ELSE 0 END
        + CASE WHEN villages >= 5 AND bare_share > 0.6 THEN -1.2 WHEN villages >= 5 AND bare_share < 0.3 THEN 0.5 ELSE 0 END AS lo
    FROM rated
), repaid AS (
    SELECT DISTINCT g.v, g.key FROM grouped g JOIN rec r ON r.v = g.v AND r.payee = g.payee AND r.cents BETWEEN 0.1 * g.cents AND g.cents
)
SELECT v, ['e:' || i FOR i IN ids] AS objs, lo, cents AS amount, text, (v, key) IN (SELECT (v, key) FROM repaid) AS is_returned, coalesce(payee, '（未写收款人）') AS payee, n, yuan(cents) AS amount_yuan, left(words, 24) AS words, seen,
       round(100 * acc_share, 1) || '%' AS share, round(acc_rarity + words_rarity, 1) AS rarity
FROM scored WHERE lo > -2.5
