"""Whose address is protected, and what that hides. Every list, search, page and gate asks here."""

GRADER = ("klientadresse", "fortrolig", "strengt_fortrolig")
"""The degrees, the weakest first. The client address is one of them: none of the three may be shown in lists (domain.md 7.1).

All three hide the same. A degree that hid less would tell, by what is shown, which degree it is:

| Where | Hidden, at every degree |
|---|---|
| list of households, its exports | the applicant's name, when anybody in the household is protected: a child's name leads to its mother |
| search | the household is not found by anybody's name in it, only by a number or the case number |
| the household's page, consents and the copy | nothing opens without a reason (`rules.innsyn`: «skjermet»), and the look counts as unusual |
| the household's page | the centre, for others than IMDi and those who work there; that the address is protected stands there, with its degree |
| somebody else's relations | the name, when she belongs to another household |
| two that may be one | where she has lived |
| the copy a person gets | centres where others of the household live and she does not, and who works there (hidden of everybody, protected or not) |
"""


def strengeste(en: str, annen: str) -> str:
    """Of two degrees of protection (empty: none): what was hidden stays hidden."""
    return max(en, annen, key=("", *GRADER).index)
