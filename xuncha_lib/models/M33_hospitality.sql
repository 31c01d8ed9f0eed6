/*---
id: M33
name: 接待及变相接待支出
category: C5
severity: medium
identity: null
prior: 0.6
needs: {money: [row_id, rows, village_code, entry_on, side, amount_yuan, summary]}
uses:
  cancelled: [village_code]
  money: [account_name, payee, note, payee_key, template]
knobs: {least_yuan: 100}
basis: [公职人员政务处分法 §35]
reason: "{y}年有{n}笔疑似餐饮、烟酒、礼品类支出（{subject}），合计{amount_yuan}元，需核实事由和人员"
innocent: [防汛防火选举等现场工作餐, 敬老节或慰问群众物品, 已退款]
check: [菜单与就餐人员名单, 公函或会议通知, 发票与收款人]
aspects: [A04]
forms: [F16]
not_for: 是否属于接待费要看本地规定，未录入规定前只作提示
---*/
WITH meal AS (
    SELECT m.row_id, m.rows, m.village_code, m.entry_on, year(m.entry_on) AS y, m.amount_yuan, m.summary,
           coalesce(m.payee_key, m.template) AS key, coalesce(m.payee_key, m.summary) AS shown,
           says_gift_words(m.summary) OR says_gift_words(m.note) AS is_gift,
           says_hospitality(m.summary) OR says_hospitality(m.account_name) AS is_said,
           CASE WHEN says_gift_words(m.summary) AND says_meal_work_only(m.summary) THEN false
                ELSE says_meal_excuse(m.summary) OR says_meal_excuse(m.note) OR says_reversal(m.summary) END AS is_excused,
           c.row_id IS NOT NULL AS is_cancelled
    FROM money m LEFT JOIN cancelled c USING (row_id)
    WHERE m.side = 'out' AND m.amount_yuan >= $least_yuan AND m.entry_on IS NOT NULL
      AND (says_hospitality(m.summary) OR says_eating_house(m.payee_key) OR says_gift_words(m.note)
           OR regexp_matches(coalesce(m.account_name, ''), '招待|接待'))
      -- a building contractor called 酒店用品, a guest house under repair, a fruit tree bought are not meals
      AND NOT regexp_matches(coalesce(m.summary, ''), '果树|果苗|水果店租|酒精|烟花|禁烟|装修|维修|改造|收购|租金|工程')
), summed AS (
    SELECT village_code, key, y, is_excused OR is_cancelled AS is_out, min(shown) AS shown, flatten(list(rows ORDER BY entry_on, row_id)) AS rows,
           sum(amount_yuan) AS yuan, count(*) AS n, min(entry_on) AS first_on, max(entry_on) AS last_on,
           bool_or(is_gift) AS is_gift, bool_or(is_said) AS is_said, bool_or(is_cancelled) AS is_cancelled
    FROM meal GROUP BY ALL
), crowd AS (
    SELECT village_code, y, count(*) AS groups FROM summed WHERE NOT is_out GROUP BY ALL
), level AS (
    SELECT median(yuan) AS usual, count(DISTINCT village_code) / greatest((SELECT count(DISTINCT village_code) FROM money), 1) AS share FROM summed WHERE NOT is_out
)
SELECT s.village_code, 'payee' AS subject_kind, concat_ws('|', 'meal', s.key, s.y) AS subject_key, s.shown AS subject,
       NULL::INT AS level, s.rows AS evidence, CAST(s.yuan AS DOUBLE) AS amount_yuan, s.first_on, s.last_on, s.n, s.y,
       CASE WHEN NOT s.is_said AND NOT s.is_gift THEN CASE WHEN s.yuan >= 800 THEN 0.6 ELSE 0.3 END
            WHEN l.share > 0.6 AND s.yuan < 2 * l.usual AND s.n <= 2 THEN 0.3
            WHEN s.is_gift THEN 0.8 WHEN s.yuan >= 2000 OR s.n >= 3 THEN 0.75 WHEN s.yuan >= 600 THEN 0.65 ELSE 0.4 END
         * CASE WHEN c.groups > 6 THEN 0.5 ELSE 1 END AS p,
       CASE WHEN s.is_cancelled THEN '该款已退回或冲回' WHEN s.is_out THEN '摘要写明为现场工作用餐或慰问、敬老物品' END AS explained
FROM summed s CROSS JOIN level l LEFT JOIN crowd c ON c.village_code = s.village_code AND c.y = s.y
ORDER BY 1, 3, s.is_out
