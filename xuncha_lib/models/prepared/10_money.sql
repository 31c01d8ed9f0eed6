CREATE TABLE IF NOT EXISTS org_alias (org VARCHAR, canonical VARCHAR, why VARCHAR);

-- Two charts of accounts, one before and one from 2024-01-01, use the same codes for different things (502, 511, 521,
-- 153/154, 211/212). So: the name decides; a bare code is read by the chart that the village used in that year.
CREATE OR REPLACE MACRO class_of_name(name) AS CASE
    WHEN name IS NULL OR name = '' THEN NULL
    WHEN regexp_matches(name, '^(库存)?现金|^现金$') THEN 'cash'
    WHEN regexp_matches(name, '^银行存款|^银行$|^(活期)?存款$|^其他货币资金') THEN 'bank'
    WHEN regexp_matches(name, '应付(职工)?(工资|薪酬|福利|劳务)') THEN 'wages'
    WHEN regexp_matches(name, '^专项应付|^一事一议') THEN 'special'
    WHEN regexp_matches(name, '^内部往来|^(其他)?应收|^暂付|^预付') THEN 'receivable'
    WHEN regexp_matches(name, '^(长期|短期)借款') THEN 'loan'
    WHEN regexp_matches(name, '^(其他)?应付|^应交|^暂收|^预收|^代收') THEN 'payable'
    WHEN regexp_matches(name, '^在建工程|^工程(支出|款)?|^基本建设|^建设支出') THEN 'works'
    WHEN regexp_matches(name, '^投资收益') THEN 'income'
    WHEN regexp_matches(name, '^(长期|短期)?投资|^对外投资') THEN 'invest'
    WHEN regexp_matches(name, '^固定资产|^无形资产|生物资产|^库存物资|^牲畜|^林木|^长期待摊|^累计|^购建|^待处理') THEN 'asset'
    WHEN regexp_matches(name, '^(资本|公积公益金|本年收益|收益分配|本年利润)') THEN 'equity'
    WHEN regexp_matches(name, '补助收入|转移支付|(上级|财政)(拨|补)|拨款|^补助|奖补') THEN 'grant'
    WHEN regexp_matches(name, '收入|^发包|租金$|承包(费|金)$|^利息$|收益$') THEN 'income'
    WHEN regexp_matches(name, '^公益|公共服务|^环境|^卫生|^福利|^文体|慰问') THEN 'expense_public'
    WHEN regexp_matches(name, '^管理费|^办公|报酬|工资|补贴|误工|水电|^差旅|^会议|^招待|^报刊|^通讯|^交通') THEN 'expense_admin'
    WHEN regexp_matches(name, '^经营(支出|成本)|^生产|^劳务成本') THEN 'expense_business'
    WHEN regexp_matches(name, '支出|费用?$|成本|维修|修缮|保洁') THEN 'expense_other'
    ELSE NULL END;

CREATE OR REPLACE MACRO class_of_code(code, is_new) AS CASE
    WHEN left(code, 3) = '101' THEN 'cash'
    WHEN left(code, 3) = '102' THEN 'bank'
    WHEN left(code, 3) IN ('112', '113') THEN 'receivable'
    WHEN left(code, 3) IN ('111', '141') THEN 'invest'
    WHEN left(code, 3) IN ('121', '131', '132', '133', '134', '151', '152', '161', '162', '171', '181') THEN 'asset'
    WHEN left(code, 3) = CASE WHEN is_new THEN '153' ELSE '154' END THEN 'works'
    WHEN left(code, 3) IN ('153', '154') THEN 'asset'
    WHEN left(code, 3) IN ('201', '221') THEN 'loan'
    WHEN left(code, 3) = '202' THEN 'payable'
    WHEN left(code, 3) = '211' THEN CASE WHEN is_new THEN 'payable' ELSE 'wages' END
    WHEN left(code, 3) IN ('212', '213') THEN 'wages'
    WHEN left(code, 3) = '214' THEN 'payable'
    WHEN left(code, 3) IN ('231', '241') THEN 'special'
    WHEN left(code, 1) = '3' THEN 'equity'
    WHEN left(code, 3) = '401' THEN 'expense_business'
    WHEN left(code, 3) = '501' THEN 'income'
    WHEN left(code, 3) = '502' THEN CASE WHEN is_new THEN 'income' ELSE 'expense_business' END
    WHEN left(code, 3) = '503' OR left(code, 3) = '522' THEN 'grant'
    WHEN left(code, 3) IN ('504', '531', '561') THEN 'income'
    WHEN left(code, 3) = '511' THEN CASE WHEN is_new THEN 'expense_business' ELSE 'income' END
    WHEN left(code, 3) = '521' THEN CASE WHEN is_new THEN 'expense_other' ELSE 'income' END
    WHEN left(code, 3) IN ('513', '541') THEN 'expense_admin'
    WHEN left(code, 3) = '514' THEN 'expense_public'
    WHEN left(code, 3) IN ('512', '515', '551') THEN 'expense_other'
    ELSE NULL END;

