-- cadre: one row per person and post on a committee roll. Representatives and party members hold no post.
-- ended_on NULL = still in office. A post that says 原/前 without a date counts as ended before everything.
CREATE OR REPLACE TABLE cadre AS
WITH said AS (
    SELECT c.*, coalesce(c.post, '') AS words, coalesce(c.note, '') AS remark
    FROM committee c
)
SELECT c.person, coalesce(c.village_code, k.home) AS village_code, c.post,
       CASE WHEN regexp_matches(words, '监督|监委|村监|监事') THEN '监督'
            WHEN regexp_matches(words, '书记|主任|村主任|社长|理事长') THEN '书记主任'
            WHEN regexp_matches(words, '会计|出纳|报账|文书|财务') THEN '财会'
            WHEN regexp_matches(words, '委员|两委|支委|村委|妇联|民兵|治保|团支部') THEN '委员'
            ELSE '其他' END AS post_kind,
       c.started_on,
       coalesce(c.ended_on, CASE WHEN regexp_matches(words || remark, '^原|^前任|已离任|已卸任|已免职|离任|卸任|已故')
                                 THEN DATE '1900-01-01' END) AS ended_on,
       c.row_id
FROM said c JOIN person_key k ON k.mention_id = c.person
WHERE NOT regexp_matches(words, '^(村民代表|党员|普通党员|群众|党员代表|大学生志愿者)$');
