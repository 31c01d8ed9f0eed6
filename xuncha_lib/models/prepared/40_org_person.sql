-- canonical_org: the registered name that an organisation's name as written stands for; the name itself if none is known.
CREATE OR REPLACE MACRO canonical_org(name) AS
    coalesce((SELECT min(canonical) FROM org_alias WHERE org = name), name);

-- org_person: who stands behind a registered firm, one row per firm, person and capacity.
-- is_member: an ordinary member of a farmers' co-operative (no post, less than a fifth of it), which is everybody's right.
-- closed_on: the day of cancellation or, if earlier, the day the person left; without a date it counts as closed all along.
-- until_on: the day the person left, NULL for one who is still there (whether or not the firm is).
CREATE OR REPLACE TABLE org_person AS
SELECT * RENAME (org AS company_org) FROM (
WITH listed AS (
    SELECT village_code, company_org, legal_person AS person,
           CASE WHEN coalesce(company_kind, '') LIKE '%个体%' THEN '经营者'
                WHEN coalesce(company_kind, '') || company LIKE '%合作社%' THEN '理事长' ELSE '法定代表人' END AS person_role,
           is_active, state, founded_on, closed_on, row_id, company, company_kind, uscc,
           NULL::DOUBLE AS share_pct, capital_yuan, scope, note, NULL::DATE AS since_on, NULL::DATE AS until_on
    FROM business WHERE legal_person IS NOT NULL
    UNION ALL
    SELECT p.village_code, p.company_org, p.person, coalesce(p.person_role, '人员'), coalesce(p.is_active, b.is_active),
           coalesce(p.state, b.state), coalesce(p.founded_on, b.founded_on), coalesce(p.closed_on, b.closed_on), p.row_id,
           coalesce(p.company, b.company), coalesce(p.company_kind, b.company_kind), coalesce(p.uscc, b.uscc),
           p.share_pct, coalesce(p.capital_yuan, b.capital_yuan), b.scope, p.note, p.since_on,
           coalesce(p.until_on, CASE WHEN NOT p.is_current THEN DATE '1900-01-01' END)
    FROM business_person p LEFT JOIN (
        SELECT company_org, arg_min(is_active, row_id) AS is_active, arg_min(state, row_id) AS state,
               arg_min(founded_on, row_id) AS founded_on, arg_min(closed_on, row_id) AS closed_on,
               arg_min(company, row_id) AS company, arg_min(company_kind, row_id) AS company_kind,
               arg_min(uscc, row_id) AS uscc, arg_min(capital_yuan, row_id) AS capital_yuan, arg_min(scope, row_id) AS scope
        FROM business GROUP BY company_org) b USING (company_org)
    WHERE p.person IS NOT NULL
)
SELECT village_code, canonical_org(company_org) AS org, person, person_role,
       until_on IS NULL AND coalesce(is_active, NOT regexp_matches(coalesce(state, ''), '注销|吊销|撤销|清算|停业|关闭|迁出')) AS is_active,
       greatest(founded_on, since_on) AS founded_on,
       least(until_on, coalesce(closed_on, CASE WHEN regexp_matches(coalesce(state, ''), '注销|吊销|撤销') THEN DATE '1900-01-01' END)) AS closed_on,
       until_on,
       row_id, company, uscc, share_pct, company_kind, capital_yuan, scope,
       coalesce(company_kind, '') || coalesce(company, '') LIKE '%合作社%'
           AND (regexp_matches(person_role, '成员|社员') OR (regexp_matches(person_role, '股东|出资') AND coalesce(share_pct, 0) < 20)) AS is_member,
       coalesce(company_kind, '') LIKE '%个体%' AS is_stall,
       coalesce(note, '') AS note
FROM listed
-- a row that names no firm and has no code of one registers nothing
WHERE company IS NOT NULL OR company_org IS NOT NULL OR length(uscc) IN (15, 18)
QUALIFY row_number() OVER (PARTITION BY org, person, person_role ORDER BY row_id, company_kind NULLS LAST, founded_on NULLS LAST, share_pct NULLS LAST) = 1
ORDER BY org, person, person_role);
