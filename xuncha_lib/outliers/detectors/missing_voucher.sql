/*---
name: 凭证号缺号
needs: {entries: [village_id, date, voucher_no]}
uses: {bank: [village_id, date, amount]}
keeps: [level]
reason: "{month}凭证号缺{numbers}号（当月编到{last}号），前后凭证日期{before}至{after}，{bank}需核实凭证去向"
figure: "本村全部月份共缺{gaps}个号，参照村中位数{usual}个"
group: 本村各月与参照村
checked: 作废说明、跨月补号、本村一贯缺号
clears: [作废凭证原件, 代理机构的删除日志]
source: 会计基础工作规范（凭证连续编号）
---*/
WITH numbers AS (
    SELECT v, ym, vno, min(b) AS first_on, max(b) AS last_on FROM e WHERE vno BETWEEN 1 AND 5000 GROUP BY ALL
), months AS (
    SELECT v, ym, max(vno) AS top, count(*) AS n FROM numbers GROUP BY ALL HAVING count(*) >= 5
), stepped AS (
    SELECT n.*, lag(n.vno) OVER w AS before_no, lag(n.last_on) OVER w AS before_on FROM numbers n WINDOW w AS (PARTITION BY v, ym ORDER BY vno)
), gaps AS (
    SELECT s.v, s.ym, coalesce(s.before_no, 0) + 1 AS first_no, s.vno - 1 AS last_no, s.before_on, s.first_on AS after_on, m.top, m.n FROM stepped s JOIN months m USING (v, ym)
    WHERE s.vno - coalesce(s.before_no, 0) > 1 AND m.n >= 0.7 * m.top
), own AS (
    SELECT m.v, coalesce(sum(g.k), 0) AS gaps, count(DISTINCT m.ym) AS months FROM months m LEFT JOIN (SELECT v, ym, sum(last_no - first_no + 1) AS k FROM gaps GROUP BY ALL) g USING (v, ym) GROUP BY m.v
), level AS (SELECT median(gaps) AS usual FROM own SEMI JOIN panel USING (v)),
void AS (
    SELECT DISTINCT v, ym, vno FROM e WHERE regexp_matches(summary, '作废|空号|跳号|废号|注销凭证|缺号|断号|上号|前号|号码?(毁|损|错|空|废|销)|写错|填错|撕毁')
), unbooked AS (
    SELECT g.v, g.ym, g.first_no, arg_min(x.id, (abs(x.d - g.after_on), x.id)) AS bank_id, max(abs(x.cents)) AS cents FROM gaps g JOIN (FROM bank_only WHERE why = '' AND cents < 0 AND NOT regexp_matches(coalesce(party, ''), '现金|支取|提现|取现|备用金|代发|工资')) x ON x.v = g.v AND x.d BETWEEN coalesce(g.before_on, g.after_on - 5) - 3 AND g.after_on + 3 GROUP BY ALL
), per_month AS (SELECT v, ym, count(*) AS runs, sum(last_no - first_no + 1) AS k FROM gaps GROUP BY ALL),
rated AS (
    SELECT g.*, o.gaps, o.months, l.usual, w.village_id, (x.v IS NOT NULL) AS is_void, u.bank_id, u.cents AS bank_cents, p.k, count(*) OVER (PARTITION BY g.v) - count(x.v) OVER (PARTITION BY g.v) + CASE WHEN x.v IS NOT NULL THEN 1 ELSE 0 END AS runs_here, count(*) FILTER (g.last_no > g.first_no) OVER (PARTITION BY g.v) AS long_runs FROM gaps g JOIN own o USING (v) CROSS JOIN level l JOIN vil w USING (v) LEFT JOIN void x ON x.v = g.v AND x.ym = g.ym AND (x.vno BETWEEN g.first_no - 2 AND g.last_no + 2)
    LEFT JOIN unbooked u ON u.v = g.v AND u.ym = g.ym AND u.first_no = g.first_no JOIN per_month p ON p.v = g.v AND p.ym = g.ym
    WHERE g.last_no - g.first_no < 12
)
SELECT v, list_concat([('v:' || village_id || ':' || ym || ':' || i) FOR i IN range(first_no, last_no + 1)], CASE WHEN bank_id IS NULL THEN [] ELSE ['b:' || bank_id] END) AS objs,
       CASE WHEN runs_here = 1 THEN 1.4 WHEN runs_here = 2 THEN -0.2 WHEN runs_here = 3 THEN -0.8 WHEN runs_here <= 5 THEN -1.6 ELSE -3.0 END + CASE WHEN last_no > first_no AND long_runs <= 2 THEN 1.8 ELSE 0 END + CASE WHEN bank_id IS NOT NULL THEN 0.8 ELSE 0 END
         - CASE WHEN usual >= 3 THEN 0.8 ELSE 0 END AS lo,
       coalesce(bank_cents, 0) AS amount, []::VARCHAR[] AS text, is_void, (ym // 100) || '年' || (ym % 100) || '月' AS month, CASE WHEN first_no = last_no THEN '' || first_no ELSE first_no || '至' || last_no END AS numbers, top AS last,
       coalesce(CAST(before_on AS VARCHAR), '月初') AS before, CAST(after_on AS VARCHAR) AS after, gaps, usual, CASE WHEN bank_id IS NOT NULL THEN '同期银行有一笔账上没有的' || yuan(bank_cents) || '元，' ELSE '' END AS bank,
       round(log10(1 + n / gaps), 1) AS rarity
FROM rated
