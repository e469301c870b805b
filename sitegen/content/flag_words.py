"""Say in words what a human should look at."""

from __future__ import annotations

from sitegen.model import ReviewFlag

FLAG_WORDS = {
    ReviewFlag.HEADLINE_MISSING: "no headline was found",
    ReviewFlag.HEADLINE_WEAK: "the headline may be another's",
    ReviewFlag.BODY_UNFINISHED: "the text breaks off",
    ReviewFlag.CUT_UNCERTAIN: "it may begin or end elsewhere",
    ReviewFlag.SPLICE_SUSPECTED: "it may be two articles",
    ReviewFlag.DATE_INFERRED: "the date is a conclusion",
    ReviewFlag.PAGE_INFERRED: "the page label is a conclusion",
    ReviewFlag.PLACE_UNKNOWN: "the place is not known",
    ReviewFlag.DAMAGED_TEXT: "the text is damaged",
}
# Said once a page in the edition itself; there is nothing in the article to look at.
INFERRED = frozenset({ReviewFlag.DATE_INFERRED, ReviewFlag.PAGE_INFERRED})
