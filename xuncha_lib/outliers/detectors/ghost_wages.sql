/*---
name: 工资报酬付给不在岗人员
needs: {entries: [entry_id, village_id, date, side, amount, payee, summary], roster: [village_id, name]}
keeps: [cohort]
uses: {roster: [start, end, acct], entries: [payee_acct, biz_date]}
reason: "{first_on}至{last_on}以工资报酬名义付{payee}{n}个月共{amount_yuan}元，{why}，需核实是否在岗"
figure: "同类付款在参照村有{share}付给在册人员"
group: 参照村同类摘要的付款
checked: 任期起止、临时替班、季节用工、姓名写法（代领、岗位附注）
clears: [聘用或任职文件, 考勤和工作记录, 本人签领]
source: 岗位名册与工资发放比对；同一账户多人
---*/
WITH learned AS (
    -- wage templates as the books show them: paid to persons on the roster, and again and again to the same ones
    SELECT tid, n_roster / n_payee AS share FROM ref_template WHERE n_payee >= 10 AND n_roster >= 0.6 * n_payee AND n >= 3.5 * payee_years
), wage AS (
    SELECT p.v, p.id, p.d, p.tid, p.pid, p.payee, bare_name(p.payee) AS name, p.pacct, p.cents, p.summary, coalesce(l.share, 0) AS share
    FROM pay p SEMI JOIN (SELECT v, pid FROM vp WHERE NOT is_firm(payee)) USING (v, pid) LEFT JOIN learned l USING (tid) WHERE (l.tid IS NOT NULL OR regexp_matches(p.summary, '工资|报酬|薪酬|绩效|岗位补贴|职务补贴|岗位津贴'))
), persons AS (
    SELECT v, name, min(start_on) AS start_on, max(end_on) AS end_on FROM (SELECT v, bare_name(name) AS name, start_on, end_on FROM ros) GROUP BY ALL
), covered AS (SELECT v, count(*) AS people FROM persons GROUP BY v),
placed AS (
    SELECT w.*, r.name IS NOT NULL AS is_named, r.start_on, r.end_on, r.name IS NOT NULL AND w.d BETWEEN r.start_on - 45 AND r.end_on + 62 AS is_serving
    FROM wage w JOIN covered USING (v) LEFT JOIN persons r ON r.v = w.v AND r.name = w.name
), met AS (
    SELECT tid, v, pid, bool_or(is_serving) AS is_met FROM placed SEMI JOIN panel USING (v) GROUP BY ALL
), cohort AS (
    -- how often a payee of the purpose is found on the roster; the line without a purpose is for all of them
    SELECT tid, count(*) AS n, count(*) FILTER (is_met) AS n_met FROM met GROUP BY GROUPING SETS ((tid), ())
), usual AS (
    SELECT c.tid, (c.n_met + 8 * a.n_met / a.n) / (c.n + 8) AS found_share FROM cohort c CROSS JOIN (FROM cohort WHERE tid IS NULL AND n > 0) a
), away AS (
    SELECT v, pid, min(payee) AS payee, '' AS sharer, CAST(count(DISTINCT year(d) * 100 + month(d)) AS INTEGER) AS n, min(d) AS first_on, max(d) AS last_on, CAST(sum(cents) AS BIGINT) AS cents, list('e:' || id ORDER BY d, id)[:60] AS ids, max(share) AS share,
           list(DISTINCT summary ORDER BY summary) AS text, bool_or(is_named) AS is_named, any_value(end_on) AS end_on, any_value(start_on) AS start_on, max(coalesce(u.found_share, o.found_share)) AS found_share
    FROM placed p LEFT JOIN usual u USING (tid) LEFT JOIN usual o ON o.tid IS NULL WHERE NOT is_serving GROUP BY v, pid
), accounts AS (
    SELECT v, pacct, min(name) AS one, max(name) AS two FROM wage WHERE pacct IS NOT NULL GROUP BY v, pacct HAVING count(DISTINCT name) = 2
), shared AS (
    SELECT w.v, a.pacct, arg_max(w.pid, (w.name = a.two, w.pid)) AS pid, min(a.one) AS payee, min(a.two) AS sharer, CAST(count(DISTINCT year(w.d) * 100 + month(w.d)) AS INTEGER) AS n, min(w.d) AS first_on, max(w.d) AS last_on, CAST(sum(w.cents) AS BIGINT) AS cents,
           list('e:' || w.id ORDER BY w.d, w.id)[:60] AS ids, max(w.share) AS share, list(DISTINCT w.summary ORDER BY w.summary) AS text, list(DISTINCT w.payee ORDER BY w.payee) AS payees
    FROM wage w JOIN accounts a ON a.v = w.v AND a.pacct = w.pacct GROUP BY w.v, a.pacct
), rated AS (
    SELECT a.v, a.payee, a.sharer, a.n, a.first_on, a.last_on, a.cents, a.ids, a.share, a.text, a.is_named, a.end_on, a.start_on, CASE WHEN NOT a.is_named THEN coalesce(a.found_share, 0) END AS found_share, false AS is_pair, ['p:' || w.village_id || ':' || p.shown] AS heads, count(*) OVER (PARTITION BY a.v) AS here, c.people
    FROM away a JOIN vil w USING (v) JOIN vp p USING (v, pid) JOIN covered c USING (v)
    UNION ALL
    SELECT s.v, s.payee, s.sharer, s.n, s.first_on, s.last_on, s.cents, s.ids, s.share, s.text, true, NULL, NULL, NULL, true, ['p:' || w.village_id || ':' || x FOR x IN s.payees], count(*) OVER (PARTITION BY s.v), c.people
    FROM shared s JOIN vil w USING (v) JOIN covered c USING (v)
)
SELECT v, list_concat(heads, ids) AS objs,
       CASE WHEN is_pair THEN 1.2 WHEN is_named AND first_on > end_on THEN 1.0 WHEN is_named THEN 0.2 ELSE 0.2 END
         + CASE WHEN n >= 6 THEN 1.2 WHEN n = 5 THEN 0.7 WHEN n = 4 THEN 0.2 WHEN n = 3 THEN -1.2 WHEN n = 2 THEN -1.8 ELSE -2.4 END
         + CASE WHEN share >= 0.8 THEN 0.4 WHEN share = 0 THEN -1.0 ELSE 0 END
         - CASE WHEN here > 0.6 * people AND here >= 4 THEN 2.0 WHEN here > 5 THEN 1.0 ELSE 0 END AS lo,
       cents AS amount, text, payee, n, CAST(first_on AS VARCHAR) AS first_on, CAST(last_on AS VARCHAR) AS last_on, yuan(cents) AS amount_yuan, found_share, CASE WHEN found_share IS NOT NULL THEN round(100 * found_share) || '%' WHEN share > 0 THEN round(100 * share) || '%' ELSE '未知比例' END AS share,
       CASE WHEN is_pair THEN '收款账号与' || sharer || '相同' WHEN is_named AND last_on > end_on THEN '名册载明' || CAST(end_on AS VARCHAR) || '已离任' WHEN is_named THEN '名册载明' || CAST(start_on AS VARCHAR) || '才任职' ELSE '岗位名册中没有此人' END AS why,
       round(CASE WHEN share > 0 THEN -log10(1.02 - share) * least(n, 6) ELSE 1 END, 1) AS rarity
FROM rated
