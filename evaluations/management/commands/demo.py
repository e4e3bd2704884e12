"""`manage.py demo`: make the demo campaign in an empty installation; `--once` is content if it is there, `--wipe` deletes it."""
from django.core.management.base import BaseCommand, CommandError

from config.kit import clock
from config.kit.refusal import Refusal
from demo.make import make_demo
from demo.wipe import wipe_demo
from units.models import Organization


class Command(BaseCommand):
    help = "Make the demo campaign (invented data, its own clock); --wipe deletes everything the demo made."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do nothing when organisations exist already")
        parser.add_argument("--wipe", action="store_true", help="delete the demo and go back to the real clock")

    def handle(self, *, once, wipe, **options):
        try:
            if wipe:
                self.stdout.write(f"The demo is gone: {wipe_demo()} rows deleted.")
            elif not (once and (clock.is_demo() or Organization.objects.exists())):
                self.stdout.write("Making the demo campaign (invented data) …")
                campaign = make_demo(tell=lambda words: self.stdout.write(f"  {words} …"))
                self.stdout.write(f"The demo campaign {campaign.code} is ready.")
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
