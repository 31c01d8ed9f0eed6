/*---
id: M38
name: 凭证断号、重号
category: C5
severity: medium
identity: null
prior: 0.7
needs: {money: [row_id, village_code]}
uses:
  bank_flow: [txn_on, summary, out_yuan, in_yuan]
  cash_journal: [entry_on, voucher_no]
  cashbook: [payee, payee_name, payee_org, entry_on, voucher_word, voucher_no, summary, receipt_yuan,
             payment_yuan, note]
  footer: [text]
  reject: [value]
  sheet: [sheet_id, sheet, missing, rows]
  source_row: [sheet_id]
  voucher: [payee, payee_name, payee_org, entry_on, voucher_word, voucher_no, summary, debit_yuan, credit_yuan, note]
  voucher_form: [voucher_word, voucher_no, series, place]
  voucher_part: [part]
knobs: {many: 6, wide: 20}
basis: [村集体经济组织会计制度 财会〔2004〕12号]
reason: "{series}凭证号{what}：{numbers}，前后凭证在{first_on}至{last_on}，需核实"
innocent: [按月或按年重新编号, 按凭证字分别编号, 作废凭证留有说明, 导出时经过筛选, 缺号凭证在另一本账中, 收支明细不列提现存现]
check: [查阅装订成册的凭证, 请代理机构提供系统日志, 核对作废凭证原件]
aspects: [A05]
forms: [F22]
not_for: 不能单独说明凭证被抽走
---*/
-- Vouchers as numbered, from each book. A red entry has its own number and counts like any other.
WITH line AS (
    SELECT 'cashbook' AS book, row_id, village_code, entry_on, voucher_word, voucher_no, 0 AS part, summary,
           coalesce(payment_yuan, 0) + coalesce(receipt_yuan, 0) AS yuan, note FROM cashbook
    UNION ALL
    SELECT 'voucher', row_id, village_code, entry_on, voucher_word, voucher_no, coalesce(part, 0), summary,
           coalesce(debit_yuan, 0) + coalesce(credit_yuan, 0), note FROM voucher LEFT JOIN voucher_part USING (row_id)
), void_words AS (
    SELECT summary, note FROM (SELECT summary, note FROM cashbook UNION SELECT summary, note FROM voucher)
    WHERE regexp_matches(concat(summary, note), '作废|空号|跳号|缺号')
), voucher_of AS MATERIALIZED (
    SELECT l.book, l.village_code, l.entry_on, coalesce(f.series, '') AS word, f.place AS seq, l.part,
           min(l.row_id) AS first_row, max(l.row_id) AS last_row, sum(l.yuan) AS yuan, min(l.summary) AS summary,
           count(w.is_void) > 0 AS is_void
    FROM line l LEFT JOIN (SELECT *, true AS is_void FROM void_words) w ON w.summary IS NOT DISTINCT FROM l.summary AND w.note IS NOT DISTINCT FROM l.note
    JOIN voucher_form f ON f.voucher_word IS NOT DISTINCT FROM l.voucher_word AND f.voucher_no IS NOT DISTINCT FROM l.voucher_no
    WHERE f.place BETWEEN 1 AND 99999 AND l.entry_on IS NOT NULL AND l.village_code IS NOT NULL
    GROUP BY ALL
), ledger AS MATERIALIZED (  -- one book of one village and year
    SELECT book, village_code, y, row_number() OVER (ORDER BY book, village_code, y) AS ledger
    FROM (SELECT DISTINCT book, village_code, year(entry_on) AS y FROM voucher_of)
), numbered AS MATERIALIZED (
    SELECT l.ledger, v.* EXCLUDE (book, village_code) FROM voucher_of v JOIN ledger l
    ON l.book = v.book AND l.village_code = v.village_code AND l.y = year(v.entry_on)
),
-- A village numbers by month or by year, per voucher word or over all words: take what leaves fewest gaps and doubles.
by_both AS (
    SELECT ledger, word, month(entry_on) AS m, seq, count(*) AS n FROM numbered GROUP BY ALL
), by_month AS (
    SELECT ledger, m, seq, sum(n) AS n FROM by_both GROUP BY ALL
), by_word AS (
    SELECT ledger, word, seq, sum(n) AS n FROM by_both GROUP BY ALL
), by_neither AS (
    SELECT ledger, seq, sum(n) AS n FROM by_word GROUP BY ALL
), fault AS (
    SELECT ledger, 'month' AS span, true AS by_word, max(seq) - count(*) AS missing, sum(n) - count(*) AS doubled, sum(n) AS n FROM by_both GROUP BY ledger, word, m
    UNION ALL
    SELECT ledger, 'month', false, max(seq) - count(*), sum(n) - count(*), sum(n) FROM by_month GROUP BY ledger, m
    UNION ALL
    SELECT ledger, 'year', true, max(seq) - count(*), sum(n) - count(*), sum(n) FROM by_word GROUP BY ledger, word
    UNION ALL
    SELECT ledger, 'year', false, max(seq) - count(*), sum(n) - count(*), sum(n) FROM by_neither GROUP BY ledger
), total AS (
    SELECT ledger, span, by_word, sum(missing) AS missing, sum(doubled) AS doubled, sum(n) AS n FROM fault GROUP BY ALL
), chosen AS (
    SELECT ledger, arg_min(span, (missing + doubled, span, NOT by_word)) AS span,
           arg_min(by_word, (missing + doubled, span, NOT by_word)) AS by_word, min(missing + doubled) AS faults, any_value(n) AS n
    FROM total GROUP BY ALL
), kept AS MATERIALIZED (
    SELECT n.*, CASE WHEN c.by_word THEN n.word ELSE '' END AS series, CAST(date_trunc(c.span, n.entry_on) AS DATE) AS period
    FROM numbered n JOIN chosen c USING (ledger) WHERE c.n >= 8
), stepped AS MATERIALIZED (
    SELECT ledger, series, period, seq, last_row, entry_on, is_void, lead(seq) OVER w AS next_seq, lead(first_row) OVER w AS next_row,
           lead(entry_on) OVER w AS next_on, lead(is_void) OVER w AS next_void
    FROM kept SEMI JOIN (FROM chosen WHERE faults > 0) USING (ledger) WINDOW w AS (PARTITION BY ledger, series, period ORDER BY seq, entry_on, first_row)
    QUALIFY next_seq = seq OR next_seq > seq + 1
), void_row AS (
    -- A spoilt voucher is often listed without a sum and so stands among the rejected rows.
    SELECT DISTINCT row_id FROM reject WHERE regexp_matches(coalesce(value, ''), '作废|空号|跳号|缺号')
), notes AS (
    SELECT s.village_code, string_agg(f.text, '；' ORDER BY f.row_id) AS text FROM footer f JOIN source_row r USING (row_id) JOIN sheet s USING (sheet_id)
    WHERE regexp_matches(f.text, '作废|空号|跳号|缺号') GROUP BY ALL
), journal AS MATERIALIZED (
    SELECT DISTINCT j.village_code, j.entry_on, f.place FROM cash_journal j
    JOIN voucher_form f ON f.voucher_word IS NULL AND f.voucher_no IS NOT DISTINCT FROM j.voucher_no
    WHERE j.entry_on IS NOT NULL AND f.place IS NOT NULL
), moved AS MATERIALIZED (  -- cash drawn or paid in: a list of receipts and payments does not show such vouchers
    SELECT village_code, txn_on FROM bank_flow
    WHERE txn_on IS NOT NULL AND regexp_matches(coalesce(summary, ''), '取现|提现|提取现金|取款|现支|存现|缴存|存款|备用金|转存|内部转账')
), gap AS (
    SELECT l.book, l.village_code, l.y, s.series, s.period, c.span, s.seq, s.next_seq, s.last_row, s.next_row, s.entry_on, s.next_on,
           c.faults, c.n AS vouchers, s.is_void OR s.next_void OR EXISTS (SELECT 1 FROM void_row r WHERE r.row_id > s.last_row AND r.row_id < s.next_row) OR coalesce(regexp_matches(n.text, '(^|\D)' || (s.seq + 1) || '($|\D)'), false) AS is_noted,
           EXISTS (SELECT 1 FROM kept o JOIN ledger k USING (ledger) WHERE k.village_code = l.village_code AND k.book <> l.book AND o.period = s.period
                   AND o.seq = s.seq + 1 AND o.series = s.series)
           OR EXISTS (SELECT 1 FROM journal j WHERE j.village_code = l.village_code AND j.place = s.seq + 1 AND date_trunc(c.span, j.entry_on) = s.period) AS is_elsewhere,
           l.book = 'cashbook' AND s.next_seq - s.seq - 1 <= (SELECT count(*) FROM moved b WHERE b.village_code = l.village_code AND b.txn_on BETWEEN s.entry_on - 1 AND s.next_on + 3) AS is_moved
    FROM stepped s JOIN ledger l USING (ledger) JOIN chosen c USING (ledger) LEFT JOIN notes n ON n.village_code = l.village_code
    WHERE s.next_seq > s.seq + 1
), doubled AS (
    SELECT l.village_code, l.y, k.series, k.period, k.seq, any_value(c.faults) AS faults, any_value(c.n) AS vouchers,
           list((k.first_row, k.last_row) ORDER BY k.entry_on, k.first_row) AS spans, min(k.entry_on) AS first_on, max(k.entry_on) AS last_on,
           count(DISTINCT (k.yuan, k.summary)) AS said, count(*) AS n
    FROM kept k SEMI JOIN (FROM stepped WHERE next_seq = seq) t ON t.ledger = k.ledger AND t.series = k.series AND t.period = k.period AND t.seq = k.seq
    JOIN ledger l ON l.ledger = k.ledger JOIN chosen c ON c.ledger = k.ledger
    GROUP BY k.ledger, l.village_code, l.y, k.series, k.period, k.seq
), doubled_rows AS (
    SELECT d.* EXCLUDE (spans), list_distinct(flatten(list_transform(spans, lambda s: [s[1], s[2]]))) AS rows FROM doubled d
), entry AS MATERIALIZED (
    SELECT b.row_id, b.village_code, b.entry_on, f.series, f.place AS seq
    FROM cashbook b JOIN voucher_form f ON f.voucher_word IS NOT DISTINCT FROM b.voucher_word AND f.voucher_no IS NOT DISTINCT FROM b.voucher_no
    WHERE f.place IS NOT NULL AND b.entry_on IS NOT NULL AND b.village_code IS NOT NULL AND (b.receipt_yuan <> 0 OR b.payment_yuan <> 0)
), few AS (
    SELECT e.*, coalesce(b.payee_org, b.payee_name) AS party, b.payee_name, b.summary, b.note
    FROM (SELECT village_code, entry_on, series, seq, unnest(rows) AS row_id
          FROM (SELECT village_code, entry_on, series, seq, list(row_id) AS rows FROM entry GROUP BY ALL HAVING count(*) BETWEEN 2 AND 3)) e
    JOIN cashbook b USING (row_id)
), shared AS (
    -- One number of one day over unlike payments to unlike parties; lines of one voucher share a payee or a purpose.
    SELECT village_code, year(entry_on) AS y, series, seq, entry_on, list(row_id ORDER BY row_id) AS rows, count(*) AS n
    FROM few GROUP BY ALL
    HAVING count(DISTINCT party) = count(*) AND count(DISTINCT template_of(summary, payee_name)) = count(*)
       AND NOT bool_or(regexp_matches(concat_ws(' ', summary, note), '同一凭证|同上|合并|汇总|附表'))
), shared_crowd AS (
    SELECT village_code, y, count(*) AS n FROM shared GROUP BY ALL
), crowd AS (
    SELECT village_code, y, count(*) AS n FROM (SELECT village_code, y FROM gap WHERE NOT is_elsewhere AND NOT is_moved UNION ALL SELECT village_code, y FROM doubled) GROUP BY ALL
)
SELECT g.village_code, 'voucher' AS subject_kind, concat_ws('|', 'gap', g.series, g.period, g.seq) AS subject_key,
       NULL::INT AS level, [g.last_row, g.next_row] AS evidence, g.entry_on AS first_on, g.next_on AS last_on,
       concat(year(g.period), '年', CASE g.span WHEN 'month' THEN month(g.period) || '月' ELSE '' END, g.series) AS series,
       '不连续' AS what, concat('缺第', g.seq + 1, CASE WHEN g.next_seq > g.seq + 2 THEN '至' || (g.next_seq - 1) ELSE '' END, '号') AS numbers,
       concat('凭证缺号 ', g.series, g.seq + 1) AS subject,
       CASE WHEN coalesce(c.n, 0) > $many OR g.faults > 0.15 * g.vouchers THEN 0.15 WHEN g.next_seq - g.seq > $wide THEN 0.35 ELSE 0.75 END AS p,
       CASE WHEN g.is_noted THEN '账上或表末注明该号作废、空号' WHEN g.is_elsewhere THEN '该号登记在另一本账中'
            WHEN g.is_moved THEN '同期银行有提现、存现，收支明细不列这类凭证' END AS explained
FROM gap g LEFT JOIN crowd c USING (village_code, y)
UNION ALL
SELECT d.village_code, 'voucher', concat_ws('|', 'double', d.series, d.period, d.seq), NULL, d.rows, d.first_on, d.last_on,
       concat(year(d.period), '年', d.series), '重复', concat('第', d.seq, '号出现', d.n, '次'), concat('凭证重号 ', d.series, d.seq),
       CASE WHEN c.n > $many OR d.faults > 0.15 * d.vouchers THEN 0.15 ELSE 0.75 END, NULL
FROM doubled_rows d JOIN crowd c USING (village_code, y)
WHERE d.said > 1
UNION ALL
SELECT s.village_code, 'voucher', concat_ws('|', 'double', s.series, s.entry_on, s.seq), NULL, s.rows, s.entry_on, s.entry_on,
       concat(year(s.entry_on), '年', s.series), '重复', concat('第', s.seq, '号用于', s.n, '笔不同事项'), concat('凭证重号 ', s.series, s.seq),
       CASE WHEN c.n > 3 THEN 0.2 ELSE 0.65 END, NULL
FROM shared s JOIN shared_crowd c USING (village_code, y)
ORDER BY 1, 3