CREATE OR REPLACE TABLE chart_regime AS
WITH codes AS (
    SELECT village_code, year(entry_on) AS y, left(account_code, 3) AS c FROM voucher WHERE account_code IS NOT NULL
    UNION ALL SELECT village_code, year(entry_on), left(account_code, 3) FROM cashbook WHERE account_code IS NOT NULL
)
SELECT village_code, y, CASE WHEN bool_or(c IN ('503', '513', '514', '515')) AND NOT bool_or(c IN ('541', '551', '522', '531')) THEN true
                             WHEN bool_or(c IN ('541', '551', '522', '531')) AND NOT bool_or(c IN ('503', '513', '514', '515')) THEN false
                             ELSE y >= 2024 END AS is_new
FROM codes WHERE y IS NOT NULL GROUP BY village_code, y;

-- How a voucher number is written: 记-12, 2023-03-012, 现付3, 12(1/2). The last group of digits is its place in the series.
CREATE OR REPLACE MACRO voucher_place(no) AS
    TRY_CAST(regexp_extract(regexp_replace(coalesce(no, ''), '[（(][^()（）]*[)）]\s*$', ''), '(\d+)\D*$', 1) AS BIGINT);
CREATE OR REPLACE MACRO voucher_series(word, no) AS
    coalesce(nullif(regexp_replace(coalesce(word, ''), '[\s字号第\-－—]+', '', 'g'), ''),
             regexp_extract(coalesce(no, ''), '(现收|现付|银收|银付|转账|收|付|转|记|现|银)', 1));

CREATE OR REPLACE MACRO method_of(words) AS CASE
    WHEN words IS NULL OR words = '' THEN NULL
    WHEN regexp_matches(words, '银|转账|转帐|支票|网银|电汇|汇款|公务卡|刷卡|对公|存款|基本户') THEN 'bank'
    WHEN regexp_matches(words, '现') THEN 'cash'
    ELSE NULL END;

-- A summary without its payee, figures and spaces: what kind of thing was paid.
CREATE OR REPLACE MACRO template_of(summary, payee) AS
    regexp_replace(regexp_replace(regexp_replace(
        CASE WHEN length(coalesce(payee, '')) >= 2 THEN replace(coalesce(summary, ''), payee, '') ELSE coalesce(summary, '') END,
        '[0-9０-９一二三四五六七八九十]+', '#', 'g'), '\s|[，。、,.:：;；（）()\-]', '', 'g'), '^(付|支付|收|收到|支|交|发放|报销)', '');

CREATE OR REPLACE MACRO plain_name(words) AS
    nullif(regexp_replace(regexp_replace(coalesce(words, ''), '[（(][^()（）]*[)）]', '', 'g'), '[\s　]+', '', 'g'), '');

