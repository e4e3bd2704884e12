"""Posts inside an organisation (书记, 副书记, 委员 …), with dates and two times."""
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from config.kit.facts import Fact, SpanQuerySet
from units.enums import LEADS_BRANCH, PostKind


class Post(Fact):
    """`member` holds `kind` in `organization` from `starts_on` to `ends_on`."""

    member = models.ForeignKey("units.Member", on_delete=models.CASCADE, related_name="posts")
    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="posts")
    kind = models.CharField(_("党内职务"), max_length=20, choices=PostKind.choices)
    starts_on = models.DateField(_("任职时间"))
    ends_on = models.DateField(_("离任时间"), null=True, blank=True)
    elected_on = models.DateField(_("选举日期"), null=True, blank=True)
    # Until when the holder was elected. The post itself goes on until the next election, however late it comes.
    term_ends_on = models.DateField(_("任期到"), null=True, blank=True)

    objects = SpanQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="units_post_ends_after_it_starts",
                violation_error_message=_("离任时间不能早于任职时间。"),
            ),
            models.CheckConstraint(
                condition=Q(term_ends_on__isnull=True) | Q(term_ends_on__gte=F("starts_on")),
                name="units_post_term_ends_after_it_starts",
                violation_error_message=_("任期不能在任职以前结束。"),
            ),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(superseded_at__isnull=True, ends_on__isnull=True, kind__in=sorted(LEADS_BRANCH)),
                name="units_post_one_secretary",
                violation_error_message=_("一个党组织同时只能有一名书记或代理书记。"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["term_ends_on"], name="units_post_term",
                condition=Q(superseded_at__isnull=True, ends_on__isnull=True, term_ends_on__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.member_id}"
