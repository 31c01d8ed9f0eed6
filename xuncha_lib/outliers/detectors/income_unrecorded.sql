/*---
name: 合同应收款没有入账
needs: {entries: [entry_id, village_id, date, side, amount], contracts: [contract_id, village_id, lessee, annual, start_year]}
uses: {entries: [payee, summary], contracts: [end_year, due_month, kind, remark], bank: [counterparty]}
keeps: [level]
reason: "合同约定{lessee}{years}年{per}应交{kind}{annual}元（{due}），账上{got}，需核实是否收取、收到何处"
figure: "同批合同年度中{paid}%查到了收款"
group: 全部合同年度（{n_deals}个）
checked: 提前或一次性缴清、减免抵扣、他人代缴、迟缴、合并缴款
clears: [收据存根, 减免的会议决议, 代理账户或往来账的收款]
source: 农村集体经济组织法 §44；合同台账与收入比对
---*/
WITH years AS (
    SELECT k.*, y, make_date(CAST(y AS INTEGER), greatest(1, least(12, due_month)), 15) AS due_on, w.village_id,
           CASE WHEN has_month THEN make_date(CAST(y AS INTEGER), greatest(1, least(12, due_month)), 15) - 60 ELSE make_date(CAST(y AS INTEGER), 1, 1) - 92 END AS due_from,
           CASE WHEN has_month THEN make_date(CAST(y AS INTEGER), greatest(1, least(12, due_month)), 15) + 150 ELSE make_date(CAST(y AS INTEGER), 12, 31) + 90 END AS due_to,
           y = coalesce(end_year, start_year) AND coalesce(end_year, start_year) > start_year AS is_final
    FROM deal k JOIN vil w USING (v), LATERAL (SELECT unnest(range(k.start_year, coalesce(k.end_year, k.start_year) + 1)) AS y)
), covered AS (
    SELECT y.*, b.first_on, b.last_on FROM years y JOIN book b USING (v) WHERE b.first_on <= CASE WHEN has_month THEN y.due_on - 10 ELSE y.due_from + 137 END AND b.last_on >= CASE WHEN has_month THEN y.due_on + 45 ELSE y.due_to - 120 END
), by_party AS (
    SELECT r.v, k.lessee, r.id, r.d, r.cents, r.summary, TRY_CAST(s.n.one AS INTEGER) AS from_year, coalesce(TRY_CAST(s.n.last AS INTEGER), TRY_CAST(s.n.one AS INTEGER)) AS to_year FROM rec r JOIN (SELECT DISTINCT v, lessee FROM deal WHERE lessee IS NOT NULL) k ON k.v = r.v,
        LATERAL (SELECT regexp_extract(r.summary, '(20[0-4]\d)年?度?\s*(?:[-—~至到、]\s*(20[0-4]\d))?年', ['one', 'last']) AS n) s
    WHERE r.payee = k.lessee OR contains(r.summary, k.lessee) OR (length(k.lessee) >= 6 AND r.payee IS NOT NULL AND length(r.payee) >= 4 AND contains(k.lessee, r.payee))
), due AS (
    -- a receipt that names its years is for them; one that names none is for the year it falls near
    SELECT c.*, p.id AS receipt, p.d, p.cents AS took, p.summary, CASE WHEN has_month OR p.from_year IS NULL THEN p.d BETWEEN c.due_from AND c.due_to ELSE c.y BETWEEN p.from_year AND p.to_year END AS is_due,
           c.y BETWEEN p.from_year AND p.to_year AND p.to_year > p.from_year AND p.cents >= 0.9 * c.cents * (p.to_year - p.from_year + 1) AS is_span
    FROM covered c JOIN by_party p ON p.v = c.v AND p.lessee = c.lessee
), got AS (
    SELECT v, id, y, sum(took) FILTER (is_due) AS near_cents, count(*) FILTER ((is_due AND took BETWEEN 0.9 * cents AND 1.15 * cents) OR is_span) AS exact,
           sum(took) FILTER (d > due_to) AS later, max(took) FILTER (d < due_to) AS biggest, sum(took) AS ever, bool_or(says_prepaid(summary)) AS says_ahead
    FROM due GROUP BY v, id, y
), owed_year AS (SELECT v, lessee, y, sum(cents) AS cents FROM covered GROUP BY ALL),
owed_all AS (SELECT v, lessee, sum(cents) AS cents FROM covered GROUP BY ALL),
state AS (
    SELECT c.*, coalesce(g.near_cents, 0) AS near_cents, coalesce(g.exact, 0) AS exact, coalesce(g.later, 0) AS later, coalesce(g.biggest, 0) AS biggest, coalesce(g.says_ahead, false) AS says_ahead, coalesce(g.ever, 0) AS ever,
           coalesce(g.near_cents, 0) >= 0.9 * o.cents OR coalesce(g.exact, 0) > 0 AS is_paid, a.cents AS owed_all
    FROM covered c LEFT JOIN got g ON g.v = c.v AND g.id = c.id AND g.y = c.y JOIN owed_year o ON o.v = c.v AND o.lessee IS NOT DISTINCT FROM c.lessee AND o.y = c.y JOIN owed_all a ON a.v = c.v AND a.lessee IS NOT DISTINCT FROM c.lessee
), level AS (
    SELECT count(*) AS n, round(100.0 * count(*) FILTER (is_paid) / greatest(count(*), 1)) AS paid, count(*) FILTER (is_paid AND NOT is_final) / greatest(count(*) FILTER (NOT is_final), 1) AS running_paid, coalesce(count(*) FILTER (is_paid AND is_final) / greatest(count(*) FILTER (is_final), 1), 1) AS final_paid FROM state SEMI JOIN panel USING (v)
), unpaid AS (
    SELECT s.*, l.n AS n_deals, l.paid, l.final_paid, (8 * l.running_paid + t.n - t.n_unpaid) / (7 + t.n) AS found_share, count(*) OVER (PARTITION BY s.v) AS unpaid_here, t.n AS here FROM state s CROSS JOIN level l JOIN (SELECT v, count(*) AS n, count(*) FILTER (NOT is_paid) AS n_unpaid FROM state GROUP BY v) t USING (v) WHERE NOT s.is_paid
), other_payer AS (
    SELECT u.v, u.id, u.y, count(*) AS n, bool_or(u.kind <> '' AND contains(r.summary, u.kind)) AS same_kind, min(coalesce(r.payee, '他人')) AS who
    FROM unpaid u JOIN rec r ON r.v = u.v AND r.cents BETWEEN 0.99 * u.cents AND 1.01 * u.cents AND r.d BETWEEN u.due_from AND u.due_to + 10 AND (u.has_month OR r.payee IS DISTINCT FROM u.lessee)
    WHERE NOT EXISTS (FROM deal k WHERE k.v = r.v AND k.lessee = r.payee AND k.lessee <> u.lessee AND k.cents BETWEEN 0.99 * u.cents AND 1.01 * u.cents) GROUP BY ALL
), unnamed AS (
    -- receipts without a payer, of the contract's kind: whole or in two parts
    SELECT u.v, u.id, u.y, sum(r.cents) AS cents FROM unpaid u JOIN rec r ON r.v = u.v AND r.payee IS NULL AND r.d BETWEEN u.due_from AND u.due_to + 10 AND u.kind <> ''
        AND (contains(r.summary, u.kind) OR contains(r.summary, left(u.kind, 2))) AND r.cents <= 1.01 * u.cents GROUP BY ALL
), named AS (
    SELECT DISTINCT u.v, u.id, u.y, true AS is_settled FROM unpaid u JOIN e ON e.v = u.v AND contains(e.summary, u.lessee) AND (says_waived(e.summary) OR says_offset(e.summary)) AND e.d BETWEEN u.due_on - 200 AND u.due_on + 250
), at_bank AS (
    SELECT u.v, u.id, u.y, min(x.id) AS bank_id FROM unpaid u JOIN bank_only x ON x.v = u.v AND x.cents > 0 AND x.d BETWEEN u.due_from AND u.due_to AND (x.party = u.lessee OR x.cents = u.cents) GROUP BY ALL
), rated AS (
SELECT u.v, u.id, u.y, b.bank_id,
       1.3 + CASE WHEN b.bank_id IS NOT NULL THEN 1.5 ELSE 0 END - CASE WHEN o.same_kind THEN 3.2 WHEN o.n > 0 THEN 2.4 ELSE 0 END - CASE WHEN coalesce(x.cents, 0) + u.near_cents >= 0.9 * u.cents THEN 2.4 WHEN x.cents > 0 THEN 1.2 WHEN u.near_cents > 0.1 * u.cents THEN 0.8 ELSE 0 END
         - CASE WHEN u.biggest >= 1.8 * u.cents OR u.says_ahead THEN 2.6 ELSE 0 END - CASE WHEN u.later >= 0.9 * u.cents THEN 1.5 ELSE 0 END - CASE WHEN u.is_final AND u.final_paid < 0.6 THEN 3.0 ELSE 0 END
         - CASE WHEN u.last_on < u.due_to - 30 THEN CASE WHEN has_month THEN 0.8 ELSE 0.4 END ELSE 0 END - CASE WHEN has_month AND u.first_on > u.due_from THEN 0.6 ELSE 0 END - CASE WHEN unpaid_here > 0.6 * here AND unpaid_here >= 4 THEN 1.8 WHEN unpaid_here >= 4 THEN 0.5 ELSE 0 END
         - CASE WHEN NOT has_month THEN 0.6 ELSE 0 END AS lo,
       u.cents, u.remark, coalesce(n.is_settled, false) OR says_waived(u.remark) OR says_offset(u.remark) AS is_settled, says_prepaid(u.remark) AS is_prepaid, u.biggest >= 1.8 * u.cents OR u.says_ahead AS is_ahead, coalesce(o.same_kind OR o.n > 0, false) OR coalesce(x.cents, 0) > 0 AS is_other_payer, u.later >= 0.9 * u.cents AS is_late_paid,
       coalesce(u.lessee, '（未写承租人）') AS lessee, u.kind, CASE WHEN has_month THEN strftime(u.due_on, '%m月') || '到期' ELSE '未写缴款月份' END AS due,
       CASE WHEN u.near_cents > 0 THEN '只收到' || yuan(u.near_cents) || '元' ELSE strftime(u.due_from, '%Y-%m-%d') || '至' || strftime(u.due_to, '%Y-%m-%d') || '没有其收款' END || CASE WHEN b.bank_id IS NOT NULL THEN '，而银行流水有对应进账' ELSE '' END AS got,
       CASE WHEN b.bank_id IS NULL THEN u.found_share END AS found_share, u.paid, u.n_deals
FROM unpaid u LEFT JOIN unnamed x ON x.v = u.v AND x.id = u.id AND x.y = u.y LEFT JOIN other_payer o ON o.v = u.v AND o.id = u.id AND o.y = u.y LEFT JOIN named n ON n.v = u.v AND n.id = u.id AND n.y = u.y LEFT JOIN at_bank b ON b.v = u.v AND b.id = u.id AND b.y = u.y
), alike AS (
    -- years of one contract that stand alike are one matter
    SELECT *, is_settled OR is_prepaid OR is_ahead OR is_other_payer OR is_late_paid AS is_explained FROM rated
)
SELECT v, list_concat(list('k:' || id || ':' || y ORDER BY y), list('b:' || bank_id ORDER BY y) FILTER (bank_id IS NOT NULL)) AS objs, max(lo) AS lo, CAST(sum(cents) AS BIGINT) AS amount, CASE WHEN max(remark) = '' THEN [] ELSE [max(remark)] END AS text,
       bool_and(is_settled) AS is_settled, bool_and(is_prepaid) AS is_prepaid, bool_and(is_ahead) AS is_ahead, bool_and(is_other_payer) AS is_other_payer, bool_and(is_late_paid) AS is_late_paid, min(lessee) AS lessee, string_agg(y, '、' ORDER BY y) AS years, CASE WHEN count(*) > 1 THEN '每年' ELSE '' END AS per, min(kind) AS kind,
       yuan(min(cents)) AS annual, min(due) AS due, string_agg(DISTINCT got, '，' ORDER BY got) AS got, max(found_share) AS found_share, CAST(max(paid) AS INTEGER) AS paid, max(n_deals) AS n_deals, round(-log10(greatest(1.01 - max(paid) / 100.0, 0.01)), 1) AS rarity
FROM alike GROUP BY v, id, is_explained, bank_id IS NULL, CASE WHEN is_explained THEN y END
