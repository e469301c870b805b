from __future__ import annotations

import functools
import json
import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a new site with its articles, for copies of it."""
    folder = tmp_path_factory.mktemp("imported")
    run(folder, "new", "demo")
    run(folder / "demo", "import")
    return folder / "demo"


@pytest.fixture
def site(imported: Path, tmp_path: Path) -> Path:
    return shutil.copytree(imported, tmp_path / "demo")


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sitegen", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_COLOR": "1", **environment},
    )


def built_files(folder: Path) -> dict[str, bytes]:
    found = (path for path in (folder / "public").rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_new_site_imports_builds_and_checks(tmp_path: Path) -> None:
    made = run(tmp_path, "new", "demo")
    demo = tmp_path / "demo"

    assert (made.returncode, made.stderr) == (0, "")
    assert "8 articles from 2 pages: 8 created; 0 to review" in run(demo, "import").stdout
    assert "8 articles in 1 issue," in run(demo, "build").stdout
    checked = run(demo, "check", "--strict")
    assert (checked.returncode, checked.stdout) == (0, "")
    assert (demo / "public" / "2026-05-08" / "feature" / "1-02" / "index.html").exists()
    assert (demo / ".gitignore").exists()


def test_new_refuses_a_folder_that_holds_something(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")

    made = run(tmp_path, "new", ".")

    assert made.returncode == 2
    assert "is there already and not empty; name a new folder" in made.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_import_of_a_bad_page_says_so_and_imports_the_others(site: Path) -> None:
    (site / "seeds" / "2026-05-09-1.txt").write_bytes(b"\x89PNG\xff\xd8")

    result = run(site, "import")

    assert result.returncode == 1
    assert result.stderr.startswith("seeds/2026-05-09-1.txt:1: is not UTF-8")
    assert "Traceback" not in result.stderr
    assert "8 articles from 2 pages" in result.stdout


def _unknown_key(site: Path) -> None:
    article = site / "content" / "2026-05-08" / "1-01.md"
    article.write_text(article.read_text("utf-8").replace("kicker:", "kiker:"), "utf-8")


def _bad_date(site: Path) -> None:
    article = site / "content" / "2026-05-08" / "1-01.md"
    text = article.read_text("utf-8").replace("issue: 2026-05-08", "issue: 2026-02-30")
    article.write_text(text, "utf-8")


def _latin_1(site: Path) -> None:
    text = "---\ntitle: Café\nissue: 2026-05-08\nsection: news\nslug: x\n---\n\nÉté.\n"
    (site / "content" / "cafe.md").write_bytes(text.encode("latin-1"))


def _template_error(site: Path) -> None:
    templates = site / "themes" / "mine" / "templates"
    templates.mkdir(parents=True)
    (site / "themes" / "mine" / "theme.yaml").write_text("name: mine\nstyles: []\n", "utf-8")
    (templates / "home.html").write_text("<p>\n{% if %}\n", "utf-8")
    _set(site, "theme: broadsheet", "theme: mine")


def _missing_theme(site: Path) -> None:
    _set(site, "theme: broadsheet", "theme: broadshet")


def _unknown_setting(site: Path) -> None:
    _set(site, "tagline:", "taglne:")


def _set(site: Path, old: str, new: str) -> None:
    settings = site / "site.yaml"
    text = settings.read_text("utf-8")
    assert old in text
    settings.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("break_site", "exit_code", "message"),
    [
        (
            _unknown_key,
            1,
            "content/2026-05-08/1-01.md:3: kiker: unknown key; did you mean 'kicker'?",
        ),
        (
            _bad_date,
            1,
            "content/2026-05-08/1-01.md:8: issue: expected YYYY-MM-DD, got '2026-02-30';",
        ),
        (_latin_1, 1, "content/cafe.md:2: is not UTF-8, it seems to be Latin-1; save the file as"),
        (_template_error, 2, "themes/mine/templates/home.html:2: "),
        (_missing_theme, 2, "site.yaml: theme: there is no theme 'broadshet'; did you mean"),
        (_unknown_setting, 2, "site.yaml:3: taglne: unknown key; did you mean 'tagline'?"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_bad_input_is_one_clear_line_and_the_old_site_stays(
    site: Path, break_site: Callable[[Path], None], exit_code: int, message: str
) -> None:
    assert run(site, "build").returncode == 0
    before = built_files(site)
    break_site(site)

    result = run(site, "build")

    assert result.returncode == exit_code
    (line,) = result.stderr.splitlines()
    assert line.startswith(message)
    assert built_files(site) == before


def test_build_says_how_many_articles_are_held_back(site: Path) -> None:
    article = site / "content" / "2026-05-08" / "1-01.md"
    article.write_text(article.read_text("utf-8").replace("draft: false", "draft: true"), "utf-8")

    assert "1 article held back" in run(site, "build", "--no-search").stdout
    assert "held back" not in run(site, "build", "--no-search", "--drafts").stdout


def test_build_shows_its_steps_on_a_terminal_only(site: Path) -> None:
    assert run(site, "build", "--no-search").stderr == ""
    shown = run_on_terminal(site, "build", "--clean")
    assert re.search(r"Render .* [1-9]\d%", shown, re.DOTALL)


def run_on_terminal(folder: Path, *arguments: str) -> str:
    """Run a command whose messages go to a terminal, and give what that shows."""
    terminal, end = pty.openpty()
    variables = {name: value for name, value in os.environ.items() if name != "CI"}
    command = subprocess.Popen(
        [sys.executable, "-m", "sitegen", *arguments],
        cwd=folder,
        env={**variables, "TERM": "xterm"},
        stdout=subprocess.DEVNULL,
        stderr=end,
    )
    os.close(end)
    shown = b"".join(iter(functools.partial(_read_terminal, terminal), b""))
    os.close(terminal)
    assert command.wait() == 0
    return shown.decode()


def _read_terminal(terminal: int) -> bytes:
    """Read what there is; nothing once the other end is closed."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


