"""What a deployment asks of passwords: two profiles, chosen by SECURITY_PROFILE.

`asvs` follows OWASP ASVS (length instead of signs, no forced change), `dengbao` the Chinese classified protection of
information systems (等保 2.0, 8.1.4.1: complexity and regular change). In both a first password is changed at once.
"""
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.utils.translation import gettext_lazy as _

CLASSES = (str.islower, str.isupper, str.isdigit, lambda letter: not letter.isalnum())
LEAST = {"asvs": 12, "dengbao": 10}
DAYS = {"asvs": None, "dengbao": 180}
WORDS = {
    "asvs": _("至少 12 个字符，可以是几个不相干的词；不要用常见的密码，不要和账号、姓名相近。"),
    "dengbao": _("至少 10 个字符，大写字母、小写字母、数字、符号里至少有三种；不要和账号、姓名相近。180 天要换一次。"),
}
STANDARD = "django.contrib.auth.password_validation."


class ThreeClasses:
    """At least three of: small letters, capitals, digits, other signs."""

    def validate(self, password, user=None):
        if sum(any(belongs(letter) for letter in password) for belongs in CLASSES) < 3:
            raise ValidationError(self.get_help_text(), code="too_simple")

    def get_help_text(self):
        return _("大写字母、小写字母、数字、符号里至少要有三种。")


def _known(profile):
    if profile not in LEAST:
        raise ImproperlyConfigured(f"SECURITY_PROFILE is asvs or dengbao, not {profile!r}")
    return profile


def validators(profile):
    """AUTH_PASSWORD_VALIDATORS of the profile. Raises ImproperlyConfigured for another word."""
    rules = [
        {"NAME": STANDARD + "UserAttributeSimilarityValidator"},
        {"NAME": STANDARD + "MinimumLengthValidator", "OPTIONS": {"min_length": LEAST[_known(profile)]}},
        {"NAME": STANDARD + "CommonPasswordValidator"},
    ]
    return [*rules, {"NAME": f"{__name__}.ThreeClasses"}] if profile == "dengbao" else rules


def max_age_days(profile):
    """Days after which a password has to be changed; None: never."""
    return DAYS[_known(profile)]


def words(profile):
    """The rules in a sentence for the person who chooses one."""
    return WORDS[_known(profile)]
