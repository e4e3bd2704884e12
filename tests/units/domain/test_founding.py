"""The first moment: a root, four accounts kept apart, and never a second time."""
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from units.domain.founding import AlreadyFounded, found_installation
from units.models import Organization, User


@pytest.fixture
def founded(db, at, today):
    return found_installation(code="00", name="直属机关党委", founded_on=date(1980, 3, 1), at=at, on=today)


def test_root_and_four_accounts(founded):
    root, accounts = founded
    assert (root.depth, root.is_root, root.path) == (1, True, "0000")
    assert [account.username for account in accounts] == ["system", "security", "audit", "office"]
    office = User.objects.get(username="office")
    assert office.main_grant.organization == root
    assert all(user.must_change_password for user in User.objects.all())


def test_office_can_import_at_once(founded, client_for):
    office = User.objects.get(username="office")
    office.must_change_password = False
    office.save()
    assert client_for(office).get("/imports/new/").status_code == 200


def test_second_time_is_refused(founded, at, today):
    with pytest.raises(AlreadyFounded, match="这套系统里已经有党组织或账号，不用再初始化。"):
        found_installation(code="01", name="别的党委", founded_on=today, at=at, on=today)
    assert Organization.objects.count() == 1


def test_command_prints_passwords_and_refuses_a_second_time(db, capsys):
    call_command("found", code="00", name="直属机关党委")
    printed = capsys.readouterr().out
    assert "00 直属机关党委" in printed
    password = next(line.split()[1] for line in printed.splitlines() if line.startswith("office"))
    assert User.objects.get(username="office").check_password(password)
    with pytest.raises(CommandError, match="这套系统里已经有党组织或账号，不用再初始化。"):
        call_command("found", code="00", name="直属机关党委")
