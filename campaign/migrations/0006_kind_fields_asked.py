"""What the kinds that the campaign starts with ask for; the office changes them on its page."""
from django.db import migrations

# kind, (code, label, shape, required) …
ASKED = {
    "party_lecture": (("speaker", "主讲人", "text", True), ("topic", "题目", "text", True)),
    "volunteer": (("hours", "服务小时", "number", False),),
    "symposium": (("masses_who", "参加的群众是谁", "text", False), ("opinions", "收到意见（条）", "number", False)),
    "innovation": (("novelty", "新在哪里", "long", True),),
    "organization_life": (("agenda", "议题", "text", False),),
    "study": (("material", "学习内容", "text", False),),
}


def add_fields(apps, schema_editor):
    kinds = {kind.code: kind for kind in apps.get_model("campaign", "ActivityKind").objects.all()}
    field = apps.get_model("campaign", "KindField")
    for kind, asked in ASKED.items():
        for position, (code, label, shape, required) in enumerate(asked if kind in kinds else ()):
            field.objects.get_or_create(
                kind=kinds[kind], code=code,
                defaults={"label": label, "shape": shape, "is_required": required, "position": position},
            )


class Migration(migrations.Migration):
    dependencies = [("campaign", "0005_kind_fields")]
    operations = [migrations.RunPython(add_fields, migrations.RunPython.noop)]
