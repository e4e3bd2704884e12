"""Kinds of activity are data: these are the ones the campaign starts with, and what they ask for. The office changes them on
its page."""
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
# kind, (code, label, shape, required) …
ASKED = {
    "party_lecture": (("speaker", "主讲人", "text", True), ("topic", "题目", "text", True)),
    "volunteer": (("hours", "服务小时", "number", False),),
    "symposium": (("masses_who", "参加的群众是谁", "text", False), ("opinions", "收到意见（条）", "number", False)),
    "innovation": (("novelty", "新在哪里", "long", True),),
    "organization_life": (("agenda", "议题", "text", False),),
    "study": (("material", "学习内容", "text", False),),
}


def add_kinds(apps, schema_editor):
    kinds, fields = (apps.get_model("campaign", name).objects for name in ("ActivityKind", "KindField"))
    for position, (code, title) in enumerate(KINDS):
        kind = kinds.create(code=code, title=title, position=position)
        for place, (field, label, shape, required) in enumerate(ASKED.get(code, ())):
            fields.create(kind=kind, code=field, label=label, shape=shape, is_required=required, position=place)


class Migration(migrations.Migration):
    dependencies = [("campaign", "0001_tables")]
    operations = [migrations.RunPython(add_kinds, migrations.RunPython.noop)]