CREATE OR REPLACE TEMP TABLE sheet_words AS
SELECT r.row_id, any_value(r.sheet_id) AS sheet_id, any_value(w.method) AS method
FROM source_row r SEMI JOIN cashbook b USING (row_id) JOIN (
    SELECT sheet_id, CASE WHEN contains(words, '现金') AND NOT contains(words, '银行') THEN 'cash'
                          WHEN contains(words, '银行') AND NOT contains(words, '现金') THEN 'bank' END AS method
    FROM (SELECT s.sheet_id, coalesce(s.sheet, '') || ' ' || coalesce(f.path, '') AS words
          FROM sheet s LEFT JOIN source_file f USING (file_id) WHERE s.table_name = 'cashbook')) w USING (sheet_id)
GROUP BY r.row_id;

-- What a summary says is asked once per distinct writing.
CREATE OR REPLACE TEMP TABLE summary_form AS
SELECT summary, says_opening(summary) OR says_closing_entry(summary) AS is_turn, says_transfer(summary) AS is_transfer
FROM (SELECT summary FROM cashbook UNION SELECT summary FROM voucher);

-- Both forms are worked out once per distinct writing, not once per row.
CREATE OR REPLACE TABLE voucher_form AS
SELECT voucher_word, voucher_no, voucher_series(voucher_word, voucher_no) AS series, voucher_place(voucher_no) AS place
FROM (SELECT voucher_word, voucher_no FROM cashbook UNION SELECT voucher_word, voucher_no FROM voucher UNION SELECT NULL, voucher_no FROM cash_journal);

CREATE OR REPLACE TEMP TABLE account_form AS
SELECT account_name, account_code, n.is_new, coalesce(class_of_name(account_name), class_of_code(account_code, n.is_new)) AS class
FROM (SELECT account_name, account_code FROM cashbook UNION SELECT account_name, account_code FROM voucher),
     (SELECT unnest([true, false]) AS is_new) n
WHERE account_name IS NOT NULL OR account_code IS NOT NULL;

-- T05: one row, one flow (two where a row has both columns filled). A village may hand in one book twice over, whole and
-- as its cash part: of rows with one day, number, side and sum on several sheets, those of the sheet that names payees count.
CREATE OR REPLACE TEMP TABLE book_flow AS
WITH written AS (
    SELECT b.row_id, b.village_code, b.entry_on, q.series, q.place, b.voucher_no, b.receipt_yuan, b.payment_yuan, b.method, b.summary,
           b.account_code, b.account_name, b.payee, b.payee_name, b.payee_org, b.handler, b.approver, b.slip_kind, b.invoice_no,
           b.attachments, b.note, w.method AS place_method, coalesce(w.sheet_id, 0) AS sheet_id,
           b.receipt_yuan IS NOT NULL AND b.receipt_yuan <> 0 AS has_in,
           b.payment_yuan IS NOT NULL AND b.payment_yuan <> 0 AS has_out,
           s.is_transfer OR (has_in AND has_out AND b.receipt_yuan = b.payment_yuan) AS is_transfer
    FROM cashbook b JOIN summary_form s ON s.summary IS NOT DISTINCT FROM b.summary LEFT JOIN sheet_words w USING (row_id)
    LEFT JOIN voucher_form q ON q.voucher_word IS NOT DISTINCT FROM b.voucher_word AND q.voucher_no IS NOT DISTINCT FROM b.voucher_no
    WHERE NOT s.is_turn
), flows AS (
    SELECT * EXCLUDE (receipt_yuan, payment_yuan, has_in, has_out), 'in' AS side, receipt_yuan AS amount_yuan FROM written WHERE has_in
    UNION ALL
    SELECT * EXCLUDE (receipt_yuan, payment_yuan, has_in, has_out), 'out', payment_yuan FROM written WHERE has_out
), several AS (
    SELECT village_code, date_trunc('month', entry_on) AS month FROM flows GROUP BY ALL HAVING min(sheet_id) <> max(sheet_id)
), chosen AS (
    SELECT f.*, first_value(sheet_id) OVER (PARTITION BY same ORDER BY payee_name IS NULL, account_name IS NULL, sheet_id) AS kept_sheet
    FROM (SELECT *, concat_ws('|', village_code, entry_on, side, amount_yuan, coalesce(CAST(place AS VARCHAR), summary)) AS same FROM flows) f
    SEMI JOIN several s ON s.village_code IS NOT DISTINCT FROM f.village_code AND s.month IS NOT DISTINCT FROM date_trunc('month', f.entry_on)
), twins AS (
    SELECT same, list(row_id ORDER BY row_id) AS rows FROM chosen WHERE sheet_id <> kept_sheet GROUP BY same
), kept AS (
    SELECT c.* EXCLUDE (same, kept_sheet), list_prepend(c.row_id, coalesce(t.rows, [])) AS rows
    FROM chosen c LEFT JOIN twins t ON t.same = c.same WHERE c.sheet_id = c.kept_sheet
    UNION ALL
    SELECT f.*, [f.row_id]
    FROM flows f ANTI JOIN several s ON s.village_code IS NOT DISTINCT FROM f.village_code AND s.month IS NOT DISTINCT FROM date_trunc('month', f.entry_on)
)
SELECT row_id, rows, village_code, entry_on, series, place, voucher_no, side, amount_yuan, is_transfer,
       coalesce(method_of(method), method_of(series), place_method) AS method,
       summary, account_code, account_name, payee, payee_name, payee_org, handler, approver, slip_kind,
       invoice_no, attachments, note, 'cashbook' AS source
