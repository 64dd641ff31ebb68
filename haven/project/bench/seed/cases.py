"""Cases, the concern in each, and how it was decided."""

CASES = """
INSERT INTO cases_case (id, version, reference, pathway, authority_id, person_id, team_id, worker_id, manager_id,
    stage, awaits_duty,
    urgency, restriction, contact_id, opened_at, closed_at, other_system_number)
SELECT case_id, 1, pg_temp.reference('AS', n), 'adults', authority_id, person_id,
    CASE WHEN handed THEN team ELSE duty_team END, CASE WHEN handed THEN worker END, CASE WHEN handed THEN manager
        END, stage,
    stage = 'concern',
    CASE WHEN pg_temp.chance(n, 'urgency') < 0.08 THEN 'act_now' WHEN pg_temp.chance(n, 'urgency') < 0.5 THEN 'today'
        ELSE 'routine' END,
    CASE WHEN pg_temp.chance(n, 'restricted') < 0.01 THEN 'restricted' ELSE 'open' END, contact_id, opened_at,
        closed_at, ''
FROM (SELECT p.*, NOT undecided OR pg_temp.chance(n, 'given') < 0.6 AS handed FROM seed_plan p) p
"""

ENTRIES = """
INSERT INTO stages_stageentry (id, case_id, stage, entered_at, left_at)
SELECT pg_temp.id_at(entered_at, n, 'stage ' || entry), case_id, entry, entered_at, left_at
FROM seed_plan, LATERAL (VALUES
    ('concern', opened_at, decided_at),
    ('enquiry', CASE WHEN enquired THEN decided_at END, authorised_at),
    ('plan', planned_at, plan_ended_at),
    ('closing', closing_at, closed_at),
    ('closed', closed_at, NULL)
) AS entries (entry, entered_at, left_at)
WHERE entered_at IS NOT NULL
"""

INVOLVED = """
INSERT INTO cases_involvement (id, case_id, person_id, role, words, standing, from_at)
SELECT pg_temp.id_at(opened_at, n, role), case_id, who, role, said, standing, opened_at
FROM seed_plan, LATERAL (VALUES
    ('adult', person_id, '', ''),
    ('referrer', NULL, initcap(replace(source, '_', ' ')), ''),
    ('alleged_source', CASE WHEN risk_from = 'relative' AND adult = n THEN pg_temp.id_at(opened_at, n, 'alleged') END,
        CASE WHEN risk_from = 'relative' AND adult = n THEN '' ELSE initcap(replace(risk_from, '_', ' ')) END,
        CASE WHEN stage <> 'closed' THEN 'alleged' WHEN enquired THEN 'found' ELSE 'not_tested' END)
) AS involved (role, who, said, standing)
"""

ALLOCATIONS = """
INSERT INTO cases_allocation (id, case_id, user_id, kind, at, until_at)
SELECT pg_temp.id_at(given_at, n, 'allocation'), case_id, worker, 'concern', given_at, decided_at FROM seed_plan
WHERE NOT undecided OR pg_temp.chance(n, 'given') < 0.6
UNION ALL
SELECT pg_temp.id_at(officer_at, n, 'officer'), case_id, worker, 'enquiry', officer_at, authorised_at FROM seed_plan
    WHERE enquired
"""

NOTES = """
INSERT INTO cases_casenote (id, salt, case_id, author_id, how, happened_at, recorded_at, words, standing, attempt,
    superseded_reason)
SELECT pg_temp.id_at(at, n * 4 + place, 'note'), s.salt, case_id, worker,
    CASE place WHEN 0 THEN 'call' WHEN 1 THEN 'visit' ELSE 'discussion' END, note_at, note_at, words, standing,
        attempt, ''
FROM seed_plan p JOIN seed_salt s ON s.i = p.grain,
LATERAL (VALUES
    (0, given_at, '', 'fact', true),
    (1, heard_at, 'Visited. The home was warm; we spoke alone and agreed when to speak again.', 'fact', false),
    (2, CASE WHEN enquired THEN officer_at END, 'Spoke with the GP, who has seen the same and will write.', 'told',
        false)
) AS notes (place, note_at, words, standing, attempt)
WHERE note_at IS NOT NULL AND (NOT undecided OR pg_temp.chance(n, 'given') < 0.6)
"""

CONCERNS = """
INSERT INTO adults_concern (id, version, case_id, contact_id, authority_id, received_at, source_code, location,
    place_id, heard,
    not_heard_because, adult_knows, adult_wants, adult_agrees, override_ground, repeat, care_provider, self_neglect,
    decided_at, outcome, threshold_met, destination, destination_accepted_by, destination_sent_at)
SELECT concern_id, 1, case_id, contact_id, authority_id, at, source, location,
    CASE WHEN location LIKE 'care_home%' THEN pg_temp.id_at(:starts_at, (1 + floor(40 * pg_temp.chance(n,
        'which home')))::int * 4 + a, 'place') END,
    CASE WHEN stood THEN heard END, CASE WHEN stood AND NOT heard THEN 'not_reached' ELSE '' END,
    CASE WHEN stood THEN 'yes' ELSE '' END, CASE WHEN stood AND heard THEN wish ELSE '' END,
    CASE WHEN stood THEN CASE WHEN heard THEN 'yes' ELSE 'not_asked' END ELSE '' END, '', repeat,
    risk_from LIKE 'provider%', harm = 'self_neglect', decided_at, outcome,
    CASE outcome WHEN '' THEN NULL ELSE enquired END,
    CASE outcome WHEN 'not_an_enquiry' THEN pg_temp.pick(ARRAY['care_management','advice','care_review',
        'customer_services','none'], n, 'destination') ELSE '' END,
    '', NULL
FROM (SELECT *, NOT undecided OR pg_temp.chance(n, 'far') < 0.5 AS stood FROM seed_plan) p
"""

