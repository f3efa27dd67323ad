"""`python -m tests.api.pages.walk FOLDER`: a picture of every page, for each kind of person, in each language
and at both widths."""

import re
import tempfile
from pathlib import Path

import click
from playwright.sync_api import sync_playwright

from api.pages.language import NAMES
from matcher.encoding.encoder import UniversalSentenceEncoder
from tests.api.pages.chromium import WIDTHS, launch
from tests.api.pages.walk.guide import write_pictures
from tests.api.pages.walk.town import town
from tests.api.pages.walk.walking import picture, signed_in


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--lang", "languages", multiple=True, type=click.Choice(list(NAMES)), default=list(NAMES))
@click.option("--dark", is_flag=True, help="As people see it who prefer dark pages.")
@click.option("--guide", is_flag=True, help="Those of the guides (/help) instead, for api/pages/static/help.")
def main(folder: Path, languages: tuple[str, ...], dark: bool, guide: bool) -> None:
    """Write the pictures to FOLDER."""
    folder.mkdir(parents=True, exist_ok=True)
    scheme = "dark" if dark else "light"
    with (
        tempfile.TemporaryDirectory() as home,
        town(Path(home), UniversalSentenceEncoder()) as place,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        if guide:
            write_pictures(browser, place, folder)
            browser.close()
            return
        for who, paths in place.paths.items():
            for width in WIDTHS:
                with signed_in(browser, place, who, width, color_scheme=scheme) as screen:
                    for lang in languages:
                        for path in paths:
                            asked = path + ("&" if "?" in path else "?") + f"lang={lang}"
                            picture(screen, asked, folder, f"{who}-{width}-{lang}-{_name(path)}")
        browser.close()
    click.echo(f"{len(list(folder.glob('*.png')))} pictures in {folder}")


def _name(path: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", path).strip("-") or "home"


if __name__ == "__main__":
    main(prog_name="python -m tests.api.pages.walk")
