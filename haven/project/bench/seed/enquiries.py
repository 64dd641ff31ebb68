"""Enquiries with what the adult wanted and what became of the risk; plans, closing, feedback, tasks."""

ENQUIRIES = """
INSERT INTO adults_enquiry (id, version, case_id, kind, begun_at, lead_id, officer_id, short, location, asked,
    asked_by_id, asked_whom,
    not_asked_because, achieved, ended_by_adult, risk_assessment, risk_outcome, risk_words, remained_because,
        conclusion_words,
    proposed_by_id, concluded_at, authorised_by_id, authorised_at)
SELECT enquiry_id, 1, case_id, outcome, decided_at, manager, worker, pg_temp.chance(n, 'short') < 0.25, location,
    asked, CASE WHEN asked <> '' THEN worker END, CASE asked WHEN 'expressed' THEN 'adult' ELSE '' END,
    CASE asked WHEN 'not_asked' THEN 'not_reached' ELSE '' END,
    CASE WHEN asked = 'expressed' AND concluded_at IS NOT NULL
        THEN pg_temp.pick(ARRAY['fully','fully','partly','partly','not','not_known'], n, 'achieved') ELSE '' END,
    false, risk, CASE WHEN identified THEN became ELSE '' END, CASE WHEN risk = '' THEN ''
        ELSE 'Each risk was looked at with the adult.' END,
    CASE WHEN identified AND became = 'remained' THEN 'adult_accepts' ELSE '' END,
    CASE WHEN concluded_at IS NULL THEN ''
        ELSE 'On balance what was reported did happen; the care has changed since.' END,
    CASE WHEN concluded_at IS NOT NULL THEN worker END, concluded_at, CASE WHEN authorised_at IS NOT NULL
        THEN manager END, authorised_at
FROM seed_plan,
LATERAL (SELECT
    CASE WHEN assessed_at IS NULL AND age < 25 THEN ''
         ELSE pg_temp.pick(ARRAY['expressed','expressed','expressed','expressed','expressed','expressed',
             'none_expressed','none_expressed','not_asked','not_known'], n, 'asked') END AS asked,
    CASE WHEN assessed_at IS NULL THEN ''
         ELSE pg_temp.pick(ARRAY['identified_action','identified_action','identified_action','identified_no_action',
             'inconclusive_action','inconclusive_no_action','none_action','none_no_action'], n, 'risk') END AS risk,
    pg_temp.pick(ARRAY['reduced','reduced','removed','remained'], n, 'became') AS became) r,
LATERAL (SELECT risk LIKE 'identified%' AS identified) i
WHERE enquired
"""

WITH_THE_ADULT = """
INSERT INTO adults_participation (id, version, case_id, enquiry_id, capacity, under_pressure, difficulty, advocate,
    advocate_name, words, recorded_at)
SELECT pg_temp.id_at(spoken_at, n, 'participation'), 1, case_id, enquiry_id, capacity, false,
    CASE capacity WHEN 'lacks' THEN 'yes' ELSE 'no' END, CASE capacity WHEN 'lacks' THEN 'advocate' ELSE '' END, '',
        '', spoken_at
FROM seed_plan, LATERAL (SELECT pg_temp.pick(ARRAY['no_doubt','no_doubt','assessed_has','lacks','not_known'], n,
    'capacity') AS capacity) c
WHERE enquired AND spoken_at < :now;
INSERT INTO adults_desiredoutcome (id, enquiry_id, position, words, by_adult, by_worker)
SELECT pg_temp.id_at(e.begun_at, n * 4 + place, 'wish'), e.id, place, CASE place WHEN 0 THEN p.wish
    ELSE 'To be told what happens' END, e.achieved, e.achieved
FROM adults_enquiry e JOIN seed_plan p ON p.enquiry_id = e.id, generate_series(0, 1) place
WHERE e.asked = 'expressed' AND (place = 0 OR pg_temp.chance(n, 'wishes') < 0.4);
INSERT INTO adults_conversation (id, salt, case_id, at, how, reached, with_whom, words, adult_words,
    how_to_work_with_me, by_id, recorded_at)
SELECT pg_temp.id_at(said_at, n, what), s.salt, case_id, said_at, how, reached, 'adult', CASE WHEN reached
    THEN 'We talked it through.' ELSE '' END,
    CASE WHEN reached THEN wish ELSE '' END, '', worker, said_at
FROM seed_plan p JOIN seed_salt s ON s.i = p.grain, LATERAL (VALUES
    ('hearing', CASE WHEN NOT undecided THEN heard_at END, 'telephone', heard),
    ('conversation', CASE WHEN enquired AND spoken_at < :now THEN spoken_at END, 'visit', true)
) AS talks (what, said_at, how, reached)
WHERE said_at IS NOT NULL
"""