FROM kept;

-- voucher_part: two vouchers under one number of one day. Told by line numbers that begin anew; without line numbers, by
-- sets of lines with a party and a purpose of their own that each balance by themselves.
CREATE OR REPLACE TABLE voucher_part AS
WITH numbered AS (
    SELECT row_id, village_code, entry_on, line_no, q.series AS word, q.place AS seq,
           coalesce(payee_org, payee_name) AS party, payee_name, summary, coalesce(debit_yuan, 0) - coalesce(credit_yuan, 0) AS net
    FROM voucher v LEFT JOIN voucher_form q ON q.voucher_word IS NOT DISTINCT FROM v.voucher_word AND q.voucher_no IS NOT DISTINCT FROM v.voucher_no
), marked AS (
    SELECT *, CASE WHEN line_no <= lag(line_no) OVER w THEN 1 ELSE 0 END AS is_new
    FROM numbered WHERE line_no IS NOT NULL WINDOW w AS (PARTITION BY village_code, entry_on, word, seq ORDER BY row_id)
), long AS (
    SELECT village_code, entry_on, word, seq FROM numbered WHERE line_no IS NULL AND seq IS NOT NULL GROUP BY ALL HAVING count(*) >= 4 AND sum(net) = 0
), lined AS (
    SELECT n.row_id, n.village_code, n.entry_on, n.word, n.seq, n.net, concat_ws('|', n.party, template_of(n.summary, n.payee_name)) AS purpose
    FROM numbered n SEMI JOIN long l ON l.village_code IS NOT DISTINCT FROM n.village_code AND l.entry_on IS NOT DISTINCT FROM n.entry_on
        AND l.word IS NOT DISTINCT FROM n.word AND l.seq = n.seq
    WHERE n.line_no IS NULL
), sets AS (
    SELECT village_code, entry_on, word, seq, purpose, min(row_id) AS first_row, sum(net) AS net, count(*) AS n FROM lined GROUP BY ALL
), apart AS (
    SELECT *, row_number() OVER v - 1 AS part FROM sets
    WINDOW v AS (PARTITION BY village_code, entry_on, word, seq ORDER BY first_row), v2 AS (PARTITION BY village_code, entry_on, word, seq)
    QUALIFY count(*) OVER v2 BETWEEN 2 AND 3 AND max(abs(net)) OVER v2 = 0 AND min(n) OVER v2 >= 2
)
SELECT row_id, CAST(sum(is_new) OVER (PARTITION BY village_code, entry_on, word, seq ORDER BY row_id ROWS UNBOUNDED PRECEDING) AS INT) AS part FROM marked
UNION ALL
SELECT n.row_id, CAST(a.part AS INT) FROM lined n JOIN apart a ON a.village_code IS NOT DISTINCT FROM n.village_code
    AND a.entry_on IS NOT DISTINCT FROM n.entry_on AND a.word IS NOT DISTINCT FROM n.word AND a.seq = n.seq AND a.purpose = n.purpose;

