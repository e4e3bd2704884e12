"""The second step: a phone's code once, five wrong ones, codes on paper, and what the database keeps."""
import pytest
from django_otp.oath import TOTP

from tests.factories.units import UserFactory
from units.domain import second_factors
from units.domain.second_factors import (
    CodeRefused,
    OwnFactor,
    TooManyCodes,
    address_of,
    check_code,
    codes_left,
    enrol,
    renew_codes,
    reset_second_factor,
    spelled,
)
from units.models import HistoryEntry, RecoveryCode, SecondFactor

SECRET = b"12345678901234567890"  # of RFC 6238, appendix B
NOW = 1_234_567_890  # 005924 stands in the RFC for this second (89005924 with eight digits)


def code_at(seconds):
    """What the phone shows at this second."""
    counted = TOTP(SECRET, step=30)
    counted.time = seconds
    return f"{counted.token():06d}"


@pytest.fixture
def person(db):
    return UserFactory(username="li.si")


@pytest.fixture
def codes(person, at):
    return enrol(person, SECRET, code_at(NOW), seconds=NOW, at=at)


@pytest.fixture
def factor(codes, person):
    return SecondFactor.objects.get(user=person)


def test_the_codes_are_those_of_the_standard():
    assert code_at(NOW) == "005924"


def test_a_wrong_first_code_enrols_nothing(person, at):
    with pytest.raises(CodeRefused, match="验证码不对。请看手机上现在的 6 位数字，手机时间要准。"):
        enrol(person, SECRET, "000000", seconds=NOW, at=at)
    assert not SecondFactor.objects.exists()


@pytest.mark.parametrize("offset", [30, 60])
def test_the_next_codes_are_taken(factor, at, offset):
    check_code(factor, code_at(NOW + offset), seconds=NOW + offset, at=at)


@pytest.mark.parametrize("offset", [0, 29])
def test_a_code_is_taken_once(factor, at, offset):
    """Also the one that enrolled: who looked over the shoulder cannot use it again."""
    with pytest.raises(CodeRefused, match="验证码不对，或者已经用过。请等手机换一个再输。"):
        check_code(factor, code_at(NOW), seconds=NOW + offset, at=at)


def test_an_old_code_is_refused(factor, at):
    later = NOW + 600
    check_code(factor, code_at(later), seconds=later, at=at)
    with pytest.raises(CodeRefused):
        check_code(factor, code_at(later - 30), seconds=later, at=at)
    with pytest.raises(CodeRefused):
        check_code(factor, code_at(later - 300), seconds=later + 30, at=at)


def test_five_wrong_codes_lock_for_a_quarter_of_an_hour(factor, at):
    for _try in range(5):
        with pytest.raises(CodeRefused):
            check_code(factor, "000000", seconds=NOW + 60, at=at)
    factor.refresh_from_db()
    with pytest.raises(TooManyCodes, match="验证码连续输错 5 次，请过 15 分钟再试。"):
        check_code(factor, code_at(NOW + 90), seconds=NOW + 90, at=at)
    check_code(factor, code_at(NOW + 1000), seconds=NOW + 1000, at=at)
    assert HistoryEntry.objects.filter(verb="lock_second_factor").count() == 1


def test_ten_codes_on_paper_each_works_once(codes, factor, at):
    assert len(set(codes)) == 10 == codes_left(factor)
    check_code(factor, codes[3].upper(), seconds=NOW, at=at)
    assert codes_left(factor) == 9
    with pytest.raises(CodeRefused):
        check_code(factor, codes[3], seconds=NOW, at=at)


def test_neither_the_secret_nor_the_codes_stand_in_the_database(codes, factor):
    assert SECRET not in bytes(factor.secret)
    assert not set(codes) & set(RecoveryCode.objects.values_list("hash", flat=True))


def test_new_codes_end_the_old_ones(codes, factor, person, at):
    new = renew_codes(factor, by=person, at=at)
    with pytest.raises(CodeRefused):
        check_code(factor, codes[0], seconds=NOW, at=at)
    check_code(factor, new[0], seconds=NOW, at=at)


def test_another_person_resets_it_and_it_is_on_record(factor, person, system, at):
    reset_second_factor(person, by=system, at=at)
    assert not SecondFactor.objects.exists() and not RecoveryCode.objects.exists()
    assert HistoryEntry.objects.get(verb="reset_second_factor").actor == system


def test_nobody_resets_the_own_one(factor, person, at):
    with pytest.raises(OwnFactor, match="自己的第二步验证由另一位系统管理员重设。"):
        reset_second_factor(person, by=person, at=at)


def test_what_the_phone_reads():
    assert spelled(SECRET) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
    assert address_of(SECRET, "li.si").startswith("otpauth://totp/") and "secret=GEZDGNBVGY3T" in address_of(SECRET, "li.si")
    assert second_factors.STEP == 30
