"""The build, step by step: look, read, print, index, verify, swap."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from sitegen.build.digest import hash_bytes
from sitegen.build.dress import Dress, check_theme, dress_site, make_plant
from sitegen.build.explaining import History, explain_document, explain_nothing, find_document
from sitegen.build.failures import told_as_published
from sitegen.build.files import write_files, write_hosting, write_index, write_sitemaps
from sitegen.build.output import (
    Place,
    check_output_folder,
    drop_abandoned,
    find_place,
    lock_builds,
    restore_output,
)
from sitegen.build.planning import Planner, Task
from sitegen.build.pressrun import Run, Tally, TemplateTime, print_site
from sitegen.build.printing import pack_plant
from sitegen.build.reading import Inputs, Paper, look_at_inputs, read_paper
from sitegen.build.record import (
    BuildRecord,
    Survey,
    SurveyJob,
    is_large,
    read_record,
    settle_record,
    survey_site,
    write_record,
)
from sitegen.build.shard_store import ShardStore, list_shards_in_use
from sitegen.build.staging import Staging, open_staging
from sitegen.build.workshop import Workshop, count_cores, open_workshop, without_collector
from sitegen.config import Config
from sitegen.render.sheets import list_sheets
from sitegen.site.gate import Gate


def _no_progress(_step: str, _done: int, _total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """How to build: where to, what is left out or let in, and the clock.

    ``clean`` writes every file anew, even one that has not changed. ``jobs`` is the number of
    processes, ``progress`` is told how much of a step is done. ``explain`` is a document, by its
    address or file, of which the report shall say why it was rendered.
    """

    output: Path
    built_at: dt.datetime
    search: bool = True
    drafts: bool = False
    future: bool = False
    clean: bool = False
    jobs: int = field(default_factory=count_cores)
    progress: Callable[[str, int, int], None] = _no_progress
    explain: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build made; ``seconds`` by step, ``indexed`` the articles that can be searched.

    ``rendered`` are the files of the documents that were rendered, the others were reused.
    ``held_back`` counts the articles that are not published today. ``set_aside`` are files of the
    output that are in a folder elsewhere now: a guest may have put them there.
    """

    documents: int
    rendered: tuple[str, ...]
    articles: int
    issues: int
    indexed: int
    held_back: int
    output: Path
    seconds: Mapping[str, float]
    templates: Mapping[str, TemplateTime]
    explanation: tuple[str, ...]
    set_aside: tuple[Path, ...]

    @property
    def reused(self) -> int:
        """How many documents were not rendered."""
        return self.documents - len(self.rendered)


def build_site(config: Config, options: BuildOptions) -> BuildReport:
    """Build a site into a folder, which keeps the old site until the new one is whole.

    Raises ContentError and ConfigError before anything is written, OutputError where a file, a
    disk or Pagefind fails.
    """
    output = options.output.resolve()
    check_output_folder(output, config)
    with (
        lock_builds(config.root) as lock,
        open_workshop(options.jobs, lock=lock) as workshop,
        without_collector(),
    ):
        place = find_place(output, config.root)
        restore_output(place)
        asked = options.explain
        explain = None if asked is None else find_document(asked, output, config.base_url)
        chosen = replace(options, output=output, explain=explain)
        return _Build(config, chosen, place, workshop).run()


