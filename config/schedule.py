"""Every clock job of the project in one table: name, task, when. A house test compares it with the tasks."""
from celery.schedules import crontab

BEAT_SCHEDULE = {}
