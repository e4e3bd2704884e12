"""The permission table is true: every address, asked as every role about a record of one's own organisation, of one below,
beside and above, and of one's own person; let in, refused (403) or not there (404) as the table says.

`-k NAME` asks one address. A new address needs a row in its app's permission_rows.py and, where its URL has keys, a record in
tests/permissions/records_*.py (docs/development.md).
"""
import pytest
from django.db import transaction

from tests.house.test_urls import named
from tests.permissions.world import (
    BUSINESS,
    Address,
    has_own_record,
    maker_of,
    missing,
    url_of,
)
from units.enums import ADMINISTRATORS, Role
from units.permission_table import ABOVE, BELOW, HERE, OWN, SELF, SIBLING, right_of

pytestmark = pytest.mark.django_db
LET_IN, REFUSED, NOT_THERE, TO_LOGIN = "let in", "refused", "not there", "to the login page"
PLAIN = Address()
NAMES = sorted(name for name, _entry in named())


def ask(world, name, user, address, method):
    """What happens to this user there; what the request changed is taken back."""
    client = world.client(user)
    with transaction.atomic():
        answer = getattr(client, method)(url_of(name, address), address.data)
        transaction.set_rollback(True)
    if answer.status_code == 302 and answer.url.startswith("/login/") and name not in {"logout", "login_again"}:
        return TO_LOGIN
    return {403: REFUSED, 404: NOT_THERE, 405: None}.get(answer.status_code, LET_IN)


def method_of(world, name, address):
    """GET for a page, POST for a step that has none."""
    return "get" if ask(world, name, world.person(Role.OFFICE), address, "get") else "post"


def places(world, name, role, right):
    """(relation, user, address) of every cell of one role; relation 0 is somebody whose grant is not high enough."""
    user, maker = world.person(role), maker_of(name)
    own = has_own_record(name, user)
    if maker is None and own:
        pass  # a page that is always about oneself
    elif maker is None or maker.nowhere:
        address = world.address(name, world.top) if maker else PLAIN
        yield HERE, world.person(role, "top") if right.at_top else user, address
        if right.at_top and role not in ADMINISTRATORS:
            yield 0, user, address
    elif maker.at_top:
        yield OWN, world.person(role, "top"), world.address(name, world.top)
        yield 0 if right.at_top else ABOVE, user, world.address(name, world.top)
    elif right.at_top:
        yield OWN, world.person(role, "top"), world.address(name, world.top)
        yield BELOW, world.person(role, "top"), world.address(name, world.own)
        for reach in (OWN, BELOW, SIBLING, ABOVE):
            yield 0, user, world.address(name, world.organization_at(reach))
    else:
        for reach in (OWN, BELOW, SIBLING, ABOVE):
            yield reach, user, world.address(name, world.organization_at(reach))
    if own:
        yield SELF, user, world.own_address(name, user)


def is_right(world, name, method, told, *, cell, right, subject):
    """Whether what happened in one cell is what the table says."""
    role, reach, user, address = cell
    if right.of(role) & reach or reach == HERE and right.of(role):
        return told == LET_IN
    if reach in {0, HERE}:
        return told in {REFUSED, NOT_THERE}
    if subject.seen_by(role) & reach:
        return told == REFUSED
    return told == NOT_THERE or told == REFUSED == ask(world, name, user, missing(address), method)


def wrong_cells(world, name):
    """([sentence about each cell that differs from the table], number of cells asked)."""
    subject, right = right_of(name)
    wrong, number, method = [], 0, None
    for role in Role:
        for reach, user, address in places(world, name, role, right):
            method = method or method_of(world, name, address)
            told, number = ask(world, name, user, address, method), number + 1
            if not is_right(world, name, method, told, cell=(role, reach, user, address), right=right, subject=subject):
                wrong.append(f"{name} [{method}]: {role.label} at {reach!r} is {told}, "
                             f"the table says {right.of(role)!r}, seen {subject.seen_by(role)!r}")
            if told == REFUSED and reach == OWN and method == "get" and ask(world, name, user, address, "post") == LET_IN:
                wrong.append(f"{name} [post]: {role.label} at {reach!r} may send what is not shown")
    return wrong, number


def stranger_gets_in(world, name, address):
    return ask(world, name, None, address, "get") not in {TO_LOGIN, None} or ask(world, name, None, address, "post") == LET_IN


@pytest.mark.parametrize("name", NAMES)
def test_the_table_is_true(name, world, record_property):
    _subject, right = right_of(name)
    address = world.address(name, world.top) if maker_of(name) else PLAIN
    if right.public:
        answers = {ask(world, name, user, address, "get") for user in (None, world.person(Role.MEMBER))}
        assert TO_LOGIN not in answers
        return
    assert not stranger_gets_in(world, name, Address(address.keys, address.query))
    wrong, number = wrong_cells(world, name)
    assert wrong == []
    CELLS[name] = number
    record_property("cells", number)  # counted in the last lines of the run


CELLS = {}


def test_the_matrix_is_as_large_as_it_says(world):
    """Nothing is left out silently: a keyed address is asked at four relations by each of the six business roles."""
    thin = [name for name, number in CELLS.items() if (maker := maker_of(name)) and not maker.nowhere
            and number < (2 if maker.at_top else 4) * len(BUSINESS) + len(ADMINISTRATORS)]
    assert thin == []
