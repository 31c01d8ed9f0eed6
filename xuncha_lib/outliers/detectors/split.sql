/*---
name: 短期内分次付款、每笔低于审批限额
needs: {entries: [entry_id, village_id, date, side, amount, summary]}
uses: {villages: [approval_limit], entries: [payee, biz_date, invoice_no]}
reason: "{first_on}至{last_on}向{payee}分{n}笔付款，每笔{least}至{most}元，均低于{limit}元（{limit_kind}），合计{amount_yuan}元，需核实是否同一事项"
figure: "{days}天内{n}笔；按该收款人全年{total}笔的频率，此间应有约{expected}笔"
group: 该收款人在本村的全部付款
checked: 数量单价、分期约定、平时付款频率
clears: [合同约定分期, 各笔对应不同地点或批次并有验收单, 会议决议覆盖总额]
source: 农村集体经济组织财务制度 §7；拆分审批测试
---*/
WITH marks AS (
    SELECT v, lim AS mark, true AS on_file FROM vil WHERE lim IS NOT NULL
    UNION ALL SELECT v, m * 100000, false FROM vil, (SELECT unnest([1, 2, 5, 10, 20, 30, 50, 100, 200]) AS m) WHERE lim IS NULL
), band AS (
    SELECT p.v, coalesce(p.pid, p.tid) AS key, p.pid IS NOT NULL AS named, m.mark, m.on_file, p.id, p.d, p.cents, p.tid, p.is_counted, CASE WHEN p.vno IS NULL THEN hash(p.id) ELSE p.ym * 100000 + p.vno END AS slip,
           coalesce(p.acc, 0) AS acc, p.b, lag(p.d) OVER w AS before_d, lead(p.d) OVER w AS after_d, count(*) OVER (PARTITION BY p.v, coalesce(p.pid, p.tid), m.mark) AS in_band
    FROM pay p JOIN marks m ON m.v = p.v AND p.cents < m.mark AND p.cents >= CASE WHEN m.on_file THEN 0.3 ELSE 0.7 END * m.mark
    WINDOW w AS (PARTITION BY p.v, coalesce(p.pid, p.tid), m.mark ORDER BY p.d, p.id)
), near AS (
    SELECT n.*, n.is_counted OR g.tid IS NOT NULL AS is_goods, CASE WHEN n.d - n.before_d <= 8 THEN 0 ELSE 1 END AS is_new
    FROM band n ANTI JOIN listed USING (v, b, tid) LEFT JOIN ref_goods g USING (tid) WHERE n.d - n.before_d <= 8 OR n.after_d - n.d <= 8
), chained AS (
    SELECT *, sum(is_new) OVER (PARTITION BY v, key, mark ORDER BY d, id ROWS UNBOUNDED PRECEDING) AS chain FROM near
), runs AS (
    SELECT v, key, mark, any_value(on_file) AS on_file, bool_and(named) AS named, CAST(count(*) AS INTEGER) AS n, min(d) AS first_on, max(d) AS last_on, max(in_band) AS in_band,
           CAST(sum(cents) AS BIGINT) AS cents, min(cents) AS least, max(cents) AS most, count(DISTINCT tid) AS words, CAST(count(*) FILTER (is_goods) AS INTEGER) AS counted, count(DISTINCT cents) AS sums,
           list(id ORDER BY d, id) AS ids
    FROM chained GROUP BY v, key, mark, chain
    HAVING count(*) BETWEEN 2 AND 15 AND count(DISTINCT slip) >= 2 AND sum(cents) > 1.05 * mark AND max(d) - min(d) <= 25
), rated AS (
    SELECT r.*, CAST(r.last_on - r.first_on AS INTEGER) AS days, (r.in_band - r.n + 0.5) * (r.last_on - r.first_on + 1.0) / greatest(b.last_on - b.first_on + 1, 60) AS expected FROM runs r JOIN book b USING (v)
), told AS (
    SELECT x.v, x.first_id, x.mark, min(e.payee) AS payee, list(e.summary ORDER BY e.d, e.id) AS text, bool_and(coalesce(regexp_matches(e.acc_name, '招待|接待'), false) OR says_eating_house(e.payee)) AS is_meal
    FROM (SELECT v, mark, ids[1] AS first_id, unnest(ids) AS id FROM runs) x JOIN e ON e.v = x.v AND e.id = x.id GROUP BY x.v, x.first_id, x.mark
), home AS (
    -- a limit nobody wrote down shows itself: several villages of a township stay under the same figure
    SELECT r.*, w.town FROM rated r JOIN vil w USING (v)
), shared AS (
    SELECT town, mark, count(DISTINCT v) AS villages FROM home WHERE NOT on_file AND named AND cents >= 0.9 * n * mark AND mark >= 200000 GROUP BY ALL
), used AS (
    SELECT town, sum(villages) AS villages FROM shared GROUP BY town
), scored AS (
    SELECT r.*, t.payee, t.text, -1.5 + CASE WHEN on_file THEN 0.7 WHEN coalesce(s.villages, 0) >= 3 AND s.villages >= 0.4 * u.villages THEN 0.2 WHEN u.villages >= 4 AND coalesce(s.villages, 0) <= 1 THEN -1.2 ELSE -0.6 END
        + least(1.0, 0.3 * (poisson_surprise(n, expected) - 2))
        + CASE WHEN n >= 4 THEN 0.9 WHEN n = 3 THEN 0.6 ELSE 0 END
        + CASE WHEN cents >= 0.8 * n * r.mark THEN 1.2 WHEN cents >= 0.68 * n * r.mark THEN 0.7 WHEN cents >= 0.55 * n * r.mark THEN 0 ELSE -1.0 END
        + CASE WHEN words = 1 THEN 0.7 WHEN words >= n AND n >= 3 THEN -0.9 WHEN words >= n THEN -0.7 ELSE 0 END
        + CASE WHEN days <= 3 THEN 0.4 WHEN days > 10 THEN -0.5 ELSE 0 END
        - 2.2 * counted / n - CASE WHEN is_meal THEN 1.8 ELSE 0 END
        - CASE WHEN in_band - n >= 6 THEN 1.2 WHEN in_band - n >= 3 THEN 0.6 ELSE 0 END
        - CASE WHEN sums = 1 AND n >= 3 THEN 0.4 ELSE 0 END
        - CASE WHEN NOT named THEN 1.8 ELSE 0 END - CASE WHEN r.mark < 200000 AND NOT on_file THEN 0.8 ELSE 0 END AS lo
    FROM home r LEFT JOIN shared s USING (town, mark) LEFT JOIN used u USING (town) JOIN told t ON t.v = r.v AND t.first_id = r.ids[1] AND t.mark = r.mark
)
SELECT v, ['e:' || i FOR i IN ids] AS objs, lo, cents AS amount, text, counted = n AS is_priced, is_public(payee) AS is_public, coalesce(payee, '（未写收款人）') AS payee, n, days,
       CAST(first_on AS VARCHAR) AS first_on, CAST(last_on AS VARCHAR) AS last_on, yuan(least) AS least, yuan(most) AS most, yuan(mark) AS "limit", yuan(cents) AS amount_yuan,
       CASE WHEN on_file THEN '本村审批限额' ELSE '整数参考线，未录入本村限额' END AS limit_kind, in_band AS total, round(expected, 2) AS expected, round(poisson_surprise(n, expected), 1) AS rarity
FROM scored WHERE lo > -2.5
QUALIFY row_number() OVER (PARTITION BY v, key, ids[1] ORDER BY lo DESC, mark) = 1
