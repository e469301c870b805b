"""Score the articles that were imported from a page against what a careful reader finds on it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from evaluation_answers import Block, PageAnswers
from evaluation_fields import FIELDS, check_fields
from evaluation_imports import ImportedArticle
from evaluation_matching import Match, match_articles
from evaluation_measures import Measure, Ratio
from evaluation_wording import count_typography_faults, is_jump, plain, plain_body

_ENDS = 10  # characters at either end by which a paragraph is known
_ATTACHMENT = frozenset({"附件", "附件:"})
_BYLINE = re.compile(r"[□■]|\W*(本报)?(记者|通讯员)")  # □ 本报记者 李岩
_PIECES = re.compile(r"\s+|\*\*")
# A wrong kind or column files an article elsewhere; the reader still gets what was printed.
_GRAVE = frozenset(
    {
        Measure.TITLE,
        Measure.KICKER,
        Measure.DECK,
        Measure.AUTHORS,
        Measure.PLACE,
        Measure.DATE,
        Measure.JUMP,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something that is wrong; ``place`` says where on the page, ``detail`` cites its text."""

    file: str
    measure: Measure
    place: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageScore:
    """The ratios of one page, and what is wrong there; too much of it for a failing test."""

    file: str
    ratios: Mapping[Measure, Ratio] = field(repr=False)
    notes: tuple[Note, ...] = field(repr=False)


def score_page(page: PageAnswers, imported: Sequence[ImportedArticle], text: str) -> PageScore:
    """Score the articles that were imported from a page text."""
    tally = _Tally(file=page.file)
    matches = match_articles(page.articles, imported)
    _score_bodies(tally, matches, imported)
    _score_blocks(tally, matches, imported)
    faults = _score_fields(tally, matches)
    _score_flags(tally, imported, faults)
    _score_lines(tally, page, imported, text)
    return PageScore(file=page.file, ratios=tally.ratios, notes=tuple(tally.notes))


@dataclass(slots=True, kw_only=True)
class _Tally:
    """The ratios and notes of a page as they grow."""

    file: str
    ratios: dict[Measure, Ratio] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    def count(self, measure: Measure, got: int, of: int) -> None:
        self.ratios[measure] = self.ratios.get(measure, Ratio()) + Ratio(got=got, of=of)

    def note(self, measure: Measure, place: str, detail: str) -> None:
        self.notes.append(Note(file=self.file, measure=measure, place=place, detail=detail))


def _score_bodies(
    tally: _Tally, matches: Sequence[Match], imported: Sequence[ImportedArticle]
) -> None:
    """Count whole articles and characters, each as F1: twice the hits of both sides' sum."""
    whole = sum(match.whole for match in matches)
    hits = sum(match.hit for match in matches)
    wanted_chars = sum(len(match.text) for match in matches)
    found_chars = sum(len(article.text) for article in imported)
    tally.count(Measure.ARTICLES, 2 * whole, len(matches) + len(imported))
    tally.count(Measure.CHARS, 2 * hits, wanted_chars + found_chars)
    for match in matches:
        found = match.imported
        detail = f"{match.hit} of {len(match.text)} characters"
        detail += f", {len(found.text)} imported" if found else ", not imported"
        if found is None or not match.hit == len(match.text) == len(found.text):
            tally.note(Measure.CHARS, _place(match), detail)
        if not match.whole:
            tally.note(Measure.ARTICLES, _place(match), f"{detail}: {match.answer.headline}")
    matched = {match.imported.article.id for match in matches if match.imported}
    for article in imported:
        if article.article.id not in matched:
            detail = f"is no article of the page: {article.article.title}"
            tally.note(Measure.ARTICLES, f"imported {article.article.id}", detail)


def _score_blocks(
    tally: _Tally, matches: Sequence[Match], imported: Sequence[ImportedArticle]
) -> None:
    """Count subheads, and paragraphs by their first and last characters, as F1."""
    for match in matches:
        found = match.imported.blocks if match.imported else ()
        subheads = Counter(plain(b.text) for b in match.answer.body if b.kind == "sub")
        paragraphs = Counter(_ends(plain_body(b.text)) for b in match.answer.body)
        for measure, wanted, have in (
            (Measure.SUBHEADS, subheads, _find_subheads(found)),
            (Measure.PARAGRAPHS, paragraphs, Counter(_ends(b.text) for b in found)),
        ):
            tally.count(measure, 2 * (wanted & have).total(), wanted.total())
            if wanted != have:
                detail = f"without {list(wanted - have)}, with {list(have - wanted)}"
                tally.note(measure, _place(match), detail)
    for article in imported:
        tally.count(Measure.SUBHEADS, 0, _find_subheads(article.blocks).total())
        tally.count(Measure.PARAGRAPHS, 0, len(article.blocks))


