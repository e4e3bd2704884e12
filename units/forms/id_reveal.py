"""Why somebody wants to see a full ID number."""
from django.utils.translation import gettext_lazy as _

from units.forms.standing import StepForm, sentence


class IdRevealForm(StepForm):
    reason = sentence(
        _("用来做什么"), help_text=_("例如：报送组织关系介绍信。这句话和您的名字会记入日志。"),
        error_messages={"required": _("请写一句用来做什么。")},
    )
