"""Papers (成果): what a unit learned, for the theory seminar or the exchange of practice. They are read, never counted."""
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaign.enums import PaperKind
from campaign.models.release import Release


class Paper(Release):
    kind = models.CharField(_("类别"), max_length=8, choices=PaperKind.choices, default=PaperKind.PRACTICE)
    authors = models.CharField(_("作者"), max_length=60)
    summary = models.CharField(_("摘要"), max_length=300)
    text = models.TextField(_("正文"), max_length=8000)

    def get_absolute_url(self):
        return reverse("paper_detail", args=[self.pk])