def _find_subheads(blocks: Iterable[Block]) -> Counter[str]:
    return Counter(block.text for block in blocks if block.kind == "sub")


def _ends(text: str) -> str:
    return f"{text[:_ENDS]}…{text[-_ENDS:]}"


def _score_fields(tally: _Tally, matches: Sequence[Match]) -> dict[str, tuple[str, ...]]:
    """Count right fields; gives what is gravely wrong with each imported article, by its id."""
    faults: dict[str, tuple[str, ...]] = {}
    for match in matches:
        if match.imported is None:
            for measure in FIELDS:
                tally.count(measure, 0, 1)
                tally.note(measure, _place(match), "not imported")
            continue
        checks = check_fields(match.answer, match.imported.article)
        for measure, check in checks.items():
            tally.count(measure, int(check.right), 1)
            if not check.right:
                detail = f"want {check.want!r}, got {check.have!r} ({match.answer.headline})"
                tally.note(measure, _place(match), detail)
        wrong = [str(m) for m, check in checks.items() if m in _GRAVE and not check.right]
        faults[match.imported.article.id] = (*([] if match.whole else ["not whole"]), *wrong)
    return faults


def _score_flags(
    tally: _Tally, imported: Sequence[ImportedArticle], faults: Mapping[str, tuple[str, ...]]
) -> None:
    """Count articles that are wrong without a flag, that are flagged, that are both."""
    for each in imported:
        article = each.article
        wrong = faults.get(article.id, ("is no article of the page",))
        place = f"imported {article.id}"
        tally.count(Measure.SILENT, int(bool(wrong) and not article.review), 1)
        tally.count(Measure.FLAGGED, int(bool(article.review)), 1)
        if article.review:
            tally.count(Measure.TRUE_FLAGS, int(bool(wrong)), 1)
            detail = f"{', '.join(article.review)}; {', '.join(wrong) or 'nothing wrong'}"
            tally.note(Measure.FLAGGED, place, detail)
            if not wrong:
                tally.note(Measure.TRUE_FLAGS, place, detail)
        elif wrong:
            tally.note(Measure.SILENT, place, f"{', '.join(wrong)}: {article.title}")


def _score_lines(
    tally: _Tally, page: PageAnswers, imported: Sequence[ImportedArticle], text: str
) -> None:
    """Count the lines of the page that stand whole in an article, and faults of typography."""
    for each in imported:
        faults = count_typography_faults(each.article.body)
        tally.count(Measure.TYPOGRAPHY, len(each.text) - faults, len(each.text))
        if faults:
            place = f"imported {each.article.id}"
            tally.note(Measure.TYPOGRAPHY, place, f"{faults} faults: {each.article.title}")
    furniture = set(map(plain, page.furniture))
    said = [_say_all(each) for each in imported]
    for number, raw in enumerate(text.split("\n"), start=1):
        line = plain(raw)
        if not line or line in furniture or line in _ATTACHMENT or is_jump(line):
            continue
        kept = _is_kept(raw, line, said)
        tally.count(Measure.KEPT, int(kept), 1)
        if not kept:
            tally.note(Measure.KEPT, f"line {number}", raw.strip())


def _say_all(imported: ImportedArticle) -> str:
    """Give all that an imported article says, with a mark between its parts."""
    article = imported.article
    heads = (article.title, article.kicker, article.deck, article.column)
    names = "".join(sorted({plain(person.name) for person in article.authors}))
    return "\0".join((*map(plain, heads), plain(article.body), imported.text, names))


def _is_kept(raw: str, line: str, said: Iterable[str]) -> bool:
    """Tell whether one article says a line whole: as it is, in pieces, or as its byline."""
    pieces = [piece for piece in map(plain, _PIECES.split(raw)) if piece]
    return bool(_BYLINE.match(line)) or any(
        line in article or all(piece in article for piece in pieces) for article in said
    )


def _place(match: Match) -> str:
    return f"article {match.number}"
