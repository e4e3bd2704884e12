"""An index from which the duty board reads which members were reviewed."""
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0003_question_guard")]

    operations = [
        migrations.AddIndex(
            model_name="review",
            index=models.Index(
                condition=Q(("member__isnull", False)),
                fields=["campaign", "member", "happened_on", "recorded_at", "superseded_at"],
                name="evaluations_review_member",
            ),
        ),
    ]
