/*---
id: M41
name: 摘要与科目不符、专项款列支日常费用
category: C5
severity: medium
identity: null
prior: 0.45
needs: {money: [row_id, rows, village_code, entry_on, side, amount_yuan, summary, account_name]}
uses: {money: [account_class, note], cancelled: [village_code]}
knobs: {least_yuan: 500}
basis: []
note: 摘要与科目的对应是归类方法，不是条文；专款专用须看该笔资金的文件
reason: "{n}笔合计{amount_yuan}元（{about}），{fact}，需核实资金文件和调账"
innocent: [专项文件允许列支报酬或管理费, 已冲回或调账, 代收代付, 小额, 当地科目表合并核算]
check: [资金下达文件, 原始凭证, 会计说明]
aspects: [A04, A05]
forms: [F18]
not_for: 科目用错可能只是记账习惯
---*/
WITH flow AS (
    SELECT m.*, concat_ws(' ', m.summary, m.note, m.account_name) AS said, c.row_id IS NOT NULL AS is_cancelled FROM money m LEFT JOIN cancelled c USING (row_id)
    WHERE m.amount_yuan >= $least_yuan AND m.account_class IS NOT NULL AND m.entry_on IS NOT NULL AND m.summary IS NOT NULL
), odd AS (
    SELECT *, CASE
        WHEN side = 'out' AND account_class = 'special' AND regexp_matches(summary, '招待|餐费|就餐|烟酒|电话费|话费|报刊|春节|福利') THEN '专项科目列支招待或日常费用'
        WHEN side = 'out' AND account_class = 'special' AND regexp_matches(summary, '干部.{0,4}(报酬|工资|补贴)|(书记|主任|两委).{0,6}(报酬|工资)') THEN '专项科目列支村干部报酬'
        WHEN side = 'in' AND account_class IN ('payable', 'receivable') AND regexp_matches(summary, '租金|承包费|租赁费|承包款') AND NOT regexp_matches(summary, '预收|代收|押金|保证金|清欠|陈欠|以前年度|欠|应收|退') THEN '租金或承包费记在往来科目' END AS fact
    FROM flow
)
SELECT village_code, 'voucher' AS subject_kind, concat_ws('|', 'use', fact, year(entry_on)) AS subject_key, min(summary) AS subject, NULL::INT AS level,
       flatten(list(rows ORDER BY entry_on, row_id)) AS evidence, CAST(sum(amount_yuan) AS DOUBLE) AS amount_yuan, min(entry_on) AS first_on, max(entry_on) AS last_on, count(*) AS n,
       arg_max(summary, (amount_yuan, row_id)) AS about, fact, CASE WHEN fact LIKE '租金%' THEN 0.3 ELSE 0.35 END AS p,
       CASE WHEN bool_and(is_cancelled) THEN '该款已冲回或调账' WHEN bool_and(regexp_matches(said, '代收|代付|代发|代扣')) THEN '摘要写明代收代付'
            WHEN bool_and(regexp_matches(said, '报酬专项|工资专项|运转经费|组织经费|管理费专项')) THEN '专项名称允许列支报酬或运转' END AS explained
FROM odd WHERE fact IS NOT NULL
GROUP BY village_code, fact, year(entry_on), is_cancelled
ORDER BY 1, 3
