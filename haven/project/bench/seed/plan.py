"""What becomes of each case, and when: one row a case, from which every record is written."""

PLAN = """
CREATE TEMP TABLE seed_case ON COMMIT DROP AS
WITH placed AS MATERIALIZED (
    SELECT n, (n % 4)::int AS a, n > :history AS live, (:cases - n) / 4 AS newest,
        CASE
            WHEN n <= :history THEN date_trunc('day',
                :starts_at + pg_temp.days((n - 0.5) / :history * (3650 - :live_days)))
                + pg_temp.days((7 + 13 * pg_temp.chance(n, 'hour')) / 24)
            WHEN (:cases - n) / 4 < :undecided
                THEN :now - pg_temp.days(((:cases - n) / 4 + 0.2 + 0.6 * pg_temp.chance(n,
                    'hour')) / :undecided * :undecided_days)
            ELSE :now - pg_temp.days(:undecided_days + ((:cases - n) / 4 - :undecided + 0.2 + 0.6 * pg_temp.chance(n,
                'hour'))
                / (:live / 4 - :undecided) * (:live_days - :undecided_days))
        END AS at
    FROM generate_series(1, :cases) n
),
fated AS MATERIALIZED (
    SELECT *, live AND newest < :undecided AS undecided, extract(epoch FROM :now - at) / 86400 AS age,
        CASE WHEN r < 0.40 THEN 'not_an_enquiry' WHEN r < 0.90 THEN 'section_42' ELSE 'other' END AS decided_as,
        pg_temp.chance(n, 'fate') AS fate, pg_temp.chance(n, 'plan') < 0.3 AS planned
    FROM (SELECT *, pg_temp.chance(n, 'outcome') AS r FROM placed) p
),
staged AS MATERIALIZED (
    SELECT *, CASE
        WHEN undecided THEN 'concern'
        WHEN NOT live THEN 'closed'
        WHEN decided_as = 'not_an_enquiry' THEN 'closing'
        WHEN fate < 0.65 OR age < 20 THEN 'enquiry'
        WHEN fate < 0.85 THEN 'plan'
        ELSE 'closing' END AS stage
    FROM fated
),
counted AS MATERIALIZED (
    SELECT *, CASE WHEN undecided THEN '' ELSE decided_as END AS outcome,
        decided_as <> 'not_an_enquiry' AND NOT undecided AS enquired,
        stage = 'enquiry' AND age > 25 AND fate < 0.1 AS proposed,
        stage = 'plan' OR (stage = 'closed' AND planned AND decided_as <> 'not_an_enquiry') AS has_plan
    FROM staged
),
lasting AS MATERIALIZED (
    -- Days from receipt, before they are made to fit into the time there has been.
    SELECT *,
        0.01 + 0.25 * pg_temp.chance(n, 'look') ^ 2 AS look,
        0.02 + 0.10 * pg_temp.chance(n, 'open') AS open,
        0.1 + CASE WHEN pg_temp.chance(n, 'slow') < 0.2 THEN 2 + 5 * pg_temp.chance(n, 'hear')
                   ELSE 1.6 * pg_temp.chance(n, 'hear') END AS hear,
        0.05 + 2 * pg_temp.chance(n, 'decide') ^ 2 AS decide,
        0.02 + 1.3 * pg_temp.chance(n, 'officer') ^ 2 AS officer,
        0.5 + 5 * pg_temp.chance(n, 'speak') AS speak,
        5 + 50 * pg_temp.chance(n, 'assess') AS assess,
        1 + 35 * pg_temp.chance(n, 'conclude') AS conclude,
        0.1 + 5 * pg_temp.chance(n, 'authorise') AS authorise,
        20 + 70 * pg_temp.chance(n, 'keep') AS keep,
        0.1 + 3 * pg_temp.chance(n, 'tell') AS tell,
        0.1 + 3 * pg_temp.chance(n, 'reply') AS reply,
        0.1 + 2 * pg_temp.chance(n, 'close') AS close,
        CASE stage
            WHEN 'concern' THEN least(1, age / 10)
            WHEN 'closed' THEN least(1, (age - 1) / 215)
            WHEN 'enquiry' THEN least(1, age / CASE WHEN proposed THEN 108 ELSE 17 END)
            WHEN 'plan' THEN least(1, age / 114)
            ELSE least(1, age / CASE WHEN decided_as = 'not_an_enquiry' THEN 10 ELSE 114 END)
        END AS fit
    FROM counted
),
timed AS MATERIALIZED (
    SELECT *,
        at + pg_temp.days(fit * look) AS looked_at,
        at + pg_temp.days(fit * (look + open)) AS opened_at,
        at + pg_temp.days(fit * (look + open + 0.6 * hear)) AS given_at,
        at + pg_temp.days(fit * (look + open + hear)) AS heard_at,
        at + pg_temp.days(fit * (look + open + hear + 0.8 * decide)) AS limbs_at,
        at + pg_temp.days(fit * (look + open + hear + decide)) AS decide_at,
        look + open + hear + decide AS until_decided
    FROM lasting
),
told AS MATERIALIZED (
    SELECT *,
        CASE WHEN NOT undecided THEN decide_at END AS decided_at,
        CASE WHEN enquired THEN at + pg_temp.days(fit * (until_decided + officer)) END AS officer_at,
        CASE WHEN enquired THEN at + pg_temp.days(fit * (until_decided + officer + speak)) END AS spoken_at,
        CASE WHEN enquired AND (stage <> 'enquiry' OR proposed)
            THEN at + pg_temp.days(fit * (until_decided + officer + speak + assess)) END AS assessed_at,
        CASE WHEN enquired AND (stage <> 'enquiry' OR proposed)
            THEN at + pg_temp.days(fit * (until_decided + officer + speak + assess + conclude)) END AS concluded_at,
        CASE WHEN enquired AND stage <> 'enquiry'
            THEN at + pg_temp.days(fit * (until_decided + officer + speak + assess + conclude + authorise))
                END AS authorised_at
    FROM timed
),
ended AS MATERIALIZED (
    SELECT *,
        CASE WHEN has_plan THEN authorised_at END AS planned_at,
        CASE WHEN stage = 'closed' AND has_plan THEN authorised_at + pg_temp.days(fit * keep) END AS plan_ended_at,
        CASE WHEN stage = 'closed' AND has_plan THEN authorised_at + pg_temp.days(fit * keep)
             WHEN stage IN ('closing', 'closed') THEN coalesce(authorised_at, decided_at) END AS closing_at
    FROM told
)
SELECT n, a, live, undecided, age, stage, outcome, enquired, proposed, has_plan, at, looked_at, opened_at, given_at,
    heard_at,
    limbs_at, decided_at, officer_at, spoken_at, assessed_at, concluded_at, authorised_at, planned_at, plan_ended_at,
        closing_at,
    CASE WHEN stage = 'closed' THEN closing_at + pg_temp.days(fit * tell) END AS told_at,
    CASE WHEN stage = 'closed' THEN closing_at + pg_temp.days(fit * (tell + reply)) END AS replied_at,
    CASE WHEN stage = 'closed' THEN closing_at + pg_temp.days(fit * (tell + reply + close)) END AS closed_at
FROM ended;
CREATE UNIQUE INDEX ON seed_case (n);
ANALYZE seed_case;
"""

