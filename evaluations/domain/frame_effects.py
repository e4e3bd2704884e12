"""What a change of the campaign's dates means for scores and awards; the campaign's own page asks before it is made."""
from django.utils.translation import gettext as _

from campaign.domain.phase_permissions import rows_for
from campaign.enums import PhaseWork
from config.kit.day_words import span_words
from evaluations.enums import RoundState
from evaluations.models import AwardRound, ScoringRun


def scores_and_awards(campaign, *, on):
    """{key: (label, value)} as frame_effects asks: the next run's phase, how many published runs count otherwise, and
    the open award rounds whose last day lies outside the days for nominations."""
    phase = campaign.phases.filter(starts_on__lte=on, ends_on__gte=on).order_by("starts_on", "pk").first()
    words = span_words(phase.starts_on, on) if phase else _("不在任何阶段里")
    lines = {("run", "phase"): (_("下次计分“本阶段”算的时间（已公布的得分不变）"), words)}
    if phase:
        earlier = ScoringRun.objects.filter(
            campaign=campaign, published_at__isnull=False, as_of__gte=phase.starts_on, as_of__lte=phase.ends_on
        )
        lines["run", "published"] = (_("和下次计分同一阶段的已公布计分"), _("%(n)s 次") % {"n": earlier.count()})
    rows = rows_for(campaign, PhaseWork.NOMINATION)
    open_rounds = AwardRound.objects.filter(campaign=campaign, state=RoundState.OPEN).order_by("pk")
    outside = [
        award.title for award in open_rounds if rows and not any(row.covers(award.nominations_due_on) for row in rows)
    ]
    lines["awards",] = (_("推荐截止日不在推荐时间里的表彰"), "、".join(outside) or _("没有"))
    return lines
