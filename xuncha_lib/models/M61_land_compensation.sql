/*---
id: M61
name: 征地补偿发放数据异常
category: C9
severity: high
identity: L1
prior: 0.5
needs: {land_compensation: [payee]}
uses:
  land_compensation: [row_id, village_code, project_name, plot_name, land_kind, taken_mu, land_yuan, crop_yuan, fixture_yuan, total_yuan, paid_on, note]
  person_key: [mention_id, person_key]
  mention: [mention_id, name]
  cadre: [person, village_code, post, post_kind, row_id]
  kin: [cadre, kin, village_code, relation, rows, level, is_near]
  money: [rows, village_code, entry_on, side, amount_yuan, summary]
  meeting: [village_code, topic, result, row_id]
  setting: [key, value]
knobs: {deviations: 5, over_usual: 1.3, peers: 8, least_yuan: 2000, idle_months: 12, idle_yuan: 100000}
basis: [土地管理法 §48, 土地管理法 §49, 土地管理法 §80, 土地管理法实施条例 §32, 村民委员会组织法(2018) §24]
reason: "{subject}：{why}，需对照丈量清单和补偿标准核实"
innocent: [备注有经营损失或房屋等单独评估项目, 一块地共有人分别领取, 同一户分期领取, 地类或片区不同标准不同, 村民会议决定留存使用, 更正或退回后重发]
check: [征收现场丈量清册和照片, 补偿方案和地类标准, 相邻地块补偿对照, 分配方案的会议决议和公示]
aspects: [A11]
forms: [F47, F48, F49]
not_for: 补偿比邻居多不等于虚报；标准按地类、片区和附着物各不相同
---*/
WITH paid AS (
    SELECT l.*, k.person_key, coalesce(m.name, '被补偿人') AS name,
           concat_ws('|', coalesce(l.village_code, ''), coalesce(l.project_name, ''), coalesce(l.land_kind, '')) AS peer,
           coalesce(l.total_yuan, coalesce(l.land_yuan, 0) + coalesce(l.crop_yuan, 0) + coalesce(l.fixture_yuan, 0)) AS yuan,
           regexp_replace(coalesce(l.plot_name, ''), '[\s　]', '', 'g') AS plot
    FROM land_compensation l LEFT JOIN person_key k ON k.mention_id = l.payee LEFT JOIN mention m ON m.mention_id = l.payee
    WHERE NOT regexp_matches(concat(l.note), '退回|作废|更正|冲销|重发')
), tied AS (
    SELECT c.person AS who, c.village_code, coalesce(c.post, '村干部') || '本人' AS tie, [c.row_id] AS rows FROM cadre c WHERE c.post_kind <> '其他'
    UNION ALL
    SELECT k.kin, k.village_code, '村干部' || m.name || '的' || k.relation, k.rows FROM kin k JOIN mention m ON m.mention_id = k.cadre WHERE k.is_near AND k.level <= 1
), near AS (
    SELECT p.row_id, min(t.tie) AS tie, list_distinct(flatten(list(t.rows))) AS rows
    FROM paid p JOIN same_person sp ON sp.a = p.payee JOIN tied t ON t.who = sp.b AND (p.village_code IS NULL OR t.village_code = p.village_code) GROUP BY 1
), rated AS (
    SELECT p.*, i.item, i.yuan_mu FROM paid p,
           LATERAL (SELECT unnest([{item: '土地补偿费', yuan_mu: p.land_yuan / p.taken_mu}, {item: '青苗补偿费', yuan_mu: p.crop_yuan / p.taken_mu},
                                   {item: '附着物补偿费', yuan_mu: p.fixture_yuan / p.taken_mu}], recursive := true)) i
    WHERE p.taken_mu > 0 AND i.yuan_mu > 0
), usual AS (
    SELECT peer, item, count(*) AS n, median(yuan_mu) AS mid, mad(yuan_mu) AS spread FROM rated GROUP BY ALL
), far AS (
    SELECT r.*, u.mid, (r.yuan_mu - u.mid) * r.taken_mu AS over_yuan FROM rated r JOIN usual u USING (peer, item)
    WHERE u.n >= $peers AND r.yuan_mu > $over_usual * u.mid AND r.yuan_mu - u.mid > $deviations * 1.4826 * u.spread
      AND (r.yuan_mu - u.mid) * r.taken_mu >= $least_yuan
      AND (r.item <> '附着物补偿费' OR r.yuan_mu > 3 * u.mid)
    QUALIFY count(*) OVER (PARTITION BY peer, item) <= 0.1 * u.n + 1
), found AS (
    SELECT f.village_code, 'person' AS subject_kind, CAST(f.person_key AS VARCHAR) AS subject_key, f.name AS subject, [f.row_id] AS evidence, coalesce(n.rows, []) AS context,
           f.over_yuan AS amount_yuan, f.paid_on AS first_on, CASE WHEN n.row_id IS NULL THEN NULL ELSE 1 END AS level,
           f.item || '每亩' || CAST(round(f.yuan_mu) AS INT) || '元，同项目同地类一般' || CAST(round(f.mid) AS INT) || '元' || coalesce('，其人为' || n.tie, '') AS why,
           CASE WHEN f.item = '土地补偿费' THEN CASE WHEN n.row_id IS NULL THEN 0.5 ELSE 0.7 END WHEN n.row_id IS NULL THEN 0.3 ELSE 0.5 END AS p,
           CASE WHEN regexp_matches(f.note, '评估|停产|停业|经营损失|厂房|房屋|大棚|果园|苗木|机井|坟|边角|特殊') THEN '备注：' || f.note END AS explained
    FROM far f LEFT JOIN near n USING (row_id)
    UNION ALL
    -- a plot has to be told apart by a number: fields of one name are many
    SELECT village_code, 'person', CAST(min(person_key) AS VARCHAR), min(name), list(row_id), [], CAST(max(yuan) AS DOUBLE), min(paid_on), NULL,
           '地块“' || min(plot_name) || '”面积' || min(taken_mu) || '亩补偿' || count(*) || '次，领取人' || count(DISTINCT person_key) || '名',
           CASE WHEN count(DISTINCT person_key) > 1 THEN 0.5 ELSE 0.6 END,
           CASE WHEN bool_or(regexp_matches(note, '共有|共同|分家|分摊|各半|分户|兄弟|份额|分期|第.{1,2}(批|期|次)')) THEN '备注注明共有或分期领取' END
    FROM paid WHERE regexp_matches(plot, '[0-9]{2,}') AND taken_mu > 0 AND yuan > 0
    GROUP BY village_code, project_name, plot, taken_mu, yuan, land_kind, coalesce(land_yuan, 0), coalesce(crop_yuan, 0), coalesce(fixture_yuan, 0)
    HAVING count(*) BETWEEN 2 AND 3 AND bool_and(person_key IS NOT NULL)
), flow AS (
    SELECT village_code, side, entry_on, CAST(amount_yuan AS DOUBLE) AS yuan, rows FROM money
    WHERE amount_yuan > 0 AND regexp_matches(summary, '征地|征收|土地补偿|占地补偿|安置补助') AND NOT regexp_matches(summary, '押金|保证金|工作经费|工作补助')
), held AS (
    SELECT village_code, sum(yuan) FILTER (side = 'in') AS came, coalesce(sum(yuan) FILTER (side = 'out'), 0) AS went, min(entry_on) FILTER (side = 'in') AS first_on,
           max(entry_on) FILTER (side = 'in') AS last_in, flatten(list(rows) FILTER (side = 'in')) AS ins, coalesce(flatten(list(rows) FILTER (side = 'out')), []) AS outs
    FROM flow GROUP BY 1 HAVING came >= $idle_yuan AND went < 0.2 * came
), decided AS (
    SELECT village_code, list(row_id) AS rows FROM meeting WHERE regexp_matches(concat(topic, result), '(征地|土地补偿|占地补偿|补偿款)') GROUP BY 1
)
SELECT * FROM found
UNION ALL
SELECT h.village_code, 'village', 'compensation', '征地补偿款', h.ins, h.outs || coalesce(d.rows, []), h.came - h.went, h.first_on, NULL,
       '村账收到' || round(h.came, 2) || '元，满' || CAST($idle_months AS INT) || '个月仅付出' || round(h.went, 2) || '元',
       CASE WHEN EXISTS (FROM meeting g WHERE g.village_code = h.village_code) THEN 0.45 ELSE 0.3 END,
       CASE WHEN d.rows IS NOT NULL THEN '会议记录中有征地补偿款的议题' END
FROM held h LEFT JOIN decided d USING (village_code)
WHERE h.last_in + to_months($idle_months) < coalesce(as_of(), (SELECT max(entry_on) FROM money))
