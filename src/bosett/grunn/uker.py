"""Calendar weeks as Norway counts them (ISO 8601): Monday to Sunday, known by their Monday."""

from datetime import date, timedelta


def mandag(dag: date) -> date:
    """The Monday of the week the day is in."""
    return dag - timedelta(days=dag.weekday())


def sondag(dag: date) -> date:
    """The last day of the week the day is in."""
    return mandag(dag) + timedelta(days=6)


def uker(fra: date, til: date) -> list[date]:
    """The Mondays from the week of `fra` to the week of `til`, both with; empty when `til` comes first."""
    forste = mandag(fra)
    return [forste + timedelta(weeks=nr) for nr in range(max(0, (mandag(til) - forste).days // 7 + 1))]


def ukekode(dag: date) -> str:
    """«2027-W16»: the ISO form, for exports and field names. The year is the week's own: 1 January 2027 is in 2026-W53."""
    aar, nr, _ = dag.isocalendar()
    return f"{aar}-W{nr:02}"
