"""What a form with a due day says about the days to look out for: beside it, and once it is saved. It never blocks."""
from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from campaign.domain.collisions import look_out

AHEAD = timedelta(days=183)  # as far as a form looks that is of no phase


def days_to_look_out_for(campaign, organization, *, on, form=None):
    """The LookOut for half a year, with the day that already stands in the form's `due_on`, typed or proposed."""
    day = _standing_day(form) if form else None
    return look_out(campaign, organization, on, on + AHEAD, on=on, day=day, title=_("这一件"))


def _standing_day(form):
    """None where it is empty or cannot be read."""
    try:
        return form.fields["due_on"].to_python(form["due_on"].value())
    except ValidationError:
        return None


def warn(request, found):
    """Say each of `found` once, behind what was saved all the same."""
    for words in dict.fromkeys(str(one) for one in found):
        messages.warning(request, words)
