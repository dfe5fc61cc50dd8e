"""When schedules are due, worked out by Python's calendar and zones, which share no code with the engine.

Reads a list of schedules as JSON from standard input; each has `recurrence` and, in seconds since 1970, the
interval (`from`, `until`]. Writes one line for each schedule: its due times in order, as a JSON list of seconds.

The rule (C04): a time of day is due once on its day: when the clocks show it; the first time where they show it
twice; the first second after the gap where they skip it. What is due at the same moment is due once.
"""

import functools
import json
import sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
# No clock is further from UTC than this.
FARTHEST = 26 * 3600


def shown(zone, second):
    """What the clocks of the zone show at this second, as a date and time without a zone."""
    return datetime.fromtimestamp(second, zone).replace(tzinfo=None, fold=0)


@functools.cache
def due(name, day, at):
    """The second at which this time of day is due on this day."""
    zone = ZoneInfo(name)
    wanted = datetime.combine(day, datetime.strptime(at, "%H:%M").time())
    first = int(wanted.replace(tzinfo=zone, fold=0).timestamp())
    if shown(zone, first) == wanted:
        return first
    # Never shown: the first second at which the clocks are past it, by halving.
    utc = int(wanted.replace(tzinfo=timezone.utc).timestamp())
    before, past = utc - FARTHEST, utc + FARTHEST
    while past - before > 1:
        middle = (before + past) // 2
        if shown(zone, middle) < wanted:
            before = middle
        else:
            past = middle
    return past


def due_times(recurrence, start, end):
    """Every second in (start, end] at which this is due."""
    zone = ZoneInfo(recurrence["zone"])
    day = shown(zone, start).date() - timedelta(days=2)
    last_day = shown(zone, end).date() + timedelta(days=2)
    found = set()
    while day <= last_day:
        if recurrence["every"] == "day" or DAYS[day.weekday()] in recurrence["on"]:
            found.update(due(recurrence["zone"], day, at) for at in recurrence["at"])
        day += timedelta(days=1)
    return sorted(second for second in found if start < second <= end)


for one in json.load(sys.stdin):
    print(json.dumps(due_times(one["recurrence"], one["from"], one["until"])))
