"""The one table of who may do what: subject, action, role and where. Each app adds its own rows (`permission_rows.py`).

The security administrator reads it as a page; tests/permissions asks every address as every role whether it is true.
"""
from dataclasses import dataclass, field
from enum import IntFlag

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from units.enums import ADMINISTRATORS, Role


class Reach(IntFlag):
    """Where a right holds, seen from the organisation of the grant; SELF is a record about one's own person, PLACELESS a page
    or a record of no organisation."""

    SELF = 1
    OWN = 2
    BELOW = 4
    SIBLING = 8
    ABOVE = 16
    PLACELESS = 32


NOWHERE = Reach(0)
SELF, OWN, BELOW, SIBLING, ABOVE, PLACELESS = Reach
SUBTREE = OWN | BELOW
EVERYWHERE = OWN | BELOW | SIBLING | ABOVE
HERE = EVERYWHERE | PLACELESS  # a page or a step that belongs to no organisation
WORDS = {
    NOWHERE: "—", SELF: _("本人"), OWN: _("本级"), BELOW: _("下级"), SUBTREE: _("本级和下级"), EVERYWHERE: _("全部"),
    HERE: _("可以"),
    OWN | ABOVE: _("本级和上级"), SUBTREE | ABOVE: _("本级、下级和上级"),
}


@dataclass(frozen=True)
class Right:
    """One action: the addresses behind it, and where each role may take it. `public`: nobody has to sign in. `at_top`: only
    a grant over the top organisation counts."""

    action: str | Promise
    names: tuple[str, ...]
    reach: dict = field(default_factory=dict)
    public: bool = False
    at_top: bool = False

    def of(self, role):
        return self.reach.get(role, NOWHERE)


@dataclass(frozen=True)
class Subject:
    """One kind of record: where each role sees it (what is not seen does not exist), and the actions on it."""

    title: str | Promise
    rights: tuple[Right, ...]
    sees: dict = field(default_factory=dict)

    def seen_by(self, role):
        return self.sees.get(role, NOWHERE)


_subjects: list[Subject] = []
_by_name: dict[str, tuple[Subject, Right]] = {}


def register(*subjects):
    """Add rows; called from AppConfig.ready() of the app that has the addresses."""
    _subjects.extend(subjects)
    _by_name.update({name: (one, right) for one in subjects for right in one.rights for name in right.names})


def subjects():
    return tuple(_subjects)


def roles(**reach):
    """{Role: Reach} out of words: `roles(secretary=OWN, office=SUBTREE)`. `readers` are the five roles that read a subtree,
    `everybody` all six that are no administrators, `all` every role; a role named by itself goes before them."""
    found = {}
    for word, members in GROUPS.items():
        if word in reach:
            found |= dict.fromkeys(members, reach.pop(word))
    return found | {Role(word): where for word, where in reach.items()}


READERS = (Role.SECRETARY, Role.COMMITTEE, Role.OFFICE, Role.LEADER, Role.INSPECTOR)
GROUPS = {"all": tuple(Role), "everybody": (*READERS, Role.MEMBER), "readers": READERS}


def right(action, names, *, at_top=False, **reach):
    """A row: `right(_("起草"), "plan_new plan_edit", secretary=SUBTREE, committee=SUBTREE)`."""
    return Right(action, tuple(names.split()), roles(**reach), at_top=at_top)


def public(action, names):
    """A row that nobody has to sign in for."""
    return Right(action, tuple(names.split()), roles(all=HERE), public=True)


def subject(title, *rights, **sees):
    return Subject(title, rights, roles(**sees))


def right_of(name):
    """(Subject, Right) of an address, or None."""
    return _by_name.get(name)


def is_for_administrators(name):
    """Whether one of the three administrators has anything to do at an address; a new one without a row is closed to them."""
    found = _by_name.get(name)
    return found is not None and any(found[1].of(role) for role in ADMINISTRATORS)


def words_of(reach):
    """A cell in words."""
    if reach in WORDS:
        return WORDS[reach]
    return _("%(first)s、%(rest)s") % {"first": WORDS[SELF], "rest": words_of(reach & ~SELF)}

