"""The Celery application; its clock jobs stand in config/schedule.py."""
import os

from celery import Celery

from config.kit import message_files

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")

message_files.use()
app = Celery("campaign_tracker")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
