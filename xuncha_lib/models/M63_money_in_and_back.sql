/*---
id: M63
name: 集体收入入账后又等额转出
category: C8
severity: high
identity: null
prior: 0.75
needs: {money: [row_id, rows, village_code, entry_on, side, amount_yuan, summary, payee_key]}
uses: {money: [payee_org, note], cancelled: [row_id]}
knobs: {days: 12, least_yuan: 5000, difference: 0.03}
basis: [会计法 §9]
reason: "{first_on}收{subject}{amount_yuan}元（“{about_in}”），{gap}天后又付给同一方{amount_out}元（“{about_out}”），收入的真实性需核实"
innocent: [押金或保证金收退, 代收代缴款项, 误汇退回, 双方另有真实的服务或购销往来]
check: [收入对应的合同和服务成果, 付款对应的合同和验收, 银行流水两头的对方账户]
aspects: [A10, A04]
forms: [F46]
not_for: 不能只凭金额相等判断收入虚增；先看两笔业务各自的合同
---*/
WITH flow AS (
    SELECT m.row_id, m.rows, m.village_code, m.entry_on, m.side, CAST(m.amount_yuan AS DOUBLE) AS yuan, m.summary, m.payee_key, m.payee_org,
           says_deposit_refund(m.summary) OR says_reversal(m.summary) OR says_deposit_refund(m.note) OR says_reversal(m.note)
             OR says_pass_through(m.summary) OR says_pass_through(m.note) AS is_pass,
           c.row_id IS NOT NULL AS is_cancelled
    FROM money m LEFT JOIN cancelled c USING (row_id)
    WHERE m.payee_key IS NOT NULL AND m.amount_yuan >= $least_yuan
), paired AS (
    SELECT i.village_code, i.payee_key, i.payee_org, i.entry_on AS first_on, o.entry_on AS last_on, i.yuan AS yuan, o.yuan AS out_yuan,
           i.summary AS about_in, o.summary AS about_out, list_concat(i.rows, o.rows) AS evidence, i.row_id AS in_row, o.row_id AS out_row,
           i.is_pass OR o.is_pass AS is_pass, i.is_cancelled OR o.is_cancelled AS is_cancelled
    FROM flow i JOIN flow o ON o.village_code = i.village_code AND o.payee_key = i.payee_key
    WHERE i.side = 'in' AND o.side = 'out' AND date_diff('day', i.entry_on, o.entry_on) BETWEEN 0 AND $days
      AND abs(o.yuan - i.yuan) <= $difference * i.yuan
    QUALIFY row_number() OVER (PARTITION BY i.row_id ORDER BY date_diff('day', i.entry_on, o.entry_on), abs(o.yuan - i.yuan), o.row_id) = 1
        AND row_number() OVER (PARTITION BY o.row_id ORDER BY date_diff('day', i.entry_on, o.entry_on), abs(o.yuan - i.yuan), i.row_id) = 1
), counted AS (
    SELECT *, count(*) OVER (PARTITION BY village_code) AS pairs FROM paired
)
SELECT village_code, 'payee' AS subject_kind, concat_ws('|', 'round', payee_key, in_row) AS subject_key, payee_key AS subject, NULL::INT AS level,
       evidence, yuan AS amount_yuan, out_yuan AS amount_out, first_on, last_on, about_in, about_out, date_diff('day', first_on, last_on) AS gap,
       CASE WHEN pairs > 6 THEN 0.3 WHEN payee_org IS NULL THEN 0.5 WHEN yuan = out_yuan THEN 0.85 ELSE 0.7 END AS p,
       CASE WHEN is_pass THEN '摘要说明为押金、代收代缴或退款' WHEN is_cancelled THEN '该款已退回或冲回' END AS explained
FROM counted
ORDER BY 1, 3
