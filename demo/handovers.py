"""One branch of the demo has just changed its secretary, and the sheet waits to be received. All persons are invented."""
from datetime import date

from django.utils import timezone

from units.domain.posts import take_post
from units.enums import PostKind
from units.models import Member, Post

CHANGED_ON = date(2011, 6, 7)
PLACE = 5  # of the branches: none that the other pages of the demo tell of


def write_handovers(people, *, now):
    """The first full member without a post follows the secretary of a branch."""
    branch = people.leaves[PLACE]
    holders = Post.objects.standing().filter(ends_on__isnull=True).values("member")
    heir = Member.objects.present().full().filter(organization=branch).exclude(pk__in=holders).order_by("pk").first()
    if heir:
        take_post(
            heir, organization=branch, kind=PostKind.SECRETARY, starts_on=CHANGED_ON, elected_on=date(2011, 6, 3), years=3,
            replaces=True, by=people.office, at=now, on=timezone.localdate(now),
        )
