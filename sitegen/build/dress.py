"""What all documents of a build have in common: theme, words, pictures, and what they depend on."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.build.developing import develop, drop_pictures, find_known
from sitegen.build.printing import Plant, fingerprint_common
from sitegen.build.reading import Inputs, Paper
from sitegen.build.record import BuildRecord, PictureRecord, Survey
from sitegen.build.staging import Staging
from sitegen.config import Config
from sitegen.content.shown import display_path
from sitegen.errors import ConfigError
from sitegen.render.edition import open_edition
from sitegen.render.extract import Texts
from sitegen.render.paper import describe_paper
from sitegen.render.rendition import Rendition
from sitegen.render.theme import Theme, open_theme
from sitegen.render.theme_layers import find_layers, fingerprint_layers
from sitegen.urls import Permalinks


@dataclass(frozen=True, slots=True, kw_only=True)
class Dress:
    """The theme with its words and links, the pictures of the articles.

    ``templates`` are fingerprints of each template with all that it includes; ``common`` is one of
    what every document depends on besides its template and its own context.
    """

    theme: Theme
    templates: Mapping[str, bytes]
    words: Mapping[str, str]
    assets: Mapping[str, str]
    pictures: Mapping[str, PictureRecord]
    common: bytes


def dress_site(
    config: Config, paper: Paper, inputs: Inputs, record: BuildRecord | None, survey: Survey
) -> Dress:
    """Open the theme and make the pictures; what is as it was in ``record`` is taken from there.

    Raises ConfigError for a theme that is not in order, ContentError for a picture.
    """
    same = record is not None and all(
        record.causes[cause] == inputs.causes[cause] for cause in ("program", "theme")
    )
    theme = open_theme(config.theme, site_root=config.root, check=not same)
    words = theme.words(config.language)
    assets = theme.asset_links(Permalinks(config.base_url))
    known = _find_sound(record, inputs, survey) if record else {}
    pictures = develop(config, paper, inputs.scan.files, known)
    drop_pictures(config, paper)
    edition = open_edition(paper.site, config, words, {}, Texts(bodies={}, extracts={}))
    shared = {"paper": describe_paper(edition), "words": words, "assets": assets}
    return Dress(
        theme=theme,
        templates=record.templates if record is not None and same else theme.digest_templates(),
        words=words,
        assets=assets,
        pictures=pictures,
        common=fingerprint_common(inputs.causes["program"], shared),
    )


def _find_sound(
    record: BuildRecord, inputs: Inputs, survey: Survey
) -> dict[str, tuple[Rendition, ...]]:
    """Find the pictures that are as they were, of which the output still holds what was made."""
    damaged = survey.damaged
    known = find_known(record.pictures, inputs.scan.files, seen_ns=record.seen_ns)
    return {p: made for p, made in known.items() if damaged.isdisjoint(r.path for r in made)}


def check_theme(config: Config, inputs: Inputs) -> None:
    """Refuse to publish pages of two states of a theme; raises ConfigError."""
    layers = find_layers(config.theme, site_root=config.root)
    if fingerprint_layers(layers) != inputs.causes["theme"]:
        message = "changed while the site was built"
        raise ConfigError.at(f"theme {config.theme}", message, hint="build again")


def make_plant(config: Config, dress: Dress, inputs: Inputs, staging: Staging) -> Plant:
    """Put together what the printing of every sheet needs; makes the folder of the new site."""
    content = config.content.resolve()
    return Plant(
        run=time.time_ns(),
        config=config,
        content=str(content),
        shown=display_path(content),
        words=dress.words,
        assets=dress.assets,
        common=dress.common,
        theme=inputs.causes["theme"],
        templates=dress.templates,
        folder=str(staging.folder),
        output=str(staging.output) if staging.output else None,
    )
