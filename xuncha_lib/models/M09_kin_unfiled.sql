/*---
id: M09
name: 村干部近亲属领取非普惠补贴未见备案
category: C2
severity: medium
identity: L4
prior: 0.8
needs: {payment: [beneficiary, amount_yuan], kin: [cadre, kin], cadre: [person]}
uses:
  payment: [payment_id, person_key, village_code, programme, programme_key, class, month_from, is_late, note, row_id]
  kin: [village_code, relation, is_filed, filed_on, rows, level, is_near]
  cadre: [village_code, post, post_kind, started_on, ended_on, row_id]
  mention: [mention_id, name]
  person_key: [mention_id, person_key]
knobs: {grace_months: 2}
basis: [社会救助暂行办法 §66(三), 社会救助暂行办法 §68]
reason: "村干部{cadre_name}（{post}）的{relation}领取{programme}{n}笔（{first_month}至{last_month}），合计{amount_yuan}元，未见近亲属备案，需核实"
innocent: [已按规定备案, 亲属关系较远, 干部当时不在任, 普惠补贴人人可领, 款项已退回, 同名不同人]
check: [到镇民政部门查纸质备案表, 入户调查表和家庭经济状况核对结果, 审批时该干部是否回避]
aspects: [A03, A13]
forms: [F09, F57]
not_for: 与干部有亲属关系本身不是问题，不用于否定其救助资格
---*/
WITH kin_seat AS (
    SELECT sp.a AS mention, k.relation, k.is_filed, k.filed_on, k.rows, c.person AS cadre, c.village_code, c.post, c.row_id AS seat,
           greatest(sp.level, k.level) AS level, sp.namesakes,
           coalesce(c.started_on, DATE '1900-01-01') + to_months($grace_months) AS from_on,
           coalesce(c.ended_on, DATE '9999-12-31') AS to_on
    FROM kin k JOIN cadre c ON c.person = k.cadre JOIN same_person sp ON sp.b = k.kin
    WHERE k.is_near AND c.post_kind <> '其他'
), own AS (
    SELECT k.person_key FROM cadre c JOIN person_key k ON k.mention_id = c.person
), drawn AS (
    SELECT p.payment_id, p.row_id, p.village_code, p.beneficiary, p.person_key, p.programme, p.programme_key, p.month_from, p.amount_yuan,
           p.note, min(s.level) AS level, max(s.namesakes) AS namesakes, arg_min(s.relation, (s.level, s.seat)) AS relation,
           arg_min(s.cadre, (s.level, s.seat)) AS cadre, arg_min(s.post, (s.level, s.seat)) AS post,
           bool_or(s.is_filed) AS is_filed, min(s.filed_on) AS filed_on,
           list_distinct(flatten(list(s.rows)) || list(s.seat)) AS context
    FROM payment p JOIN kin_seat s ON s.mention = p.beneficiary
    WHERE p.class IN ('means', 'post') AND NOT p.is_late
      AND p.month_from >= date_trunc('month', s.from_on) AND p.month_from <= s.to_on
      AND p.person_key NOT IN (FROM own)
    GROUP BY ALL
)
SELECT min(village_code) AS village_code, 'person' AS subject_kind,
       CAST(min(beneficiary) AS VARCHAR) AS subject_key, min(level) AS level, max(namesakes) AS namesakes,
       list(row_id) AS evidence, list_distinct(flatten(list(context))) AS context,
       sum(amount_yuan)::DOUBLE AS amount_yuan, min(month_from) AS first_on, max(month_from) AS last_on,
       min(m.name) AS cadre_name, min(post) AS post, min(relation) AS relation,
       min(programme) AS programme, count(*) AS n,
       strftime(min(month_from), '%Y年%-m月') AS first_month, strftime(max(month_from), '%Y年%-m月') AS last_month,
       CASE WHEN bool_or(is_filed) THEN '已有近亲属备案' || coalesce('（' || strftime(min(filed_on), '%Y-%m-%d') || '）', '')
            WHEN bool_or(regexp_matches(note, '已备案|已报备|亲属备案')) THEN '备注记有备案'
            WHEN bool_and(regexp_matches(note, '已退|退还|追回|收回|缴回')) THEN '备注记有款项已退回或收回'
       END AS explained
FROM drawn JOIN (SELECT mention_id, name FROM mention) m ON m.mention_id = drawn.cadre
GROUP BY person_key, programme_key
