"""The form of a new poll: what it is called, how many are asked of each organisation, and whom a member sheet judges."""
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.crispy import helper
from evaluations.domain.polls import MOST_SUBJECTS, Asked
from evaluations.enums import USUAL_AUDIENCES, Audience, PollSheet

MOST_ASKED = 5000  # of one audience of one organisation


@dataclass(frozen=True)
class AskedRow:
    """One organisation with [(audience, bound field)]."""

    organization: object
    inputs: list

    @property
    def fields(self):
        return [field for _audience, field in self.inputs]


class PollForm(forms.Form):
    """`organizations`: who may be asked, with `member_count`, the first guess at how many members come; `members`: whom
    the sheet may judge (none for the organisation's sheet); `audiences`: who is told apart."""

    title = forms.CharField(
        label=_("名称"), max_length=60, error_messages={"required": _("请填名称，例如“2011 年上半年群众测评”。")}
    )

    def __init__(self, *args, sheet, organizations, members=(), audiences=USUAL_AUDIENCES, **kwargs):
        super().__init__(*args, **kwargs)
        self.sheet, self.organizations, self.judged = sheet, list(organizations), list(members)
        self.audiences = list(audiences)
        for organization in self.organizations:
            for audience in self.audiences:
                self.fields[_name(organization, audience)] = forms.IntegerField(
                    label=f"{organization}，{audience.label}", min_value=0, max_value=MOST_ASKED, required=False,
                    initial=organization.member_count or None if audience == Audience.MEMBERS else None,
                    error_messages={
                        "invalid": _("请填整数。"), "min_value": _("人数不能小于 0。"),
                        "max_value": _("一组最多 %(most)s 人。") % {"most": MOST_ASKED},
                    },
                )
        if sheet != PollSheet.ORGANIZATION:
            self.fields["members"] = forms.MultipleChoiceField(
                label=_("测评谁"), choices=[(str(member.pk), _words(member, sheet)) for member in self.judged],
                widget=forms.CheckboxSelectMultiple, required=False,
                initial=[str(member.pk) for member in self.judged[:MOST_SUBJECTS]],
                help_text=_("一张票最多 %(most)s 人，按姓氏笔画排。") % {"most": MOST_SUBJECTS},
                error_messages={"invalid_choice": _("选的党员里有人已经不在这个党组织，请重新选。")},
            )
        self.helper = helper(self)

    @property
    def rows(self):
        return [
            AskedRow(organization, [(audience, self[_name(organization, audience)]) for audience in self.audiences])
            for organization in self.organizations
        ]

    @property
    def asked(self):
        """[Asked] of every group with somebody in it."""
        return [
            Asked(organization, audience.value, self.cleaned_data.get(_name(organization, audience)) or 0)
            for organization in self.organizations for audience in self.audiences
        ]

    @property
    def chosen_members(self):
        """The members chosen, in the order of the ballot."""
        chosen = set(self.cleaned_data.get("members") or ())
        return [member for member in self.judged if str(member.pk) in chosen]


def _words(member, sheet):
    """The name; of cadres with the post for which they are judged."""
    return f"{member.name}（{member.administrative_post}）" if sheet == PollSheet.CADRES else member.name


def _name(organization, audience):
    return f"asked_{organization.pk}_{audience.value}"
