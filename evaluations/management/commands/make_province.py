"""`manage.py make_province --scale S`: organisations, members and facts for measuring, below a root of their own."""
import json
import time
from decimal import Decimal, InvalidOperation

from django.core.management.base import BaseCommand, CommandError

from config.kit.refusal import Refusal
from evaluations.domain.province import make_province, size_of


class Command(BaseCommand):
    help = "Make a province for measuring (scale 1: 100,000 organisations, 2,000,000 members). Prints JSON with the counts."

    def add_arguments(self, parser):
        size = parser.add_mutually_exclusive_group(required=True)
        size.add_argument("--scale", type=_thousandths, help="share of scale 1, from 0.001 to 1, in thousandths")
        size.add_argument("--times", type=_times, help="so many times the size of the demo, from 1 to 700")
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same province")
        parser.add_argument("--code", default="province", help="code of its campaign and name of its office's account")

    def handle(self, *, scale, times, seed, code, **options):
        organizations, members = size_of(scale_thousandths=scale, times=times)
        began = time.monotonic()
        try:
            counts = make_province(code=code, organizations=organizations, members=members, seed=seed % 1000)
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from None
        report = {"campaign": code, "seed": seed, "rows": counts, "seconds": round(time.monotonic() - began, 1)}
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))


def _thousandths(text):
    """A scale as whole thousandths. Raises ValueError, which argparse turns into a sentence."""
    try:
        thousandths = Decimal(text) * 1000
    except InvalidOperation:
        raise ValueError from None
    if not 1 <= thousandths <= 1000 or thousandths != int(thousandths):
        raise ValueError
    return int(thousandths)


def _times(text):
    number = int(text)
    if not 1 <= number <= 700:
        raise ValueError
    return number