-- T06: the lines of a voucher that are not cash or bank say what the money was for.
CREATE OR REPLACE TABLE voucher_line AS
SELECT v.*, a.class, f.series, f.place,
       coalesce(v.debit_yuan, 0) AS dr, coalesce(v.credit_yuan, 0) AS cr,
       CASE WHEN f.place IS NULL THEN 'r' || v.row_id ELSE concat_ws('|', v.entry_on, f.series, f.place, coalesce(q.part, 0)) END AS voucher_key
FROM voucher v JOIN summary_form s ON s.summary IS NOT DISTINCT FROM v.summary LEFT JOIN voucher_part q USING (row_id) LEFT JOIN chart_regime r ON r.village_code = v.village_code AND r.y = year(v.entry_on)
LEFT JOIN voucher_form f ON f.voucher_word IS NOT DISTINCT FROM v.voucher_word AND f.voucher_no IS NOT DISTINCT FROM v.voucher_no
LEFT JOIN account_form a ON a.account_name IS NOT DISTINCT FROM v.account_name AND a.account_code IS NOT DISTINCT FROM v.account_code
    AND a.is_new = coalesce(r.is_new, year(v.entry_on) >= 2024, true)
WHERE (coalesce(v.debit_yuan, 0) <> 0 OR coalesce(v.credit_yuan, 0) <> 0)
  AND NOT s.is_turn;

CREATE OR REPLACE TEMP TABLE voucher_sum AS
SELECT village_code, voucher_key,
       sum(dr) FILTER (class IN ('cash', 'bank')) AS cash_dr, sum(cr) FILTER (class IN ('cash', 'bank')) AS cash_cr,
       sum(dr) FILTER (class IS NULL OR class NOT IN ('cash', 'bank')) AS other_dr,
       sum(cr) FILTER (class IS NULL OR class NOT IN ('cash', 'bank')) AS other_cr,
       list_sort(list(row_id)) AS rows, list_sort(list(row_id) FILTER (class IN ('cash', 'bank'))) AS cash_rows,
       arg_max(class, (greatest(abs(dr), abs(cr)), -row_id)) FILTER (class IN ('cash', 'bank')) AS cash_class,
       any_value(CASE WHEN class = 'bank' AND cr <> 0 THEN 1 END) AS is_drawn,
       min(row_id) AS first_row, min(entry_on) AS entry_on,
       arg_min(payee, row_id) AS any_payee, arg_min(payee_name, row_id) AS any_payee_name, arg_min(payee_org, row_id) AS any_payee_org,
       arg_min(handler, row_id) AS any_handler, arg_min(method, row_id) AS any_method,
       arg_min(slip_kind, row_id) AS any_slip, arg_min(invoice_no, row_id) AS any_invoice,
       max(attachments) AS any_attachments, arg_min(note, row_id) AS any_note, arg_min(summary, row_id) AS any_summary
FROM voucher_line GROUP BY village_code, voucher_key;

-- Where a village's journal was handed in without its cash and bank lines, income and expense lines stand for the flows.
CREATE OR REPLACE TEMP TABLE one_sided AS
SELECT village_code, year(entry_on) AS y FROM voucher_line GROUP BY ALL
HAVING count(*) FILTER (class IN ('cash', 'bank')) = 0;

