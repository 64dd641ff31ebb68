from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_put_away_what_was_protected_before")]

    operations = [
        migrations.AddConstraint(
            model_name="address",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("protected", False), ("protected_value", None)),
                    models.Q(
                        ("lines", ""),
                        ("place", None),
                        ("postcode", ""),
                        ("protected", True),
                        ("protected_value__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="a_protected_address_stands_nowhere_in_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="contactpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("protected", False), ("protected_value", None)),
                    models.Q(("protected", True), ("protected_value__isnull", False), ("value", "")),
                    _connector="OR",
                ),
                name="a_protected_number_stands_nowhere_in_words",
            ),
        ),
    ]
