"""The page that shows a full ID number once, after its reason is written down."""
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from config.kit import clock
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from config.kit.verdict import require
from units import permissions
from units.domain.id_reveals import reveal_id_number
from units.forms.id_reveal import IdRevealForm
from units.views.standing import member_or_404


@never_cache
@require_http_methods(["GET", "POST"])
def member_id_number(request, pk):
    """Nothing is redirected to: the number stands in the answer to this one form and nowhere else."""
    member = member_or_404(request, pk)
    require(permissions.can_reveal_id(request.user, member))
    form, number = IdRevealForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            number = reveal_id_number(member, reason=form.cleaned_data["reason"], by=request.user, at=clock.now())
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return render(request, "units/member_id_number.html", {"member": member, "form": form, "number": number})
