-- The 1+X list of each village: the common forms, those of the personalised lists it gets, and any other with a candidate.
-- form_name(form, zh, aspect, common), form_model(form, model_id) and list_form(list_id, form) come from the checklist.
CREATE OR REPLACE TABLE report_form AS
WITH asked AS (
    SELECT v.village_code, f.form, '通' AS source FROM village v, form_name f WHERE f.common
    UNION ALL
    SELECT l.village_code, x.form, l.list_id FROM village_list l JOIN list_form x USING (list_id) WHERE l.fits
), led AS (
    SELECT village_code, unnest(forms) AS form, rank FROM candidate WHERE status NOT IN ('不属实', '数据错误')
), found AS (
    SELECT village_code, form, list(rank ORDER BY rank) AS ranks FROM led GROUP BY ALL
), listed AS (
    SELECT village_code, form, string_agg(DISTINCT source, ' ' ORDER BY source) AS source
    FROM (FROM asked UNION ALL SELECT village_code, form, '候选' FROM found ANTI JOIN asked USING (village_code, form)) GROUP BY ALL
), stopped AS (
    SELECT model_id, any_value(why) AS why FROM model_run WHERE village_code IS NULL AND status = 'not_run' GROUP BY 1
), absent AS (
    SELECT model_id, village_code, any_value(why) AS why FROM model_run WHERE village_code IS NOT NULL AND status = 'not_run' GROUP BY ALL
), ran AS (SELECT DISTINCT model_id FROM model_run WHERE village_code IS NULL AND status = 'ran'),
checked AS (
    SELECT l.village_code, l.form, count(m.model_id) AS models,
           count(m.model_id) FILTER (r.model_id IS NOT NULL AND a.why IS NULL) AS able,
           string_agg(DISTINCT coalesce(s.why, a.why, '没有运行'), '；' ORDER BY coalesce(s.why, a.why, '没有运行'))
               FILTER (m.model_id IS NOT NULL AND (r.model_id IS NULL OR a.why IS NOT NULL)) AS why
    FROM listed l LEFT JOIN form_model m USING (form) LEFT JOIN ran r USING (model_id) LEFT JOIN stopped s USING (model_id)
    LEFT JOIN absent a ON a.model_id = m.model_id AND a.village_code = l.village_code
    GROUP BY ALL
)
SELECT l.village_code, l.form, n.zh, n.aspect, l.source,
       CASE WHEN f.ranks IS NOT NULL THEN 'found' WHEN c.models = 0 THEN 'people' WHEN c.able = 0 THEN 'not_checked'
            WHEN c.able < c.models THEN 'part' ELSE 'clear' END AS state,
       f.ranks, c.models, c.able, c.why
FROM listed l JOIN form_name n USING (form) JOIN checked c USING (village_code, form) LEFT JOIN found f USING (village_code, form)
ORDER BY l.village_code, l.form;

CREATE OR REPLACE TABLE report_list AS
SELECT l.village_code, l.list_id, n.zh, l.fits, l.why FROM village_list l JOIN list_name n USING (list_id) ORDER BY ALL;
