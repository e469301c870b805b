"""Print what the review flags say against what is wrong with the articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from judging import BODY, EXTRA, TITLE
from margins import HEADLINE

from sitegen.model import ReviewFlag

# Flags of the whole page say nothing of one article.
_OF_PAGE = (ReviewFlag.DATE_INFERRED, ReviewFlag.PAGE_INFERRED)
_ANY = float("inf")
_ODDS_EDGES = (-_ANY, 0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, _ANY)
_HEADLINE_EDGES = (-_ANY, 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.2, 1.5, 2, _ANY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """An imported article with its flags, its faults and the margins it was decided by."""

    file: str
    state: str
    title: str
    flags: tuple[ReviewFlag, ...]
    faults: tuple[str, ...]
    without_headline: bool
    margins: Mapping[str, float] = field(default_factory=dict)

    @property
    def own_flags(self) -> tuple[ReviewFlag, ...]:
        """The flags that are about this article."""
        return tuple(flag for flag in self.flags if flag not in _OF_PAGE)

    @property
    def is_wrong(self) -> bool:
        """Whether anything is wrong with it."""
        return bool(self.faults)

    @property
    def is_silent(self) -> bool:
        """Whether nothing tells that it might be wrong."""
        return not self.own_flags

    @property
    def is_cut_wrong(self) -> bool:
        """Whether its text is not that of one article, whole."""
        return BODY in self.faults or EXTRA in self.faults

    @property
    def is_truly_headless(self) -> bool:
        """Whether it is flagged for nothing but the headline that the page does not print."""
        return self.without_headline and self.own_flags == (ReviewFlag.HEADLINE_MISSING,)


def print_rates(articles: Sequence[Reviewed]) -> None:
    """Print the rates of wrong, flagged and silently wrong articles, over all and by state."""
    heads = ("articles", "wrong", "flagged", "silent", "share", "of wrong", "alarms", "headless")
    print(" ".join([" " * 12, *(f"{head:>8}" for head in heads)]))
    _print_rates("all", articles)
    for state in dict.fromkeys(article.state for article in articles):
        _print_rates(state, [a for a in articles if a.state == state])
    print(
        "silent: wrong without a flag, as a share of all articles and of the wrong ones\n"
        "alarms: flagged but right; headless: those of them that truly have no headline"
    )


def print_flags(articles: Sequence[Reviewed]) -> None:
    """Print how often an article with each flag is wrong, and in what."""
    heads = ("articles", "wrong", "share", "alone", "wrong")
    print("\n" + " ".join([" " * 20, *(f"{head:>8}" for head in heads), " wrong in"]))
    for flag in ReviewFlag:
        _print_flag(flag, [a for a in articles if flag in a.flags])
    _print_flag("none", [a for a in articles if a.is_silent])
    print("alone: with no other flag of the article's own")


def print_margins(articles: Sequence[Reviewed]) -> None:
    """Print the share of wrong articles by margin.

    The last columns say what a threshold at the end of the bin would flag of the silent articles.
    """
    for name in sorted({name for article in articles for name in article.margins}):
        print(f"\nmargin: {name}")
        heads = ("articles", "wrong", "share", "cut", "share", "title", "finds", "alarms")
        print(" ".join([" " * 12, *(f"{head:>8}" for head in heads)]))
        edges = _HEADLINE_EDGES if name == HEADLINE else _ODDS_EDGES
        _print_bins(name, [a for a in articles if name in a.margins], edges)
    print(
        "\ncut, title: articles whose text or title is wrong; finds, alarms: wrong and right\n"
        "articles without a flag that a threshold at the end of the bin would flag"
    )


def print_silent(articles: Iterable[Reviewed]) -> None:
    """List the wrong articles that carry no flag."""
    print("\nwrong without a flag")
    for article in articles:
        if article.is_wrong and article.is_silent:
            sizes = ", ".join(f"{name} {size:.2f}" for name, size in article.margins.items())
            print(f"{article.file}: {article.title[:30]}: {', '.join(article.faults)} ({sizes})")


def _print_rates(name: str, articles: Sequence[Reviewed]) -> None:
    wrong = [article for article in articles if article.is_wrong]
    silent = sum(article.is_silent for article in wrong)
    flagged = [article for article in articles if not article.is_silent]
    alarms = [article for article in flagged if not article.is_wrong]
    headless = sum(article.is_truly_headless for article in alarms)
    shares = f"{_share(silent, articles):>8.3f} {_share(silent, wrong):>8.2f}"
    counts = f"{len(articles):>8} {len(wrong):>8} {len(flagged):>8} {silent:>8}"
    print(f"{name:12} {counts} {shares} {len(alarms):>8} {headless:>8}")


def _print_flag(name: str, articles: Sequence[Reviewed]) -> None:
    if not articles:
        return
    wrong = sum(article.is_wrong for article in articles)
    alone = [article for article in articles if article.own_flags == (name,)]
    faults = Counter(fault for article in articles for fault in article.faults)
    counts = f"{len(articles):>8} {wrong:>8} {_share(wrong, articles):>8.2f} {len(alone):>8}"
    listed = ", ".join(f"{fault} {count}" for fault, count in faults.most_common())
    print(f"{name:20} {counts} {sum(a.is_wrong for a in alone):>8}  {listed}")


def _print_bins(name: str, articles: Sequence[Reviewed], edges: Sequence[float]) -> None:
    finds = alarms = 0
    for low, high in pairwise(edges):
        inside = [article for article in articles if low <= article.margins[name] < high]
        if not inside:
            continue
        wrong = [article for article in inside if article.is_wrong]
        cut = sum(article.is_cut_wrong for article in inside)
        title = sum(TITLE in article.faults for article in inside)
        finds += sum(article.is_silent for article in wrong)
        alarms += sum(article.is_silent and not article.is_wrong for article in inside)
        counts = f"{len(inside):>8} {len(wrong):>8} {_share(len(wrong), inside):>8.2f}"
        faults = f"{cut:>8} {_share(cut, inside):>8.2f} {title:>8}"
        print(f"{low:>5} {high:>6} {counts} {faults} {finds:>8} {alarms:>8}")


def _share(count: int, articles: Sequence[Reviewed]) -> float:
    return count / len(articles) if articles else 0.0
