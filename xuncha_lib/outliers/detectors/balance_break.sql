/*---
name: 期末与下期期初余额不相等
needs: {balances: [village_id, period, opening, closing]}
uses: {balances: [account, account_name]}
reason: "“{account}”{period}期末{closing}元，下一期{next_period}期初{opening}元，相差{gap}元，需核实调整依据"
figure: "本村{n}次相邻期衔接中{broken}次不相等"
group: 本村全部科目的相邻两期
checked: 新旧制度同码异名（按科目名称衔接）、尾差
clears: [审计调整分录, 新旧科目衔接表]
source: 会计法 §9；期初期末断裂测试
---*/
WITH lined AS (
    SELECT w.v, w.village_id, coalesce(r.account_name, r.account, '') AS account, regexp_replace(r.period, '\D', '', 'g') AS period, r.opening, r.closing,
           lead(r.opening) OVER k AS next_opening, lead(regexp_replace(r.period, '\D', '', 'g')) OVER k AS next_period
    FROM raw_balances r JOIN vil w USING (village_id) WHERE r.opening IS NOT NULL AND r.closing IS NOT NULL AND r.period IS NOT NULL
    WINDOW k AS (PARTITION BY w.v, coalesce(r.account_name, r.account, '') ORDER BY regexp_replace(r.period, '\D', '', 'g'))
), joined AS (
    SELECT *, abs(next_opening - closing) AS gap, count(*) OVER (PARTITION BY v) AS n FROM lined WHERE next_opening IS NOT NULL
)
SELECT v, ['m:' || village_id || ':' || rpad(left(period, 6), 6, '12')] AS objs,
       -0.2 + CASE WHEN regexp_matches(account, '现金|存款|^10[12]') THEN 0.8 ELSE 0 END + CASE WHEN gap >= 1000000 THEN 0.5 WHEN gap < 10000 THEN -1.2 ELSE 0 END - CASE WHEN count(*) OVER (PARTITION BY v) > 4 THEN 1.2 ELSE 0 END AS lo,
       gap AS amount, []::VARCHAR[] AS text, account, period, next_period, yuan(closing) AS closing, yuan(next_opening) AS opening, yuan(gap) AS gap, n, count(*) OVER (PARTITION BY v) AS broken,
       round(log10(1 + n / (1.0 * count(*) OVER (PARTITION BY v))), 1) AS rarity
FROM joined WHERE gap > 100
