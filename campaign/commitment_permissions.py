"""Who may do what about commitments: role × scope × action, like `campaign.permissions`."""
from django.utils.translation import gettext_lazy as _

from campaign.enums import COMMITMENT_MOVES, COMMITMENT_PUBLIC, CommitmentState, PhaseWork
from campaign.permissions import goes_on_elsewhere, in_time
from config.kit.verdict import ALLOWED, denied


def is_promiser(user, commitment):
    """Whether the promise is the user's own: the member, or whoever speaks for the organisation that promised."""
    if commitment.member_id:
        return user.member_id == commitment.member_id
    return user.speaks_for(commitment.organization)


def can_propose(user, organization, member=None):
    """For the own organisation, for its members, or for oneself."""
    if user.speaks_for(organization):
        return ALLOWED
    if member is not None and user.member_id == member.pk:
        return ALLOWED
    return denied(_("承诺由本单位书记提出，党员也可以提出自己的。"))


def can_change_commitment(user, commitment):
    """Also hand it in: a draft in the days for it, like a new one; what was handed in in time and given back at any time."""
    if not commitment.is_editable:
        return denied(_("承诺已经提交，不能再改。"))
    verdict = can_propose(user, commitment.organization, commitment.member)
    if verdict and commitment.state == CommitmentState.DRAFT:
        return in_time(commitment.campaign, PhaseWork.COMMITMENT)
    return verdict


def can_withdraw_commitment(user, commitment):
    if commitment.state not in COMMITMENT_MOVES["withdraw"][0]:
        return denied(_("公示以后不能撤回。"))
    return can_propose(user, commitment.organization, commitment.member)


def stands_above(user, commitment):
    """The level above the promise: for a member's the branch secretary or above, for an organisation's above it; never the
    promiser."""
    proposed = commitment.member_id is None and user.is_oneself(account=commitment.created_by_id)
    own = proposed or is_promiser(user, commitment) or user.is_oneself(member=commitment.member_id)
    if own or user.speaks_otherwise_for(commitment.organization):
        return denied(_("自己的承诺由上级审定和评定。"))
    if commitment.member_id and user.speaks_for(commitment.organization):
        return ALLOWED
    if user.leads_above(commitment.organization):
        return ALLOWED
    return denied(_("只有上级党组织可以审定和评定承诺。"))


def can_publish_commitment(user, commitment):
    if commitment.state != CommitmentState.SUBMITTED:
        return denied(_("承诺现在不在待审状态。"))
    if commitment.was_left:
        return denied(_("承诺人已经离开，不再审定。"))
    return stands_above(user, commitment)


def can_show_commitment(user, commitment):
    """Let it be read outside or not: whoever judges it fit."""
    if commitment.state not in COMMITMENT_PUBLIC:
        return denied(_("公示以后才能对外公开。"))
    return stands_above(user, commitment)


def can_tell_progress(user, commitment):
    if commitment.state != CommitmentState.PUBLISHED:
        return denied(_("只有公示了还没有评定的承诺可以记进展。"))
    if commitment.successor:
        return goes_on_elsewhere(commitment)
    if commitment.was_left:
        return denied(_("承诺人在到期以前离开了，不再记进展。"))
    if is_promiser(user, commitment) or user.speaks_for(commitment.organization):
        return ALLOWED
    return denied(_("进展由承诺人或本单位书记记。"))


def can_judge_commitment(user, commitment):
    if commitment.state not in COMMITMENT_PUBLIC:
        return denied(_("公示以后才能评定。"))
    if commitment.successor:
        return goes_on_elsewhere(commitment)
    if commitment.was_left:
        return denied(_("承诺人在到期以前离开了，不再评定，也不计分。"))
    return stands_above(user, commitment)
