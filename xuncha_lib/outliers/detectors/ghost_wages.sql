/*---
name: 工资报酬付给不在岗人员
needs: {entries: [entry_id, village_id, date, side, amount, payee, summary], roster: [village_id, name]}
uses: {roster: [start, end, acct], entries: [payee_acct, biz_date]}
reason: "{first_on}至{last_on}以工资报酬名义付{payee}{n}个月共{amount_yuan}元，{why}，需核实是否在岗"
figure: "同类付款在参照村有{share}付给在册人员"
group: 参照村同类摘要的付款
checked: 任期起止、临时替班、岗位名单写法
clears: [聘用或任职文件, 考勤和工作记录, 本人签领]
source: 岗位名册与工资发放比对
---*/
WITH learned AS (
    -- wage templates: those that are paid to persons on the roster, as the books themselves show
    SELECT tid, n_roster / n_payee AS share, n_payee FROM ref_template WHERE n_payee >= 10 AND n_roster >= 0.6 * n_payee
), wage AS (
    SELECT p.v, p.id, p.d, p.pid, p.payee, p.pacct, p.cents, p.summary, coalesce(l.share, 0) AS share
    FROM pay p LEFT JOIN learned l USING (tid) WHERE p.payee IS NOT NULL AND NOT is_firm(p.payee) AND (l.tid IS NOT NULL OR regexp_matches(p.summary, '工资|报酬|薪酬|绩效|岗位补贴|职务补贴'))
), covered AS (SELECT v, count(*) AS people FROM ros GROUP BY v),
placed AS (
    SELECT w.*, r.name IS NOT NULL AS is_named, r.start_on, r.end_on, r.acct, r.name IS NOT NULL AND w.d BETWEEN r.start_on - 45 AND r.end_on + 62 AS is_serving
    FROM wage w JOIN covered USING (v) LEFT JOIN (SELECT v, name, min(start_on) AS start_on, max(end_on) AS end_on, min(acct) AS acct FROM ros GROUP BY ALL) r ON r.v = w.v AND r.name = w.payee
), accounts AS (
    SELECT v, pacct, count(DISTINCT payee) AS holders, min(payee) AS one, max(payee) AS two FROM pay WHERE pacct IS NOT NULL AND payee IS NOT NULL AND NOT is_firm(payee) GROUP BY ALL HAVING count(DISTINCT payee) BETWEEN 2 AND 4
), owners AS (SELECT v, acct, min(name) AS name FROM ros WHERE acct IS NOT NULL GROUP BY ALL),
odd AS (
    SELECT p.*, a.holders, CASE WHEN a.one = p.payee THEN a.two ELSE a.one END AS sharer, o.name AS owner FROM placed p LEFT JOIN accounts a ON a.v = p.v AND a.pacct = p.pacct
    LEFT JOIN owners o ON o.v = p.v AND o.acct = p.pacct AND o.name <> p.payee
    WHERE NOT p.is_serving OR a.holders IS NOT NULL OR o.name IS NOT NULL
), grouped AS (
    SELECT v, pid, min(payee) AS payee, CAST(count(DISTINCT year(d) * 100 + month(d)) AS INTEGER) AS n, min(d) AS first_on, max(d) AS last_on, CAST(sum(cents) AS BIGINT) AS cents, list('e:' || id ORDER BY d, id) AS ids, max(share) AS share,
           list(DISTINCT summary ORDER BY summary) AS text, bool_or(is_named) AS is_named, any_value(end_on) AS end_on, any_value(start_on) AS start_on, max(owner) AS owner, max(sharer) AS sharer, bool_and(is_serving) AS is_serving
    FROM odd GROUP BY v, pid
), rated AS (
    SELECT g.*, w.village_id, p.shown, count(*) OVER (PARTITION BY g.v) AS in_village, c.people, r.cents AS roster_cents
    FROM grouped g JOIN vil w USING (v) JOIN vp p USING (v, pid) JOIN covered c USING (v)
    LEFT JOIN (SELECT v, median(cents) AS cents FROM placed WHERE is_serving GROUP BY v) r ON r.v = g.v
)
SELECT v, list_prepend('p:' || village_id || ':' || shown, ids[:60]) AS objs,
       CASE WHEN is_serving THEN -0.6 WHEN is_named AND first_on > end_on THEN 1.0 WHEN is_named THEN -0.2 ELSE 0.2 END
         + CASE WHEN n >= 6 THEN 1.3 WHEN n >= 4 THEN 0.7 WHEN n = 3 THEN -0.8 WHEN n = 2 THEN -1.5 ELSE -2.2 END
         + CASE WHEN owner IS NOT NULL THEN 1.8 WHEN sharer IS NOT NULL THEN 1.0 ELSE 0 END + CASE WHEN share >= 0.8 THEN 0.5 WHEN share = 0 THEN -0.8 ELSE 0 END
         - CASE WHEN in_village > 0.6 * people AND in_village >= 4 THEN 2.0 WHEN in_village > 5 THEN 1.0 ELSE 0 END AS lo,
       cents AS amount, text, payee, n, CAST(first_on AS VARCHAR) AS first_on, CAST(last_on AS VARCHAR) AS last_on, yuan(cents) AS amount_yuan, CASE WHEN share > 0 THEN round(100 * share) || '%' ELSE '未知比例' END AS share,
       concat_ws('，', CASE WHEN is_serving THEN '本人在册' WHEN is_named AND last_on > end_on THEN '名册载明' || CAST(end_on AS VARCHAR) || '已离任' WHEN is_named THEN '名册载明' || CAST(start_on AS VARCHAR) || '才任职' ELSE '岗位名册中没有此人' END,
                 CASE WHEN owner IS NOT NULL THEN '收款账号与' || owner || '的账号相同' WHEN sharer IS NOT NULL THEN '收款账号与' || sharer || '相同' END) AS why,
       round(CASE WHEN share > 0 THEN -log10(1.02 - share) * least(n, 6) ELSE 1 END, 1) AS rarity
FROM rated