# A fifth of cases are about somebody known from an earlier case of the same authority, mostly a late one.
ADULT = """
CREATE TEMP TABLE seed_plan ON COMMIT DROP AS
WITH known AS MATERIALIZED (
    SELECT n, 1 + floor(pg_temp.chance(n, 'earlier') ^ 3 * least((n - 5) / 4, 4000))::bigint AS back FROM seed_case
    WHERE n % 5 = 0 AND n > 40
),
adult AS MATERIALIZED (
    SELECT c.*, coalesce(n - 4 * CASE WHEN k.back % 5 = 0 THEN k.back - 1 ELSE k.back END, n) AS adult
    FROM seed_case c LEFT JOIN known k USING (n)
),
coded AS MATERIALIZED (
    SELECT c.*, first.at AS adult_at, coalesce(c.adult <> c.n AND c.at - first.at < interval '365 days',
        false) AS repeat,
        floor(pg_temp.chance(c.adult, 'name') * :names)::int AS name,
        pg_temp.pick(ARRAY['neglect','neglect','neglect','financial','financial','physical','physical',
            'psychological','domestic',
            'self_neglect','self_neglect','institutional','sexual','discriminatory','modern_slavery',
                'sexual_exploitation'],
            c.n, 'harm') AS harm,
        pg_temp.pick(ARRAY['psychological','physical','financial','neglect'], c.n, 'second harm') AS also_harm,
        pg_temp.chance(c.n, 'two harms') < 0.3 AS two_harms,
        pg_temp.pick(ARRAY['own_home','own_home','own_home','care_home_nursing','care_home_residential',
            'hospital_acute','extra_care',
            'in_the_community','community_service','other'], c.n, 'location') AS location,
        pg_temp.pick(ARRAY['hospital_acute','gp','ambulance','home_care_provider','care_home_provider',
            'social_worker','police','housing_association',
            'neighbour','family','self','cqc','voluntary','not_known'], c.n, 'source') AS source,
        pg_temp.pick(ARRAY['provider_private','relative','relative','known_not_related','stranger','self',
            'provider_voluntary'],
            c.n, 'risk from') AS risk_from,
        pg_temp.chance(c.n, 'heard') < 0.85 AS heard,
        (c.n % 4096)::int AS grain
    FROM adult c JOIN seed_case first ON first.n = c.adult
)
SELECT c.*,
    name.given, name.family, name.gender,
    replace(story.story, '{name}', name.given) AS story, story.wish,
    au.id AS authority_id, au.duty_team, au.head,
    worker.id AS worker, worker.team, worker.manager, officer.id AS officer,
    c.source NOT IN ('neighbour', 'family', 'self', 'not_known') AS professional,
    pg_temp.id_at(c.adult_at, c.adult, 'person') AS person_id,
    pg_temp.id_at(c.at, c.n, 'contact') AS contact_id,
    pg_temp.id_at(c.opened_at, c.n, 'case') AS case_id,
    pg_temp.id_at(c.opened_at, c.n, 'concern') AS concern_id,
    CASE WHEN c.enquired THEN pg_temp.id_at(c.decided_at, c.n, 'enquiry') END AS enquiry_id,
    CASE WHEN c.has_plan THEN pg_temp.id_at(c.planned_at, c.n, 'plan') END AS plan_id,
    CASE WHEN c.stage IN ('closing', 'closed') THEN pg_temp.id_at(c.closing_at, c.n, 'closing') END AS closing_id,
    s.inner_pad, s.outer_pad
FROM coded c
JOIN seed_name name ON name.i = c.name
JOIN seed_authority au ON au.a = c.a
JOIN seed_worker worker ON worker.a = c.a AND worker.i = floor(pg_temp.chance(c.n, 'worker') * au.workers)::int
JOIN seed_duty officer ON officer.a = c.a AND officer.i = c.n % 3
JOIN seed_story story ON story.harm = c.harm AND story.woman = (name.gender = 'female')
    AND story.i = floor(pg_temp.chance(c.n, 'story') * 6)::int
JOIN seed_salt s ON s.i = c.grain;
CREATE UNIQUE INDEX ON seed_plan (n);
ANALYZE seed_plan;
"""

STEPS = (("what becomes of each case", PLAN), ("who and what it is about", ADULT))
