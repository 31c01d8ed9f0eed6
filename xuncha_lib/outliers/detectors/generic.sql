/*---
name: 与同类分录很不一样（通用）
needs: {entries: [entry_id, village_id, date, side, amount, summary]}
uses: {entries: [account_name, method]}
reason: "{day}“{words}”{amount_yuan}元与同类分录不同：{why}，需核实"
figure: "{columns}列的尾部概率合计为10的负{surprise}次方"
group: 参照村摘要相同的{n_ref}笔分录
checked: 数量单价、名册发放、分期和结算
clears: [原始票据, 合同或审批单]
source: 逐列经验尾部概率相加（ECOD，Li 等 2022）；只作最后的补充来源
---*/
WITH usual AS (
    SELECT tid, n, mid, greatest(spread, 0.1) AS spread, n_cash, n_bare FROM ref_template WHERE n >= 30 AND villages >= 5
), odd AS (
    SELECT p.v, p.id, p.d, p.cents, p.summary, u.n, exp(u.mid) AS usual_cents, least(6, greatest(0, (ln(p.cents) - u.mid) / (1.4826 * u.spread)) ** 2 / 4.6) AS by_amount,
           CASE WHEN p.acc IS NULL THEN 0 WHEN r.n IS NULL THEN log10(u.n + 1.0) ELSE -log10(r.n / (u.n + 1.0)) END AS by_account, CASE WHEN p.meth = 2 THEN -log10((u.n_cash + 0.5) / (u.n + 1.0)) ELSE 0 END AS by_cash,
           CASE WHEN p.inv IS NULL THEN -log10((u.n_bare + 0.5) / (u.n + 1.0)) ELSE 0 END AS by_bare, row_number() OVER (PARTITION BY p.v ORDER BY by_amount + by_account + by_cash + by_bare DESC, p.id) AS place
    FROM pay p JOIN usual u USING (tid) LEFT JOIN ref_posting r ON r.tid = p.tid AND r.acc = p.acc ANTI JOIN listed l ON l.v = p.v AND l.b = p.b AND l.tid = p.tid
    WHERE NOT p.is_counted AND p.cents >= 100000 AND ln(p.cents) > u.mid + 4 * u.spread QUALIFY place <= 2
)
SELECT v, ['e:' || id] AS objs, least(-1.0, -2.6 + 0.15 * (by_amount + by_account + by_cash + by_bare)) AS lo, cents AS amount, [summary] AS text, CAST(d AS VARCHAR) AS day, left(summary, 24) AS words, yuan(cents) AS amount_yuan,
       concat_ws('、', '金额为同类中位数的' || round(cents / usual_cents, 1) || '倍', CASE WHEN by_account >= 1.3 THEN '科目少见' END, CASE WHEN by_cash >= 1.3 THEN '同类很少用现金' END, CASE WHEN by_bare >= 1.3 THEN '同类通常有发票' END) AS why,
       (by_amount > 0)::INTEGER + (by_account >= 1.3)::INTEGER + (by_cash >= 1.3)::INTEGER + (by_bare >= 1.3)::INTEGER AS columns, round(by_amount + by_account + by_cash + by_bare, 1) AS surprise, n AS n_ref, round(by_amount + by_account + by_cash + by_bare, 1) AS rarity
FROM odd WHERE by_amount + by_account + by_cash + by_bare >= 6
