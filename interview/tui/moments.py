"""A moment as it is said in a list: `i dag 09.12`, `i går 15.40`, `24 nov 15.40`."""

from datetime import date, datetime, timedelta

from interview.messages import Catalogue


def moment_said(moment: datetime, now: datetime, words: Catalogue) -> str:
    """The day, by name where it is near, and the time of day."""
    time = f"{moment:%H.%M}" if words.language == "sv" else f"{moment:%H:%M}"
    days = (moment.date() - now.date()) // timedelta(days=1)
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(days)
    if near is not None:
        return words(f"screens.{near}", time=time)
    month = words("screens.months").split()[moment.month - 1]
    return words("screens.day", day=moment.day, month=month, time=time)


def day_said(day: date, words: Catalogue) -> str:
    """A day without its time: `24 nov`."""
    return words("screens.date", day=day.day, month=words("screens.months").split()[day.month - 1])
