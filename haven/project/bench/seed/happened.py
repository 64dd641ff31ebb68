"""The events that the operations would have recorded: ids and codes, and the seal of words where there are words."""

COLUMNS = "id, at, type, actor_kind, actor_id, authority_id, case_id, subject_kind, subject_id, codes, digest"

REPORTS = """
INSERT INTO events_event (:columns)
SELECT pg_temp.id_at(done_at, m, type), done_at, type, kind, who, authority_id, NULL, 'contacts.contact', contact_id,
    codes, digest
FROM seed_report r JOIN seed_salt s ON s.i = r.grain, LATERAL (VALUES
    ('contacts.received', at, 'public', NULL::uuid, '{"channel": "web"}'::jsonb,
        pg_temp.sealed(s.inner_pad, s.outer_pad, encode(sha256(convert_to(story, 'UTF8')), 'hex'))),
    ('contacts.looked_at', looked_at, 'user', officer, '{"safe_tonight": "yes"}'::jsonb,
        pg_temp.sealed(s.inner_pad, s.outer_pad, 'Rang and checked. Safe for now.')),
    ('contacts.' || state, CASE WHEN state IN ('merged', 'refused') THEN looked_at + interval '10 minutes' END,
        'user', officer, '{}'::jsonb, NULL)
) AS happened (type, done_at, kind, who, codes, digest)
WHERE done_at IS NOT NULL
"""

CONCERNS = """
INSERT INTO events_event (:columns)
SELECT pg_temp.id_at(done_at, n, type), done_at, type, 'user', who, authority_id, CASE
    WHEN type <> 'contacts.accepted' THEN case_id END,
    subject_kind, subject_id, codes, digest
FROM seed_plan, LATERAL (VALUES
    ('contacts.accepted', opened_at, officer, 'contacts.contact', contact_id, '{}'::jsonb, NULL::bytea),
    ('stages.case_opened', opened_at, officer, 'cases.case', case_id, '{"pathway": "adults"}', NULL),
    ('adults.report_accepted', opened_at, officer, 'adults.concern', concern_id, jsonb_build_object('contact',
        contact_id), NULL),
    ('adults.concern_allocated', CASE WHEN NOT undecided OR pg_temp.chance(n, 'given') < 0.6 THEN given_at END,
        manager, 'adults.concern',
        concern_id, jsonb_build_object('worker', worker), NULL),
    ('cases.attempt_added', CASE WHEN NOT undecided OR pg_temp.chance(n, 'given') < 0.6 THEN given_at END, worker,
        'cases.casenote',
        pg_temp.id_at(at, n * 4, 'note'), '{"how": "call"}', pg_temp.sealed(inner_pad, outer_pad, '')),
    ('cases.note_added', CASE WHEN NOT undecided OR pg_temp.chance(n, 'given') < 0.6 THEN heard_at END, worker,
        'cases.casenote',
        pg_temp.id_at(at, n * 4 + 1, 'note'), '{"how": "visit"}',
        pg_temp.sealed(inner_pad, outer_pad,
            'Visited. The home was warm; we spoke alone and agreed when to speak again.')),
    ('cases.note_added', CASE WHEN enquired THEN officer_at END, worker, 'cases.casenote',
        pg_temp.id_at(at, n * 4 + 2, 'note'), '{"how": "discussion"}',
        pg_temp.sealed(inner_pad, outer_pad, 'Spoke with the GP, who has seen the same and will write.')),
    ('adults.hearing_recorded', CASE WHEN NOT undecided OR pg_temp.chance(n, 'far') < 0.5 THEN heard_at END, worker,
        'adults.concern', concern_id,
        jsonb_build_object('heard', heard, 'agrees', CASE WHEN heard THEN 'yes' ELSE 'not_asked' END), NULL),
    ('adults.types_recorded', CASE WHEN NOT undecided THEN heard_at END, worker, 'adults.concern', concern_id,
        jsonb_build_object('types', jsonb_build_array(harm), 'primary', harm, 'location', location), NULL),
    ('adults.limbs_answered', CASE WHEN NOT undecided OR pg_temp.chance(n, 'far') < 0.25 THEN limbs_at END, worker,
        'adults.concern', concern_id,
        '{"needs": "yes", "abuse": "yes", "protect": "yes"}', NULL),
    ('adults.concern_decided', decided_at, manager, 'adults.concern', concern_id, jsonb_build_object('outcome',
        outcome), NULL),
    ('stages.moved', decided_at, manager, 'cases.case', case_id,
        jsonb_build_object('from_stage', 'concern', 'to_stage', CASE WHEN enquired THEN 'enquiry' ELSE 'closing'
            END), NULL)
) AS happened (type, done_at, who, subject_kind, subject_id, codes, digest)
WHERE done_at IS NOT NULL
"""

