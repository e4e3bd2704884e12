"""What the list of reviews shows: filters in words, and how far each review's problems are mended."""
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from campaign.domain.origins import Origin
from evaluations.enums import ReplySide
from evaluations.models import Review, ReviewReply
from units import scope
from units.models import Organization


def reviews_seen(user, campaign, half, *, whose="", subject="", q="", organization=None):
    """Standing reviews of `half` (None: of the whole campaign) that `user` sees and the filters leave, newest first.

    Each carries `is_followed`: whether the user also sees how its problems are mended (readers of a 通报 do not).
    """
    rows = Review.objects.visible_to(user).standing().filter(campaign=campaign)
    if half is not None:
        rows = rows.filter(happened_on__range=(half.first, half.last))
    if whose == "mine":
        rows = rows.filter(reviewer=user)
    if subject:
        rows = rows.filter(member__isnull=subject == "organizations")
    if q:
        rows = rows.filter(
            Q(member__name__icontains=q) | Q(organization__name__icontains=q) | Q(reviewer__name__icontains=q)
        )
    if organization:
        below = Organization.objects.visible_to(user).filter(pk=organization).first()
        rows = rows.filter(scope.within(below.path, "organization__")) if below else rows.none()
    followed = Exists(Review.objects.followed_by(user).filter(pk=OuterRef("pk")))
    return rows.annotate(is_followed=followed).select_related("organization", "member", "reviewer").newest_first()


def mending_of(reviews):
    """{review id: {"problems", "asked", "mended"}} of a page of reviews, in one query."""
    counted = Review.objects.filter(pk__in=[review.pk for review in reviews]).annotate(
        named=Count("problems"),
        asked=Count("problems__rectification"),
        mended=Count("problems__rectification", filter=Q(problems__rectification__state="verified")),
    )
    return {
        pk: {"problems": named, "asked": asked, "mended": mended}
        for pk, named, asked, mended in counted.values_list("pk", "named", "asked", "mended")
    }


def answered_among(reviews):
    """Lineages of those reviews of a page that the reviewed side has answered; one query."""
    answers = ReviewReply.objects.standing().filter(side=ReplySide.REVIEWED)
    return set(
        answers.filter(review__lineage__in=[review.lineage for review in reviews]).values_list("review__lineage", flat=True)
    )


def review_behind(item, user):
    """The Origin of a rectification item that a review asked for, as far as `user` may see the review; else None."""
    review = Review.objects.visible_to(user).filter(problems__rectification=item).select_related("reviewer").first()
    if review is None:
        return None
    return Origin(_("%(name)s的点评") % {"name": review.reviewer.display_name}, review.get_absolute_url())
