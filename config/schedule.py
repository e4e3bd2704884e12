"""Every clock job of the project in one table: name, task, when. A house test compares it with the tasks."""
from celery.schedules import crontab

BEAT_SCHEDULE = {
    "find what is due and remind": {"task": "campaign.tasks.find_due", "schedule": crontab(minute="5,35")},
    "send reminders by mail": {"task": "campaign.tasks.send_reminder_mails", "schedule": crontab(minute="*/5")},
    "sweep imports": {"task": "units.tasks.sweep_imports", "schedule": crontab()},
    "sweep exports": {"task": "units.tasks.sweep_exports", "schedule": crontab()},
}
