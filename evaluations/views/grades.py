"""The page on which a branch settles the yearly grades of its members from a released count."""
from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.kit import clock
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from config.kit.verdict import require
from evaluations import permissions
from evaluations.domain import grades
from evaluations.enums import MemberGrade
from evaluations.forms.grades import GradesForm
from evaluations.views.polls import poll_or_404
from units.submissions import once


@require_http_methods(["GET", "POST"])
def poll_grades(request, pk):
    """Counts beside a choice for each member; again with a reason."""
    poll = poll_or_404(request, pk)
    require(permissions.can_settle_grades(request.user, poll))
    lines = grades.grade_lines(poll)
    form = GradesForm(request.POST or None, lines=lines, needs_reason=any(line.settled for line in lines))
    if request.method == "POST" and form.is_valid():
        def settle():
            grades.settle_grades(
                poll, form.grades, reason=form.cleaned_data.get("reason", ""), by=request.user, at=clock.now()
            )
            messages.success(request, _("等次已评定，本人在自己的页面上能看到。"))
            return poll

        try:
            return once(request, settle)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    context = {"poll": poll, "form": form, "most": grades.most_excellent(poll), "words": MemberGrade.labels}
    return render(request, "evaluations/poll_grades.html", context)