CREATE OR REPLACE TEMP TABLE voucher_flow AS
WITH joined AS (
    SELECT l.*, s.cash_dr, s.cash_cr, s.other_dr, s.other_cr, s.rows AS all_rows, s.cash_rows, s.cash_class,
           s.any_payee, s.any_payee_name, s.any_payee_org, s.any_handler, s.any_method, s.any_slip, s.any_invoice,
           s.any_attachments, s.any_note, s.any_summary,
           CASE WHEN s.cash_rows IS NULL THEN 'none'
                WHEN coalesce(s.other_cr, 0) = 0 AND s.other_dr = s.cash_cr AND coalesce(s.cash_dr, 0) = 0 THEN 'out'
                WHEN coalesce(s.other_dr, 0) = 0 AND s.other_cr = s.cash_dr AND coalesce(s.cash_cr, 0) = 0 THEN 'in'
                ELSE 'mixed' END AS shape
    FROM voucher_line l JOIN voucher_sum s ON s.village_code IS NOT DISTINCT FROM l.village_code AND s.voucher_key = l.voucher_key
    WHERE l.class IS NULL OR l.class NOT IN ('cash', 'bank')
), main_line AS (
    SELECT row_id FROM joined WHERE shape = 'mixed'
    QUALIFY row_number() OVER (PARTITION BY village_code, voucher_key
        ORDER BY CASE WHEN coalesce(cash_cr, 0) >= coalesce(cash_dr, 0) THEN dr ELSE cr END DESC, row_id) = 1
), sided AS (
    SELECT j.*, CASE WHEN shape IN ('in', 'out') THEN shape
                     WHEN shape = 'mixed' AND n.row_id IS NOT NULL AND coalesce(cash_cr, 0) > coalesce(cash_dr, 0) THEN 'out'
                     WHEN shape = 'mixed' AND n.row_id IS NOT NULL AND coalesce(cash_dr, 0) > coalesce(cash_cr, 0) THEN 'in'
                     WHEN shape = 'none' AND o.y IS NOT NULL AND class IN ('income', 'grant') AND cr <> 0 THEN 'in'
                     WHEN shape = 'none' AND o.y IS NOT NULL AND (class LIKE 'expense%' OR class IN ('works', 'asset')) AND dr <> 0 THEN 'out'
                     END AS side
    FROM joined j LEFT JOIN main_line n USING (row_id) LEFT JOIN one_sided o ON o.village_code = j.village_code AND o.y = year(j.entry_on)
)
SELECT row_id, CASE WHEN shape = 'mixed' THEN all_rows ELSE list_prepend(row_id, coalesce(cash_rows, [])) END AS rows,
       village_code, entry_on, series, place, voucher_no, side,
       CASE WHEN shape = 'mixed' THEN abs(coalesce(cash_cr, 0) - coalesce(cash_dr, 0)) WHEN side = 'out' THEN dr ELSE cr END AS amount_yuan,
       false AS is_transfer, coalesce(cash_class, method_of(coalesce(method, any_method))) AS method,
       coalesce(summary, any_summary) AS summary, account_code, account_name,
       CASE WHEN payee_name IS NULL THEN any_payee ELSE payee END AS payee, coalesce(payee_name, any_payee_name) AS payee_name,
       CASE WHEN payee_name IS NULL THEN any_payee_org ELSE payee_org END AS payee_org,
       coalesce(handler, any_handler) AS handler, NULL::BIGINT AS approver, coalesce(slip_kind, any_slip) AS slip_kind,
       coalesce(invoice_no, any_invoice) AS invoice_no, coalesce(attachments, any_attachments) AS attachments,
       coalesce(note, any_note) AS note, 'voucher' AS source
FROM sided WHERE side IS NOT NULL
UNION ALL
SELECT first_row, rows, village_code, entry_on, NULL, NULL, NULL, CASE WHEN is_drawn = 1 THEN 'out' ELSE 'in' END,
       greatest(cash_dr, cash_cr), true, NULL, any_summary, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'voucher'
FROM voucher_sum WHERE other_dr IS NULL AND cash_rows IS NOT NULL AND cash_dr > 0 AND cash_cr > 0;


-- A village month is read from one source only: the one that tells more over the year, the other where that is silent.
CREATE OR REPLACE TEMP TABLE money_source AS
WITH counted AS (
    SELECT village_code, date_trunc('month', entry_on) AS month, source, count(*) AS n, count(payee_name) AS named
    FROM (FROM book_flow UNION ALL BY NAME FROM voucher_flow) GROUP BY ALL
), rated AS (
    SELECT village_code, year(month) AS y, source, sum(n) + sum(named) AS told FROM counted GROUP BY ALL
)
SELECT c.village_code, c.month, arg_max(c.source, (r.told, c.source)) AS source
FROM counted c JOIN rated r ON r.village_code IS NOT DISTINCT FROM c.village_code AND r.y IS NOT DISTINCT FROM year(c.month) AND r.source = c.source
GROUP BY c.village_code, c.month;

