"""Every address has its row in the permission table, and what the row tests needs is there."""
import pytest

from tests.house.test_urls import named
from tests.permissions import (
    records_campaign,
    records_evaluations,
    records_polls,
    records_reviews,
    records_shown,
    records_symposiums,
    records_units,
)
from tests.permissions.world import maker_of
from units.middleware import PUBLIC_NAMES
from units.permission_table import right_of, subjects, words_of

WHERE = (
    "Add a row to {app}/permission_rows.py: right(_(\"动作\"), \"{name}\", secretary=OWN, office=SUBTREE) in its subject "
    "(docs/development.md, 权限表), then ask it: pytest tests/permissions -k {name}"
)
RECORD = (
    "The URL of {name} has keys: say in tests/permissions/records_{app}.py which record stands there, "
    "@record_of(\"{name}\") def _it(world, organization): return {{\"pk\": …}} (docs/development.md, 权限表)"
)
# Imported, they name their makers.
RECORDS = (
    records_units, records_campaign, records_shown, records_evaluations, records_polls, records_symposiums, records_reviews,
)


def app_of(entry):
    return entry.callback.__module__.split(".")[0]


def without_row(entries):
    """A sentence for each address that no row names."""
    return [WHERE.format(app=app_of(entry), name=name) for name, entry in entries if right_of(name) is None]


def without_record(entries):
    return [RECORD.format(app=app_of(entry), name=name) for name, entry in entries
            if entry.pattern.converters and maker_of(name) is None]


def test_every_address_has_a_row():
    assert without_row(named()) == []


def test_every_address_with_keys_has_a_record():
    assert without_record(named()) == []


def test_a_row_names_addresses_that_exist_once():
    there = [name for name, _entry in named()]
    in_rows = [name for one in subjects() for right in one.rights for name in right.names]
    assert sorted(in_rows) == sorted(set(in_rows))
    assert set(in_rows) - set(there) == set()


def test_public_rows_are_the_public_pages():
    marked = {name for name, entry in named() if getattr(entry.callback, "public", False)}
    assert {name for one in subjects() for right in one.rights if right.public for name in right.names} == PUBLIC_NAMES | marked


def test_every_cell_has_words():
    for one in subjects():
        for right in one.rights:
            for reach in right.reach.values():
                assert words_of(reach)


# The rules can refuse -------------------------------------------------------------------------
@pytest.mark.parametrize("rule", [without_row, without_record])
def test_a_new_address_is_told_where_its_row_goes(rule):
    entry = next(entry for name, entry in named() if name == "plan_detail")
    assert "campaign" in rule([("brand_new", entry)])[0] and "brand_new" in rule([("brand_new", entry)])[0]