ENQUIRIES = """
INSERT INTO events_event (:columns)
SELECT pg_temp.id_at(done_at, n, type), done_at, type, 'user', who, authority_id, p.case_id, 'adults.enquiry',
    enquiry_id, codes, NULL
FROM seed_plan p JOIN adults_enquiry e ON e.id = p.enquiry_id, LATERAL (VALUES
    ('adults.enquiry_allocated', p.officer_at, manager, jsonb_build_object('officer', worker)),
    ('adults.outcomes_asked', CASE WHEN e.asked <> '' AND spoken_at < :now THEN spoken_at END, worker,
        jsonb_build_object('asked', e.asked)),
    ('adults.capacity_recorded', CASE WHEN spoken_at < :now THEN spoken_at END, worker,
        '{"capacity": "no_doubt"}'::jsonb),
    ('adults.risk_assessed', assessed_at, worker, jsonb_build_object('assessment', e.risk_assessment, 'outcome',
        e.risk_outcome)),
    ('adults.conclusion_proposed', p.concluded_at, worker, '{}'::jsonb),
    ('adults.conclusion_authorised', p.authorised_at, manager, '{}'::jsonb)
) AS happened (type, done_at, who, codes)
WHERE done_at IS NOT NULL
"""

ENDS = """
INSERT INTO events_event (:columns)
SELECT pg_temp.id_at(done_at, n, type || mark), done_at, type, 'user', who, authority_id, case_id, subject_kind,
    subject_id, codes, NULL
FROM seed_plan, LATERAL (VALUES
    ('stages.moved', 'on', authorised_at, manager, 'cases.case', case_id,
        jsonb_build_object('from_stage', 'enquiry', 'to_stage', CASE WHEN has_plan THEN 'plan' ELSE 'closing' END)),
    ('adults.plan_agreed', '', planned_at, worker, 'adults.safeguardingplan', plan_id,
        '{"adult_agrees": "yes"}'::jsonb),
    ('adults.plan_ended', '', plan_ended_at, worker, 'adults.safeguardingplan', plan_id, '{}'),
    ('stages.moved', 'off', plan_ended_at, worker, 'cases.case', case_id,
        '{"from_stage": "plan", "to_stage": "closing"}'),
    ('adults.adult_told', '', told_at, worker, 'adults.closing', closing_id, '{"told": true, "how": "in_person"}'),
    ('adults.feedback_sent', '', replied_at, worker, 'adults.feedback',
        CASE WHEN replied_at IS NOT NULL THEN pg_temp.id_at(replied_at, n, 'feedback') END,
            '{"level": "receipt", "how": "telephone"}'),
    ('stages.moved', 'shut', closed_at, manager, 'cases.case', case_id,
        '{"from_stage": "closing", "to_stage": "closed"}'),
    ('adults.case_closed', '', closed_at, manager, 'adults.closing', closing_id, '{"learning": false}')
) AS happened (type, mark, done_at, who, subject_kind, subject_id, codes)
WHERE done_at IS NOT NULL
"""

STEPS = (
    ("events of reports", REPORTS),
    ("events of concerns", CONCERNS),
    ("events of enquiries", ENQUIRIES),
    ("events of endings", ENDS),
)
TABLES = ("events_event",)
