/*---
id: M08
name: 村干部本人领取救助类补贴
category: C2
severity: high
identity: L4
prior: 0.85
needs: {payment: [beneficiary, amount_yuan], cadre: [person]}
uses:
  payment: [payment_id, person_key, village_code, programme, programme_key, class, month_from, is_late, note, row_id]
  cadre: [village_code, post, post_kind, started_on, ended_on, row_id]
knobs: {grace_months: 2}
basis: [社会救助暂行办法 §66(三), 社会救助暂行办法 §68]
reason: "{name_of_post}在任期间（{post}），名下{programme}有{n}笔发放（{first_month}至{last_month}），合计{amount_yuan}元，需核实是否符合条件、是否备案"
innocent: [任职前已享受且停发需要两个月办理, 普惠补贴人人可领, 已离任, 已备案或经复核符合条件, 款项已退回, 同名不同人]
check: [救助申请与审批日期对照当选日期, 家庭经济状况核对结果, 近亲属备案登记表]
aspects: [A02, A03, A13]
forms: [F09]
not_for: 不用于直接停发待遇；干部家庭同样可能符合救助条件
---*/
WITH seat AS (
    SELECT sp.a AS mention, c.person, c.village_code, c.post, c.post_kind, c.row_id, sp.level, sp.namesakes,
           coalesce(c.started_on, DATE '1900-01-01') AS from_on,
           coalesce(c.ended_on, DATE '9999-12-31') AS to_on
    FROM cadre c JOIN same_person sp ON sp.b = c.person
), drawn AS (
    SELECT p.payment_id, min(p.row_id) AS row_id, min(coalesce(p.village_code, s.village_code)) AS village_code,
           min(p.beneficiary) AS beneficiary, min(p.person_key) AS person_key,
           min(p.programme) AS programme, min(p.programme_key) AS programme_key,
           min(p.month_from) AS month_from, min(p.amount_yuan) AS amount_yuan, min(p.note) AS note,
           min(s.level) AS level, max(s.namesakes) AS namesakes, arg_min(s.post, s.row_id) AS post,
           list(DISTINCT s.row_id) AS seats, bool_and(s.post_kind = '其他') AS is_minor,
           bool_or(p.village_code = s.village_code) AS same_village,
           bool_or(p.month_from >= date_trunc('month', s.from_on) + to_months($grace_months)) AS is_settled
    FROM payment p JOIN seat s ON s.mention = p.beneficiary
    WHERE p.class = 'means' AND NOT p.is_late
      AND p.month_from > s.from_on AND p.month_from <= s.to_on
    GROUP BY p.payment_id
)
SELECT min(village_code) AS village_code, 'person' AS subject_kind,
       CAST(min(beneficiary) AS VARCHAR) AS subject_key, min(level) AS level, max(namesakes) AS namesakes,
       list(DISTINCT row_id) AS evidence, list_distinct(flatten(list(seats))) AS context,
       sum(amount_yuan)::DOUBLE AS amount_yuan, min(month_from) AS first_on, max(month_from) AS last_on,
       CASE WHEN bool_and(is_minor) THEN 0.5 END AS p,
       '村干部' AS name_of_post, min(post) AS post, min(programme) AS programme, count(*) AS n,
       strftime(min(month_from), '%Y年%-m月') AS first_month, strftime(max(month_from), '%Y年%-m月') AS last_month,
       CASE WHEN bool_and(regexp_matches(note, '已退|退还|追回|收回|缴回')) THEN '备注记有款项已退回或收回'
            WHEN bool_or(regexp_matches(note, '已备案|已报备|复核(通过|符合)|符合条件|公示无异议|入户核查')) THEN '备注记有备案或复核：' || max(note)
       END AS explained
FROM drawn
GROUP BY person_key, programme_key
HAVING bool_or(is_settled) AND (min(level) <= 2 OR bool_or(same_village))
