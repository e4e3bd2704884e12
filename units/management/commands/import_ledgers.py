"""Import the two ledgers from the shell: the same check, preview and writing as on the page, told as JSON."""
import json
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from config.kit import clock, jobs
from config.kit.refusal import Refusal
from units.domain import imports
from units.domain.chinese_dates import Tenth
from units.domain.import_apply import apply_import
from units.domain.ledger_findings import MEMBERS, ORGANIZATIONS
from units.domain.ledger_reader import ALL_COLUMNS
from units.models import RosterImport, User


class Command(BaseCommand):
    help = "Preview, or with --apply import, the organisation list and the member roster; prints JSON."

    def add_arguments(self, parser):
        parser.add_argument("--organizations", type=Path, metavar="FILE")
        parser.add_argument("--members", type=Path, metavar="FILE")
        parser.add_argument("--apply", action="store_true", help="write the rows that are not wrong")
        parser.add_argument("--tenth", choices=[Tenth.JANUARY.value, Tenth.OCTOBER.value],
                            help="what 2010.1 means in a column where nothing tells")
        parser.add_argument("--reason", default="命令行导入更正", help="why existing records are corrected")
        parser.add_argument("--by", metavar="USERNAME", help="the account that the history names")

    def handle(self, *args, **options):
        paths = {ORGANIZATIONS: options["organizations"], MEMBERS: options["members"]}
        try:
            files = {ledger: (path.name, path.read_bytes()) for ledger, path in paths.items() if path}
            answers = {ALL_COLUMNS: options["tenth"]} if options["tenth"] else {}
            answer = self._apply(files, answers, options) if options["apply"] else self._preview(files, answers)
        except (Refusal, OSError) as reason:
            raise CommandError(getattr(reason, "message", str(reason)))
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))

    def _preview(self, files, answers):
        if not files:
            raise CommandError("Name a file: --organizations FILE, --members FILE, or both.")
        return _told(imports.plan_import(files, answers=answers, on=clock.today()))

    def _apply(self, files, answers, options):
        """Through the same rows and job as on the page, so that it can be seen there and undone."""
        by = User.objects.filter(username=options["by"]).first() if options["by"] else None
        if options["by"] and by is None:
            raise CommandError(f"There is no account {options['by']}.")
        with transaction.atomic():  # no worker sees the row before it is claimed here
            roster_import = imports.start_import(files, by=by, at=clock.now())
            RosterImport.objects.filter(pk=roster_import.pk).update(answers=answers)
            job = jobs.claim(RosterImport, roster_import.pk, at=clock.now())
        plan = self._half(job, imports.refuse_file, lambda: imports.check_import(
            job, at=clock.now(), on=clock.today(), progress=lambda done, total: None))
        answer = {**_told(plan), "import": job.pk, "applied": False}
        if answer["new"] or answer["changed"]:
            with transaction.atomic():
                imports.confirm_import(job, reason=options["reason"], by=by, at=clock.now())
                job = jobs.claim(RosterImport, job.pk, at=clock.now())
            self._half(job, imports.back_to_preview, lambda: apply_import(job, at=clock.now()))
            answer["applied"] = True
        return answer

    def _half(self, job, step_back, call):
        """Do one half of the job here and now; a refusal closes it as it would a worker's."""
        try:
            return call()
        except Refusal as refusal:
            jobs.fail(job, at=clock.now(), error=refusal.message)
            step_back(job)
            raise


def _told(plan):
    """The plan as the command prints it; `wrong` lists cells, so one row may stand in it twice."""
    counts = {ledger: part.counts() for ledger, part in plan.parts.items() if part.reading}
    summed = {key: sum(one[key] for one in counts.values()) for key in ("new", "changed", "unchanged")}
    return {
        **summed,
        "wrong": [asdict(wrong) for wrong in plan.wrong()],
        "ledgers": counts,
        "totals": [asdict(total) for total in plan.found("totals")],
        "questions": [asdict(question) for question in plan.found("questions")],
        "notes": plan.found("notes"),
    }
