/*---
id: M48
name: 缺民主决策、未公开交易、先签后议
category: C6
severity: medium
identity: null
prior: 0.6
needs: {contract: [row_id, village_code, signed_on, decided_on]}
uses:
  contract: [object_name, object_kind, contract_kind, lessee_name, bidding, annual_yuan, total_yuan, starts_on, ends_on,
             state, note]
  limit_span: [town, name, valid_from, valid_to, value]
  meeting: [held_on, topic, result, present_count, agreed_count]
  village: [town]
knobs: {grace_days: 0, old_days: 1000, around_days: 400, kept_share: 0.8, since_year: 2011, soon_days: 7}
basis: [村民委员会组织法(2018) §24, 农村土地承包法 §52, 农村集体经济组织法 §26, 农村集体经济组织法 §27, 农村集体经济组织财务制度 财农〔2021〕121号 §7]
reason: "{object_name}（{lessee}）合同{signed}签订，{fact}，需核实民主决策和公开程序"
innocent: [家庭承包, 会议开过但台账未填日期, 签订后依清理要求补议或追认, 只写到月份无法比较先后, 签订早于台账登记决策日期的年份, 早年合同, 续签沿用原决议, 签订当周补开, 公开竞价]
check: [会议记录与签到表, 决议公告照片, 竞价或交易平台资料, 合同原件签订日期]
aspects: [A16, A07]
forms: [F33, F64, F27]
not_for: 台账日期不能代替会议记录原件；未填日期不等于没有开会
---*/
WITH deal AS (
    SELECT c.row_id, c.village_code, v.town, coalesce(c.object_name, '标的未填') AS object_name, coalesce(c.lessee_name, '承包方未填') AS lessee,
           c.signed_on, c.decided_on, CAST(c.annual_yuan AS DOUBLE) AS annual_yuan,
           CAST(coalesce(c.total_yuan, c.annual_yuan * greatest(1, (c.ends_on - c.starts_on) / 365.25), c.annual_yuan) AS DOUBLE) AS whole_yuan,
           regexp_replace(coalesce(c.object_name, ''), '[\s（）()]', '', 'g') AS plain, coalesce(c.bidding, '') AS bidding,
           concat_ws('；', c.bidding, c.contract_kind, c.state, c.note) AS words
    FROM contract c JOIN village v USING (village_code)
    WHERE c.signed_on IS NOT NULL AND year(c.signed_on) >= $since_year
      AND NOT regexp_matches(concat(c.contract_kind, c.object_kind, c.object_name, c.bidding, c.note), '家庭承包|口粮|责任田|人均承包|确权到户|自留地|宅基')
), kept AS (
    -- Whether a village's register fills in the day of the decision at all, and since when.
    SELECT village_code, count(*) AS n, count(decided_on) AS filled, min(decided_on) AS since_on,
           count(*) FILTER (decided_on > signed_on + $grace_days) AS late,
           -- "2022年3月" is read as its first day: where most days are firsts, two days of one month say nothing about what came first.
           count(*) FILTER (day(signed_on) = 1) * 2 > n AND n > 1 AS signs_by_month, count(*) FILTER (day(decided_on) = 1) * 2 > filled AND n > 1 AS decides_by_month FROM deal GROUP BY ALL
), talk AS (
    SELECT d.row_id AS deal, m.row_id, m.held_on, m.held_on <= d.signed_on AS is_before,
           regexp_matches(coalesce(m.result, ''), '未通过|不通过|否决|不同意|未达成|暂缓|搁置') AND NOT regexp_matches(coalesce(m.result, ''), '无(人)?(不同意|反对)|不同意0|0人不同意|0票')
             OR (m.present_count >= 5 AND m.agreed_count * 2 <= m.present_count) AS is_refused
    FROM deal d JOIN meeting m ON m.village_code = d.village_code AND length(d.plain) >= 4
      AND contains(regexp_replace(coalesce(m.topic, ''), '[\s（）()]', '', 'g'), d.plain)
      AND m.held_on BETWEEN d.signed_on - $around_days AND d.signed_on + $around_days
    WHERE regexp_matches(m.topic, '发包|承包|出租|招租|租赁|流转|竞价|竞租|处置') AND NOT regexp_matches(m.topic, '收缴|催|欠|到期|收回|清理|结果|通报|减免')
), talks AS (
    SELECT deal, count(*) FILTER (is_before) AS before, min(held_on) FILTER (NOT is_before) AS after_on, max(held_on) FILTER (is_before) AS before_on,
           arg_max(row_id, held_on) FILTER (is_before AND is_refused) AS refused_row, arg_min(row_id, held_on) FILTER (NOT is_before) AS after_row,
           coalesce(arg_max(is_refused, held_on) FILTER (is_before), false) AS is_refused
    FROM talk GROUP BY deal
), limits AS (
    SELECT d.row_id, max(l.value) AS value FROM deal d JOIN limit_span l ON l.town = coalesce(d.town, '') AND l.name = 'tender_yuan'
      AND d.signed_on BETWEEN l.valid_from AND l.valid_to GROUP BY ALL
), minuted AS (
    SELECT village_code, min(held_on) AS from_on, max(held_on) AS to_on FROM meeting WHERE topic IS NOT NULL GROUP BY 1 HAVING count(*) >= 3
), judged AS (
    SELECT d.*, g.village_code IS NOT NULL AND regexp_matches(d.bidding, '^(否|无|未|没有)|直接|协商|未公开|指定') AS is_silent, k.n, k.late, t.before, t.before_on, t.after_on, t.after_row, t.refused_row,
           (k.signs_by_month OR k.decides_by_month) AND date_trunc('month', d.signed_on) = date_trunc('month', d.decided_on) AS is_month_only,
           CASE WHEN t.is_refused THEN 'refused'
                WHEN d.decided_on > d.signed_on + $grace_days THEN 'late'
                WHEN d.decided_on IS NULL AND t.before = 0 AND t.after_on IS NOT NULL THEN 'late_talk'
                WHEN d.decided_on IS NULL AND t.deal IS NULL AND k.n >= 5 AND k.filled >= $kept_share * k.n AND d.signed_on >= k.since_on THEN 'missing'
                WHEN d.decided_on IS NULL AND t.deal IS NULL AND d.whole_yuan >= l.value
                     AND regexp_matches(d.bidding, '^(否|无|未|没有)|直接|协商|未公开|指定') THEN 'closed' END AS kind
    FROM deal d JOIN kept k USING (village_code) LEFT JOIN talks t ON t.deal = d.row_id LEFT JOIN limits l ON l.row_id = d.row_id
    LEFT JOIN minuted g ON g.village_code = d.village_code AND d.signed_on BETWEEN g.from_on AND g.to_on + 60
)
SELECT village_code, 'contract' AS subject_kind, 'c' || row_id AS subject_key, object_name AS subject, NULL::INT AS level,
       [row_id] AS evidence, list_filter([CASE kind WHEN 'refused' THEN refused_row WHEN 'late_talk' THEN after_row END], lambda x: x IS NOT NULL) AS context,
       object_name, lessee, strftime(signed_on, '%Y-%m-%d') AS signed, annual_yuan AS amount_yuan, signed_on AS first_on,
       coalesce(decided_on, after_on, before_on) AS last_on,
       CASE kind WHEN 'late' THEN '台账登记的民主决策日期为' || strftime(decided_on, '%Y-%m-%d') || '，晚于签订' || (decided_on - signed_on) || '天'
                 WHEN 'late_talk' THEN '会议目录中相关会议日期为' || strftime(after_on, '%Y-%m-%d') || '，在签订之后，签订前未见'
                 WHEN 'refused' THEN '会议目录中签订前的会议显示该事项未获通过'
                 WHEN 'missing' THEN '台账其他合同均登记决策日期，本合同未填'
                 ELSE '台账未填决策日期，交易方式为“' || bidding || '”，合同总额达到公开交易限额' END AS fact,
       CASE kind WHEN 'refused' THEN 0.7
                 WHEN 'late' THEN CASE WHEN late > 2 AND late * 2 > n OR decided_on > signed_on + $old_days OR decided_on <= signed_on + $soon_days THEN 0.35 ELSE 0.7 END
                 WHEN 'late_talk' THEN 0.5
                 -- the minutes of those months are there and silent, and nothing was put to bid
                 WHEN 'missing' THEN CASE WHEN is_silent THEN 0.5 ELSE 0.3 END ELSE 0.35 END AS p,
       CASE WHEN regexp_matches(words, '追认|补签|补办|清理规范|专项清理|规范整改|换签|历史遗留|补议') THEN '台账注明补议、追认或清理规范'
            WHEN kind <> 'refused' AND regexp_matches(words, '续签|续租|续包|延期') THEN '台账注明为续签'
            WHEN kind = 'late' AND before > 0 THEN '会议目录中签订前已有相关会议'
            WHEN kind IN ('missing', 'closed') AND says_decision(regexp_replace(words, '未经?[^，；]{0,6}(会议|民主|公示|公开)', '', 'g')) THEN '备注写有会议或公示情况'
            WHEN kind IN ('missing', 'closed') AND regexp_matches(words, '公开(竞价|招标|竞标|拍卖)|拍卖|产权交易') AND NOT regexp_matches(words, '未公开') THEN '台账写有公开交易' END AS explained
FROM judged WHERE kind IS NOT NULL AND NOT (kind = 'late' AND coalesce(is_month_only, false))
ORDER BY 1, 3
