"""Filters of the list of activities; all optional, all in the address."""
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaign.domain.criteria import criterion_titles
from campaign.models import ActivityKind, Phase
from config.kit.day_field import day_field
from units import scope
from units.models import LinkedBody, Organization

MOST_TREES = 50


class ActivityFilterForm(forms.Form):
    """`organization` and `body` come from links and stay hidden; `unit` is typed and finds names, and what is below them."""

    q = forms.CharField(label=_("名称、内容、地点"), required=False, max_length=40)
    unit = forms.CharField(label=_("党组织"), required=False, max_length=40)
    kind = forms.ModelChoiceField(
        label=_("类型"), queryset=ActivityKind.objects.in_order(), required=False, to_field_name="code",
        empty_label=_("全部"),
    )
    code = forms.ChoiceField(label=_("五个好"), required=False)
    phase = forms.ModelChoiceField(label=_("阶段"), queryset=None, required=False, empty_label=_("全部"))
    first = day_field(_("从"), required=False)
    last = day_field(_("到"), required=False)
    organization = forms.ModelChoiceField(queryset=None, required=False, widget=forms.HiddenInput)
    body = forms.ModelChoiceField(queryset=None, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, user, campaign, **kwargs):
        super().__init__(*args, **kwargs)
        self._user = user
        titles = criterion_titles(campaign) if campaign else {}
        self.fields["code"].choices = [("", _("全部")), *titles.items()]
        self.fields["phase"].queryset = campaign.phases.order_by("starts_on") if campaign else Phase.objects.none()
        self.fields["organization"].queryset = Organization.objects.visible_to(user)
        self.fields["body"].queryset = LinkedBody.objects.visible_to(user)
        if all(grant.organization is None or grant.organization.is_leaf for grant in user.current_grants):
            del self.fields["unit"]  # whoever sees one branch has nothing to choose from

    def narrow(self, activities):
        """`activities` (queryset) narrowed by the filters that can be understood; the others show their error."""
        self.is_valid()
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        for name, value in chosen.items():
            activities = getattr(self, f"_by_{name}")(activities, value)
        return activities

    def _by_q(self, activities, words):
        return activities.mentioning(words)

    def _by_unit(self, activities, words):
        """Organisations of that name with what is below them; of very many names the first ones' trees are enough."""
        named = Organization.objects.visible_to(self._user).filter(name__icontains=words).in_institutional_order()
        paths = named.values_list("path", flat=True)[:MOST_TREES]
        return activities.filter(scope.within_any(paths, "organization__") | Q(organization__name__icontains=words))

    def _by_organization(self, activities, organization):
        return activities.within(organization)

    def _by_body(self, activities, body):
        return activities.together_with(body)

    def _by_kind(self, activities, kind):
        return activities.filter(kind=kind)

    def _by_code(self, activities, code):
        return activities.serving(code)

    def _by_phase(self, activities, phase):
        return activities.in_phase(phase)

    def _by_first(self, activities, day):
        return activities.filter(happened_on__gte=day)

    def _by_last(self, activities, day):
        return activities.filter(happened_on__lte=day)
