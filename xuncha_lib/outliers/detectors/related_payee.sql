/*---
name: 收款单位与本村干部疑似有关联
needs: {entries: [entry_id, village_id, date, side, amount, payee], roster: [village_id, name]}
uses: {payees: [payee, legal_rep, registered], roster: [acct, post], entries: [payee_acct]}
reason: "付{payee}{n}笔共{amount_yuan}元，{why}，需核实是否回避并履行决策程序"
figure: "占本村支出{share}%，登记单位中同名法定代表人{same}个"
group: 全部登记收款单位
checked: 同名同姓、交易笔数和金额、其他村是否也与其交易
clears: [身份证号核对不是同一人, 会议记录载明回避, 公开比价记录]
source: 农村集体经济组织法 §35；工商登记与名册比对
---*/
WITH reps AS (
    SELECT p.v, p.pid, r.name, r.post, 'rep' AS kind FROM vp p JOIN firm f USING (pid) JOIN ros r ON r.v = p.v AND r.name = f.legal_rep WHERE p.payee <> r.name
    UNION ALL
    SELECT DISTINCT p.v, p.pid, r.name, r.post, 'acct' FROM pay p SEMI JOIN (SELECT v, pid FROM vp WHERE is_firm(payee)) USING (v, pid) JOIN ros r ON r.v = p.v AND r.acct = p.pacct WHERE bare_name(p.payee) <> r.name
), linked AS (
    SELECT v, pid, min(name) AS name, min(post) AS post, bool_or(kind = 'acct') AS by_acct, bool_or(kind = 'rep') AS by_rep FROM reps GROUP BY v, pid
), rated AS (
    SELECT l.*, p.payee, p.shown, p.n, p.cents, p.most, p.first_on, 100.0 * p.cents / greatest(b.spent, 1) AS share, coalesce(u.villages, 1) AS villages, coalesce(k.n, 1) AS same, count(*) OVER (PARTITION BY l.pid) AS reach, w.village_id, f.registered
    FROM linked l JOIN vp p USING (v, pid) JOIN book b USING (v) JOIN vil w USING (v) LEFT JOIN used_by u USING (pid) LEFT JOIN ref_name k ON k.name = l.name LEFT JOIN firm f USING (pid)
), rows AS (
    SELECT r.v, r.pid, list('e:' || p.id ORDER BY p.d, p.id)[:60] AS ids, list(DISTINCT p.summary ORDER BY p.summary) AS text FROM rated r JOIN pay p USING (v, pid) GROUP BY ALL
)
SELECT r.v, list_prepend('p:' || village_id || ':' || shown, ids) AS objs,
       CASE WHEN by_acct THEN 1.6 ELSE -0.6 END + CASE WHEN by_acct AND by_rep THEN 1.0 ELSE 0 END + CASE WHEN n >= 6 THEN 1.4 WHEN n >= 4 THEN 0.6 WHEN n <= 2 THEN -1.4 ELSE -0.6 END + CASE WHEN share > 8 THEN 1.2 WHEN share > 3 THEN 0.6 WHEN share < 0.5 THEN -0.6 ELSE 0 END
         + CASE WHEN villages = 1 THEN 0.4 WHEN villages >= 3 THEN -1.2 ELSE -0.5 END - CASE WHEN reach >= 2 AND NOT by_acct THEN 1.6 ELSE 0 END - CASE WHEN same >= 10 THEN 1.0 WHEN same >= 4 THEN 0.5 ELSE 0 END AS lo,
       cents AS amount, text, payee, n, yuan(cents) AS amount_yuan, round(share, 1) AS share, same,
       concat_ws('，', CASE WHEN by_rep THEN '登记的法定代表人' || name || '与本村' || coalesce(nullif(post, ''), '名册人员') || '同名' END, CASE WHEN by_acct THEN '收款账号与' || name || '的账号相同' END) AS why,
       round(log10(1 + (SELECT count(*) FROM firm) / (1.0 * same)), 1) AS rarity
FROM rated r JOIN rows USING (v, pid)
