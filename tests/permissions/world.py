"""One small world in which every address is asked by every role: an organisation of one's own, one below, one beside and
the one above, with a record of each kind in each, and somebody signed in for each role.

Records are made by the functions that `record_of` knows, once, when first asked for; what a request changes is rolled back.
"""
import time
from dataclasses import dataclass, field

from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.factories.campaign import CampaignFactory, PhaseFactory
from tests.factories.units import MemberFactory, OrganizationFactory, UserFactory, user_with
from units.enums import ADMINISTRATORS, Category, OrganizationKind, Role
from units.permission_table import Reach

BUSINESS = [role for role in Role if role not in ADMINISTRATORS]
ON_THE_ROSTER = {Role.SECRETARY, Role.MEMBER}  # those whose account belongs to a member
NOWHERE = 987_654_321  # a key that no record has
NO_LINEAGE = "00000000-0000-4000-8000-000000000000"

_makers = {}
_own_makers = {}


@dataclass(frozen=True)
class Address:
    """Where one record stands: the keys of its URL, and what a page without keys is told in the query or the body."""

    keys: dict = field(default_factory=dict)
    query: str = ""
    data: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Maker:
    """How the record behind an address is made. `at_top`: only the top organisation has such a thing; `nowhere`: it belongs
    to no organisation at all."""

    make: object
    at_top: bool = False
    nowhere: bool = False


def record_of(names, *, at_top=False, nowhere=False):
    """Use the function `(world, organization) -> Address or dict of keys` for the addresses in `names`."""

    def use(make):
        for name in names.split():
            assert name not in _makers, f"two makers for {name}"
            _makers[name] = Maker(make, at_top, nowhere)
        return make

    return use


def own_record_of(names, *, on_the_roster=True):
    """The same for a record about the visitor's own person, or of the own hand: `(world, user)`. `on_the_roster`: only those
    have one whose account belongs to a member."""

    def use(make):
        _own_makers.update(dict.fromkeys(names.split(), (make, on_the_roster)))
        return make

    return use


def maker_of(name):
    """The Maker of an address, or None: then it is a page or a step of the whole product."""
    return _makers.get(name)


def has_own_record(name, user):
    """Whether this user has a record of the own behind the address."""
    return name in _own_makers and (user.member_id is not None or not _own_makers[name][1])


class World:
    """The organisations, the campaign, the people and their browsers."""

    def __init__(self):
        self.top = OrganizationFactory(name="直属机关党委", kind=OrganizationKind.ORGAN_COMMITTEE, category="")
        self.own = OrganizationFactory(name="办公厅党委", kind=OrganizationKind.COMMITTEE, parent=self.top)
        self.below = OrganizationFactory(name="办公厅第一党支部", parent=self.own)
        self.sibling = OrganizationFactory(
            name="信息中心党委", kind=OrganizationKind.COMMITTEE, category=Category.INSTITUTION, parent=self.top
        )
        self.far = OrganizationFactory(name="社会工作协会党支部", category=Category.SOCIETY, parent=self.top)  # the other side
        everywhere = (self.top, self.own, self.below, self.sibling, self.far)
        for organization in everywhere:
            organization.refresh_from_db()
        self.members = {one.pk: MemberFactory.create_batch(3, organization=one) for one in everywhere}
        self.campaign = CampaignFactory(organization=self.top, code="cxzy")
        self.phase = PhaseFactory(campaign=self.campaign)
        self.stranger = UserFactory(username="somebody", name="另一位同志")  # wrote what is not one's own
        self.plans = {}
        self._people = {}
        self._clients = {}
        self._addresses = {}
        for role in Role:
            self._arrive(role)

    def _arrive(self, role):
        if role in ADMINISTRATORS:
            self._people[role, None] = user_with(role, username=f"role-{role}", name=str(role.label))
            return
        for place, organization in (("own", self.own), ("top", self.top)):
            member = MemberFactory(organization=organization) if role in ON_THE_ROSTER else None
            name = f"{role.label}（{organization.name}）"[:30]
            self._people[role, place] = user_with(role, organization, username=f"{role}-{place}", name=name, member=member)

    def organization_at(self, reach):
        """The organisation that stands in this relation to one's own."""
        return {Reach.SELF: self.own, Reach.OWN: self.own, Reach.BELOW: self.below, Reach.SIBLING: self.sibling,
                Reach.ABOVE: self.top}[reach]

    def person(self, role, place="own"):
        return self._people[role, None if role in ADMINISTRATORS else place]

    def client(self, user):
        """The browser of `user` (None: nobody has signed in); nothing of the session is left to be written."""
        key = user.pk if user else None
        if key not in self._clients:
            client = Client()
            if user:
                client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
                session = client.session
                session["began"] = session["seen"] = int(time.time()) + 600
                session.save()
            self._clients[key] = client, client.cookies.output()
        client, cookies = self._clients[key]
        client.cookies.clear()
        client.cookies.load(cookies.replace("Set-Cookie: ", ""))  # also after it has signed out
        return client

    def address(self, name, organization):
        """The Address of the record in `organization`, made when first asked for."""
        return self._made(_makers[name].make, organization)

    def own_address(self, name, user):
        """The Address of the visitor's own record."""
        return self._made(_own_makers[name][0], user)

    def _made(self, make, whose):
        key = (make, type(whose), whose.pk)
        if key not in self._addresses:
            with transaction.atomic():
                made = make(self, whose)
            self._addresses[key] = made if isinstance(made, Address) else Address(made)
        return self._addresses[key]


def url_of(name, address):
    return reverse(name, kwargs=address.keys) + (f"?{address.query}" if address.query else "")


def missing(address):
    """The same kind of address with keys that no record has."""
    keys = {key: NOWHERE if isinstance(value, int) else NO_LINEAGE if len(str(value)) == 36 else value
            for key, value in address.keys.items()}
    query = "".join(letter for letter in address.query if not letter.isdigit()) + (str(NOWHERE) if address.query else "")
    return Address(keys, query, {key: NOWHERE if isinstance(value, int) else value for key, value in address.data.items()})
