"""Let a review be read beyond the line (通报): the secretaries of the same unit, of the same category, or of the whole scope."""
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from config.kit.facts import supersede
from config.kit.refusal import Refusal
from evaluations.models import ReviewCirculation
from units.domain.history import record
from units.enums import Role
from units.models import Organization

UNIT_DEPTH = 2  # directly under the root
SENDERS = {Role.LEADER, Role.OFFICE, Role.COMMITTEE, Role.SECRETARY}


class RangeElsewhere(Refusal):
    """Nobody sends a review further than the own scope reaches."""

    field = "range"


class AlreadyCirculated(Refusal):
    """The same readers have it already."""

    field = "range"


def ranges(user, review):
    """{code: (words, organisation, category)} of the ranges in which `user` may let `review` be read; two queries.

    A unit that is itself a branch is no range: its secretary reads the review anyway.
    """
    mine = [g.organization for g in user.current_grants if g.role in SENDERS and g.organization.contains(review.organization)]
    if not mine:
        return {}
    top = min(mine, key=lambda organization: organization.depth)
    unit = next((
        one for one in [*Organization.objects.above(review.organization), review.organization] if one.depth == UNIT_DEPTH
    ), None)
    found = {}
    has_branches = unit is not None and Organization.objects.active().filter(parent=unit).exists()
    if has_branches and top.contains(unit) and top != unit:
        found["unit"] = (_("%(unit)s各党组织的书记") % {"unit": unit}, unit, "")
    if top.is_root and review.organization.category:
        words = _("%(category)s各党组织的书记") % {"category": review.organization.get_category_display()}
        found["category"] = (words, top, review.organization.category)
    found["all"] = (_("%(top)s范围内全部书记") % {"top": top}, top, "")
    return found


@transaction.atomic
def circulate(review, *, range, by, at, on):
    """Let the readers of `range` (a code of `ranges`) read `review`. Returns the ReviewCirculation.

    Raises RangeElsewhere, AlreadyCirculated.
    """
    offered = ranges(by, review)
    if range not in offered:
        raise RangeElsewhere(_("请在列出的范围里选。"))
    words, within, category = offered[range]
    standing = ReviewCirculation.objects.standing().filter(review__lineage=review.lineage, within=within, category=category)
    if standing.select_for_update().exists():
        raise AlreadyCirculated(_("已经通报给%(who)s。") % {"who": words})
    made = ReviewCirculation.objects.create(
        review=review, within=within, category=category, happened_on=on, recorded_at=at, recorded_by=by
    )
    record(review, "circulate", by=by, at=at, detail={"note": str(words)}, organization=review.organization)
    return made


@transaction.atomic
def end_circulation(row, *, by, at):
    """From now on its readers see the review no more. Raises FactSuperseded."""
    supersede(row, at=at)
    review = row.review
    record(review, "end_circulation", by=by, at=at, detail={"note": str(row)}, organization=review.organization)
