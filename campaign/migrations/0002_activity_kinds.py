"""Kinds of activity are data; these are the ones the campaign starts with."""
from django.db import migrations

KINDS = [
    ("theme_day", "主题党日"),
    ("party_lecture", "党课"),
    ("theme_practice", "主题实践"),
    ("study", "学习"),
    ("volunteer", "志愿服务"),
    ("symposium", "座谈会"),
    ("innovation", "三个创新"),
    ("organization_life", "组织生活会"),
    ("window", "先锋岗、示范窗口"),
    ("other", "其他"),
]


def add_kinds(apps, schema_editor):
    kind = apps.get_model("campaign", "ActivityKind")
    for position, (code, title) in enumerate(KINDS):
        kind.objects.get_or_create(code=code, defaults={"title": title, "position": position})


class Migration(migrations.Migration):
    dependencies = [("campaign", "0001_initial")]
    operations = [migrations.RunPython(add_kinds, migrations.RunPython.noop)]
