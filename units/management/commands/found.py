"""`manage.py found`: begin a real installation with its top organisation, the three administrators and the office."""
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from config.kit import clock
from config.kit.refusal import Refusal
from units.domain.founding import found_installation


class Command(BaseCommand):
    help = "Make the top organisation and the first accounts of an empty installation; prints their first passwords."

    def add_arguments(self, parser):
        parser.add_argument("--code", required=True, help="the organisation's code in the ledger, e.g. 00")
        parser.add_argument("--name", required=True, help="its name as the ledger writes it, e.g. 直属机关党委")
        parser.add_argument("--founded-on", type=date.fromisoformat, help="YYYY-MM-DD; today when left out")

    def handle(self, *, code, name, founded_on, **options):
        today = clock.today()
        try:
            root, accounts = found_installation(
                code=code, name=name, founded_on=founded_on or today, at=clock.now(), on=today
            )
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(f"{root.code} {root.name}")
        for account in accounts:
            self.stdout.write(f"{account.username}  {account.password}  {account.role}")
        self.stdout.write("Each account chooses its own password at the first sign-in.")
