"""Under which key an organisation was told, so that its notices are found again after a merge."""

from django.db import migrations, models
from django.db.models import F


def as_it_is(apps, editor):
    """Every telling so far: the organisation it points at."""
    apps.get_model("policies", "Telling").objects.update(addressed=F("organisation_id"))


class Migration(migrations.Migration):

    dependencies = [
        ("policies", "0006_suppositions"),
    ]

    operations = [
        migrations.AddField("telling", "addressed", models.BigIntegerField(editable=False, null=True)),
        migrations.RunPython(as_it_is, migrations.RunPython.noop, elidable=True),
        migrations.AlterField("telling", "addressed", models.BigIntegerField(editable=False)),
    ]
