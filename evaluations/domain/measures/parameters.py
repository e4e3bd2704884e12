"""Parameters of measures: what an indicator may say about how it counts, with defaults and the words of a refusal."""
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from config.kit.refusal import Refusal


class InvalidParameters(Refusal):
    """An indicator or gate asks its measure for something it does not know."""

    field = "parameters"


@dataclass(frozen=True)
class Choice:
    """One of several words; the first is the default."""

    name: str
    title: str | Promise
    options: tuple[tuple[str, str | Promise], ...]

    @property
    def default(self):
        return self.options[0][0]

    def clean(self, value):
        if value not in dict(self.options):
            raise InvalidParameters(_("“%(title)s”没有“%(value)s”这个选项。") % {"title": self.title, "value": value})
        return value


@dataclass(frozen=True)
class Number:
    """A whole number of `least` or more."""

    name: str
    title: str | Promise
    default: int = 1
    least: int = 1

    def clean(self, value):
        if not isinstance(value, int) or isinstance(value, bool) or value < self.least:
            raise InvalidParameters(
                _("“%(title)s”应是不小于 %(least)s 的整数。") % {"title": self.title, "least": self.least}
            )
        return value


@dataclass(frozen=True)
class Codes:
    """A list of codes, without repeats; empty means all."""

    name: str
    title: str | Promise

    @property
    def default(self):
        return []

    def clean(self, value):
        if not isinstance(value, list | tuple) or not all(isinstance(code, str) and code for code in value):
            raise InvalidParameters(_("“%(title)s”应是一列编号。") % {"title": self.title})
        return sorted(set(value))


def clean(schema, given):
    """`given` (a dict from the database or a form) with defaults, in the order of `schema`. Raises InvalidParameters."""
    unknown = sorted(set(given) - {parameter.name for parameter in schema})
    if unknown:
        raise InvalidParameters(_("没有参数“%(names)s”。") % {"names": "、".join(unknown)})
    return {parameter.name: parameter.clean(given.get(parameter.name, parameter.default)) for parameter in schema}


WINDOW = Choice("window", _("时间"), (("campaign", _("活动开始以来")), ("phase", _("本阶段"))))
KINDS = Codes("kinds", _("活动类型"))
