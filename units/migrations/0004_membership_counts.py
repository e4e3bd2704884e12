"""Indexes with which members are counted by organisation, and the few that need a second look are found."""
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("units", "0003_page_views")]

    operations = [
        migrations.AddIndex(
            model_name="member",
            index=models.Index(condition=Q(("is_exempt", True)), fields=["id"], name="units_member_exempt"),
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(
                condition=Q(("ends_on__isnull", True), ("superseded_at__isnull", True)),
                fields=["organization", "starts_on", "recorded_at", "ends_on", "superseded_at"],
                name="units_membership_open",
            ),
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(
                condition=Q(("ends_on__isnull", True), ("superseded_at__isnull", True)),
                fields=["member", "organization", "starts_on", "recorded_at", "ends_on", "superseded_at"],
                name="units_membership_open_of",
            ),
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(
                condition=Q(("ends_on__isnull", False)), fields=["ends_on"], name="units_membership_ended"
            ),
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(
                condition=Q(("superseded_at__isnull", False)), fields=["superseded_at"], name="units_membership_superseded"
            ),
        ),
    ]
