/*---
id: M49
name: 资产账实不符、闲置、处置未入账
category: C6
severity: medium
identity: null
prior: 0.5
needs: {asset: [row_id, village_code, asset_name]}
uses:
  asset: [category, original_yuan, net_yuan, acquired_on, state, note]
  book_year: [village_code, y]
  contract: [object_name, object_kind, contract_kind]
  money: [side, summary, account_name]
  project: [project_name, project_kind, finished_on, accepted_on, settled_yuan, contract_yuan, bid_yuan]
  setting: [key, value]
  trial_balance: [period_on, account_name, account_code, closing_yuan]
knobs: {idle_yuan: 50000, sold_yuan: 5000, months: 6, gap_share: 0.1, gap_yuan: 20000}
basis: [农村集体经济组织财务制度 财农〔2021〕121号 §17, 农村集体经济组织财务制度 财农〔2021〕121号 §22, 农村集体经济组织财务制度 财农〔2021〕121号 §30]
reason: "{what}{fact}，涉及{original}元，需核实"
innocent: [公益设施未作价入账, 已有承租合同, 处置收入已入账, 报废无残值, 刚刚完工尚未入账, 正在招租或待拆迁, 危房停用, 清产核资重复登记]
check: [现场照片与定位, 固定资产卡片与总账, 处置决议与收款凭证, 承租合同, 清产核资报告]
aspects: [A06, A01]
forms: [F25, F26, F28, F02, F39]
not_for: 台账状态只是填报口径，须到现场看过再说
---*/
WITH goods AS (
    SELECT row_id, village_code, asset_name, regexp_replace(asset_name, '[\s（）()0-9.]|号|间|处|个|台|套', '', 'g') AS plain, thing_of(concat(asset_name, category)) AS thing,
           CAST(original_yuan AS DOUBLE) AS original, CAST(coalesce(net_yuan, original_yuan) AS DOUBLE) AS net, acquired_on,
           concat_ws('；', state, note) AS words, concat_ws('；', category, asset_name) AS kind
    FROM asset WHERE length(asset_name) >= 2
), let AS (
    SELECT DISTINCT village_code, regexp_replace(coalesce(object_name, ''), '[\s（）()0-9.]|号|间|处|个|台|套', '', 'g') AS plain, thing_of(concat(object_kind, object_name, contract_kind)) AS thing FROM contract
), covered AS (
    -- A book of less than a year may lack the month of the sale.
    SELECT DISTINCT village_code FROM book_year
), sold AS (
    SELECT g.row_id, bool_or(contains(regexp_replace(m.summary, '\s', '', 'g'), g.plain) OR regexp_matches(m.summary, '变卖|处置|出售|残值|旧料|废旧|拍卖|转让')) AS has_income
    FROM goods g JOIN money m ON m.village_code = g.village_code AND m.side = 'in' AND m.summary IS NOT NULL
    WHERE regexp_matches(g.words, '出售|变卖|转让|拍卖|卖出|处置') GROUP BY ALL
), judged AS (
    SELECT g.*, s.has_income, v.village_code IS NOT NULL AS has_book,
           EXISTS (FROM let l WHERE l.village_code = g.village_code) AS has_register,
           EXISTS (FROM let l WHERE l.village_code = g.village_code AND (l.thing = g.thing OR (length(l.plain) >= 2 AND (contains(l.plain, g.plain) OR contains(g.plain, l.plain))))) AS is_let,
           regexp_matches(words, '出售|变卖|转让|拍卖|卖出|已处置') AND NOT regexp_matches(words, '拟|待|未|正在') AS is_sold,
           regexp_matches(words, '无偿|被占|侵占|占用|私人使用|个人使用') AND NOT regexp_matches(words, '无被占|未被占|未占用|公益|卫生室|幼儿园|学校') AS is_taken,
           regexp_matches(words, '闲置|未使用|停用|荒废|空置') AND NOT regexp_matches(words, '未闲置|无闲置|非闲置') AS is_idle,
           regexp_matches(words, '出租|租赁|承包|对外租|发包') AND NOT regexp_matches(words, '待租|招租|待出租|拟出租|未出租|不出租') AS is_rented
    FROM goods g LEFT JOIN sold s ON s.row_id = g.row_id LEFT JOIN covered v ON v.village_code = g.village_code
), listed AS (
    SELECT *, CASE WHEN is_sold AND has_book AND NOT coalesce(has_income, false) AND original >= $sold_yuan THEN 'sold'
                   WHEN is_taken THEN 'taken'
                   WHEN is_rented AND has_register AND NOT is_let THEN 'unlet'
                   WHEN is_idle AND original >= $idle_yuan THEN 'idle' END AS found
    FROM judged
), built AS (
    -- Works that earn: roads, ditches and greenery are often not capitalised by local practice.
    SELECT p.row_id, p.village_code, p.project_name, CAST(coalesce(p.settled_yuan, p.contract_yuan, p.bid_yuan) AS DOUBLE) AS yuan, coalesce(p.accepted_on, p.finished_on) AS done_on,
           thing_of(concat(p.project_name, p.project_kind)) AS thing, regexp_replace(p.project_name, '[\s（）()0-9.]|工程|项目|建设|新建|扩建|安装|改造', '', 'g') AS plain
    FROM project p WHERE regexp_matches(p.project_name, '厂房|车间|冷库|仓库|大棚|光伏|加工|门面|商铺|市场|烘干|养殖|民宿')
      AND NOT regexp_matches(p.project_name, '维修|修缮|道路|路面|绿化|清淤|拆除') AND coalesce(p.accepted_on, p.finished_on) < as_of() - to_months($months)
), unlisted AS (
    SELECT b.* FROM built b JOIN (SELECT village_code FROM goods GROUP BY village_code HAVING count(*) >= 3) r USING (village_code)
    WHERE NOT EXISTS (FROM goods g WHERE g.village_code = b.village_code AND (g.thing = b.thing AND (g.acquired_on IS NULL OR g.acquired_on BETWEEN b.done_on - 800 AND b.done_on + 800)
                      OR (length(g.plain) >= 2 AND (contains(b.plain, g.plain) OR contains(g.plain, b.plain)))))
      AND NOT EXISTS (FROM money m WHERE m.village_code = b.village_code AND regexp_matches(coalesce(m.account_name, ''), '^固定资产') AND length(b.plain) >= 2 AND contains(coalesce(m.summary, ''), b.plain))
), totals AS (
    SELECT g.village_code, sum(g.original) AS summed, list(g.row_id ORDER BY g.original DESC NULLS LAST, g.row_id) AS rows, bool_and(g.original IS NOT NULL) AS is_full FROM goods g GROUP BY ALL
), booked AS (
    SELECT village_code, arg_max(CAST(closing_yuan AS DOUBLE), period_on) AS closing, arg_max(row_id, period_on) AS row_id FROM trial_balance
    WHERE regexp_replace(coalesce(account_name, account_code), '\s', '', 'g') IN ('固定资产', '151') AND closing_yuan IS NOT NULL AND period_on IS NOT NULL GROUP BY ALL
), said AS (
    SELECT village_code, 'asset|' || row_id AS key, asset_name AS what, [row_id] AS rows, original, acquired_on AS first_on,
           CASE found WHEN 'sold' THEN '登记为已出售转让，收支账未见处置收入' WHEN 'taken' THEN '登记为被占用或无偿使用'
                      WHEN 'unlet' THEN '登记为出租，合同台账未见对应合同' ELSE '登记为闲置' END AS fact,
           CASE found WHEN 'sold' THEN 0.5 WHEN 'taken' THEN 0.5 WHEN 'unlet' THEN 0.45 ELSE CASE WHEN original >= 4 * $idle_yuan THEN 0.35 ELSE 0.25 END END AS p,
           CASE WHEN found = 'sold' AND regexp_matches(words, '报废|无残值|毁损|拆除|抵') THEN '台账注明报废、抵账或无残值'
                WHEN found = 'idle' AND regexp_matches(words, '招租|待租|拟出租|正在|待拆|拆迁|征收|规划|盘活') THEN '台账注明正在招租、待拆迁或盘活'
                WHEN found = 'idle' AND regexp_matches(words, '危房|鉴定|年久|损坏|无法使用|报废') THEN '台账注明危房或损坏停用'
                WHEN found = 'taken' AND regexp_matches(words, '会议|协议|决议|公益') THEN '台账注明有协议或决议'
                WHEN found = 'unlet' AND says_lawsuit(words) THEN '台账注明纠纷处理中' END AS explained
    FROM listed WHERE found IS NOT NULL
    UNION ALL
    SELECT village_code, 'p' || row_id, project_name, [row_id], yuan, done_on, '完工已满' || datediff('month', done_on, as_of()) || '个月，资产台账未见登记', 0.35, NULL FROM unlisted
    UNION ALL
    SELECT t.village_code, 'asset|total', '固定资产台账合计', list_prepend(b.row_id, list_slice(t.rows, 1, 20)), t.summed, NULL,
           '与总账固定资产余额' || b.closing || '元相差' || round(abs(t.summed - b.closing), 2) || '元', 0.35, NULL
    FROM totals t JOIN booked b USING (village_code)
    WHERE t.is_full AND abs(t.summed - b.closing) > greatest($gap_yuan, $gap_share * greatest(t.summed, b.closing))
)
SELECT village_code, CASE WHEN key LIKE 'p%' THEN 'project' ELSE 'village' END AS subject_kind, key AS subject_key, what AS subject, NULL::INT AS level, rows AS evidence,
       what, fact, original, original AS amount_yuan, first_on, p, explained
FROM said
ORDER BY 1, 3
