"""The forms of what a unit shows: role model, exhibit, paper; giving back; and the filter of their lists."""
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaign.enums import PaperKind, ReleaseState
from campaign.forms.plan import MemberChoice, members_of
from config.kit.crispy import helper
from config.kit.day_field import day_field
from config.kit.pictures import ACCEPTED, PictureRefused, read_picture
from units.enums import Category


def _area(rows):
    return forms.Textarea(attrs={"rows": rows})


class PictureField(forms.FileField):
    """One photo; cleans to a config.kit.pictures.Picture, or None."""

    widget = forms.FileInput(attrs={"accept": ACCEPTED})

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if not file:
            return None
        try:
            return read_picture(file)
        except PictureRefused as refusal:
            raise ValidationError(refusal.message)


class ReleaseForm(forms.Form):
    """What every release asks; `words()` are the model's fields, the new photo of an exhibit apart."""

    title = forms.CharField(label=_("标题"), max_length=60, error_messages={"required": _("请写标题。")})

    field_order = ("member", "title")

    def __init__(self, *args, organization, **kwargs):
        super().__init__(*args, **kwargs)
        self.organization = organization
        self.fields["expires_on"] = day_field(
            _("展示到"), required=False, help_text=_("到期自动不再展示，记录还在。空着就一直展示。")
        )
        self.fields["is_open"] = forms.BooleanField(
            label=_("可以对外公开"), required=False, help_text=_("勾选后，不登录也能在展示页看到。")
        )
        self.helper = helper(self)

    def words(self):
        return {name: value for name, value in self.cleaned_data.items() if name != "picture"}

    def picture(self):
        return self.cleaned_data.get("picture")


class RoleModelForm(ReleaseForm):
    member = MemberChoice(
        label=_("谁"), queryset=None, required=False, empty_label=_("本党组织"), help_text=_("党员个人，或者党组织自己。")
    )
    story = forms.CharField(
        label=_("事迹"), max_length=2000, widget=_area(8), error_messages={"required": _("请写事迹。")},
        help_text=_("写具体的事：为谁、做了什么、结果怎样。最多 2000 字。"),
    )
    lesson = forms.CharField(
        label=_("别人可以学什么"), max_length=300, widget=_area(2), error_messages={"required": _("请写一句别人可以学什么。")}
    )
    honours = forms.CharField(label=_("获得的荣誉"), max_length=200, required=False)
    consent_on = day_field(_("本人同意展示的日期"), required=False, help_text=_("党员个人的事迹要本人同意才能展示。"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members_of(self.organization)


class ExhibitForm(ReleaseForm):
    """The six elements of a caption; the photo is asked for once."""

    picture = PictureField(label=_("照片"), help_text=_("一张，10 MB 以内。自动压缩并去掉拍摄位置。"))
    happened_on = day_field(_("时间"))
    place = forms.CharField(label=_("地点"), max_length=60)
    people = forms.CharField(label=_("人物"), max_length=120, help_text=_("照片里有谁，例如“曹帆清等 12 名党员和社区老人”。"))
    background = forms.CharField(label=_("背景"), max_length=200, widget=_area(2))
    occasion = forms.CharField(label=_("事由"), max_length=200, widget=_area(2))
    consent_on = day_field(_("照片里的人同意展示的日期"), required=False, help_text=_("没有同意不能提交。"))

    field_order = ("picture", "title")

    def __init__(self, *args, has_photo=False, **kwargs):
        super().__init__(*args, **kwargs)
        if has_photo:
            self.fields["picture"].required = False
            self.fields["picture"].label = _("换一张照片")
        self.fields["picture"].error_messages["required"] = _("请选一张照片。")


class PaperForm(ReleaseForm):
    kind = forms.ChoiceField(label=_("类别"), choices=PaperKind.choices, widget=forms.RadioSelect, initial=PaperKind.PRACTICE)
    authors = forms.CharField(label=_("作者"), max_length=60)
    summary = forms.CharField(label=_("摘要"), max_length=300, widget=_area(2), error_messages={"required": _("请写几句摘要。")})
    text = forms.CharField(label=_("正文"), max_length=8000, widget=_area(12), error_messages={"required": _("请写正文。")})


class ReturnReleaseForm(forms.Form):
    note = forms.CharField(label=_("要改什么"), max_length=200, required=False, widget=_area(2))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)


class RenewReleaseForm(forms.Form):
    """Until when it is shown from now on; the new consent only where somebody is shown."""

    expires_on = day_field(_("展示到"))

    def __init__(self, *args, release, **kwargs):
        super().__init__(*args, **kwargs)
        if release.shows_somebody:
            label = release._meta.get_field("consent_on").verbose_name
            self.fields["consent_on"] = day_field(label, help_text=_("再问一次，写这一次同意的日期。"))
        self.helper = helper(self)


class ReleaseFilterForm(forms.Form):
    q = forms.CharField(
        label=_("标题或单位"), required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"})
    )
    category = forms.ChoiceField(label=_("单位类别"), required=False, choices=[("", _("全部")), *Category.choices])
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("正在展示")), *ReleaseState.choices])


FORMS = {"role-models": RoleModelForm, "exhibition": ExhibitForm, "papers": PaperForm}


def words_of(form_class, release):
    """Initial values of the form for a release that is changed."""
    names = [name for name in (*form_class.base_fields, "expires_on", "is_open") if name != "picture"]
    return {name: getattr(release, name) for name in names}
