/*---
id: M54
name: 付款超进度、超合同、超结算
category: C7
severity: high
identity: null
prior: 0.7
needs: {project: [row_id, village_code, project_name]}
uses:
  cancelled: [village_code]
  money: [rows, entry_on, side, amount_yuan, method, summary, account_class, payee, payee_org, note, payee_key]
  org_alias: [org, canonical]
  payment: [payee, amount_yuan, note]
  project: [winner_name, winner_org, method, ceiling_yuan, bid_yuan, contract_yuan, signed_on, started_on, finished_on,
            accepted_on, variation_yuan, settled_yuan, paid_yuan, progress, note]
  village: [village_name, town]
knobs: {slack: 0.01, progress_slack: 0.12}
basis: [农村集体经济组织财务制度 财农〔2021〕121号 §17]
reason: "{project_name}{fact}，已付{paid}元，合同价{agreed}元，审定价{settled}元，需核实"
innocent: [合同约定预付款, 有变更签证或补充协议, 直接代发农民工工资, 同一单位另有其他项目]
check: [合同付款条款, 进度与验收资料, 结算审核报告, 收款账户]
aspects: [A08, A05]
forms: [F37]
not_for: 台账付款数可能含其他费用，须逐笔核对
---*/
WITH sized AS (
    -- A price of some tens of yuan for works is written in units of 10,000 yuan, whatever the head of the list forgot to say.
    SELECT *, CASE WHEN coalesce(contract_yuan, bid_yuan, ceiling_yuan, settled_yuan) < 1000 THEN 10000 ELSE 1 END AS unit FROM project
), work AS (
    SELECT p.row_id, p.village_code, p.project_name, regexp_replace(replace(replace(coalesce(p.project_name, ''), coalesce(v.village_name, '#'), ''), coalesce(v.town, '#'), ''), '\s', '', 'g') AS plain,
           coalesce(a.canonical, p.winner_org) AS org, p.winner_name,
           p.unit * CAST(coalesce(p.contract_yuan, p.bid_yuan) AS DOUBLE) AS agreed, p.unit * CAST(p.settled_yuan AS DOUBLE) AS settled, p.unit * CAST(coalesce(p.variation_yuan, 0) AS DOUBLE) AS variation,
           CASE WHEN p.paid_yuan < 1000 THEN p.unit ELSE 1 END * CAST(p.paid_yuan AS DOUBLE) AS paid, p.signed_on, p.started_on, p.accepted_on, p.finished_on, coalesce(p.progress, '') AS progress, p.note,
           CASE WHEN regexp_matches(p.progress, '[0-9.]+\s*[%％]') THEN TRY_CAST(regexp_extract(p.progress, '([0-9.]+)\s*[%％]', 1) AS DOUBLE) / 100
                WHEN regexp_matches(p.progress, '完(工|成)|竣工|验收|交付') AND NOT regexp_matches(p.progress, '未|主体|基础|部分') THEN 1.0
                WHEN regexp_matches(p.progress, '未开工|未动工|尚未') THEN 0.0
                WHEN TRY_CAST(p.progress AS DOUBLE) BETWEEN 0.01 AND 1 THEN TRY_CAST(p.progress AS DOUBLE) END AS done,
           concat_ws('；', p.note, p.progress, p.method) AS said,
           TRY_CAST(regexp_extract(p.note, '预付[^0-9；。]{0,8}([0-9]+)\s*[%％]', 1) AS DOUBLE) / 100 AS clause
    FROM sized p JOIN village v USING (village_code) LEFT JOIN (SELECT org, min(canonical) AS canonical FROM org_alias GROUP BY org) a ON a.org = p.winner_org
), many AS (
    SELECT village_code, org, count(*) AS projects FROM work WHERE org IS NOT NULL GROUP BY ALL
), spent AS MATERIALIZED (
    SELECT m.row_id, m.village_code, m.payee_key, regexp_replace(coalesce(m.summary, ''), '\s', '', 'g') AS plain
    FROM money m SEMI JOIN work w ON w.village_code = m.village_code WHERE m.side = 'out' AND m.amount_yuan > 0
), named AS (
    -- A payment that names a project belongs to the longest name it holds, of two alike to the one of its payee.
    SELECT m.row_id, arg_max(w.row_id, (length(w.plain), m.payee_key = plain_name(w.org), -w.row_id)) AS project_row
    FROM spent m JOIN work w ON w.village_code = m.village_code WHERE length(w.plain) >= 4 AND contains(m.plain, w.plain)
    GROUP BY m.row_id
), linked AS (
    SELECT row_id, project_row, true AS is_named FROM named
    UNION ALL
    -- One that names none belongs to its contractor's project when that firm has only this one here.
    SELECT m.row_id, w.row_id, false FROM work w JOIN many k ON k.village_code = w.village_code AND k.org = w.org AND k.projects = 1
    JOIN money m ON m.village_code = w.village_code AND m.payee_key = plain_name(w.org)
    WHERE m.side = 'out' AND m.amount_yuan > 0 AND (m.account_class = 'works' OR says_project(m.summary)) AND m.row_id NOT IN (SELECT row_id FROM named)
      -- what names another kind of work is another work's money
      AND contains(coalesce(w.project_name, ''), regexp_extract(coalesce(m.summary, ''), '路灯|道路|街|桥|渠|水沟|排水|机井|广场|管网|管道|厕|绿化|护坡|围墙|卫生室|蓄水池|大棚|冷库|塘坝|河道'))
), payment AS (
    SELECT l.project_row, m.row_id, m.rows, m.entry_on, CAST(m.amount_yuan AS DOUBLE) AS yuan, l.is_named, m.payee_key, m.payee_org,
           says_wages_direct(m.summary) OR says_wages_direct(m.note) OR says_wages_direct(m.payee_key) AS is_wages,
           m.payee_key IS NULL OR m.payee_key = plain_name(w.org) OR m.payee_key = plain_name(w.winner_name)
             OR (length(w.org) >= 4 AND contains(m.payee_key, w.org) AND says_wages_direct(m.payee_key)) AS is_winner,
           regexp_matches(replace(coalesce(m.summary, ''), w.project_name, '') || coalesce(m.payee_key, ''), '设计|监理|审计|检测|检验|代理|测绘|测量|造价|咨询|评估|公证|保险|电费|水费|验收费|管护|地勘|图审') AS is_service
    FROM linked l JOIN money m ON m.row_id = l.row_id JOIN work w ON w.row_id = l.project_row LEFT JOIN cancelled c ON c.row_id = m.row_id
    WHERE c.row_id IS NULL
), paid AS (
    SELECT project_row, sum(yuan) AS yuan, flatten(list(rows ORDER BY entry_on, row_id)) AS rows, min(entry_on) AS first_on, max(entry_on) AS last_on,
           bool_or(is_wages) AS is_wages FROM payment WHERE NOT is_service GROUP BY ALL
), strangers AS (
    SELECT p.project_row, sum(p.yuan) AS yuan, flatten(list(p.rows ORDER BY p.entry_on, p.row_id)) AS rows, min(p.entry_on) AS first_on, max(p.entry_on) AS last_on,
           string_agg(DISTINCT p.payee_key, '、' ORDER BY p.payee_key) AS payees, bool_or(p.is_wages) AS is_wages
    FROM payment p JOIN work w ON w.row_id = p.project_row
    WHERE p.is_named AND NOT p.is_winner AND NOT p.is_service AND w.org IS NOT NULL AND p.yuan >= 2000 GROUP BY ALL
), early AS (
    SELECT w.row_id, sum(p.yuan) AS yuan, flatten(list(p.rows ORDER BY p.entry_on, p.row_id)) AS rows, min(p.entry_on) AS first_on
    FROM work w JOIN payment p ON p.project_row = w.row_id WHERE NOT p.is_service AND p.entry_on < w.signed_on - 3 GROUP BY ALL
), before_accepted AS (
    SELECT w.row_id, sum(p.yuan) AS yuan, max(p.entry_on) AS last_on FROM work w JOIN payment p ON p.project_row = w.row_id
    WHERE p.entry_on < w.accepted_on GROUP BY ALL
), joined AS (
    SELECT w.*, p.rows AS pay_rows, p.first_on, p.last_on, p.is_wages, e.rows AS early_rows, e.yuan AS early_yuan,
           greatest(coalesce(w.paid, 0), coalesce(p.yuan, 0)) AS out_yuan, b.yuan AS before_yuan
    FROM work w LEFT JOIN paid p ON p.project_row = w.row_id LEFT JOIN early e ON e.row_id = w.row_id LEFT JOIN before_accepted b ON b.row_id = w.row_id
), dated AS (
    -- Where acceptance dates are hardly ever filled in, a missing one says nothing.
    SELECT count(accepted_on) >= greatest(5, 0.5 * count(*)) AS is_kept FROM work WHERE finished_on IS NOT NULL OR accepted_on IS NOT NULL
), judged AS (
    SELECT *, CASE
        WHEN settled > 0 AND out_yuan > settled * (1 + $slack) AND out_yuan > coalesce(agreed, 0) * (1 + $slack) THEN '付款超过合同价和审定价'
        WHEN settled > 0 AND out_yuan > settled * (1 + $slack) THEN '付款超过审定价'
        WHEN settled IS NULL AND agreed > 0 AND out_yuan > (agreed + greatest(variation, 0)) * (1 + $slack) THEN '付款超过合同价'
        WHEN agreed > 0 AND done < 0.995 AND out_yuan > agreed * (done + $progress_slack) AND out_yuan - agreed * done > 2000 THEN '付款超过形象进度（' || progress || '）'
        WHEN early_yuan > 0 THEN '在合同签订前已付款'
        WHEN accepted_on IS NOT NULL AND before_yuan >= 0.97 * least(coalesce(settled, agreed), agreed) THEN '验收前已基本付清'
        WHEN accepted_on IS NULL AND (SELECT is_kept FROM dated) AND settled IS NULL AND out_yuan >= 0.97 * agreed THEN '未见验收已基本付清' END AS fact
    FROM joined
)
SELECT j.village_code, 'project' AS subject_kind, 'p' || j.row_id AS subject_key, j.project_name AS subject, NULL::INT AS level,
       list_prepend(j.row_id, list_distinct(coalesce(CASE WHEN j.fact LIKE '在合同%' THEN j.early_rows ELSE j.pay_rows END, []))) AS evidence,
       j.project_name, j.fact, j.out_yuan AS paid, j.agreed, j.settled,
       CASE WHEN j.fact LIKE '%审定%' THEN j.out_yuan - j.settled WHEN j.fact LIKE '在合同%' THEN j.early_yuan WHEN j.fact = '付款超过合同价' THEN j.out_yuan - j.agreed
            WHEN j.fact LIKE '%进度%' THEN j.out_yuan - j.agreed * j.done ELSE j.out_yuan END AS amount_yuan,
       coalesce(j.first_on, j.signed_on) AS first_on, j.last_on,
       CASE WHEN j.fact LIKE '%审定%' THEN 0.85 WHEN j.fact = '付款超过合同价' THEN 0.75 WHEN j.fact LIKE '%进度%' THEN 0.75 WHEN j.fact LIKE '在合同%' THEN 0.65 ELSE 0.6 END AS p,
       CASE WHEN j.fact LIKE '%审定%' THEN NULL
            WHEN j.fact = '付款超过合同价' AND (says_advance_clause(j.said) OR j.variation > 0) THEN '台账注明变更、补充协议或价差'
            -- A clause that names its share (开工预付30%) covers that share after signing, not a payment before it.
            WHEN j.fact = '在合同签订前已付款' AND says_advance_clause(j.said)
                AND (j.clause IS NULL OR regexp_matches(j.said, '先行|签订前|签约前|补签|后补|应急|抢险')) THEN '台账注明合同约定预付'
            WHEN j.fact IN ('验收前已基本付清', '未见验收已基本付清') AND says_advance_clause(j.said)
                AND (j.clause IS NULL OR coalesce(j.before_yuan, j.out_yuan) <= j.agreed * (j.clause + 0.05)) THEN '台账注明合同约定预付'
            WHEN j.fact LIKE '%进度%' AND says_advance_clause(j.said) THEN '台账注明合同约定预付款'
            WHEN j.is_wages OR says_wages_direct(j.said) THEN '含直接代发农民工工资' END AS explained
FROM judged j WHERE j.fact IS NOT NULL
UNION ALL
SELECT w.village_code, 'project', 'p' || w.row_id, w.project_name, NULL, list_prepend(w.row_id, s.rows), w.project_name,
       '有款项付给中标单位以外的' || s.payees, s.yuan, w.agreed, w.settled, s.yuan, s.first_on, s.last_on, 0.75,
       CASE WHEN s.is_wages OR says_wages_direct(w.said) THEN '摘要或台账注明代发工资、委托付款' END
FROM strangers s JOIN work w ON w.row_id = s.project_row
ORDER BY 1, 3
