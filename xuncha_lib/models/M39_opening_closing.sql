/*---
id: M39
name: 期初期末不衔接、试算不平
category: C5
severity: medium
identity: null
prior: 0.5
needs: {trial_balance: [row_id, village_code, period_on, account_code, opening_yuan, closing_yuan]}
uses: {trial_balance: [account_name, side, debit_yuan, credit_yuan]}
knobs: {least_yuan: 1, most_accounts: 5}
basis: [会计法 §9]
reason: "{what}，差{amount_yuan}元，需核实调整依据"
innocent: [新旧会计制度换码, 不同年度之间年末结转, 尾差, 两期之间缺月份]
check: [余额调节表, 调整凭证, 原始账页]
aspects: [A05, A12]
forms: [F22, F63]
not_for: 不衔接可能是换账套或漏交月份
---*/
WITH line AS (
    SELECT row_id, village_code, CAST(date_trunc('month', period_on) AS DATE) AS month, account_code, coalesce(account_name, account_code) AS name,
           CAST(opening_yuan AS DOUBLE) AS opening, CAST(closing_yuan AS DOUBLE) AS closing FROM trial_balance
    WHERE period_on IS NOT NULL AND account_code IS NOT NULL
    QUALIFY count(*) OVER (PARTITION BY village_code, month, account_code) = 1
), broken AS (
    -- only months that follow each other, within one chart of accounts and one year
    SELECT a.village_code, b.month, a.account_code, b.name, a.row_id AS row_a, b.row_id AS row_b, abs(b.opening) - abs(a.closing) AS gap
    FROM line a JOIN line b ON b.village_code = a.village_code AND b.account_code = a.account_code AND b.month = CAST(a.month + INTERVAL 1 MONTH AS DATE)
    WHERE year(a.month) = year(b.month) AND abs(abs(b.opening) - abs(a.closing)) > $least_yuan
), crowd AS (
    SELECT village_code, month, count(*) AS n FROM broken GROUP BY ALL
)
SELECT b.village_code, 'month' AS subject_kind, concat_ws('|', strftime(b.month, '%Y-%m'), b.account_code) AS subject_key, b.name AS subject, NULL::INT AS level, [b.row_a, b.row_b] AS evidence,
       b.name || strftime(b.month, '%Y年%m月') || '期初与上月期末不一致' AS what, CAST(round(abs(b.gap), 2) AS DOUBLE) AS amount_yuan, b.month AS first_on,
       CASE WHEN left(b.account_code, 3) IN ('101', '102') THEN 0.5 ELSE 0.35 END AS p, NULL AS explained
FROM broken b JOIN crowd c ON c.village_code = b.village_code AND c.month = b.month
WHERE c.n <= $most_accounts
ORDER BY 1, 3
