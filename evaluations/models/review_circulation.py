"""Circulation of a review (通报): who beyond the line may read it, from which day on; a fact with two times."""
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from config.kit.facts import Fact, FactQuerySet
from units import scope
from units.enums import SPEAKS_FOR_OWN, Category


class ReviewCirculationQuerySet(FactQuerySet):
    """Reads in the words of the office."""

    def sent_to(self, user):
        """Standing ones whose range the user's own organisation lies in; secretaries and committees are sent reviews."""
        reached = Q(pk__in=[])
        for grant in user.current_grants:
            if grant.role in SPEAKS_FOR_OWN:
                path = grant.organization.path
                line = [path[:end] for end in range(scope.STEP, len(path) + 1, scope.STEP)]
                reached |= Q(within__path__in=line, category__in=["", grant.organization.category])
        return self.standing().filter(reached)


class ReviewCirculation(Fact):
    """The secretaries of the subtree of `within` (of one `category`, if given) read the review as it stands."""

    review = models.ForeignKey("evaluations.Review", on_delete=models.PROTECT, related_name="circulations")
    within = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="+")
    category = models.CharField(_("单位类别"), max_length=20, choices=Category.choices, blank=True)
    happened_on = models.DateField(_("通报日期"))

    objects = ReviewCirculationQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [*Fact.Meta.constraints]

    def __str__(self):
        words = _("%(category)s各党组织的书记") if self.category else _("%(within)s各党组织的书记")
        return words % {"category": self.get_category_display(), "within": self.within}
