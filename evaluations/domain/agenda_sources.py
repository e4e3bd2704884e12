"""Sources of the agenda on the judging side: reviews, the end of a half-year without one, and the day for nominations."""
from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.domain.agenda import Entry
from config.kit.half_year import half_years
from evaluations.enums import RoundState
from evaluations.models import AwardRound, Review
from units.models import Organization


def reviews(campaign, organizations, first, last, *, user=None):
    """Reviews of the organisations themselves; and the last day of a half-year in which one has none yet: that is the
    commentator's duty, so it is shown and not counted."""
    rows = Review.objects.visible_to(user) if user else Review.objects.all()
    standing = rows.standing().filter(campaign=campaign, organization__in=organizations, member__isnull=True)
    for row in standing.filter(happened_on__range=(first, last)).order_by("pk"):
        yield Entry(
            f"review-{row.lineage}", row.happened_on, _("领导点评"), _("看点评"), row.get_absolute_url(), row.organization_id,
            is_done=True,
        )
    for half in half_years(first, last):
        if first <= half.last <= last and campaign.covers(half.last):
            reviewed = standing.filter(happened_on__range=(half.first, half.last)).values("organization")
            owed = Organization.objects.filter(pk__in=organizations, depth__gt=1).exclude(pk__in=reviewed)
            for key in owed.order_by("path").values_list("pk", flat=True):
                yield Entry(
                    f"review-due-{key}-{half.code}", half.last, _("点评截止"), _("%(half)s还没有点评") % {"half": half.title},
                    reverse("review_list"), key,
                )


def nominations(campaign, organizations, first, last, *, user=None):
    """The last day for nominations of an open round, for everybody."""
    rounds = (AwardRound.objects.visible_to(user) if user else AwardRound.objects).filter(
        campaign=campaign, state=RoundState.OPEN, nominations_due_on__range=(first, last)
    )
    for award in rounds.order_by("pk"):
        yield Entry(
            f"nomination-{award.pk}", award.nominations_due_on, _("推荐截止"), award.title, award.get_absolute_url(),
            is_duty=True,
        )


SOURCES = {"review": reviews, "nomination": nominations}
