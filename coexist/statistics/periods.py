"""Days and months, as people of the site's time zone count them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both included."""

    start: date
    end: date

    @property
    def previous(self) -> "Period":
        """As many days, just before."""
        return Period(self.start - (self.end - self.start) - DAY, self.start - DAY)

    @property
    def since(self) -> datetime:
        return midnight(self.start)

    @property
    def until(self) -> datetime:
        """The first moment that is no longer in it."""
        return midnight(self.end + DAY)

    def holds(self, field: str) -> Q:
        """Rows whose moment `field` lies in it."""
        return Q(**{f"{field}__gte": self.since, f"{field}__lt": self.until})

    @property
    def months(self) -> list[date]:
        """The first day of each month that it touches."""
        found = [self.start.replace(day=1)]
        while (following := month_after(found[-1])) <= self.end:
            found.append(following)
        return found

    def __str__(self) -> str:
        return _("%(start)s – %(end)s") % {
            "start": date_format(self.start, "SHORT_DATE_FORMAT"),
            "end": date_format(self.end, "SHORT_DATE_FORMAT"),
        }


def midnight(day: date) -> datetime:
    """The day's first moment here, whichever of the two times of the year holds."""
    return timezone.make_aware(datetime.combine(day, time.min))


def month_after(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def last_months(number: int) -> Period:
    """So many months, the one that has begun included."""
    today = timezone.localdate()
    place = today.year * 12 + today.month - number
    return Period(date(place // 12, place % 12 + 1, 1), today)


def this_year() -> Period:
    today = timezone.localdate()
    return Period(today.replace(month=1, day=1), today)


def last_year() -> Period:
    year = timezone.localdate().year - 1
    return Period(date(year, 1, 1), date(year, 12, 31))


def twelve_months() -> Period:
    """Up to today, from the day after the same day a year ago."""
    today = timezone.localdate()
    earlier = today.replace(year=today.year - 1, day=min(today.day, 28) if today.month == 2 else today.day)
    return Period(earlier + DAY, today)


def last_quarter() -> Period:
    """The last three whole months of the calendar's quarters."""
    today = timezone.localdate()
    begins = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    end = begins - DAY
    return Period(end.replace(month=end.month - 2, day=1), end)
