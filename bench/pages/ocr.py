"""Print a page as OCR reads it: whole paragraphs, with heading marks and stray blanks."""

import re
from random import Random

from compose import Page, Placed
from printed import Line, Role, column_lines, head_lines, text_lines

_HALF_WIDTH = str.maketrans("，：；！？（）", ",:;!?()")
_STRAIGHT = str.maketrans("“”", '""')
# One blank in so many characters of Chinese text is a false one.
_STRAY = 1 / 90
# Between two Chinese characters, e.g. between 敲 and 定.
_INSIDE = re.compile(r"(?<=[\u3400-\u9fff])(?=[\u3400-\u9fff])")
_BREAKABLE_LENGTH = 70

_CLEAN_MARKS = {
    Role.COLUMN: "## ",
    Role.KICKER: "### ",
    Role.HEADLINE: "## ",
    Role.DECK: "## ",
    Role.SUB: "### ",
}


def print_clean(page: Page, random: Random) -> str:
    """Print with right punctuation, and a heading mark for every head."""
    lines = [
        _CLEAN_MARKS.get(line.role, "") + _emphasised(line)
        for placed in page.articles
        for line in _all_lines(placed)
    ]
    return _join(page, lines, random, half_width=False)


def print_mixed(page: Page, random: Random) -> str:
    """Print with half-width punctuation, stray blanks and marks that agree with nothing."""
    straight = random.random() < 0.5
    lines: list[str] = []
    for placed in page.articles:
        lines += _mixed_article(placed, random, straight=straight)
    return _join(page, lines, random, half_width=True)


def print_bare(page: Page, random: Random) -> str:
    """Print as mixed, but without any mark; on some pages paragraphs are broken as well."""
    straight = random.random() < 0.5
    broken = 0.12 if random.random() < 0.4 else 0.0
    lines: list[str] = []
    for placed in page.articles:
        for line in _all_lines(placed):
            text = _misread(line.text, random, straight=straight)
            breakable = line.role is Role.TEXT and len(text) > _BREAKABLE_LENGTH
            if breakable and random.random() < broken:
                lines += _break(text, random)
            else:
                lines.append(text)
    return _join(page, lines, random, half_width=True)


def _all_lines(placed: Placed) -> tuple[Line, ...]:
    return column_lines(placed) + head_lines(placed) + text_lines(placed)


def _join(page: Page, lines: list[str], random: Random, *, half_width: bool) -> str:
    folio = list(page.folio.lines) if page.folio else []
    if half_width:
        folio = [line.translate(_HALF_WIDTH) for line in folio]
    ordered = folio + lines if random.random() < 0.7 else lines + folio
    return "\n\n".join(ordered) + "\n"


def _emphasised(line: Line) -> str:
    """Mark the bold start of a paragraph, as in **粮补到账** for its first four."""
    if not line.bold:
        return line.text
    return f"**{line.text[: line.bold]}**{line.text[line.bold :]}"


def _misread(text: str, random: Random, *, straight: bool) -> str:
    text = text.translate(_HALF_WIDTH)
    if straight:
        text = text.translate(_STRAIGHT)
    return _INSIDE.sub(lambda _: " " if random.random() < _STRAY else "", text)


def _mixed_article(placed: Placed, random: Random, *, straight: bool) -> list[str]:
    lines: list[str] = []
    for line in _all_lines(placed):
        text = _misread(_emphasised(line), random, straight=straight)
        lines.append(_marked(line.role, text, random))
    if placed.article.kicker and random.random() < 0.2:
        # Kicker and headline were read as one line.
        at = len(column_lines(placed))
        bare = lines[at].strip("#* ")
        lines[at : at + 2] = [f"{bare} {lines[at + 1].lstrip('# ')}"]
    return lines


def _marked(role: Role, text: str, random: Random) -> str:
    match role:
        case Role.HEADLINE:
            form = random.choice(("{}", "**{}**", "## {}", "## {}", "# {}"))
        case Role.COLUMN:
            form = random.choice(("{}", "## {}", "**{}**"))
        case Role.KICKER:
            form = random.choice(("{}", "**{}**", "### {}"))
        case Role.SUB:
            form = random.choice(("{}", "**{}**"))
        case Role.DECK | Role.BYLINE | Role.TEXT:
            form = "{}"
    return form.format(text)


def _break(text: str, random: Random) -> list[str]:
    """Break a paragraph in mid-sentence, as at the foot of a printed column."""
    inside = [match.start() for match in _INSIDE.finditer(text) if match.start() > 20]
    inside = [at for at in inside if at < len(text) - 20]
    if not inside:
        return [text]
    at = random.choice(inside)
    return [text[:at], text[at:]]
