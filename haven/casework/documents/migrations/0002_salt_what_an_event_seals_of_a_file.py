"""A salt of its own for each file, so that an event seals its fingerprint and erasing the row ends the proof."""

from django.db import migrations, models

import haven.casework.events.sealing


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_make_documents"),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="salt",
            field=models.BinaryField(default=haven.casework.events.sealing.new_salt),
        ),
    ]
