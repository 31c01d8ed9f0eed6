/*---
name: 同一笔款疑似付了两次
needs: {entries: [entry_id, village_id, date, side, amount, summary]}
uses: {entries: [payee, invoice_no, biz_date, voucher_no]}
reason: "{first_on}与{last_on}两次付{payee}{each}元，{same}，需核实是否同一笔款"
figure: "相隔{days}天；该金额在参照账套中约每{per}笔支出出现一次"
group: 参照村全部支出金额
checked: 固定周期付款、分期、数量单价、红冲退款
clears: [两张发票原件和验收单各自成立, 合同约定分次付款, 已红字冲回]
source: 会计法 §9、§14；重复付款测试（同人同额、同票号、近似写法）
---*/
WITH keyed AS (
    SELECT v, pid, cents FROM pay WHERE pid IS NOT NULL AND cents >= 5000 GROUP BY ALL HAVING count(*) BETWEEN 2 AND 40
), same_payee AS (
    SELECT p.v, p.id, p.d, p.cents, p.pid, lag(p.id) OVER w AS other, lag(p.d) OVER w AS other_d,
           count(*) OVER s AS n, CAST(max(p.d) OVER s - min(p.d) OVER s AS INTEGER) AS span
    FROM e p SEMI JOIN keyed k USING (v, pid, cents) ANTI JOIN listed USING (v, b, tid)
    WHERE p.is_out AND p.cents > 0
    WINDOW w AS (PARTITION BY p.v, p.pid, p.cents ORDER BY p.d, p.id), s AS (PARTITION BY p.v, p.pid, p.cents)
), odd AS (
    SELECT v, cents FROM pay WHERE cents >= 20000 AND cents % 100000 <> 0 GROUP BY ALL HAVING count(*) BETWEEN 2 AND 4 AND min(coalesce(pid, 0)) <> max(coalesce(pid, 0))
), odd_rows AS (
    SELECT p.v, p.id, p.d, p.cents, p.pid, p.payee, p.inv, p.summary, CASE WHEN length(p.payee) >= 2 THEN replace(p.summary, p.payee, '') ELSE p.summary END AS words
    FROM pay p SEMI JOIN odd USING (v, cents) ANTI JOIN listed USING (v, b, tid)
), invoiced AS (
    SELECT v, inv FROM pay WHERE length(inv) >= 6 GROUP BY ALL HAVING count(*) BETWEEN 2 AND 4 AND min(ym * 100000 + coalesce(vno, 0)) <> max(ym * 100000 + coalesce(vno, 0))
), inv_rows AS (
    SELECT p.v, p.id, p.d, p.cents, p.pid, p.inv FROM e p SEMI JOIN invoiced USING (v, inv) WHERE p.is_out AND p.cents > 0
), near_key AS (
    SELECT v, pid, left(inv, 7) AS stem FROM pay WHERE length(inv) >= 8 AND pid IS NOT NULL GROUP BY ALL HAVING count(*) BETWEEN 2 AND 4 AND min(inv) <> max(inv)
), near_rows AS (
    SELECT p.v, p.id, p.d, p.cents, p.pid, p.inv, left(p.inv, 7) AS stem FROM pay p JOIN near_key k ON k.v = p.v AND k.pid = p.pid AND k.stem = left(p.inv, 7)
), pairs AS (
    -- DuckDB measures spelling in bytes: 3 is one Chinese character
    SELECT v, other AS a, id AS b, 'payee' AS kind, n, span FROM same_payee WHERE other IS NOT NULL AND d - other_d <= 75 AND NOT (n >= 6 AND d - other_d > 10)
    UNION ALL
    SELECT x.v, x.id, y.id, 'spelling', 2, 0 FROM odd_rows x JOIN odd_rows y ON y.v = x.v AND y.cents = x.cents AND (x.d, x.id) < (y.d, y.id)
    WHERE y.d - x.d <= 90 AND x.pid IS DISTINCT FROM y.pid
      AND (x.cents % 10000 <> 0 OR x.summary = y.summary)
      AND (x.pid IS NULL OR y.pid IS NULL OR levenshtein(x.payee, y.payee) <= 3 OR contains(x.payee, y.payee) OR contains(y.payee, x.payee)
           OR ((x.words = y.words OR x.summary = y.summary AND contains(y.summary, x.payee)) AND is_firm(x.payee) <> is_firm(y.payee) AND (x.inv IS NULL OR y.inv IS NULL)))
    UNION ALL
    SELECT x.v, x.id, y.id, 'invoice', 2, 0 FROM inv_rows x JOIN inv_rows y ON y.v = x.v AND y.inv = x.inv AND (x.d, x.id) < (y.d, y.id)
    WHERE x.pid IS NOT DISTINCT FROM y.pid OR x.cents = y.cents OR x.pid IS NULL OR y.pid IS NULL
    UNION ALL
    SELECT x.v, x.id, y.id, 'near', 2, 0 FROM near_rows x JOIN near_rows y ON y.v = x.v AND y.pid = x.pid AND y.stem = x.stem AND (x.d, x.id) < (y.d, y.id)
    WHERE x.inv <> y.inv AND y.d - x.d <= 120 AND length(x.inv) = length(y.inv) AND hamming(x.inv, y.inv) <= 3
      AND list_sort(string_split(x.inv, '')) = list_sort(string_split(y.inv, ''))
      AND (abs(x.cents - y.cents) <= 1000 OR (list_sort(string_split(CAST(x.cents AS VARCHAR), '')) = list_sort(string_split(CAST(y.cents AS VARCHAR), '')) AND x.cents % 10000 <> 0))
), best AS (
    SELECT v, a, b, arg_min(kind, CASE kind WHEN 'invoice' THEN 0 WHEN 'near' THEN 1 WHEN 'payee' THEN 2 ELSE 3 END) AS kind, max(n) AS n, max(span) AS span
    FROM pairs GROUP BY v, a, b
), facts AS (
    SELECT p.v, p.kind, p.n, p.span, x.id AS a, y.id AS b, x.d AS first_on, y.d AS last_on, CAST(y.d - x.d AS INTEGER) AS days, x.cents, y.cents AS cents2,
           x.ym = y.ym AND x.vno = y.vno AS same_voucher, x.b = y.b AND x.ym = y.ym AND x.vno = y.vno AS one_voucher,
           x.inv AS inv1, y.inv AS inv2, x.summary AS s1, y.summary AS s2, x.tid AS tid1, x.tid = y.tid OR x.summary = y.summary AS same_words, CASE WHEN length(x.inv) = length(y.inv) AND length(x.inv) >= 6 THEN hamming(x.inv, y.inv) <= 2 AND x.inv <> y.inv AND list_sort(string_split(x.inv, '')) = list_sort(string_split(y.inv, '')) ELSE false END AS is_swapped, x.is_back OR y.is_back AS is_back,
           regexp_replace(x.summary, '[^0-9一二三四五六七八九十]+', ' ', 'g') = regexp_replace(y.summary, '[^0-9一二三四五六七八九十]+', ' ', 'g') AS same_figures,
           x.is_counted AND y.is_counted AS counted, x.payee AS p1, y.payee AS p2, x.pid AS pid1, y.pid AS pid2, x.acc IS NOT DISTINCT FROM y.acc AS same_acc
    FROM best p JOIN e x ON x.v = p.v AND x.id = p.a JOIN e y ON y.v = p.v AND y.id = p.b
), often AS (
    -- payments of the purpose to one payee, and to all of them: among many, two are equal by chance
    SELECT v, tid, pid, CAST(count(*) AS INTEGER) AS n, sum(count(*)) OVER (PARTITION BY v, tid) AS n_all FROM pay SEMI JOIN (SELECT v, pid1 AS pid FROM facts UNION SELECT v, pid2 FROM facts) USING (v, pid) GROUP BY v, tid, pid
), rated AS (
    SELECT f.*, coalesce(q.log_share, -3.0) + log10(greatest(1.0, CASE WHEN f.kind = 'payee' THEN coalesce(m.n, 2) ELSE coalesce(m.n_all, 2) END * (CASE WHEN f.kind = 'payee' THEN coalesce(m.n, 2) ELSE coalesce(m.n_all, 2) END - 1) / 2.0 * least(1, 150.0 / greatest(b.last_on - b.first_on, 60)))) AS log_expected, coalesce(r.rarity, round(log10((SELECT n FROM ref_size) + 1.0), 1)) AS rarity, b.inv_share, a.n AS uses1, c.n AS uses2, o1.villages AS o1, o2.villages AS o2
    FROM facts f JOIN book b USING (v) LEFT JOIN ref_amount r ON r.cents = f.cents
    LEFT JOIN used_by o1 ON o1.pid = f.pid1 LEFT JOIN used_by o2 ON o2.pid = f.pid2 LEFT JOIN vp a ON a.v = f.v AND a.pid = f.pid1 LEFT JOIN vp c ON c.v = f.v AND c.pid = f.pid2
    LEFT JOIN ref_equal q ON q.tid = f.tid1 LEFT JOIN often m ON m.v = f.v AND m.tid = f.tid1 AND m.pid = coalesce(f.pid1, f.pid2)
), scored AS (
    SELECT *, pid1 IS NOT NULL AND pid2 IS NOT NULL AND pid1 <> pid2 AS respelt,
        CASE kind
        WHEN 'invoice' THEN CASE WHEN cents = cents2 THEN 2.2 WHEN abs(cents - cents2) <= 1000 THEN 1.8 ELSE -1.2 END
        WHEN 'near' THEN 1.0
        WHEN 'payee' THEN -1.7 + 0.35 * greatest(least(rarity, 5.5) - 4, -2.5) + 0.5 * greatest(least(-log_expected - 2.3, 1.5), -2.5)
        ELSE -1.2 + 0.3 * greatest(least(rarity, 6) - 4, -2.5) + 0.5 * greatest(least(-log_expected - 2.3, 1.5), -2.5) + CASE WHEN p1 IS NULL OR p2 IS NULL THEN -1.4 WHEN least(uses1, uses2) <= 2 AND (greatest(uses1, uses2) >= 3 OR coalesce(o1, 1) <> coalesce(o2, 1)) THEN 1.4 WHEN s1 = s2 AND length(s1) >= 6 AND (contains(s2, p1) OR contains(s1, p2)) THEN 1.4 WHEN is_firm(p1) <> is_firm(p2) THEN 0.4 ELSE -1.2 END
        END
        + CASE WHEN days <= 12 THEN 0.7 WHEN days <= 31 THEN 0.2 WHEN days <= 45 THEN -0.3 ELSE -1.0 END * CASE WHEN kind = 'invoice' THEN 0.3 ELSE 1 END
        + CASE WHEN kind IN ('invoice', 'near') THEN 0
               WHEN is_swapped THEN 2.6 WHEN inv1 IS NOT NULL AND inv2 IS NOT NULL THEN -2.4
               WHEN inv1 IS NULL AND inv2 IS NULL THEN CASE WHEN inv_share > 0.3 THEN -0.2 WHEN inv_share > 0.02 THEN 0.2 ELSE 0.6 END ELSE least(1.1, 0.5 * -ln(1.02 - inv_share)) END
        + CASE WHEN kind = 'invoice' THEN CASE WHEN same_words THEN 0.4 ELSE -1.4 END WHEN same_words AND same_figures THEN 1.0 WHEN same_words THEN -1.0 ELSE -1.8 END
        + CASE WHEN kind = 'payee' AND n >= 3 THEN -1.2 - 0.3 * least(n, 8) + CASE WHEN days <= 10 AND span > 40 * (n - 1) / 2 THEN 2.0 ELSE 0 END ELSE 0 END
        + CASE WHEN counted AND kind = 'payee' THEN -0.6 ELSE 0 END - CASE WHEN cents2 < 30000 AND kind <> 'invoice' AND NOT coalesce(is_swapped, false) THEN 0.4 ELSE 0 END
        - CASE WHEN kind = 'payee' AND NOT is_firm(coalesce(p1, '')) THEN 0.8 ELSE 0 END
        + CASE WHEN one_voucher THEN -1.5 ELSE 0 END AS lo
    FROM rated
)
SELECT v, ['e:' || a, 'e:' || b] AS objs, lo, cents2 AS amount, [s1, s2] AS text, is_back,
       coalesce(p1, p2, '（未写收款人）') AS payee, CAST(first_on AS VARCHAR) AS first_on, CAST(last_on AS VARCHAR) AS last_on, yuan(cents2) AS each, days,
       CASE kind WHEN 'invoice' THEN '发票号码相同' WHEN 'near' THEN '发票号码只是几位数字换了位置而金额几乎一样'
                 WHEN 'payee' THEN CASE WHEN same_words THEN '收款人、金额和事由相同' ELSE '收款人和金额相同' END
                 ELSE CASE WHEN p1 IS NULL OR p2 IS NULL THEN '金额和事由相同，一笔未写收款人' ELSE '金额相同，收款人写法相近（' || p1 || '／' || p2 || '）' END END AS same,
       CAST(round(pow(10, rarity)) AS BIGINT) AS per, rarity
FROM scored WHERE lo > -2.5
