"""Joint activities: one record, in which every partner has a part that its own secretary confirms.

A part counts for its organisation only once it is confirmed. A confirmation is a new version of the activity, so a scoring run
of an earlier moment still sees what was known then.
"""
from django.utils.translation import gettext as _

from campaign.domain.rosters import Attendance, attendance_of
from campaign.models import ActivityPart, Participation
from config.kit.refusal import Refusal
from units.models import Organization


class PartnerRefused(Refusal):
    """The partner is the organisation itself, belongs to its line, or was not found."""

    field = "partners"


class NoPart(Refusal):
    """The organisation has no part in this activity any more."""


def partners_named(names, organization):
    """Organisations of the same tree by their names, in the order of the tree. Raises PartnerRefused."""
    found = [_partner(name, organization) for name in dict.fromkeys(names)]
    return tuple(sorted(found, key=lambda partner: partner.path))


def _partner(name, organization):
    tree = Organization.objects.active().within_tree(organization)
    matches = list(tree.filter(name=name)[:1]) or list(tree.filter(name__contains=name).in_institutional_order()[:4])
    if not matches:
        raise PartnerRefused(_("没有叫“%(name)s”的党组织，请写全称。") % {"name": name})
    if len(matches) > 1:
        named = "、".join(match.name for match in matches[:3])
        raise PartnerRefused(_("叫“%(name)s”的不止一个（%(named)s 等），请写全称。") % {"name": name, "named": named})
    partner = matches[0]
    if partner.path.startswith(organization.path) or organization.path.startswith(partner.path):
        raise PartnerRefused(_("“%(name)s”是本单位或上下级，不用写在这里。") % {"name": partner.name})
    return partner


def write_parts(activity, partners, *, instead_of=None, confirmed=None):
    """Write the parts of a new version.

    `confirmed` is {organisation id: (Attendance, reasons, by, at)} of what is confirmed by this very version; a part of the
    version before stays as it was, unless the activity was moved to another day: then its numbers are asked for again.
    """
    same_day = instead_of is not None and instead_of.happened_on == activity.happened_on
    old = {part.organization_id: part for part in instead_of.parts.all()} if same_day else {}
    for partner in partners:
        if partner.pk in (confirmed or {}):
            _confirm(activity, partner, *confirmed[partner.pk])
        elif partner.pk in old:
            _carry(activity, old[partner.pk])
        else:
            ActivityPart.objects.create(activity=activity, organization=partner)


def _confirm(activity, partner, attendance, reasons, by, at):
    ActivityPart.objects.create(
        activity=activity, organization=partner, expected=attendance.expected, present=attendance.present, confirmed_at=at,
        confirmed_by=by,
    )
    attendance.write(activity, reasons, of_partner=partner)


def _carry(activity, part):
    people = Participation.objects.filter(activity=part.activity_id, partner=part.organization_id)
    part.pk, part.activity, part._state.adding = None, activity, True
    part.save()
    Participation.objects.bulk_create(
        [
            Participation(
                activity=activity, member_id=row.member_id, was_present=row.was_present, reason=row.reason,
                partner_id=row.partner_id,
            )
            for row in people
        ],
        batch_size=900,
    )


def attendance_of_part(part, *, present, expected, absent):
    """The Attendance that a partner confirms. Raises NoPart, TooManyPresent, TooManyExpected, RosterDisagrees."""
    if not part.activity.stands:
        raise NoPart(_("这条活动刚刚改过，请重新打开再确认。"))
    attendance = attendance_of(
        part.organization, on=part.activity.happened_on, present=present, expected=expected, absent=absent
    )
    taken = set(part.activity.participations.exclude(partner=part.organization).values_list("member_id", flat=True))
    if taken & set(attendance.came):  # a member is counted in one place
        return Attendance(attendance.expected, attendance.present)
    return attendance
