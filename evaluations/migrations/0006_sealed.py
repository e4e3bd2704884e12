"""One wording for the smallest group of polls and questionnaires; no column changes."""
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('evaluations', '0005_question_stays'),
    ]

    operations = [
        migrations.AlterField(
            model_name='questionnaire',
            name='smallest_group',
            field=models.PositiveSmallIntegerField(default=5, verbose_name='不足几份不公布'),
        ),
    ]