def test_build_reports_what_it_did_in_words_and_as_json(site: Path) -> None:
    first = run(site, "build", "--no-search", "--jobs", "2", "--template-metrics")
    article = site / "content" / "2026-05-08" / "1-01.md"
    article.write_text(article.read_text("utf-8") + "\n又及。\n", "utf-8")
    path = "2026-05-08/news/1-01/"
    second = run(site, "build", "--no-search", "--explain", path, "--report", "report.json")
    report = json.loads((site / "report.json").read_text("utf-8"))

    documents = report["documents"]
    assert f"{documents} rendered, 0 reused (look " in first.stdout
    assert re.search(r"^article\.html +8 +\d+\.\d\d +\d+\.\d\d$", first.stdout, re.MULTILINE)
    assert second.stdout.startswith(f"{path}index.html: rendered\n  because it may show 2026-05-08")
    assert f"{len(report['rendered'])} rendered, {report['reused']} reused" in second.stdout
    assert f"{path}index.html" in report["rendered"]
    assert len(report["rendered"]) + report["reused"] == documents
    assert len(report["rendered"]) < documents / 2
    assert report["templates"]["article.html"]["documents"] == 1
    assert set(report["seconds"]) == {"look", "read", "render", "index", "publish"}


def test_picture_of_an_article_is_shown_with_caption_and_credit(site: Path) -> None:
    Image.new("RGB", (600, 400), "teal").save(site / "content" / "bridge.jpg")
    article = site / "content" / "2026-05-08" / "1-01.md"
    images = "images: [{path: bridge.jpg, caption: 修好的旧桥, credit: 沈田摄}]\ndraft: false"
    article.write_text(article.read_text("utf-8").replace("draft: false", images), "utf-8")

    assert run(site, "build", "--no-search").returncode == 0
    page = (site / "public" / "2026-05-08" / "news" / "1-01" / "index.html").read_text("utf-8")
    picture = re.search(r'<img src="(/images/\w+-600\.jpg)".* alt="修好的旧桥"', page)
    assert picture is not None
    assert "沈田摄" in page
    assert (site / "public" / picture[1][1:]).exists()


