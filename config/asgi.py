"""ASGI entry point for deploy/campaign-ballots.service: takes ballots, and hands everything else to Django."""
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
django = get_asgi_application()

from evaluations.ballot_service import BallotService  # noqa: E402 (needs Django to be set up)

application = BallotService(django)
