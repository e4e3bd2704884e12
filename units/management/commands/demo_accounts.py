"""`manage.py demo_accounts`: the accounts of a demo installation, one per role; `--reset` gives them new passwords."""
from django.core.management.base import BaseCommand, CommandError

from config.kit import clock
from config.kit.refusal import Refusal
from units.domain import demo_accounts


class Command(BaseCommand):
    help = "Make the demo accounts that are missing and print their passwords; --reset gives all of them new ones."

    def add_arguments(self, parser):
        parser.add_argument("--reset", action="store_true", help="new passwords for all demo accounts")

    def handle(self, *, reset, **options):
        if not clock.is_demo():
            raise CommandError("This installation holds no demo, so it gets no demo accounts.")
        try:
            demo_accounts.create_missing(at=clock.now())
            made = (demo_accounts.reset if reset else demo_accounts.hand_out)(at=clock.now())
        except Refusal as reason:
            raise CommandError(str(reason)) from None
        if not made:
            self.stdout.write("All demo accounts have a password. New ones: manage.py demo_accounts --reset")
            return
        self.stdout.write("\n".join(demo_accounts.table(made)))