-- Names of payees: as linked, of the registered firm, as written; each without spaces and brackets, worked out once.
CREATE OR REPLACE TEMP TABLE payee_mention AS
SELECT mention_id, name FROM mention SEMI JOIN (SELECT payee FROM book_flow UNION ALL SELECT payee FROM voucher_flow) e ON e.payee = mention_id;
CREATE OR REPLACE TEMP TABLE firm_form AS
SELECT f.payee_org, coalesce(plain_name(min(a.canonical)), plain_name(f.payee_org)) AS plain
FROM (SELECT payee_org FROM book_flow UNION SELECT payee_org FROM voucher_flow) f LEFT JOIN org_alias a ON a.org = f.payee_org WHERE f.payee_org IS NOT NULL GROUP BY f.payee_org;
CREATE OR REPLACE TEMP TABLE name_form AS
SELECT name, plain_name(name) AS plain FROM (SELECT payee_name AS name FROM book_flow UNION SELECT payee_name FROM voucher_flow UNION SELECT name FROM payee_mention) WHERE name IS NOT NULL;

CREATE OR REPLACE TEMP TABLE flow AS
SELECT f.*, coalesce(o.plain, k.plain, w.plain) AS payee_key,
       CASE WHEN length(coalesce(k.plain, w.plain, '')) >= 2 THEN replace(coalesce(f.summary, ''), coalesce(k.plain, w.plain), '') ELSE coalesce(f.summary, '') END AS bare
FROM (FROM book_flow UNION ALL BY NAME FROM voucher_flow) f
JOIN money_source s ON s.village_code IS NOT DISTINCT FROM f.village_code AND s.month IS NOT DISTINCT FROM date_trunc('month', f.entry_on) AND s.source = f.source
LEFT JOIN payee_mention m ON m.mention_id = f.payee LEFT JOIN name_form k ON k.name = m.name
LEFT JOIN name_form w ON w.name = f.payee_name LEFT JOIN firm_form o ON o.payee_org = f.payee_org;

CREATE OR REPLACE TEMP TABLE template_form AS SELECT bare, template_of(bare, NULL) AS template FROM (SELECT DISTINCT bare FROM flow);

CREATE OR REPLACE TABLE money AS
SELECT f.row_id, f.rows, f.village_code, f.entry_on, CAST(date_trunc('month', f.entry_on) AS DATE) AS month,
       f.series AS voucher_word, f.voucher_no, CAST(f.place AS INT) AS voucher_seq,
       f.side, CAST(f.amount_yuan AS DECIMAL(18,2)) AS amount_yuan, f.method, f.summary, f.account_code, f.account_name,
       n.class AS account_class,
       f.payee, f.payee_name, f.payee_org, f.handler, f.approver, f.slip_kind, f.invoice_no, f.attachments, f.note, f.source,
       f.payee_key, t.template
FROM flow f JOIN template_form t USING (bare)
LEFT JOIN chart_regime r ON r.village_code = f.village_code AND r.y = year(f.entry_on)
LEFT JOIN account_form n ON n.account_name IS NOT DISTINCT FROM f.account_name AND n.account_code IS NOT DISTINCT FROM f.account_code
    AND n.is_new = coalesce(r.is_new, year(f.entry_on) >= 2024, true)
WHERE NOT f.is_transfer
ORDER BY f.row_id;

CREATE OR REPLACE TABLE money_transfer AS
SELECT f.row_id, f.rows, f.village_code, f.entry_on, f.amount_yuan,
       CASE WHEN f.source = 'voucher' THEN CASE f.side WHEN 'out' THEN 'to_cash' ELSE 'to_bank' END
            WHEN regexp_matches(coalesce(f.summary, ''), '存') AND NOT regexp_matches(coalesce(f.summary, ''), '提') THEN 'to_bank'
            ELSE 'to_cash' END AS direction
FROM flow f
WHERE f.is_transfer
ORDER BY f.row_id;
