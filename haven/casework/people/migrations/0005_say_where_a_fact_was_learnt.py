"""Facts that were recorded before have the case they were learnt in where that is known for certain; else they stay
facts of the person alone, as they were."""

from django.db import migrations, models

FACTS = ("address", "contactpoint", "flag", "relationship", "protectedvalue")

KNOWN = """
UPDATE people_address f SET learnt_in_id = e.case_id FROM events_event e
WHERE e.subject_id = f.id AND e.type = 'people.address_recorded';
UPDATE people_contactpoint f SET learnt_in_id = e.case_id FROM events_event e
WHERE e.subject_id = f.id AND e.type = 'people.number_recorded';
UPDATE people_protectedvalue f SET learnt_in_id = e.case_id FROM events_event e
WHERE e.subject_id = f.id AND e.type = 'people.home_entry_recorded';
UPDATE people_address f SET learnt_in_id = c.id FROM cases_case c
WHERE f.learnt_in_id IS NULL AND c.person_id = f.person_id AND c.opened_at = f.recorded_at;
UPDATE people_protectedvalue f SET learnt_in_id = a.learnt_in_id FROM people_address a
WHERE a.protected_value_id = f.id;
UPDATE people_protectedvalue f SET learnt_in_id = n.learnt_in_id FROM people_contactpoint n
WHERE n.protected_value_id = f.id;
UPDATE people_relationship f SET learnt_in_id = i.case_id FROM cases_involvement i
WHERE f.risk_to AND i.role = 'alleged_source' AND i.person_id = f.other_id AND i.from_at = f.from_at;
"""
"""What an operation recorded has its event; a report's address and a named source of harm have the moment of theirs."""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_let_no_protected_value_stand_in_words"),
        ("cases", "0003_keep_why_a_case_is_kept_to_named_people"),
        ("events", "0003_find_the_subjects_of_a_read"),
    ]

    operations = [
        *(migrations.AddField(name, "learnt_in_id", models.UUIDField(blank=True, null=True)) for name in FACTS),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop, elidable=False),
    ]
