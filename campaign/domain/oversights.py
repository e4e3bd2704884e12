"""Oversight: write down a report heard, a routine look or an exchange meeting, with attendance, and what follows from it."""
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaign.domain.origins import Origin
from campaign.domain.rectifications import raise_rectification, secretary_of
from campaign.enums import OversightKind, RectificationSource, ReleaseState
from campaign.models import Oversight, OversightFollowUp, OversightPaper, OversightPresence
from config.kit.refusal import Refusal
from units.domain.history import record


class WrongOversightDay(Refusal):
    """It was held on a day of the campaign, up to today."""

    field = "held_on"


class NobodyAsked(Refusal):
    """An exchange meeting has at least two organisations; who is noted as absent had been asked."""

    field = "asked"


class NoPapersHere(Refusal):
    """Papers belong to exchange meetings."""


class PaperNotPublished(Refusal):
    """What nobody else may read yet was not presented."""

    field = "papers"


class NotThere(Refusal):
    """What follows concerns the organisation of the record, or one that was asked to come."""

    field = "organization"


@transaction.atomic
def record_oversight(
    *, campaign, organization, kind, title, held_on, people, text, place="", opinion="", asked=(), absent=(), by, at, on
):
    """Write the record. `asked`: organisations asked to come, `absent`: those of them that did not. Returns the Oversight.

    Raises WrongOversightDay, NobodyAsked.
    """
    if held_on > on or not campaign.covers(held_on):
        raise WrongOversightDay(_("日期要在活动期间，不晚于今天。"))
    asked, absent = list(dict.fromkeys(asked)), set(absent)
    if absent - set(asked):
        raise NobodyAsked(_("没有到的，也要先在应到里勾上。"), field="absent")
    if kind == OversightKind.EXCHANGE and len(set(asked) | {organization}) < 2:
        raise NobodyAsked(_("交流研讨至少有两个党组织，请勾选应到的。"))
    made = Oversight.objects.create(
        campaign=campaign, organization=organization, kind=kind, title=title.strip(), held_on=held_on, place=place.strip(),
        people=people.strip(), text=text.strip(), opinion=opinion.strip(), recorded_at=at, recorded_by=by,
    )
    OversightPresence.objects.bulk_create(
        OversightPresence(oversight=made, organization=one, came=one not in absent) for one in asked
    )
    record(made, "type_in", by=by, at=at, organization=organization)
    return made


@transaction.atomic
def link_papers(oversight, papers, *, by, at):
    """Set which published papers were presented at an exchange meeting. Raises NoPapersHere, PaperNotPublished."""
    if oversight.kind != OversightKind.EXCHANGE:
        raise NoPapersHere(_("只有交流研讨才附交流的成果。"))
    papers = list(dict.fromkeys(papers))
    if any(paper.state != ReleaseState.PUBLISHED for paper in papers):
        raise PaperNotPublished(_("只能选已经发布的成果。"))
    oversight.oversight_papers.exclude(paper__in=papers).delete()
    OversightPaper.objects.bulk_create(
        [OversightPaper(oversight=oversight, paper=paper) for paper in papers], ignore_conflicts=True
    )
    titles = "，".join(paper.title for paper in papers)[:200]
    record(oversight, "register_papers", by=by, at=at, detail={"note": titles}, organization=oversight.organization)
    return papers


@transaction.atomic
def follow_up(oversight, *, organization, problem, due_on, by, at, on):
    """Raise what has to be put right; whoever raises it verifies it. Returns the Rectification.

    Raises NotThere, DueTooEarly, OwnWork.
    """
    asked = set(oversight.presences.values_list("organization", flat=True))
    if organization.pk not in asked | {oversight.organization_id}:
        raise NotThere(_("只能给这次的党组织登记。"))
    item = raise_rectification(
        campaign=oversight.campaign, organization=organization, owner=secretary_of(organization, on=on),
        source=RectificationSource.OVERSIGHT, problem=problem.strip(), due_on=due_on, verifier=by, by=by, at=at, on=on,
    )
    OversightFollowUp.objects.create(oversight=oversight, rectification=item)
    return item


def oversight_behind(item, user):
    """The Origin of an item that followed from oversight, as far as `user` may see it; else None."""
    found = Oversight.objects.visible_to(user).filter(follow_ups__rectification=item).first()
    return Origin(str(found), found.get_absolute_url()) if found else None