def test_strict_build_refuses_what_check_warns_of(site: Path) -> None:
    article = site / "content" / "2026-05-08" / "1-01.md"
    text = article.read_text("utf-8").replace(
        "draft: false", "review: [headline-weak]\ndraft: false"
    )
    article.write_text(text, "utf-8")

    assert run(site, "build", "--strict").returncode == 1
    assert not (site / "public").exists()
    assert run(site, "build").returncode == 0
    assert run(site, "check").returncode == 0
    assert run(site, "check", "--strict").returncode == 1


def test_check_finds_a_broken_link_of_the_built_site(site: Path) -> None:
    assert run(site, "build", "--no-search").returncode == 0
    (site / "public" / "2026-05-08" / "news" / "1-01" / "index.html").unlink()

    result = run(site, "check", "--format", "json")

    assert result.returncode == 1
    assert any("/2026-05-08/news/1-01/" in found["message"] for found in json.loads(result.stdout))


def test_builds_of_one_source_and_clock_are_equal(site: Path) -> None:
    clock = {"SOURCE_DATE_EPOCH": "1778200000"}
    run(site, "build", "--no-search", **clock, TZ="Asia/Shanghai", PYTHONHASHSEED="1")
    first = built_files(site)
    run(site, "build", "--no-search", "--clean", **clock, TZ="UTC", PYTHONHASHSEED="2")

    assert "public/index.html" in first
    assert built_files(site) == first


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["build", "--base-url", "news.example"], "--base-url: expected http:// or https://"),
        (["import", "--issue", "8 May"], "'8 May' is no day; write it as 2024-03-04"),
        (["import", "--page", "two"], "'two' is no page label"),
        (["biuld"], "No such command 'biuld'"),
        (["build", "-s", "nowhere"], "nowhere/site.yaml: no such file; run this in the folder"),
    ],
)
def test_wrong_usage_exits_with_2_and_a_remedy(
    tmp_path: Path, arguments: list[str], message: str
) -> None:
    run(tmp_path, "new", "demo")

    result = run(tmp_path / "demo", *arguments)

    assert result.returncode == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_report_takes_the_place_of_an_earlier_one_and_of_an_empty_file(site: Path) -> None:
    path = site / "report.json"
    path.touch()
    for command in (["build", "--no-search"], ["import"], ["import"], ["build", "--no-search"]):
        result = run(site, *command, "--report", "report.json")
        assert (result.returncode, result.stderr) == (0, "")
        assert ("pages" in json.loads(path.read_text("utf-8"))) == (command == ["import"])


def test_report_may_go_to_another_program(site: Path) -> None:
    result = run(site, "import", "--report", "/dev/stderr")

    assert len(json.loads(result.stderr)["pages"]) == 2


@pytest.mark.parametrize(
    ("command", "time"),
    [
        *(
            ("build", time)
            for time in ("yesterday", "", "1e9", "５", "-1", "253402214400", "9" * 5000)
        ),
        *((command, "253402300799") for command in ("import", "check", "serve")),
    ],
)
def test_clock_that_is_no_time_is_refused(tmp_path: Path, command: str, time: str) -> None:
    result = run(tmp_path, command, SOURCE_DATE_EPOCH=time)

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == (
        f"SOURCE_DATE_EPOCH: {time!r} is no time; "
        "give whole seconds since 1970-01-01, 253402214399 at most, or unset it\n"
    )


@pytest.mark.parametrize(
    ("time", "zone"), [("253402214399", "+14:59"), ("253402214399", "-14:59"), ("0", "-14:59")]
)
def test_site_is_built_at_the_ends_of_the_calendar(site: Path, time: str, zone: str) -> None:
    settings = site / "site.yaml"
    settings.write_text(settings.read_text("utf-8").replace("+08:00", zone), "utf-8")
    result = run(site, "build", "--no-search", SOURCE_DATE_EPOCH=time)

    assert (result.returncode, result.stderr) == (0, "")