class _Build:
    """One build: what was there before, how long each step takes."""

    def __init__(
        self, config: Config, options: BuildOptions, place: Place, workshop: Workshop
    ) -> None:
        self._config = config
        self._options = options
        self._place = place
        self._workshop = workshop
        self._seconds: dict[str, float] = {}

    def run(self) -> BuildReport:
        """Build what has changed."""
        options, place = self._options, self._place
        with self._time("look"):
            # Kept apart, as it takes as long as the rest together.
            survey_job = SurveyJob(output=str(place.output), work=str(place.work))
            known = read_record(place)
            survey = self._workshop.begin(survey_site, survey_job, Survey, worth=is_large(place))
            inputs = look_at_inputs(
                self._config,
                options=(options.search, options.drafts, options.future),
                built_at=options.built_at,
                now_ns=time.time_ns(),
            )
        record = None if options.clean else known
        if record and record.inputs == inputs.fingerprint != b"":
            with self._time("look"):
                unchanged = not survey().damaged
            if unchanged:
                path = options.explain
                explanation = () if path is None else explain_nothing(path, record)
                return self._report(record, explanation=explanation)
        with self._time("read"):
            paper = self._read(inputs)
        with self._time("look"):
            found = survey()
        old = dict(known.list_files()) if known else {}
        with open_staging(place, old=old, survey=found, clean=options.clean) as staging:
            return self._build(inputs, paper, record, found, staging)

    def _read(self, inputs: Inputs) -> Paper:
        options, config = self._options, self._config
        today = options.built_at.astimezone(config.timezone).date()
        gate = Gate(today=today, drafts=options.drafts, future=options.future)
        clean = options.clean
        return read_paper(config, inputs, gate=gate, clean=clean, workshop=self._workshop)

    def _build(
        self,
        inputs: Inputs,
        paper: Paper,
        record: BuildRecord | None,
        survey: Survey,
        staging: Staging,
    ) -> BuildReport:
        config, options = self._config, self._options
        with self._time("read"):
            dress = dress_site(config, paper, inputs, record, survey)
        with self._time("render"):
            tasks = self._plan(inputs, paper, dress, record, survey)
            run = Run(
                pack=lambda: pack_plant(make_plant(config, dress, inputs, staging)),
                staging=staging,
                workshop=self._workshop,
                progress=lambda done, total: options.progress("render", done, total),
            )
            tally = print_site(tasks, record.sheets if record else {}, run)
            listed = hash_bytes(msgspec.msgpack.encode((config.base_url, tally.listings)))
            same = record is not None and record.causes.get("listings") == listed
            sitemaps = write_sitemaps(tally.listings, config, staging, same=same)
            tally.rendered += filter(staging.has_written, sitemaps)
            write_files(config, dress.theme, dress.pictures, staging)
        with self._time("index"):
            shards = self._index(paper, dress, record, staging)
        with self._time("publish"):
            check_theme(config, inputs)
            write_hosting(config, paper.site, tally.paths, staging)
            made = BuildRecord(
                root=0,
                inputs=inputs.fingerprint,
                causes={**inputs.causes, "common": dress.common, "listings": listed},
                templates=dress.templates,
                articles=len(paper.site.articles),
                issues=len(paper.site.issues),
                indexed=len(paper.site.articles) if options.search else 0,
                held_back=len(paper.articles) - len(paper.site.articles),
                documents=len(tally.paths) + len(sitemaps),
                sheets=tally.sheets,
                files={},
                seen_ns=inputs.seen_ns,
                pictures=dress.pictures,
                shards=shards,
            )
            self._publish(made, staging, tally)
        explanation: tuple[str, ...] = ()
        if options.explain is not None:
            history = History(paper=paper, old=record, new=made, survey=survey)
            explanation = explain_document(options.explain, tasks, history, tally.rendered)
        return self._report(made, tally, explanation, set_aside=staging.set_aside)

    def _plan(
        self,
        inputs: Inputs,
        paper: Paper,
        dress: Dress,
        record: BuildRecord | None,
        survey: Survey,
    ) -> tuple[Task, ...]:
        """Plan what is printed: what every sheet depends on is the dress and the settings."""
        planner = Planner(
            site=paper.site,
            catalog=paper.catalog,
            pictures={path: made.renditions for path, made in dress.pictures.items()},
            base=b"".join((dress.common, inputs.causes["settings"], *dress.templates.values())),
            known=record.sheets if record else {},
            touched=survey.touched,
            lost=frozenset(survey.lost),
        )
        built_at = self._options.built_at
        return tuple(planner.plan(list_sheets(paper.site, self._config, built_at=built_at)))

    def _index(
        self, paper: Paper, dress: Dress, record: BuildRecord | None, staging: Staging
    ) -> Mapping[str, str]:
        """Write the search index; gives the keys of its shards."""
        if not self._options.search:
            return {}
        if self._options.clean:
            ShardStore(self._config.root).drop_all_but(())
        known = record.shards if record else {}
        return write_index(self._config, paper, dress.words, staging, known=known)

    def _publish(self, record: BuildRecord, staging: Staging, tally: Tally) -> None:
        """Swap the sites, with the record of the new one beside it."""

        def keep(root: int) -> None:
            files = {p: s for p, s in staging.files.items() if p not in tally.paths}
            write_record(self._place, replace(record, root=root, files=files))

        staging.publish(keep)
        with told_as_published():
            settle_record(self._place)
            drop_abandoned(self._place)
            if record.shards:
                store = ShardStore(self._config.root)
                store.drop_all_but(list_shards_in_use(self._place, record.shards.values()))

    def _report(
        self,
        record: BuildRecord,
        tally: Tally | None = None,
        explanation: Iterable[str] = (),
        set_aside: Iterable[str] = (),
    ) -> BuildReport:
        return BuildReport(
            documents=record.documents,
            rendered=tuple(tally.rendered) if tally else (),
            articles=record.articles,
            issues=record.issues,
            indexed=record.indexed,
            held_back=record.held_back,
            output=self._place.output,
            seconds=self._seconds,
            templates=tally.templates if tally else {},
            explanation=tuple(explanation),
            set_aside=tuple(self._place.aside / path for path in set_aside),
        )

    @contextmanager
    def _time(self, step: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self._seconds[step] = self._seconds.get(step, 0.0) + time.perf_counter() - start
