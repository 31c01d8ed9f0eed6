/*---
name: 现金或存款出现负余额
needs: {balances: [village_id, period, closing]}
uses: {balances: [account, account_name]}
reason: "“{account}”{period}期末余额为{closing}元，货币资金不应为负，需核实漏记收入或垫付"
figure: "本村{n}个货币资金期末余额中{negative}个为负"
group: 本村货币资金各期余额
checked: 同期其他货币资金是否为正、凭证先后顺序
clears: [当期补记的收入凭证, 现金盘点表, 银行对账单]
source: 会计法 §9；现金管理暂行条例
---*/
WITH money_accounts AS (
    SELECT w.v, w.village_id, coalesce(r.account_name, r.account, '') AS account, regexp_replace(r.period, '\D', '', 'g') AS period, r.closing, count(*) OVER (PARTITION BY w.v) AS n
    FROM raw_balances r JOIN vil w USING (village_id) WHERE regexp_matches(coalesce(r.account_name, r.account, ''), '现金|存款|^10[12]') AND r.closing IS NOT NULL AND r.period IS NOT NULL
)
SELECT v, ['m:' || village_id || ':' || rpad(left(period, 6), 6, '12')] AS objs, 0.4 + CASE WHEN closing < -500000 THEN 0.6 WHEN closing > -10000 THEN -1.0 ELSE 0 END - CASE WHEN count(*) OVER (PARTITION BY v) > 4 THEN 1.0 ELSE 0 END AS lo,
       -closing AS amount, []::VARCHAR[] AS text, account, period, yuan(closing) AS closing, n, count(*) OVER (PARTITION BY v) AS negative, round(log10(1 + n / (1.0 * count(*) OVER (PARTITION BY v))), 1) AS rarity
FROM money_accounts WHERE closing < 0
