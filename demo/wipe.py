"""Take the demo away: every row and file that it and its visitors made, and its clock."""
import shutil
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction

from config.kit import clock
from config.kit.refusal import Refusal

KEPT = {"campaign.ActivityKind", "campaign.KindField"}  # came with a migration, not with the demo
APPS = ("units", "campaign", "evaluations")


class NoDemo(Refusal):
    """There is nothing that may be wiped: the data are real."""


def wipe_demo():
    """Delete everything. Returns the number of rows deleted. Raises NoDemo."""
    if not clock.is_demo():
        raise NoDemo("这套系统里没有演示数据，不能清除。")
    models = [m for label in APPS for m in apps.get_app_config(label).get_models() if m._meta.label not in KEPT]
    with transaction.atomic():  # foreign keys are checked at its end, so the order of tables does not matter
        Session.objects.all().delete()
        deleted = sum(_empty(model) for model in models)
    for folder in ("photos", "documents", "imports", "exports"):
        shutil.rmtree(Path(settings.MEDIA_ROOT) / folder, ignore_errors=True)
    clock.end_demo()
    return deleted


def _empty(model):
    """Delete all rows of one table; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")
        return cursor.rowcount
