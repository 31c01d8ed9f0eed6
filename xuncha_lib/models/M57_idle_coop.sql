/*---
id: M57
name: 领办合作社长期无经营活动
category: C8
severity: medium
identity: null
prior: 0.5
needs: {coop: [company]}
uses:
  coop: [row_id, village_code, founded_on, collective_yuan, grant_yuan, turnover_yuan, surplus_yuan, reported_year, state, note]
  money: [rows, village_code, entry_on, payee_org, summary]
  setting: [key, value]
knobs: {young_months: 24, silent_months: 12}
basis: [农民专业合作社法 §71]
reason: "{subject}{why}，另有集体或财政投入{put}元，是否实际经营需核实"
innocent: [账上近一年有往来, 成立不满两年, 季节性种植尚未收获, 只做土地托管或流转, 已注销或正在清算]
check: [到现场看场地和生产, 合作社自己的账和开户行流水, 访谈成员是否有过交易]
aspects: [A10]
forms: [F43]
not_for: 经营规模小、暂时没有盈余不是空转；不用于考核合作社数量
---*/
WITH dated AS (
    SELECT coalesce(as_of(), (SELECT max(entry_on) FROM money)) AS today
), told AS (
    SELECT c.*, today, coalesce(c.collective_yuan, 0) + coalesce(c.grant_yuan, 0) AS put, concat_ws('，', c.state, c.note) AS words,
           regexp_matches(coalesce(c.state, ''), '空壳|停业|停产|歇业|停止(运营|经营)|(未|没有|无)(正常|实际|开展)?(运营|经营|运行|生产|业务|活动)|闲置|名存实亡') AS is_idle,
           c.turnover_yuan = 0 AND coalesce(c.surplus_yuan, 0) = 0 AS is_zero,
           regexp_matches(coalesce(c.reported_year, ''), '^(否|无|未|没有)|未(年报|报|公示)|异常')
             OR coalesce(TRY_CAST(regexp_extract(c.reported_year, '(20[0-9]{2})', 1) AS INT) < year(today) - 2, false) AS is_unreported
    FROM coop c, dated
), counted AS (
    SELECT *, is_idle::INT + coalesce(is_zero, false)::INT + is_unreported::INT AS signs FROM told
), traded AS (
    SELECT c.row_id, flatten(list(m.rows)) AS rows
    FROM counted c JOIN money m ON m.village_code = c.village_code AND m.entry_on > c.today - to_months($silent_months)
        AND (regexp_replace(m.payee_org, '[\s　]', '', 'g') = regexp_replace(c.company, '[\s　]', '', 'g')
             OR contains(m.summary, c.company))
    GROUP BY 1
)
SELECT c.village_code, 'company' AS subject_kind, c.company AS subject_key, c.company AS subject, NULL::INT AS level,
       [c.row_id] AS evidence, coalesce(t.rows, []) AS context, CAST(c.put AS DOUBLE) AS amount_yuan, c.put, c.founded_on AS first_on,
       concat_ws('、', CASE WHEN is_idle THEN '登记的运行状态为“' || c.state || '”' END, CASE WHEN is_zero THEN '全年经营收入登记为零' END,
                 CASE WHEN is_unreported THEN '年报情况登记为“' || c.reported_year || '”' END) AS why,
       CASE WHEN signs >= 3 THEN 0.65 WHEN signs = 2 THEN 0.5 ELSE 0.35 END AS p,
       CASE WHEN regexp_matches(words, '注销|清算|吊销') THEN '登记已注销或正在清算'
            WHEN t.rows IS NOT NULL THEN '村账近一年与其有往来'
            WHEN c.founded_on > c.today - to_months($young_months) THEN '成立不满两年'
            WHEN regexp_matches(words, '季节|未到收获|尚未(收获|投产|见效|挂果)|幼树|建设期|培育期') THEN '登记注明季节性或未到收获期'
            WHEN regexp_matches(words, '托管|土地入股|流转型|只做流转|代耕') THEN '登记注明只做托管或流转' END AS explained
FROM counted c LEFT JOIN traded t USING (row_id)
WHERE put > 0 AND (is_idle OR signs >= 2)
