-- signing: rows on which two duties that check each other both carry a name, and whether it is one name.
-- duties: 制单/审核 of the journal, 经办/审批 and 审批/收款 of journal and receipts list. Names are compared within one row, so no
-- person is joined across tables; a payee who is an organisation is nobody.
CREATE OR REPLACE TABLE signing AS
WITH said AS (
    SELECT row_id, village_code, entry_on, '制单与审核' AS duties, maker AS a, checker AS b, coalesce(debit_yuan, credit_yuan) AS amount_yuan, summary FROM voucher
    UNION ALL
    SELECT row_id, village_code, entry_on, '经办与审批', handler, approver, coalesce(payment_yuan, receipt_yuan), summary FROM cashbook
    UNION ALL
    SELECT row_id, village_code, entry_on, '审批与收款', approver, payee, payment_yuan, summary FROM cashbook WHERE payee_org IS NULL AND payment_yuan > 0
    UNION ALL
    SELECT row_id, village_code, entry_on, '经办与审批', handler, approver, debit_yuan, summary FROM voucher WHERE debit_yuan > 0
    UNION ALL
    SELECT row_id, village_code, entry_on, '审批与收款', approver, payee, debit_yuan, summary FROM voucher WHERE payee_org IS NULL AND debit_yuan > 0
)
SELECT s.row_id, s.village_code, s.entry_on, s.duties, s.amount_yuan, s.summary, s.a AS person, m.name, m.name = n.name AS is_same
FROM said s JOIN mention m ON m.mention_id = s.a JOIN mention n ON n.mention_id = s.b
WHERE s.village_code IS NOT NULL AND s.entry_on IS NOT NULL AND length(m.name) >= 2 AND length(n.name) >= 2;
