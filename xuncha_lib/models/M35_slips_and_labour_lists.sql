/*---
id: M35
name: 白条缺附件及用工名单异常
category: C5
severity: high
identity: L5
prior: 0.6
needs: {money: [row_id, rows, village_code, entry_on, side, amount_yuan, summary]}
uses:
  cancelled: [village_code]
  money: [account_class, payee, payee_name, payee_org, payee_key, template, slip_kind, attachments, note]
  death: [deceased, died_on, cremated_on, removed_on, note, row_id]
  mention: [mention_id, birth_on, id_state]
  payment: [person_key, programme_code, category, month_from, month_to, is_late, row_id]
  person_key: [mention_id, person_key]
  cadre: [person]
  wage: [person, employer, post, month_on, paid_on, gross_yuan, net_yuan, note, village_code, row_id]
knobs: {least_yuan: 500, small_labour_yuan: 1000, old: 80, oldish: 70, dead_days: 60}
basis: [会计法 §14, 农村集体经济组织财务制度 财农〔2021〕121号 §16]
reason: "{n}笔支出合计{amount_yuan}元（{about}），{why}，需核实"
innocent: [零星用工按当地规定用自制领条, 附件张数一栏未填, 去世前出工后结算, 身体尚好的老人做轻便活, 已冲回或退款, 同名不同人]
check: [原始凭证和领款签字, 由巡察组随机电话核实几名务工人员, 出工记录与工程现场]
aspects: [A04, A05]
forms: [F19, F13, F42]
note: 只凭村和姓名相符的用工人员停在L5，不作候选；工资表带证件号的才作候选
not_for: 不用于只凭年龄认定没有出工
---*/
WITH spent AS (
    SELECT m.*, coalesce(m.payee_key, m.template) AS key, concat_ws(' ', m.summary, m.note) AS words, c.row_id IS NOT NULL AS is_cancelled,
           regexp_matches(coalesce(m.summary, ''), '用工|务工|误工|人工|劳务|零工|临工|工钱|点工|日工|帮工|出工|打工|清扫|打扫|保洁|巡逻|值班|值守|看护|杂工|小工')
               AND NOT regexp_matches(coalesce(m.summary, ''), '养老|救助|慰问|抚恤|生活费|流转|占地|租金|承包费|补偿|保险|体检|劳务公司|服务费') AS is_labour
    FROM money m LEFT JOIN cancelled c USING (row_id)
    WHERE m.side = 'out' AND m.amount_yuan > 0 AND m.entry_on IS NOT NULL
), filled AS (
    -- a column that a village leaves empty, or fills with noughts, says nothing about one voucher
    SELECT village_code, count(attachments) >= 0.5 * count(*) AND count(*) FILTER (attachments = 0) <= 0.3 * count(attachments) AS is_filled,
           count(*) FILTER (attachments = 0) <= greatest(1, 0.05 * count(attachments)) AS is_rare FROM spent GROUP BY 1
), slip AS (
    SELECT s.*, regexp_matches(concat_ws(' ', s.slip_kind, s.words), '白条|白单|自制(凭证|单据|条)|手写|便条|欠条|无(正规)?(发)?票|没有发票|未(开|取得)(发)?票|收条|证明条') AS says_slip,
           f.is_filled AND s.attachments = 0 AND NOT says_bank_noise(s.summary) AND NOT says_periodic(s.summary) AS has_none, f.is_rare,
           regexp_matches(coalesce(s.note, ''), '(无|缺|未附|没有)(附件|原始(凭证|单据)|单据)') AS says_none
    FROM spent s JOIN filled f USING (village_code)
    WHERE s.amount_yuan > $least_yuan AND NOT says_reversal(s.summary) AND coalesce(s.account_class, '') NOT IN ('loan', 'invest')
), bare AS (
    SELECT *, says_slip OR says_none AS is_said,
           CASE WHEN is_cancelled THEN '该款已冲回或退款'
                WHEN is_labour AND payee_org IS NULL AND amount_yuan <= $small_labour_yuan AND NOT says_none THEN '零星用工，当地可能允许自制领条'
                WHEN regexp_matches(words, '(发)?票(据)?(后补|已补|随后)|已补(开|附|票)|补充附件|附件(另存|在.{0,8}凭证|见)') THEN '备注写明票据或附件另存、已补' END AS said
    FROM slip WHERE says_slip OR has_none OR says_none
), habit AS (
    SELECT village_code, count(*) AS n, count(DISTINCT key) AS payees FROM bare WHERE said IS NULL GROUP BY 1
), volume AS (
    SELECT village_code, count(*) AS n FROM slip GROUP BY 1
), slips AS (
    SELECT b.village_code, 'payee' AS subject_kind, concat_ws('|', 'slip', b.key) AS subject_key, coalesce(min(b.payee_key), min(b.summary)) AS subject, NULL::INT AS level, NULL::BIGINT AS namesakes,
           flatten(list(b.rows ORDER BY b.entry_on, b.row_id)) AS evidence, NULL::BIGINT[] AS context, CAST(sum(b.amount_yuan) AS DOUBLE) AS amount_yuan,
           min(b.entry_on) AS first_on, max(b.entry_on) AS last_on, count(*) AS n, arg_max(b.summary, (b.amount_yuan, b.row_id)) AS about,
           CASE WHEN bool_or(b.is_said) THEN '票据登记为' || coalesce(min(b.slip_kind) FILTER (b.says_slip), '白条或无附件') ELSE '附件张数登记为0' END AS why,
           CASE WHEN bool_or(b.is_said) THEN CASE WHEN sum(b.amount_yuan) >= 2000 OR bool_or(b.payee_org IS NOT NULL) THEN 0.65 ELSE 0.5 END
                WHEN sum(b.amount_yuan) >= 5000 OR (sum(b.amount_yuan) >= 1000 AND bool_and(b.is_rare)) THEN 0.45 ELSE 0.35 END
             * CASE WHEN any_value(h.n) > 0.3 * any_value(v.n) AND any_value(h.n) > 6 THEN 0.4 WHEN any_value(h.payees) > 8 THEN 0.5 ELSE 1 END AS p,
           b.said AS explained
    FROM bare b LEFT JOIN habit h USING (village_code) LEFT JOIN volume v USING (village_code)
    GROUP BY b.village_code, b.key, b.said
), listed AS (
    SELECT row_id, rows, village_code, entry_on, CAST(amount_yuan AS DOUBLE) AS amount_yuan, summary, payee, words, is_cancelled FROM spent
    WHERE is_labour AND payee IS NOT NULL AND payee_org IS NULL
    UNION ALL
    -- pay rolls of the village itself: day labour with ID numbers
    SELECT row_id, [row_id], village_code, coalesce(paid_on, month_on), CAST(coalesce(net_yuan, gross_yuan) AS DOUBLE), coalesce(post, '工资表'), person, concat_ws(' ', post, note), false
    FROM wage WHERE person IS NOT NULL AND is_village_payer(employer) AND coalesce(paid_on, month_on) IS NOT NULL AND coalesce(net_yuan, gross_yuan) > 0
), seat AS (
    SELECT DISTINCT k.person_key FROM cadre c JOIN person_key k ON k.mention_id = c.person
), dead AS MATERIALIZED (
    SELECT k.person_key, min(least(d.died_on, d.cremated_on, d.removed_on)) AS died_on, min(d.row_id) AS row_id
    FROM death d JOIN person_key k ON k.mention_id = d.deceased
    WHERE NOT regexp_matches(coalesce(d.note, ''), '误登|误报|有误|错误|更正|撤销|恢复户口|健在|在世') GROUP BY 1
    HAVING min(least(d.died_on, d.cremated_on, d.removed_on)) IS NOT NULL
), asked AS MATERIALIZED (  -- everybody of whom any of the three could be true
    SELECT person_key FROM dead
    UNION SELECT person_key FROM payment WHERE programme_code = 'B04' OR (programme_code = 'B06' AND degree_of(category) = 1)
    UNION SELECT k.person_key FROM mention m JOIN person_key k USING (mention_id)
    WHERE m.id_state IN ('valid', 'old15') AND year(m.birth_on) + $oldish <= (SELECT year(max(entry_on)) FROM listed)
), met AS MATERIALIZED (
    SELECT sp.a, sp.b AS known, k.person_key, sp.level, sp.namesakes
    FROM same_person sp SEMI JOIN listed l ON l.payee = sp.a JOIN person_key k ON k.mention_id = sp.b SEMI JOIN asked q ON q.person_key = k.person_key
), worker AS MATERIALIZED (
    SELECT l.*, t.person_key, t.known, t.level, t.namesakes FROM listed l JOIN met t ON t.a = l.payee WHERE t.person_key NOT IN (FROM seat)
), unable AS (
    SELECT w.*, d.row_id AS context_row, '收款人已于' || strftime(d.died_on, '%Y-%m-%d') || '登记死亡' AS why, 0.85 AS p
    FROM worker w JOIN dead d USING (person_key) WHERE w.entry_on > d.died_on + CAST($dead_days AS INT)
    UNION ALL
    SELECT w.*, p.row_id, CASE WHEN p.programme_code = 'B04' THEN '同期收款人享受特困供养' ELSE '同期收款人登记为一级残疾' END, CASE WHEN p.programme_code = 'B04' THEN 0.55 ELSE 0.45 END
    FROM worker w JOIN payment p ON p.person_key = w.person_key AND w.entry_on BETWEEN p.month_from AND p.month_to + INTERVAL 1 MONTH
    WHERE p.programme_code = 'B04' OR (p.programme_code = 'B06' AND degree_of(p.category) = 1)
    UNION ALL
    SELECT w.*, NULL, '收款人时年' || date_diff('year', m.birth_on, w.entry_on) || '岁', CASE WHEN date_diff('year', m.birth_on, w.entry_on) >= $old THEN 0.5 ELSE 0.2 END
    FROM worker w JOIN mention m ON m.mention_id = w.known
    WHERE m.id_state IN ('valid', 'old15') AND date_diff('year', m.birth_on, w.entry_on) >= $oldish
), told AS (
    SELECT *, row_number() OVER (PARTITION BY row_id ORDER BY p DESC, level, context_row) AS nth FROM unable
), labour AS (
    SELECT min(village_code) AS village_code, 'person' AS subject_kind, CAST(min(payee) AS VARCHAR) AS subject_key, NULL AS subject, min(level) AS level, max(namesakes) AS namesakes,
           list_distinct(flatten(list(rows))) AS evidence, list(DISTINCT context_row) FILTER (context_row IS NOT NULL) AS context, CAST(sum(amount_yuan) AS DOUBLE) AS amount_yuan,
           min(entry_on) AS first_on, max(entry_on) AS last_on, count(*) AS n, min(summary) AS about, arg_max(why, p) AS why,
           max(p) * CASE min(level) WHEN 1 THEN 1.0 WHEN 2 THEN 0.95 WHEN 3 THEN 0.85 WHEN 4 THEN 0.8 ELSE 0.5 END
             * CASE WHEN max(p) < 0.8 AND sum(amount_yuan) < 0.4 * $least_yuan THEN 0.5 WHEN max(p) < 0.8 AND bool_and(regexp_matches(summary, '值班|看护|看门|保洁|清扫|打扫')) THEN 0.6 ELSE 1 END AS p,
           CASE WHEN bool_and(is_cancelled) THEN '该款已冲回或退款'
                WHEN bool_and(regexp_matches(words, '生前|代领|家属|亲属|遗|去世前|补发|补付|结清|拖欠')) THEN '摘要写明是生前出工或由家属代领：' || min(summary) END AS explained
    FROM told WHERE nth = 1 GROUP BY person_key
)
SELECT * FROM slips UNION ALL BY NAME SELECT * FROM labour
ORDER BY 1, 3
