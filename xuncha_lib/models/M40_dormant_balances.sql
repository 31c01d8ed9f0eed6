/*---
id: M40
name: 往来科目长期不动或余额反向
category: C5
severity: low
identity: null
prior: 0.3
needs: {trial_balance: [row_id, village_code, period_on, account_name, closing_yuan]}
uses: {trial_balance: [account_code, side, debit_yuan, credit_yuan]}
knobs: {months: 12, strong_months: 36, least_yuan: 1000}
basis: [农村集体经济组织财务制度 财农〔2021〕121号 §29]
reason: "{name}{fact}，余额{amount_yuan}元，需核实对方和催收情况"
innocent: [期间有发生额, 小额尾数, 明细科目没有交来, 期间不足一年, 政策锁定的历史旧债]
check: [账龄表, 对账函, 诉讼或锁定债务的文件]
aspects: [A05, A12]
forms: [F24, F53]
not_for: 余额不动不等于无法收回
---*/
WITH line AS (
    SELECT row_id, village_code, CAST(date_trunc('month', period_on) AS DATE) AS month, account_name AS name, account_code AS code,
           CAST(closing_yuan AS DOUBLE) AS closing, coalesce(debit_yuan, 0) = 0 AND coalesce(credit_yuan, 0) = 0 AS is_still, coalesce(side, '') AS side,
           class_of_name(account_name) AS class
    FROM trial_balance WHERE period_on IS NOT NULL AND closing_yuan IS NOT NULL AND account_name IS NOT NULL
    QUALIFY count(*) OVER (PARTITION BY village_code, month, account_name, account_code) = 1
), still AS (
    SELECT village_code, name, code, arg_max(closing, month) AS closing, list(row_id ORDER BY month) AS rows, min(month) AS first_on, max(month) AS last_on,
           date_diff('month', min(month), max(month)) AS months
    FROM line WHERE class IN ('receivable', 'payable') GROUP BY village_code, name, code
    HAVING count(DISTINCT closing) = 1 AND bool_and(is_still) AND count(*) >= 2
), turned AS (
    -- a receivable on the credit side: more came back than was ever owed
    SELECT village_code, name, code, arg_max(row_id, month) AS row_id, arg_max(closing, month) AS closing, max(month) AS month, arg_max(side, month) AS side
    FROM line WHERE class = 'receivable' AND name NOT LIKE '内部往来%' GROUP BY village_code, name, code
)
SELECT village_code, 'payee' AS subject_kind, 'b' || name AS subject_key, name AS subject, NULL::INT AS level, [rows[1], rows[len(rows)]] AS evidence, name,
       '连续' || months || '个月没有发生额' AS fact, abs(closing) AS amount_yuan, first_on, last_on, CASE WHEN months >= $strong_months THEN 0.35 ELSE 0.25 END AS p,
       CASE WHEN regexp_matches(name, '锁定|化解|义务教育|税费') THEN '科目名注明政策锁定的历史旧债' END AS explained
FROM still WHERE months >= $months AND abs(closing) >= $least_yuan
UNION ALL
SELECT village_code, 'payee', 'r' || name, name, NULL, [row_id], name, '为应收科目，余额在贷方', abs(closing), month, month, 0.3, NULL
FROM turned WHERE closing <= -CAST($least_yuan AS DOUBLE) OR (side LIKE '%贷%' AND closing >= $least_yuan)
ORDER BY 1, 3
