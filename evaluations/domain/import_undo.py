"""Scores rest on the roster: an import that somebody has scored since is corrected, not taken back."""
from django.utils.translation import gettext as _

from evaluations.models import RunMember, RunScope, ScoringRun
from units.domain.import_undo import CannotUndo

_CHUNK = 5_000


def refuse_what_was_scored(made, *, applied_at):
    """Raises CannotUndo when a run since `applied_at` holds an organisation or a member that the import made."""
    since = list(ScoringRun.objects.filter(queued_at__gte=applied_at).values_list("pk", flat=True))
    if not since:
        return
    for model, field, keys in ((RunScope, "subject", made["organization"]), (RunMember, "member", made["member"])):
        for start in range(0, len(keys), _CHUNK):
            if model.objects.filter(run__in=since, **{f"{field}__in": keys[start : start + _CHUNK]}).exists():
                raise CannotUndo(_("导入以后已经按这些党组织和党员计过分，不能撤销。请逐条更正。"))