ACTIONS = """
INSERT INTO adults_action (id, version, case_id, enquiry_id, words, code, owner_id, owner_words, due_on, done_at,
    done_words)
SELECT pg_temp.id_at(officer_at, n, 'action'), 1, case_id, enquiry_id, 'Visit weekly until the plan is agreed',
    'monitoring', worker, '',
    (officer_at + interval '14 days')::date, assessed_at, CASE WHEN assessed_at IS NULL THEN '' ELSE 'Done.' END
FROM seed_plan WHERE enquired AND pg_temp.chance(n, 'action') < 0.6
"""

PLANS = """
INSERT INTO adults_safeguardingplan (id, version, case_id, agreed_at, adult_agrees, words, triggers, contingency,
    review_on, ended_at, ended_because)
SELECT plan_id, 1, case_id, planned_at, 'yes', 'Two carers each morning; the bank asks before large payments.',
    'A missed visit.',
    'Ring the duty desk.', (planned_at + interval '90 days')::date, plan_ended_at, CASE WHEN plan_ended_at IS NULL
        THEN '' ELSE 'The risk is gone.' END
FROM seed_plan WHERE plan_id IS NOT NULL;
INSERT INTO adults_planaction (id, version, case_id, plan_id, words, who, agency, due_on, done_at, done_words,
    transferred_to)
SELECT pg_temp.id_at(planned_at, n * 4 + i, 'step'), 1, case_id, plan_id, 'Check that visits are made',
    'The registered manager', 'Fablecourt Home Care',
    (planned_at + interval '30 days')::date, plan_ended_at, CASE WHEN plan_ended_at IS NULL THEN '' ELSE 'Done.' END,
        ''
FROM seed_plan, generate_series(0, 1) i WHERE plan_id IS NOT NULL
"""

CLOSINGS = """
INSERT INTO adults_closing (id, version, case_id, began_at, adult_told_at, adult_told_how, adult_not_told_because,
    how_to_come_back,
    plan_status, children_considered, learning_flag, closed_at, closed_by_id)
SELECT closing_id, 1, case_id, closing_at, told_at, CASE WHEN told_at IS NULL THEN '' ELSE 'in_person' END, '',
    CASE WHEN closed_at IS NULL THEN '' ELSE 'Ring the safeguarding line, or tell any professional.' END,
    CASE WHEN closed_at IS NULL THEN '' WHEN has_plan THEN 'ended' ELSE 'none_needed' END, '', pg_temp.chance(n,
        'learning') < 0.02,
    closed_at, CASE WHEN closed_at IS NOT NULL THEN manager END
FROM seed_plan WHERE closing_id IS NOT NULL;
INSERT INTO adults_feedback (id, salt, case_id, contact_id, level, ground, how, words, held_because, told_at, by_id,
    recorded_at)
SELECT pg_temp.id_at(replied_at, n, 'feedback'), s.salt, case_id, contact_id, 'receipt', '', 'telephone', '', '',
    replied_at,
    worker, replied_at
FROM seed_plan p JOIN seed_salt s ON s.i = p.grain WHERE replied_at IS NOT NULL
"""

TASKS = """
INSERT INTO tasks_task (id, authority_id, case_id, kind, words, owner_id, due_on, created_at, done_at, done_by_id,
    done_words)
SELECT pg_temp.id_at(given_at, n, 'task'), authority_id, case_id, 'adults.follow_up',
    'Ring to ask how the week has been', worker,
    CASE WHEN live THEN (:now + pg_temp.days(-3 + 14 * pg_temp.chance(n, 'task due')))::date
        ELSE (given_at + interval '7 days')::date END,
    given_at, closed_at, CASE WHEN closed_at IS NOT NULL THEN worker END, ''
FROM seed_plan WHERE NOT undecided AND pg_temp.chance(n, 'task') < CASE WHEN live THEN 0.7 ELSE 0.25 END
"""

STEPS = (
    ("enquiries", ENQUIRIES),
    ("what adults want", WITH_THE_ADULT),
    ("actions", ACTIONS),
    ("plans", PLANS),
    ("closing and feedback", CLOSINGS),
    ("tasks", TASKS),
)
TABLES = (
    "adults_enquiry", "adults_participation", "adults_desiredoutcome", "adults_conversation", "adults_action",
    "adults_safeguardingplan", "adults_planaction", "adults_closing", "adults_feedback", "tasks_task",
)  # fmt: skip