LIMBS = """
INSERT INTO adults_limbanswer (id, concern_id, limb, answer, reasons, settle_how)
SELECT pg_temp.id_at(limbs_at, n, limb), concern_id, limb,
    CASE WHEN outcome = 'section_42' OR (outcome = '' AND limb <> 'protect') OR limb = 'abuse' THEN 'yes'
         WHEN limb = 'protect' THEN CASE WHEN outcome = '' AND pg_temp.chance(n, 'limbs') < 0.6 THEN 'yes' ELSE 'no'
             END
         ELSE 'yes' END, reasons, ''
FROM seed_plan, LATERAL (VALUES
    ('needs', 'Needs help with washing, meals and medicines.'),
    ('abuse', 'There is reasonable cause to suspect that what was reported has happened.'),
    ('protect', 'What these needs mean for staying safe from it was talked through.')
) AS limbs (limb, reasons)
WHERE NOT undecided OR (pg_temp.chance(n, 'far') < 0.25)
"""

HARMS = """
INSERT INTO adults_harmtype (id, case_id, code, "primary")
SELECT pg_temp.id_at(heard_at, n, 'harm'), case_id, harm, true FROM seed_plan
    WHERE NOT undecided OR pg_temp.chance(n, 'far') < 0.5
UNION ALL
SELECT pg_temp.id_at(heard_at, n, 'also harm'), case_id, also_harm, false FROM seed_plan
WHERE two_harms AND also_harm <> harm AND NOT undecided;
INSERT INTO adults_sourceofrisk (id, case_id, code)
SELECT pg_temp.id_at(heard_at, n, 'source of risk'), case_id, risk_from FROM seed_plan WHERE NOT undecided;
INSERT INTO adults_possiblecrime (id, version, case_id, answer, told_at, told_by, reference, why_not, adult_wanted)
SELECT pg_temp.id_at(heard_at, n, 'crime'), 1, case_id, 'yes', heard_at, 'The duty officer', '', '', '' FROM seed_plan
WHERE NOT undecided AND harm IN ('physical', 'sexual', 'domestic', 'modern_slavery') AND pg_temp.chance(n,
    'crime') < 0.6
"""

DECISIONS = """
INSERT INTO decisions_decision (id, salt, case_id, question, outcome, proposed, reasons, legal_source, guidance,
    by_id, at,
    recorded_at, countersigned_by_id, countersigned_at)
SELECT pg_temp.id_at(made_at, n, question), s.salt, case_id, question, answer, offered, reasons, law, guidance, who,
    made_at, made_at,
    CASE WHEN second THEN head END, CASE WHEN second THEN made_at + (closing_at - made_at) / 2 END
FROM seed_plan p JOIN seed_salt s ON s.i = p.grain,
LATERAL (SELECT p.outcome = 'not_an_enquiry' AND p.repeat AS declined_again) d,
LATERAL (VALUES
    ('section_42', decided_at, outcome, CASE WHEN outcome = 'section_42' THEN outcome ELSE 'not_an_enquiry' END,
        'The three parts were answered as recorded; the adult''s own view was weighed.', 'Care Act 2014 s42(1)-(2)',
        'Care and support statutory guidance, chapter 14', manager, declined_again),
    ('second_person', CASE WHEN declined_again THEN decided_at END, 'agrees', '',
        'Read it through; the reasons stand.',
        'Catalogue R-048; practice PR-12', 'Repeat, care-provider, death and self-neglect concerns', head, false),
    ('conclusion', authorised_at, 'authorised', '', 'The adult was at the centre of it, and is safer.',
        'Care Act 2014 s42(2); catalogue R-065',
            'Care and support statutory guidance, chapter 14: what an enquiry is for', manager, false),
    ('closing', closed_at, 'closed', '', 'Everything is settled, and they know how to come back.', 'Catalogue R-093',
        'London multi-agency policy (2019), stage 4', manager, false)
) AS made (question, made_at, answer, offered, reasons, law, guidance, who, second)
WHERE made_at IS NOT NULL
"""

STEPS = (
    ("cases", CASES),
    ("stages", ENTRIES),
    ("who is involved", INVOLVED),
    ("allocations", ALLOCATIONS),
    ("case notes", NOTES),
    ("concerns", CONCERNS),
    ("the three parts of section 42", LIMBS),
    ("types and sources of harm", HARMS),
    ("decisions", DECISIONS),
)
TABLES = (
    "cases_case", "stages_stageentry", "cases_involvement", "cases_allocation", "cases_casenote", "adults_concern",
    "adults_limbanswer", "adults_harmtype", "adults_sourceofrisk", "adults_possiblecrime", "decisions_decision",
)  # fmt: skip
