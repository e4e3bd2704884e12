"""Who may do what about reviews: role × scope × action, like `evaluations.permissions`."""
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from config.kit.verdict import ALLOWED, denied
from evaluations.models import Review
from units import scope
from units.enums import LEADS_BRANCH, Role
from units.models import Post


def can_review(user, organization, member=None):
    """Leaders, office and committees review in their scope; a secretary the own members, and what is below; never oneself."""
    if member is not None and user.is_oneself(member=member.pk):
        return denied(_("不能点评自己。"))
    if member is not None and not member.is_present:
        return denied(_("这名党员已经不在本组织。"))
    if member is None and (
        user.speaks_for(organization) or user.speaks_otherwise_for(organization) or _is_secretary(user.member_id, organization)
    ):
        return denied(_("不能点评自己任书记的党组织。"))
    if user.has_role_over(organization, Role.LEADER, Role.OFFICE, Role.COMMITTEE):
        return ALLOWED
    if user.has_role_over(organization, Role.SECRETARY):
        if member is None or user.speaks_for(organization) or _is_secretary_below(member.pk, user):
            return ALLOWED
        return denied(_("书记点评本组织的党员，以及下级党组织和它们的书记。"))
    return denied(_("点评由领导、办公室、单位党委和书记作出。"))


def _is_secretary(member_id, organization):
    """Whether the member is the secretary of the organisation now."""
    return bool(member_id) and _posts_of(member_id).filter(organization=organization).exists()


def _posts_of(member_id):
    """Posts as secretary that the member holds now."""
    return Post.objects.standing().filter(member=member_id, kind__in=LEADS_BRANCH, ends_on__isnull=True)


def _is_secretary_below(member_id, user):
    """Whether the member leads an organisation below one that the user is secretary of, wherever the member is enrolled."""
    own = [grant.organization for grant in user.current_grants if grant.role == Role.SECRETARY]
    below = Q(pk__in=[])
    for organization in own:
        below |= scope.within(organization.path, "organization__") & Q(organization__depth__gt=organization.depth)
    return _posts_of(member_id).filter(below).exists()


def can_hold_meeting(user, organization):
    """Review the secretaries right below: whoever reviews in that scope."""
    if user.has_role_over(organization, Role.LEADER, Role.OFFICE, Role.COMMITTEE, Role.SECRETARY):
        return ALLOWED
    return denied(_("集中点评由领导、办公室、单位党委和书记作出。"))


def can_see_duties(user):
    """Who owes whom a review: those who read a subtree; the rows are cut to it."""
    if user.reading_paths():
        return ALLOWED
    return denied(_("点评责任给书记、单位党委、领导和领导小组办公室看。"))


def can_change_review(user, review):
    """Only its author corrects or takes back a review, and only the version that stands."""
    if not review.stands:
        return denied(_("这条点评已经撤回。"))
    if review.reviewer_id != user.pk:
        return denied(_("点评由点评人自己更正。"))
    return ALLOWED


def can_reply(user, review):
    """The reviewed side: the member, or whoever speaks for the organisation; the reviewer answers back."""
    if not review.stands:
        return denied(_("这条点评已经撤回。"))
    if review.reviewer_id == user.pk:
        return ALLOWED
    if review.member_id:
        return ALLOWED if review.member_id == user.member_id else denied(_("由被点评的党员本人回复。"))
    if user.speaks_for(review.organization) or _is_secretary(user.member_id, review.organization):
        return ALLOWED
    return denied(_("由被点评的党组织的书记或党委回复。"))


def can_correct_reply(user, entry):
    """Whoever wrote it, as long as the review stands."""
    if not Review.objects.standing().filter(lineage=entry.review.lineage).exists():
        return denied(_("这条点评已经撤回。"))
    if entry.recorded_by_id != user.pk:
        return denied(_("回复由写的人自己更正。"))
    return ALLOWED


def can_circulate(user, review):
    """Its reviewer or the office; of organisations and secretaries, not of ordinary members."""
    if not review.stands:
        return denied(_("这条点评已经撤回。"))
    if review.reviewer_id != user.pk and not user.has_role_over(review.organization, Role.OFFICE):
        return denied(_("通报由点评人或领导小组办公室定。"))
    if review.member_id and not _posts_of(review.member_id).exists():
        return denied(_("对普通党员的点评不通报。"))
    return ALLOWED


def gives_reviews(user):
    """Whether the user reviews anybody at all; whom, `can_review` says."""
    if user.has_role(Role.LEADER, Role.OFFICE, Role.COMMITTEE, Role.SECRETARY):
        return ALLOWED
    return denied(_("点评由领导、办公室、单位党委和书记作出。"))
