"""Days on which people work or rest against the rule (节假日安排), as far as the library of notices does not know them."""
from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarDayQuerySet(models.QuerySet):
    """Reads in the words of the office."""

    def visible_to(self, user):
        """The calendar is everybody's who is signed in."""
        return self.all() if user.is_authenticated else self.none()

    def kept(self):
        """{day: whether it is worked}, as config.kit.working_days takes it."""
        return dict(self.values_list("day", "is_working"))


class CalendarDay(models.Model):
    """`day` is worked or free, whatever day of the week it is."""

    day = models.DateField(_("日期"), unique=True, error_messages={"unique": _("这一天已经登记过。")})
    is_working = models.BooleanField(_("上班"))
    note = models.CharField(_("依据"), max_length=60, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("units.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = CalendarDayQuerySet.as_manager()

    def __str__(self):
        return self.day.isoformat()
