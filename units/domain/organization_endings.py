"""What ends, or goes over to another organisation, on the day an organisation is merged or dissolved."""
from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from config.kit.facts import supersede, supersede_all
from units.domain.history import record_many
from units.domain.roles import revoke_all
from units.enums import Role, TransferState
from units.models import (
    Charge,
    GroupPlace,
    LeadershipPost,
    LinkedBody,
    Member,
    Membership,
    PartyGroup,
    Post,
    RoleGrant,
    Transfer,
)

_VERSION = {"id", "recorded_at", "superseded_at", "supersedes", "change_reason", "recorded_by"}


def version_of(fact, *, by, reason="", **changes):
    """An unsaved next version of a fact: the same but for `changes`; without a reason it keeps the one it began with."""
    kept = {
        field.attname: getattr(fact, field.attname) for field in fact._meta.concrete_fields if field.name not in _VERSION
    }
    return type(fact)(**(kept | {"recorded_by": by, "change_reason": reason or fact.change_reason} | changes))


def end_before(fact, day, *, by, at, reason=""):
    """Let a span end on the day before `day`, or on its own first day where that is later. Returns the new version."""
    last = max(fact.starts_on, day - timedelta(days=1))
    return supersede(fact, at=at, replacement=version_of(fact, by=by, reason=reason, ends_on=last))


def follow(old, new, *, happened_on, by, at):
    """Let `new` (unsaved, from `happened_on` on) hold after `old`, a span without an end or None. Returns `new`, saved.

    What would have held for no day at all is replaced and not ended.
    """
    if old is not None and old.starts_on >= happened_on:
        return supersede(old, at=at, replacement=new)
    if old is not None:
        end_before(old, happened_on, by=by, at=at)
    new.save()
    return new


def carry_members(organization, target, *, happened_on, by, at):
    """Let every member of `organization` belong to `target` from `happened_on` on. Returns how many."""
    reason = _("%(old)s并入%(new)s") % {"old": organization, "new": target}
    ended, begun = [], []
    for old in Membership.objects.standing().filter(organization=organization, ends_on__isnull=True):
        if old.starts_on >= happened_on:  # came after the day: never belonged to the old one
            ended.append((old, version_of(old, by=by, reason=reason, organization_id=target.pk)))
            continue
        ended.append((old, version_of(old, by=by, reason=reason, ends_on=happened_on - timedelta(days=1))))
        begun.append(Membership(
            member_id=old.member_id, organization=target, starts_on=happened_on, recorded_at=at, recorded_by=by,
            change_reason=reason,
        ))
    supersede_all(Membership, ended, at=at)
    Membership.objects.bulk_create(begun, batch_size=500)
    _carry_accounts(organization, target, happened_on=happened_on, by=by, at=at)
    return Member.objects.present().filter(organization=organization).update(organization=target)


def _carry_accounts(organization, target, *, happened_on, by, at):
    """A plain member's account reads the own organisation; it goes along, with nothing added to what it may do."""
    grants = RoleGrant.objects.filter(organization=organization, role=Role.MEMBER, revoked_at__isnull=True)
    there = set(
        RoleGrant.objects.filter(organization=target, role=Role.MEMBER, revoked_at__isnull=True).values_list("user", flat=True)
    )
    fresh = [
        RoleGrant(user_id=grant.user_id, role=Role.MEMBER, organization=target, starts_on=happened_on, ends_on=grant.ends_on,
                  granted_at=at)
        for grant in grants if grant.user_id not in there and not (grant.ends_on and grant.ends_on < happened_on)
    ]
    RoleGrant.objects.bulk_create(fresh)
    told = {"role": str(Role.MEMBER), "note": f"{Role.MEMBER.label} · {target}"}
    record_many([(grant.user, "grant", told, target) for grant in fresh], by=by, at=at)


def withdraw_transfers(organization, *, by, at):
    """Nobody waits any more to leave an organisation that ends, or to be received by it."""
    waiting = Transfer.objects.waiting().filter(Q(sender=organization) | Q(receiver=organization))
    note = _("%(name)s已经撤销") % {"name": organization}
    waiting.update(state=TransferState.WITHDRAWN, answered_by=by, answered_at=at, answer=note)


def end_posts(organization, *, happened_on, by, at):
    """End the posts inside an organisation that ends."""
    for post in Post.objects.standing().filter(organization=organization, ends_on__isnull=True):
        end_before(post, happened_on, by=by, at=at, reason=_("党组织撤销"))


def end_charges(organization, *, happened_on, by, at):
    """Nobody is in charge of an organisation that ends, and its own leading group ends with it."""
    for model in (Charge, LeadershipPost):
        for span in model.objects.standing().filter(organization=organization, ends_on__isnull=True):
            end_before(span, happened_on, by=by, at=at, reason=_("党组织撤销"))


def end_groups(organization, *, happened_on, by, at):
    """The party groups of a branch end with it, and everybody's place in them."""
    for place in GroupPlace.objects.standing().filter(group__branch=organization, ends_on__isnull=True):
        end_before(place, happened_on, by=by, at=at, reason=_("党组织撤销"))
    for group in PartyGroup.objects.active().filter(branch=organization):
        group.dissolved_on = max(happened_on, group.founded_on)
        group.save(update_fields=["dissolved_on"])


def end_bodies(organization, *, happened_on, by, at):
    """The linked bodies that nobody has taken over end with the organisation that led them."""
    for body in LinkedBody.objects.active().filter(organization=organization):
        body.ended_on = max(happened_on, body.founded_on)
        body.save(update_fields=["ended_on"])
        record_many([(body, "dissolve", {"note": f"{body.ended_on.isoformat()} {body.name}"}, organization)], by=by, at=at)


def end_grants(organization, *, by, at):
    """Revoke the roles whose scope was an organisation that ends; nobody gets a new one."""
    revoke_all(organization.grants.all(), by=by, at=at)
