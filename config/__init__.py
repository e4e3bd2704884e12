"""The frame: settings, URLs, Celery, the table of clock jobs and the kit that any app may use."""
from config.celery import app as celery_app

__all__ = ["celery_app"]
