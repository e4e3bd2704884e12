"""Walk the log and name the first row that was changed, for a clock job or an auditor at the shell."""
from django.core.management.base import BaseCommand, CommandError

from units.domain.history import first_bad_entry
from units.models import HistoryEntry, HistoryHead


class Command(BaseCommand):
    help = "Checks the chain of the log; ends with 1 and the number of the first bad row when it was bent."

    def handle(self, *args, **options):
        bad = first_bad_entry()
        if isinstance(bad, HistoryHead):
            raise CommandError(f"The end is missing: the head says row {bad.sequence}, the log ends before it.")
        if bad is not None:
            raise CommandError(
                f"Row {bad.sequence} ({bad.at.isoformat()}, {bad.verb}, {bad.subject_label}) does not fit the row before it."
            )
        head = HistoryHead.objects.filter(pk=1).first()
        self.stdout.write(f"{HistoryEntry.objects.count()} rows fit together; head {head.mac[:16] if head else '—'}.")
