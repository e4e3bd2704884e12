"""The product's Celery application with one task more: a ping, by which a test knows that the worker is through."""
from pathlib import Path

from django.conf import settings

from config.celery import app

PINGS = Path(settings.DATA_DIR) / "pings"


@app.task(name="tests.ping")
def ping(token):
    """Answer by a file; results of tasks are ignored in this product."""
    PINGS.mkdir(exist_ok=True)
    (PINGS / token).touch()
