-- cancelled: flows that a later entry takes back: a red (negative) entry on the same side, money that came back with
-- words of reversal, or income booked on an expense account. One entry cancels one flow: the latest before it.
CREATE OR REPLACE TABLE cancelled AS
WITH undo AS (
    SELECT row_id, rows, village_code, entry_on, abs(amount_yuan) AS amount_yuan, payee_key, summary,
           CASE WHEN amount_yuan < 0 THEN side WHEN side = 'in' THEN 'out' ELSE 'in' END AS of_side
    FROM money
    WHERE amount_yuan < 0
       OR (side = 'in' AND (says_reversal(summary) OR says_reversal(note) OR account_class LIKE 'expense%' OR account_class = 'works'))
       OR (side = 'out' AND (regexp_matches(coalesce(summary, ''), '退还|退回|返还') OR account_class IN ('income', 'grant')))
), matched AS (
    SELECT u.row_id AS by_row, u.rows AS by_rows,
           arg_max(o.row_id, (o.payee_key IS NOT DISTINCT FROM u.payee_key, o.entry_on, o.row_id)) AS row_id
    FROM undo u JOIN money o ON o.village_code = u.village_code AND o.amount_yuan = u.amount_yuan AND o.side = u.of_side
    WHERE o.entry_on BETWEEN u.entry_on - 200 AND u.entry_on AND o.row_id <> u.row_id
      AND (o.payee_key = u.payee_key OR o.payee_key IS NULL OR u.payee_key IS NULL OR says_reversal(u.summary))
    GROUP BY u.row_id, u.rows
)
SELECT row_id, min(by_row) AS by_row, flatten(list(by_rows)) AS by_rows FROM matched GROUP BY row_id;
