-- coop_member: who is written down as a member of a farmers' co-operative, from the register of firms and from lists of
-- what was shared out. since_on: the day of joining, else of foundation. paid_on: the day of a share-out.
-- village_code: where the register names none, the home of most members.
-- coop: name of the co-operative without spaces.
CREATE OR REPLACE TABLE coop_member AS
SELECT row_id, coalesce(village_code, mode(k.home) OVER (PARTITION BY company)) AS village_code,
       regexp_replace(company, '[\s　]', '', 'g') AS coop, person, coalesce(person_role, '成员') AS person_role, share_pct,
       NULL::DOUBLE AS contribution_yuan, NULL::DOUBLE AS shared_yuan, coalesce(since_on, founded_on) AS since_on, until_on,
       NULL::DATE AS paid_on, coalesce(note, '') AS note, 'register' AS roll
FROM business_person b LEFT JOIN person_key k ON k.mention_id = b.person
WHERE person IS NOT NULL AND concat(company_kind, company) LIKE '%合作社%' AND coalesce(is_current, true)
UNION ALL
SELECT row_id, village_code, regexp_replace(coalesce(company, ''), '[\s　]', '', 'g'), member, '成员', share_pct,
       CAST(contribution_yuan AS DOUBLE), CAST(coalesce(total_yuan, coalesce(returned_yuan, 0) + coalesce(dividend_yuan, 0)) AS DOUBLE),
       NULL, NULL, paid_on, coalesce(note, ''), 'shared'
FROM coop_surplus WHERE member IS NOT NULL;
