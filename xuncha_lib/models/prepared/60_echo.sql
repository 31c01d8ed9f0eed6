-- The same flow of money on another paper: its line on the bank statement, its row in the other of the two books.
-- One pair at most on either side, the nearest in days; equal sum and direction within a village.
CREATE OR REPLACE TABLE echo AS
WITH flow AS (
    SELECT row_id, rows, village_code, entry_on, side, amount_yuan, method, source, voucher_seq FROM money WHERE entry_on IS NOT NULL
), statement AS (
    SELECT row_id, village_code, txn_on, CASE WHEN coalesce(out_yuan, 0) <> 0 THEN 'out' ELSE 'in' END AS side,
           coalesce(nullif(out_yuan, 0), in_yuan) AS amount_yuan
    FROM bank_flow WHERE txn_on IS NOT NULL
), on_statement AS (
    SELECT f.row_id, f.rows, s.row_id AS other, abs(date_diff('day', f.entry_on, s.txn_on)) AS gap
    FROM flow f JOIN statement s ON s.village_code = f.village_code AND s.side = f.side AND s.amount_yuan = f.amount_yuan
    WHERE coalesce(f.method, 'bank') = 'bank' AND s.txn_on BETWEEN f.entry_on - 7 AND f.entry_on + 10
    QUALIFY row_number() OVER (PARTITION BY f.row_id ORDER BY gap, s.row_id) = 1
        AND row_number() OVER (PARTITION BY s.row_id ORDER BY gap, f.row_id) = 1
), other_book AS (
    SELECT b.row_id, b.rows, b.village_code, b.entry_on, b.side, b.amount_yuan, voucher_place(b.voucher_no) AS voucher_seq, b.source
    FROM (FROM book_flow UNION ALL BY NAME FROM voucher_flow) b ANTI JOIN money m ON m.row_id = b.row_id
    WHERE NOT b.is_transfer
), in_book AS (
    SELECT f.row_id, f.rows, b.rows AS others, abs(date_diff('day', f.entry_on, b.entry_on)) AS gap
    FROM flow f JOIN other_book b ON b.village_code = f.village_code AND b.side = f.side AND b.amount_yuan = f.amount_yuan AND b.source <> f.source
    WHERE b.entry_on BETWEEN f.entry_on - 5 AND f.entry_on + 5 AND coalesce(b.voucher_seq = f.voucher_seq, true)
    QUALIFY row_number() OVER (PARTITION BY f.row_id ORDER BY gap, b.row_id) = 1
        AND row_number() OVER (PARTITION BY b.row_id ORDER BY gap, f.row_id) = 1
)
SELECT unnest(rows) AS row_id, [other] AS others FROM on_statement
UNION ALL
SELECT unnest(rows) AS row_id, others FROM in_book;
