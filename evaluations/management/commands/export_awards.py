"""Write a decided award list to a file: the same domain function as the page's export."""
import json

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from config.kit import clock
from config.kit.refusal import Refusal
from evaluations.domain.award_export import FORMATS, write_award_list
from evaluations.models import AwardRound


class Command(BaseCommand):
    help = "Write the decided list of a round (its code or number) as xlsx or docx; prints JSON about the file."

    def add_arguments(self, parser):
        parser.add_argument("round", help="code or number of the round")
        parser.add_argument("--format", choices=FORMATS, required=True)
        parser.add_argument("--out", required=True, metavar="FILE")

    def handle(self, *, round, format, out, **options):
        key = Q(code=round) | (Q(pk=int(round)) if round.isdigit() else Q(pk__in=[]))
        found = AwardRound.objects.filter(key).select_related("campaign__organization").first()
        if found is None:
            codes = ", ".join(AwardRound.objects.newest_first().values_list("code", flat=True)[:10])
            raise CommandError(f"There is no award round {round!r}. Rounds: {codes or 'none'}.")
        try:
            name, entries = write_award_list(out, found, format=format, demo=clock.is_demo())
        except Refusal as refusal:
            raise CommandError(refusal.message)
        except OSError as reason:
            raise CommandError(f"{out}: {reason.strerror or reason}")
        self.stdout.write(json.dumps({"round": found.code, "file": out, "name": name, "entries": entries}, ensure_ascii=False))
