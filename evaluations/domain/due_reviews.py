"""What of the exchange about reviews waits for whom: answers to give, and answers that came."""
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.domain.due_sources import LOOK_AHEAD, accounts_of_organizations, grants_of, turn
from evaluations.domain.review_replies import unanswered
from evaluations.enums import ReplySide
from evaluations.models import ReviewCirculation, ReviewReply
from units.enums import SPEAKS_FOR_OWN, Role


def replies_due(make, *, on, user=None):
    """Reviews that wait for an answer: of an organisation for its secretary, of a member for the member's own account."""
    rows = unanswered().order_by("reply_due_on", "pk")
    accounts = accounts_of_organizations([Role.SECRETARY], on=on, user=user)
    if user:
        own = Q(member__isnull=True, organization__in=list(accounts)) | Q(member__isnull=False, member=user.member_id or 0)
        rows = rows.filter(own)
    rows = rows.values_list(
        "lineage", "reply_due_on", "happened_on", "reviewer__name", "organization_id", "member__account", "member_id"
    )
    for lineage, due_on, day, name, organization, account, member in rows:
        title = _("%(name)s对您的点评等您回复") if member else _("%(name)s对本单位的点评等您回复")
        for recipient in [account] if member else accounts.get(organization, ()):
            if recipient and (not user or recipient == user.pk):
                yield make(
                    recipient, "reply", f"reply:{lineage}:{turn(due_on, on)}",
                    title % {"name": name},
                    _("%(month)s月%(day)s日点评，写一句打算怎么改。") % {"month": day.month, "day": day.day},
                    reverse("review_detail", args=[lineage]) + "#thread", _("回复"), due_on,
                )


def replies_received(make, *, on, user=None):
    """What the reviewed side answered in the last days, as a notice for the reviewer; the home page has the list of reviews."""
    if user:
        return
    rows = ReviewReply.objects.standing().filter(
        side=ReplySide.REVIEWED, happened_on__gt=on - LOOK_AHEAD, review__reviewer__is_active=True
    ).select_related("review__organization", "review__member")
    for entry in rows.order_by("pk"):
        subject = entry.review.member or entry.review.organization
        yield make(
            entry.review.reviewer_id, "reply", f"answer:{entry.lineage}", _("%(name)s回复了您的点评") % {"name": subject},
            entry.text, entry.review.get_absolute_url() + "#thread", _("看回复"), None,
        )


def reviews_sent(make, *, on, user=None):
    """Reviews circulated in the last days, as a notice for each secretary and committee that was sent them."""
    grants = grants_of(sorted(SPEAKS_FOR_OWN), on=on, user=user)
    fresh = ReviewCirculation.objects.sent_to(user) if user else ReviewCirculation.objects.standing()
    fresh = fresh.filter(happened_on__gt=on - LOOK_AHEAD, review__campaign__state="open")
    rows = grants and list(fresh.select_related("review__organization", "review__member", "within").order_by("pk"))
    for row in rows:
        review = row.review
        for grant in grants:
            reached = row.within.contains(grant.organization) and row.category in {"", grant.organization.category}
            if reached and not grant.organization.contains(review.organization) and review.reviewer_id != grant.user_id:
                yield make(
                    grant.user_id, "circulation", f"circulation:{row.lineage}",
                    _("点评通报：%(name)s") % {"name": review.member or review.organization}, review.direction,
                    review.get_absolute_url(), _("去看"), None,
                )


SOURCES = {"circulation": reviews_sent, "reply": replies_due, "reply_received": replies_received}
