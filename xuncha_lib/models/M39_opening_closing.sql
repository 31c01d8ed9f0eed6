/*---
id: M39
name: 期初期末断裂、试算不平
category: C5
severity: high
identity: null
prior: 0.6
needs: {trial_balance: [row_id, village_code, period_on, closing_yuan]}
uses:
  damaged: [row_id]
  trial_balance: [account_code, account_name, side, opening_yuan, debit_yuan, credit_yuan]
  voucher_line: [entry_on, class, dr, cr]
  bank_flow: [txn_on, balance_yuan, account_no]
knobs: {cent: 1, least_accounts: 6}
basis: [会计法 §9, 农村集体经济组织会计制度 财会〔2023〕14号]
reason: "{period}科目余额表{fact}，账面数据不一致，需核实"
innocent: [尾差, 2024年新旧科目衔接, 审计或年终调整经收益分配入账, 余额表期初栏填的是年初数, 银行未达账项, 两个期间不相邻, 同一期间交了两份余额表]
check: [新旧科目衔接对照表, 调整凭证与依据, 银行余额调节表, 装订成册的总账]
aspects: [A05, A12]
forms: [F22, F63]
not_for: 余额不衔接只说明账表有差异，不说明资金去向
---*/
WITH rows_of AS (
    SELECT t.row_id, t.village_code, CAST(date_trunc('month', t.period_on) AS DATE) AS m,
           coalesce(regexp_replace(regexp_replace(split_part(t.account_name, '/', 1), '\s', '', 'g'), '^库存现金$', '现金'), t.account_code) AS account,
           t.account_name IS NOT NULL AS is_named, coalesce(class_of_name(t.account_name), class_of_code(t.account_code, year(t.period_on) >= 2024)) AS class,
           CAST(t.opening_yuan AS DOUBLE) AS opening, CAST(t.closing_yuan AS DOUBLE) AS closing, CAST(t.debit_yuan AS DOUBLE) AS dr, CAST(t.credit_yuan AS DOUBLE) AS cr,
           t.side, t.account_code AS code, length(t.account_code) AS depth, contains(coalesce(t.account_name, ''), '/') AS is_path, d.row_id IS NOT NULL AS is_damaged
    FROM trial_balance t LEFT JOIN (SELECT DISTINCT row_id FROM damaged) d USING (row_id) WHERE t.period_on IS NOT NULL
), tops AS (
    -- Sub-accounts repeat what their parent holds; where no parent is listed, they stand for it.
    SELECT * REPLACE (CASE WHEN is_path AND depth > 3 THEN code ELSE account END AS account) FROM rows_of r WHERE account IS NOT NULL AND (depth IS NOT NULL OR NOT is_path)
      AND NOT EXISTS (FROM rows_of o WHERE o.village_code = r.village_code AND o.m = r.m AND o.depth >= 3 AND o.depth < r.depth AND starts_with(r.code, o.code))
), single AS (
    -- Two balances of one month that differ cannot be compared with a third.
    SELECT village_code, m, account, min(row_id) AS row_id, any_value(is_named) AS is_named, any_value(class) AS class, any_value(opening) AS opening,
           any_value(closing) AS closing, any_value(dr) AS dr, any_value(cr) AS cr, any_value(side) AS side, bool_or(is_damaged) AS is_damaged
    FROM tops GROUP BY ALL HAVING count(DISTINCT (opening, closing)) = 1 OR count(*) = 1
), periods AS (
    SELECT *, datediff('month', m, next_m) AS gap, min(datediff('month', m, next_m)) OVER (PARTITION BY village_code) AS usual_gap
    FROM (SELECT village_code, m, lead(m) OVER (PARTITION BY village_code ORDER BY m) AS next_m FROM (SELECT DISTINCT village_code, m FROM single))
), compared AS (
    SELECT p.village_code, p.m, p.next_m, a.account, a.class, a.row_id AS row_a, b.row_id AS row_b, abs(a.closing) AS closing, abs(b.opening) AS opening,
           abs(abs(a.closing) - abs(b.opening)) > $cent AS is_bad,
           year(p.m) = year(p.next_m) AND abs(a.opening - b.opening) <= $cent AS is_year_opening, abs(a.opening - a.closing) > $cent AS is_moved
    FROM periods p JOIN single a ON a.village_code = p.village_code AND a.m = p.m
    JOIN single b ON b.village_code = p.village_code AND b.m = p.next_m AND b.account = a.account
    -- A quarter or a year is between neighbours only where that is how often balances are made.
    WHERE p.gap IN (1, 3, 12) AND p.gap = p.usual_gap AND a.closing IS NOT NULL AND b.opening IS NOT NULL AND NOT a.is_damaged AND NOT b.is_damaged
      AND (a.is_named OR year(p.m) >= 2024 OR year(p.next_m) < 2024)
), breaks AS (
    SELECT village_code, m, next_m, count(*) AS n, count(*) FILTER (is_bad) AS bad, bool_or(is_bad AND class IN ('cash', 'bank')) AS is_money,
           bool_or(is_bad AND regexp_matches(account, '收益分配|^322')) AS is_adjusted,
           count(*) FILTER (is_moved) > 0 AND count(*) FILTER (is_year_opening) >= 0.8 * count(*) AS is_year_style,
           list(row_a ORDER BY row_a) FILTER (is_bad) || list(row_b ORDER BY row_b) FILTER (is_bad) AS rows,
           max(abs(closing - opening)) FILTER (is_bad) AS yuan,
           string_agg(account || '上期期末' || closing || '、本期期初' || opening, '；' ORDER BY abs(closing - opening) DESC, account) FILTER (is_bad) AS said
    FROM compared GROUP BY ALL
), sums AS (
    SELECT village_code, m, count(*) AS n, list(row_id ORDER BY row_id) AS rows, bool_or(is_damaged) AS is_damaged,
           bool_and(side IS NOT NULL OR coalesce(closing, 0) = 0) AS is_sided, count(DISTINCT side) AS sides,
           sum(CASE WHEN side LIKE '贷%' THEN -closing ELSE closing END) AS net, sum(dr) AS dr, sum(cr) AS cr
    FROM single GROUP BY ALL
), turnover AS (
    SELECT village_code, CAST(date_trunc('month', entry_on) AS DATE) AS m, class, sum(dr) AS dr, sum(cr) AS cr FROM voucher_line
    WHERE class IN ('cash', 'bank') AND entry_on IS NOT NULL GROUP BY ALL
), in_year AS (
    SELECT village_code, year(m) AS y, class, sum(dr) AS dr, sum(cr) AS cr, count(*) AS months, max(m) AS last_m FROM turnover GROUP BY ALL
), set_beside AS (
    SELECT s.village_code, s.m, s.class, s.row_id, s.account, s.dr, s.cr, t.dr AS month_dr, t.cr AS month_cr, y.dr AS year_dr, y.cr AS year_cr
    FROM single s LEFT JOIN turnover t ON t.village_code = s.village_code AND t.m = s.m AND t.class = s.class
    LEFT JOIN in_year y ON y.village_code = s.village_code AND y.y = year(s.m) AND y.class = s.class AND y.last_m <= s.m AND y.months >= 9
    WHERE s.class IN ('cash', 'bank') AND s.dr IS NOT NULL AND s.cr IS NOT NULL AND NOT s.is_damaged
), bank AS (
    SELECT village_code, CAST(date_trunc('month', txn_on) AS DATE) AS m, arg_max(balance_yuan, (txn_on, row_id)) AS balance
    FROM bank_flow WHERE village_code IN (SELECT village_code FROM bank_flow GROUP BY village_code HAVING count(DISTINCT account_no) <= 1)
    GROUP BY ALL
), said AS (
    SELECT village_code, 'carry|' || m AS key, rows, yuan, m AS first_on, next_m AS last_on, strftime(next_m, '%Y年%m月') AS period,
           bad || '个科目期初与上期期末不符（' || left(said, 120) || '）' AS fact,
           CASE WHEN bad * 2 > n AND n > 2 THEN 0.3 WHEN is_money THEN 0.7 ELSE 0.35 END AS p,
           CASE WHEN is_money THEN NULL WHEN year(m) < 2024 AND year(next_m) >= 2024 THEN '跨2024年新旧科目衔接，须看衔接对照表'
                WHEN is_adjusted THEN '差额涉及收益分配，可能为审计或年终调整' END AS explained
    FROM breaks WHERE bad > 0 AND NOT is_year_style
    UNION ALL
    SELECT village_code, 'sum|' || m, rows, abs(net), m, m, strftime(m, '%Y年%m月'), '借贷方期末余额合计相差' || round(abs(net), 2) || '元',
           CASE WHEN is_damaged THEN 0.2 WHEN abs(dr - cr) > $cent THEN 0.45 ELSE 0.35 END, NULL
    FROM sums WHERE n >= $least_accounts AND is_sided AND sides = 2 AND abs(net) > $cent
    UNION ALL
    SELECT village_code, 'journal|' || class || m, [row_id], greatest(abs(dr - coalesce(month_dr, year_dr)), abs(cr - coalesce(month_cr, year_cr))), m, m,
           strftime(m, '%Y年%m月'), account || '发生额与序时账合计不符', 0.35, NULL
    FROM set_beside
    WHERE (month_dr IS NOT NULL OR year_dr IS NOT NULL)
      AND NOT coalesce(abs(dr - month_dr) <= $cent AND abs(cr - month_cr) <= $cent, false)
      AND NOT coalesce(abs(dr - year_dr) <= $cent AND abs(cr - year_cr) <= $cent, false)
    UNION ALL
    SELECT s.village_code, 'bank|' || s.m, [s.row_id], abs(s.closing - CAST(b.balance AS DOUBLE)), s.m, s.m, strftime(s.m, '%Y年%m月'),
           '银行存款与对账单月末余额相差' || round(abs(s.closing - CAST(b.balance AS DOUBLE)), 2) || '元', 0.3, NULL
    FROM single s JOIN bank b ON b.village_code = s.village_code AND b.m = s.m
    WHERE s.class = 'bank' AND b.balance IS NOT NULL AND abs(s.closing - CAST(b.balance AS DOUBLE)) > greatest(1000, 0.05 * abs(s.closing))
)
SELECT village_code, 'month' AS subject_kind, key AS subject_key, period || '科目余额表' AS subject, NULL::INT AS level, list_slice(rows, 1, 24) AS evidence,
       yuan AS amount_yuan, first_on, last_on, period, fact, p, explained
FROM said
ORDER BY 1, 3
