from django.db import migrations

from haven.casework.people.protected import RESTORE, ProtectedText, fingerprint_of, text_of


def put_away(apps, _editor):
    """Words of protected rows move into protected values; the columns are emptied."""
    ProtectedValue = apps.get_model("people", "ProtectedValue")
    for model, kind in (("Address", "address"), ("ContactPoint", "number")):
        for row in apps.get_model("people", model).objects.filter(protected=True).iterator():
            text = f"{row.lines}\n{row.postcode}" if kind == "address" else row.value
            row.protected_value = ProtectedValue.objects.create(
                authority_id=row.authority_id,
                person_id=row.person_id,
                kind=kind,
                source=row.source,
                author_id=row.author_id,
                recorded_at=row.recorded_at,
                text=ProtectedText.of(text, row.authority_id),
                fingerprint=fingerprint_of(text, row.authority_id),
            )
            for name in ("lines", "postcode") if kind == "address" else ("value",):
                setattr(row, name, "")
            if kind == "address":
                row.place = None
            row.save()


def take_out(apps, _editor):
    """Back to words in columns."""
    for model, kind in (("Address", "address"), ("ContactPoint", "number")):
        for row in apps.get_model("people", model).objects.filter(protected=True).select_related("protected_value"):
            words = text_of(row.protected_value, RESTORE)
            if kind == "address":
                row.lines, _, row.postcode = words.rpartition("\n")
            else:
                row.value = words
            row.protected_value = None
            row.save()


class Migration(migrations.Migration):
    dependencies = [("people", "0002_keep_protected_values_apart")]

    operations = [migrations.RunPython(put_away, take_out)]
