"""Every clock job of the project in one table: name, task, when. A house test compares it with the tasks."""
from celery.schedules import crontab

BEAT_SCHEDULE = {
    "find what is due and remind": {"task": "campaign.tasks.find_due", "schedule": crontab(minute="5,35")},
    "send reminders": {"task": "campaign.tasks.send_reminders", "schedule": crontab(minute="*/5")},
    "write the digest of the week": {
        "task": "campaign.tasks.write_weekly_digests", "schedule": crontab(day_of_week=1, hour=8, minute=10)
    },
    "sweep photos": {"task": "campaign.tasks.sweep_photos", "schedule": crontab(hour=3, minute=40)},
    "make small copies": {"task": "campaign.tasks.make_small_copies", "schedule": crontab()},
    "sketch entries": {"task": "campaign.tasks.sketch_entries", "schedule": crontab(minute="*/10")},
    "sweep imports": {"task": "units.tasks.sweep_imports", "schedule": crontab()},
    "sweep import files": {"task": "units.tasks.sweep_import_files", "schedule": crontab(hour=3, minute=50)},
    "forget sign-ins": {"task": "units.tasks.forget_sign_ins", "schedule": crontab(hour=3, minute=15)},
    "tell the planner": {"task": "units.tasks.tell_planner", "schedule": crontab(hour=3, minute=30)},
    "score tonight": {"task": "evaluations.tasks.score_tonight", "schedule": crontab(hour=22, minute=0)},
    # A dead worker shows after 60 seconds (config.kit.jobs); three sweeps a minute find it soon enough to be through in 90.
    "sweep scoring": {"task": "evaluations.tasks.sweep_scoring", "schedule": 20.0},
    "sweep tallies": {"task": "evaluations.tasks.sweep_tallies", "schedule": crontab()},
    "sweep slip prints": {"task": "evaluations.tasks.sweep_slip_prints", "schedule": crontab()},
    "forget hours": {"task": "evaluations.tasks.forget_hours", "schedule": crontab(minute=0)},
    "settle opinions": {"task": "evaluations.tasks.settle_opinions", "schedule": crontab(hour=0, minute=10)},
    "purge opinions": {"task": "evaluations.tasks.purge_opinions", "schedule": crontab(hour=3, minute=20)},
    "sweep exports": {"task": "units.tasks.sweep_exports", "schedule": crontab()},
}
