"""Items of an appraisal below 80 %: each becomes a rectification item by rule, once, when the counts are final."""
from datetime import timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from campaign.domain.origins import Origin
from campaign.domain.rectifications import DAYS_TO_MEND, raise_rectification, secretary_of
from evaluations.domain.appraisal_figures import audiences_of, is_valid, item_rows
from evaluations.domain.appraisal_gates import low_items
from evaluations.enums import SHEET_ITEMS, AppraisalSheet, SatisfactionFormula
from evaluations.models import Appraisal, LowItem

FORMULA = SatisfactionFormula.TOP2  # of the rule; the page may show others


def raise_low_items(appraisal, *, by, at):
    """Raise an item for each shown item below 80 % of a valid organisation's sheet. Returns the new LowItem rows.

    By rule: the secretary puts it right within 30 days, the level above verifies (nobody is named). A corrected version
    raises nothing a second time; whoever verifies may call an item off with a reason (campaign, `call_off`).
    """
    turnouts = list(appraisal.turnouts.all())
    if appraisal.sheet != AppraisalSheet.ORGANIZATION or not is_valid(turnouts):
        return []
    counts = appraisal.counts.filter(member__isnull=True)
    rows = item_rows(counts, SHEET_ITEMS[AppraisalSheet.ORGANIZATION], FORMULA, audiences_of(turnouts))
    known = set(LowItem.objects.filter(lineage=appraisal.lineage).values_list("item", flat=True))
    on = localdate(at)
    owner = secretary_of(appraisal.organization, on=on)
    made = []
    for row, sentence in low_items(rows):
        if row.item not in known:
            item = raise_rectification(
                campaign=appraisal.campaign, organization=appraisal.organization, owner=owner, source="appraisal",
                problem=sentence, due_on=on + timedelta(days=DAYS_TO_MEND), by=by, at=at, on=on,
            )
            made.append(LowItem.objects.create(
                appraisal=appraisal, lineage=appraisal.lineage, item=row.item, rectification=item
            ))
    return made


def raised_of(appraisal):
    """{item: Rectification} that this appraisal, in whatever version, raised."""
    rows = LowItem.objects.filter(lineage=appraisal.lineage).select_related("rectification")
    return {row.item: row.rectification for row in rows}


def appraisal_behind(item, user):
    """The Origin of a rectification item that an appraisal raised, as far as `user` may see it; else None."""
    appraisal = Appraisal.objects.visible_to(user).filter(low_items__rectification=item).first()
    return Origin(_("评议：%(title)s") % {"title": appraisal.title}, appraisal.get_absolute_url()) if appraisal else None
