"""The rules of the check: code, weight, what each finds, what is to be done."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sitegen.errors import Diagnostic, Location, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule; ``code`` stays what it is, as workflows of editors name it.

    An error is what a reader cannot read or what no build would take; what makes an edition wrong
    is a warning. ``finds`` is a sentence for the documentation, ``remedy`` what mends most cases.
    """

    code: str
    severity: Severity
    finds: str
    remedy: str

    def report(self, location: Location, message: str, *, remedy: str | None = None) -> Diagnostic:
        """Report what the rule found."""
        return Diagnostic(
            location=location,
            message=message,
            hint=remedy or self.remedy,
            severity=self.severity,
            code=self.code,
        )

    def name(self, diagnostic: Diagnostic) -> Diagnostic:
        """Name the rule in what another layer found; how much that weighs is the rule's to say."""
        return replace(diagnostic, severity=self.severity, code=self.code)


FRONT_MATTER = Rule(
    code="front-matter",
    severity=Severity.ERROR,
    finds="An article's file cannot be read, or its front matter breaks the contract.",
    remedy="mend the key that is named",
)
PAGE_SETTINGS = Rule(
    code="page-settings",
    severity=Severity.ERROR,
    finds="`pages.yaml` cannot be read, or says what it cannot.",
    remedy="mend the key that is named",
)
IMPORT_RECORD = Rule(
    code="import-record",
    severity=Severity.ERROR,
    finds="`content/imports.json`, the record of imports, is damaged.",
    remedy="restore it from version control",
)
ADDRESS_TAKEN = Rule(
    code="address-taken",
    severity=Severity.ERROR,
    finds="Two articles claim one address, by slug or alias.",
    remedy="give one of them another slug, or remove the alias",
)
PICTURE_UNUSABLE = Rule(
    code="picture-unusable",
    severity=Severity.ERROR,
    finds="A picture that an article names is not there, or cannot be read.",
    remedy="put the picture there, or mend its path",
)
PAGE_MISSING = Rule(
    code="page-missing",
    severity=Severity.WARNING,
    finds="The page labels of an issue have a hole: 1, 2, 4, or A1, A3. "
    "A page that was imported without an article is not missing.",
    remedy="import the page text, or mend 'page'",
)
PAGE_TWO_LABELS = Rule(
    code="page-two-labels",
    severity=Severity.WARNING,
    finds="One page of an issue has two labels, such as `03` beside `3`, and so becomes two pages.",
    remedy="write the label one way",
)
NUMBER_REPEATED = Rule(
    code="number-repeated",
    severity=Severity.WARNING,
    finds="Two issues have the same number (总第N期).",
    remedy="mend 'number' in pages.yaml, or the day of one of them",
)
NUMBER_DIFFERS = Rule(
    code="number-differs",
    severity=Severity.WARNING,
    finds="Two pages of one issue have different numbers.",
    remedy="mend 'number' in pages.yaml, or the day of one of them",
)
NUMBER_FALLS = Rule(
    code="number-falls",
    severity=Severity.WARNING,
    finds="An issue has a smaller number than one of an earlier day.",
    remedy="mend 'number' in pages.yaml, or the day of one of them",
)
NUMBER_GAP = Rule(
    code="number-gap",
    severity=Severity.WARNING,
    finds="The numbers of two issues say that more, or fewer, were printed between them than "
    "there are here.",
    remedy="import what is missing, or mend 'number' in pages.yaml",
)
JUMP_ALONE = Rule(
    code="jump-alone",
    severity=Severity.WARNING,
    finds="A story leads on to a page (下转第四版) or comes from one (上接第一版), and no article "
    "of the issue is its other part.",
    remedy="look for the other part, and set its 'continued_from' or 'continued_to'",
)
JUMP_UNMARKED = Rule(
    code="jump-unmarked",
    severity=Severity.WARNING,
    finds="A text opens or closes with a jump line, but the front matter does not say so: readers "
    "find no link to the other part.",
    remedy="set the key, and take the line out of the text",
)
CAPTION_ORPHAN = Rule(
    code="caption-orphan",
    severity=Severity.WARNING,
    finds="The words of a picture without the picture: a photo story or a text that closes with a "
    "photo credit and has no `images`, or a photo credit on a line of a page text that is in no "
    "article.",
    remedy="add the picture to 'images'",
)
PICTURE_UNUSED = Rule(
    code="picture-unused",
    severity=Severity.WARNING,
    finds="A picture below `content/` is named by no article.",
    remedy="name it in 'images' of its article, or remove it",
)
ARTICLE_TWICE = Rule(
    code="article-twice",
    severity=Severity.WARNING,
    finds="Two articles have nearly the same text, on two pages or in two issues. Notices and "
    "lists may come again in another issue.",
    remedy="remove one of them",
)
LINES_UNPLACED = Rule(
    code="lines-unplaced",
    severity=Severity.WARNING,
    finds="Lines of a page text are in no article, and are no furniture of the page.",
    remedy="decide them in pages.yaml (start, join, furniture, ignore), and import again",
)
PAGE_UNIMPORTED = Rule(
    code="page-unimported",
    severity=Severity.WARNING,
    finds="A page text was never imported, or has changed since.",
    remedy="run 'sitegen import'",
)
DECISIONS_UNAPPLIED = Rule(
    code="decisions-unapplied",
    severity=Severity.WARNING,
    finds="Decisions of `pages.yaml` are not applied: their page text has changed since, or holds "
    "no such line.",
    remedy="review their lines, and mend them",
)
REVIEW_OPEN = Rule(
    code="review-open",
    severity=Severity.WARNING,
    finds="The importer was in doubt about an article, and nobody has settled it.",
    remedy="look at the article, then take the flags out",
)
ALT_MISSING = Rule(
    code="alt-missing",
    severity=Severity.WARNING,
    finds="A picture has neither `alt` nor `caption`.",
    remedy="say what it shows, for those who do not see it",
)
ALIAS_HIDDEN = Rule(
    code="alias-hidden",
    severity=Severity.WARNING,
    finds="An alias is the address of a page of the site, so that nobody is redirected.",
    remedy="build again if that page has moved, else remove the alias",
)
SITE_EMPTY = Rule(
    code="site-empty",
    severity=Severity.ERROR,
    finds="The output folder holds no HTML document.",
    remedy="run 'sitegen build' first",
)
LINK_BROKEN = Rule(
    code="link-broken",
    severity=Severity.ERROR,
    finds="A link, picture, script or style sheet of the built site leads to no file.",
    remedy="mend the link, or add what it leads to",
)
FRAGMENT_BROKEN = Rule(
    code="fragment-broken",
    severity=Severity.ERROR,
    finds="A link leads to a place in a page (`#id`) that is not there.",
    remedy="mend the link",
)
ID_TWICE = Rule(
    code="id-twice",
    severity=Severity.ERROR,
    finds="Two elements of a page have one id.",
    remedy="keep one of them",
)
POLICY_BREACH = Rule(
    code="policy-breach",
    severity=Severity.WARNING,
    finds="A page holds what its own Content-Security-Policy forbids, so that browsers leave it "
    "out: a script or style inside the page, or one of another host.",
    remedy="move it to a file of the theme's static/",
)
HEADER_MISSING = Rule(
    code="header-missing",
    severity=Severity.WARNING,
    finds="`_headers` of the built site is not there, or lacks a header that a build writes.",
    remedy="build again",
)
HEADER_CHANGED = Rule(
    code="header-changed",
    severity=Severity.WARNING,
    finds="`_headers` gives a header another value than a build writes, such as a weaker policy.",
    remedy="build again, and leave _headers as it is",
)
HEADER_TWICE = Rule(
    code="header-twice",
    severity=Severity.WARNING,
    finds="A header that the build writes is set once more, in `_headers` or `netlify.toml`: "
    "hosts join the two values.",
    remedy="take it out here",
)
CACHE_WRONG = Rule(
    code="cache-wrong",
    severity=Severity.WARNING,
    finds="`_headers` lets browsers keep for ever a file whose name does not change with what it "
    "says.",
    remedy="build again, and leave _headers as it is",
)
REDIRECT_BROKEN = Rule(
    code="redirect-broken",
    severity=Severity.ERROR,
    finds="`_redirects` of the built site cannot be read, or has a line of which hosts make "
    "nothing: the old address leads nowhere.",
    remedy="remove it, and build again",
)
HOST_SETTINGS = Rule(
    code="host-settings",
    severity=Severity.WARNING,
    finds="`netlify.toml` cannot be read, or publishes another folder than builds write.",
    remedy="mend 'publish', or 'output' in site.yaml",
)
FILE_LARGE = Rule(
    code="file-large",
    severity=Severity.WARNING,
    finds="A file of the built site is larger than its budget.",
    remedy="make it smaller",
)

RULES = (
    FRONT_MATTER, PAGE_SETTINGS, IMPORT_RECORD, ADDRESS_TAKEN, PICTURE_UNUSABLE, PAGE_MISSING,
    PAGE_TWO_LABELS, NUMBER_REPEATED, NUMBER_DIFFERS, NUMBER_FALLS, NUMBER_GAP, JUMP_ALONE,
    JUMP_UNMARKED, CAPTION_ORPHAN, PICTURE_UNUSED, ARTICLE_TWICE, LINES_UNPLACED, PAGE_UNIMPORTED,
    DECISIONS_UNAPPLIED, REVIEW_OPEN, ALT_MISSING, ALIAS_HIDDEN, SITE_EMPTY, LINK_BROKEN,
    FRAGMENT_BROKEN, ID_TWICE, POLICY_BREACH, HEADER_MISSING, HEADER_CHANGED, HEADER_TWICE,
    CACHE_WRONG, REDIRECT_BROKEN, HOST_SETTINGS, FILE_LARGE,
)  # fmt: skip
