/*---
name: 银行流水与账面不一致
needs: {entries: [entry_id, village_id, date, side, amount], bank: [bank_id, village_id, date, amount]}
uses: {entries: [method, biz_date, payee], bank: [counterparty]}
reason: "{what}，需核实"
figure: "本村{n_led}笔银行收支中{open}笔没有对上；全部账套的日期差一般在{before}至{after}天"
group: 本村全部银行收支
checked: 入账时间差、两笔合并转账、手续费和利息、现金与转账互记、冲销
clears: [银行回单, 未达账项调节表, 其他账户流水]
source: 银行对账（双向）；会计法 §17
---*/
WITH sizes AS (SELECT v, count(*) AS n FROM bk GROUP BY v),
led_size AS (SELECT v, count(*) AS n FROM e WHERE meth <= 1 GROUP BY v),
loose AS (
    SELECT v, 'bank' AS side, id, d, cents, party, why, other, other_cents, CASE WHEN why = 'differs' THEN ['b:' || id, 'e:' || other] ELSE ['b:' || id] END AS objs FROM bank_only
    UNION ALL
    SELECT v, 'book', id, d, cents, party, why, other, other_cents, ['e:' || id] FROM book_only WHERE why <> 'differs'
    UNION ALL
    SELECT v, 'party', bank_id, d, s, party, 'party', id, s, ['b:' || bank_id, 'e:' || id] FROM other_party WHERE here <= 6
), draw_like AS (
    -- money drawn for the cash box: round sums to one counterparty again and again, none of them in the book, no more than the book spends in cash
    SELECT v, coalesce(party, '') AS party, count(*) AS n, sum(-cents) AS cents FROM loose WHERE side = 'bank' AND why = '' AND cents < 0
    GROUP BY ALL HAVING count(*) >= 5 AND count(*) FILTER (cents % 10000 = 0) >= 0.7 * count(*)
), drawn AS (
    SELECT d.v, d.party FROM draw_like d
    JOIN (SELECT v, sum(cents) AS cents FROM e WHERE meth = 2 AND is_out AND cents > 0 GROUP BY v) c USING (v)
    LEFT JOIN (SELECT v, coalesce(party, '') AS party, count(*) AS n FROM bk WHERE cents < 0 GROUP BY ALL) b ON b.v = d.v AND b.party = d.party
    LEFT JOIN (SELECT DISTINCT payee FROM e WHERE payee IS NOT NULL) k ON k.payee = d.party
    WHERE k.payee IS NULL AND (d.party = '' OR d.n >= 0.8 * b.n) AND d.cents <= 1.3 * c.cents
), counted AS (
    SELECT l.*, t.v IS NOT NULL AND l.side = 'bank' AND l.why = '' AND (t.party <> '' OR (l.cents < 0 AND l.cents % 10000 = 0)) AS is_drawn,
           count(*) FILTER (side = 'bank' AND why IN ('', 'differs') AND t.v IS NULL) OVER (PARTITION BY l.v) AS open_bank,
           count(*) FILTER (why IN ('', 'differs') AND NOT (t.v IS NOT NULL AND side = 'bank')) OVER (PARTITION BY l.v) AS open, count(*) FILTER (why = '' AND side = 'book') OVER (PARTITION BY l.v) AS open_book
    FROM loose l LEFT JOIN drawn t ON t.v = l.v AND t.party = coalesce(l.party, '')
), cash AS (
    -- the book says cash where the bank has the sum: a slip of the column, not a missing entry
    SELECT DISTINCT l.v, l.id FROM counted l JOIN e ON e.v = l.v AND e.cents = abs(l.cents) AND e.meth = 2 AND e.is_out = (l.cents < 0) AND e.d BETWEEN l.d - 12 AND l.d + 12 WHERE l.side = 'bank' AND l.why = ''
), rated AS (
    SELECT c.*, s.n AS n_bank, g.n AS n_led, k.before, k.after, x.summary, y2.payee AS other_name, x.is_back, h.id IS NOT NULL AS in_cash, t.v IS NOT NULL OR i.v IS NOT NULL AS is_listed,
           c.side = 'bank' AND regexp_matches(coalesce(c.party, ''), '现金|支取|提现|取现|备用金|^$') OR (c.side = 'bank' AND regexp_matches(coalesce(c.party, ''), '结息|利息|手续费|银行|信用社|短信|工本费|待清算|国库|税务') AND abs(c.cents) < 100000) AS is_noise, b.first_on, b.last_on, y.first_on AS bank_first, y.last_on AS bank_last
    FROM counted c JOIN sizes s USING (v) JOIN led_size g USING (v) CROSS JOIN bank_lag k JOIN book b USING (v) JOIN span y USING (v) LEFT JOIN e x ON c.side = 'book' AND x.v = c.v AND x.id = c.id LEFT JOIN other_party y2 ON c.side = 'party' AND y2.v = c.v AND y2.bank_id = c.id LEFT JOIN cash h ON h.v = c.v AND h.id = c.id LEFT JOIN listed t ON t.v = x.v AND t.b = x.b AND t.tid = x.tid LEFT JOIN in_bulk i ON i.v = x.v AND i.tid = x.tid
)
SELECT v, objs,
       CASE why WHEN 'differs' THEN 2.0 WHEN 'party' THEN CASE WHEN is_firm(other_name) AND NOT is_firm(coalesce(party, '')) THEN 1.0 WHEN is_firm(coalesce(party, '')) THEN -2.2 ELSE -0.4 END WHEN 'late' THEN -3.5 WHEN 'sum' THEN -3.0 WHEN 'returned' THEN -3.5 ELSE CASE side WHEN 'bank' THEN 1.3 ELSE 0.2 END END
         - CASE WHEN is_noise OR is_drawn THEN 3.8 ELSE 0 END - CASE WHEN is_listed THEN 2.0 ELSE 0 END - CASE WHEN in_cash THEN 1.5 ELSE 0 END - CASE WHEN abs(cents) < 20000 THEN 1.5 WHEN abs(cents) < 100000 THEN 0.4 ELSE 0 END
         - CASE WHEN (side = 'book' AND (d > bank_last - after OR d < bank_first + 2)) OR (side = 'bank' AND (d > last_on + before - 3 OR d < first_on + after)) THEN 2.0 ELSE 0 END
         - CASE WHEN open > 0.2 * least(n_bank, n_led) THEN 4.0 WHEN open > 0.08 * n_led AND open > 12 THEN 2.4 WHEN open > 12 THEN 1.2 WHEN open > 6 THEN 0.5 ELSE 0 END AS lo,
       abs(cents) AS amount, [coalesce(summary, '')] AS text, why = 'late' AS is_late, why = 'sum' AS is_sum, why = 'returned' AS is_returned, is_drawn,
       CASE WHEN why = '' THEN 1 - greatest((open_bank - 1) / n_bank, (open_book - 1) / n_led, 0) END AS found_share,
       CASE WHEN why = 'differs' THEN '银行' || CAST(d AS VARCHAR) || '付／收' || coalesce(party, '') || yuan(abs(cents)) || '元，账面记为' || yuan(abs(other_cents)) || '元'
            WHEN side = 'party' THEN '账面付' || coalesce(other_name, '') || yuan(abs(cents)) || '元，银行' || CAST(d AS VARCHAR) || '同额款项的对方是' || coalesce(party, '')
            WHEN side = 'bank' THEN '银行' || CAST(d AS VARCHAR) || CASE WHEN cents < 0 THEN '付给' ELSE '收到' END || coalesce(party, '（未写对方）') || yuan(abs(cents)) || '元，账面没有对应记录'
            ELSE '账面' || CAST(d AS VARCHAR) || '记' || coalesce(party, '（未写收款人）') || yuan(abs(cents)) || '元银行收支，流水中没有' END
         || CASE why WHEN 'late' THEN '同一时段（较晚入账）' WHEN 'sum' THEN '单独一笔（与另一笔合计相符）' ELSE '' END AS what,
       n_led, open, before, after, round(log10(1 + n_led / greatest(open, 1)), 1) AS rarity
FROM rated
