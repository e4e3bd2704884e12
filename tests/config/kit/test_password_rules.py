"""The two profiles of passwords."""
import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import get_password_validators, validate_password
from django.core.exceptions import ImproperlyConfigured, ValidationError

from config.kit import password_rules
from config.settings import base


def refused(profile, password):
    try:
        validate_password(password, password_validators=get_password_validators(password_rules.validators(profile)))
    except ValidationError as reason:
        return reason.messages
    return []


@pytest.mark.parametrize(
    ("profile", "password", "is_fine"),
    [
        ("asvs", "river-lantern-8", True), ("asvs", "riverlantern", True), ("asvs", "short-one-1", False),
        ("asvs", "qwerty123456", False),  # a common one
        ("dengbao", "River-lant1", True), ("dengbao", "river-lantern-8", True), ("dengbao", "riverlantern", False),
        ("dengbao", "RiverLantern", False), ("dengbao", "Riv-1er", False),
    ],
)
def test_what_each_profile_takes(profile, password, is_fine):
    assert (refused(profile, password) == []) is is_fine


def test_the_message_of_signs():
    assert "大写字母、小写字母、数字、符号里至少要有三种。" in refused("dengbao", "riverlantern")


def test_how_old_a_password_grows():
    assert (password_rules.max_age_days("asvs"), password_rules.max_age_days("dengbao")) == (None, 180)


def test_another_profile_is_refused_at_the_start():
    with pytest.raises(ImproperlyConfigured, match="asvs or dengbao"):
        password_rules.validators("none")


def test_passwords_are_kept_with_argon2(settings):
    """The suite's own settings hash in a hurry; what a deployment runs with is the base."""
    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS
    assert make_password("river-lantern-82").startswith("argon2$argon2id$")
