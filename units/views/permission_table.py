"""The permission table as a page: what is about which record, folded; or all that one role may do, and where."""
from dataclasses import dataclass, field

from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.kit.verdict import require
from units import permission_table as table
from units import permissions
from units.enums import Role
from units.forms.permission_table import TableForm


@dataclass(frozen=True)
class Place:
    """What one role may do about one kind of record in one place: `where` in words, the actions there."""

    where: str
    at_top: bool
    actions: list = field(default_factory=list)


@require_safe
def permission_table(request):
    """By subject, one below the other and folded; `?role=` leaves one role and only what it may do, `?q=` what holds the
    words, `?open=1` unfolds everything."""
    require(permissions.can_manage_roles(request.user))
    form = TableForm(request.GET or None)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {"role": "", "q": ""}
    subjects = [(one.title, rights) for one in table.subjects() if (rights := _found(one, chosen["q"]))]
    context = {
        "form": form if form.is_bound else TableForm(), "q": chosen["q"],
        "is_open": bool(chosen["q"]) or request.GET.get("open") == "1",
    }
    if chosen["role"]:
        role = Role(chosen["role"])
        return render(request, "units/permission_role.html", context | {"role": role, "subjects": _of_role(subjects, role)})
    return render(request, "units/permission_table.html", context | {"roles": list(Role), "subjects": _in_words(subjects)})


def _found(subject, words):
    """The rights of a subject that hold `words` in their action; all of them where its title does."""
    rights = [right for right in subject.rights if right.reach]
    if words.casefold() in str(subject.title).casefold():
        return rights
    return [right for right in rights if words.casefold() in str(right.action).casefold()]


def _in_words(subjects):
    """[(title, [(right, [(role, words, whether it has the right)])])]"""
    return [
        (title, [
            (right, [(role.label, table.words_of(right.of(role)), bool(right.of(role))) for role in Role]) for right in rights
        ])
        for title, rights in subjects
    ]


def _of_role(subjects, role):
    """[(title, [Place])] of what the role may do, each place once."""
    shown = []
    for title, rights in subjects:
        places = {}
        for right in rights:
            if reach := right.of(role):
                key = (reach, right.at_top)
                places.setdefault(key, Place(table.words_of(reach), right.at_top)).actions.append(right.action)
        shown += [(title, list(places.values()))] if places else []
    return shown
