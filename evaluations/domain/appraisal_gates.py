"""What the gates make of an appraisal: which conditions on satisfaction it fails, in words."""
from django.utils.translation import gettext as _

from config.kit.numbers import share_in_tenths, tenths_text
from evaluations.domain.appraisal_figures import WHOLE, Tally, satisfaction
from evaluations.enums import GateEffect, MeasureName
from evaluations.models import Band, Gate

LOW = 800  # tenths of a percent: what is below needs rectification (1-domain, Gates)


def low_items(rows):
    """[(ItemRow, sentence)] of the items whose shown satisfaction lies below 80 %, the sentence as the problem to put right."""
    low = [row for row in rows if row.whole.is_shown and row.whole.tally.rated and row.whole.tenths < LOW]
    said = _("群众评议“%(item)s”满意度 %(share)s%%，低于 80%%。")
    return [(row, said % {"item": row.title, "share": tenths_text(row.whole.tenths)}) for row in low]


def gates_hit(campaign, rows):
    """Sentences about the standing gates on satisfaction that the ItemRows `rows` of an organisation fall below.

    Only what the page shows anyway is judged: a gate on a hidden cell says nothing.
    """
    gates = Gate.objects.standing().filter(campaign=campaign, measure=MeasureName.SATISFIED, track="organization")
    titles = None
    sentences = []
    for gate in gates.order_by("position", "pk"):
        share = _share(gate.parameters, rows)
        if share is None or share[0] * 10_000 >= gate.minimum * share[1]:
            continue
        if titles is None:
            titles = dict(Band.objects.standing().filter(campaign=campaign).values_list("code", "title"))
        if gate.effect == GateEffect.BAR:
            effect = _("不能参加评选")
        else:
            effect = _("考核等次最高为“%(band)s”") % {"band": titles.get(gate.cap_band, gate.cap_band)}
        said = {"title": gate.title, "share": tenths_text(share_in_tenths(*share)), "effect": effect}
        sentences.append(_("%(title)s（现为 %(share)s%%）：%(effect)s。") % said)
    return sentences


def _share(parameters, rows):
    """(numerator, denominator) by a gate's parameters, or None when nobody rated or a cell of it is hidden."""
    group = parameters.get("audience", WHOLE)
    wanted, whole = set(parameters.get("items") or ()), Tally()
    for row in rows:
        if wanted and row.item not in wanted:
            continue
        cell = next((cell for cell in row.cells if cell.group == group), None)
        if cell is None or cell.tally.rated and not cell.is_shown:
            return None
        whole += cell.tally
    return satisfaction(whole, parameters.get("formula", "top2")) if whole.rated else None
