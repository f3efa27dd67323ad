"""`python -m api.pages.catalogues`: bring the catalogues of the pages' texts up to date with the source.

English is the language of the source. Simplified Chinese is translated by hand: what is new is given as
JSON (`--add FILE`, English text → Chinese text; of a plural, the plural form → Chinese text). Traditional
Chinese is made from it. Texts that the source no longer has are dropped; those without a translation are
listed, and the exit code is then 1.
"""

import datetime as dt
import fcntl
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from matcher.text.traditional import traditional

PAGES = Path(__file__).parent
TRANSLATIONS = PAGES / "translations"
_HEADER = "# Texts of the pages in {name}. How to renew them: python -m api.pages.catalogues --help"
_NAMES = {"zh": "Simplified Chinese", "zh_Hant": "Traditional Chinese (made from Simplified)"}
_DATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""Catalogues bear no date of their own, so that the same texts give the same files."""
Words = str | tuple[str, ...]


def texts_of_the_source() -> set[Words]:
    """Every text that a template or a view gives out; a plural as (singular, plural)."""
    with (PAGES / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    return {text for _, _, text, _, _ in extract_from_dir(PAGES, methods, options)}


def renewed(known: Mapping[Words, Words], added: Mapping[str, str], texts: set[Words]) -> Catalog:
    """The Simplified Chinese catalogue of exactly these texts; "" where no translation is known."""
    catalogue = _empty("zh")
    for text in sorted(texts, key=str):
        last = text if isinstance(text, str) else text[-1]
        given = added.get(last)
        found = given if given is not None else known.get(text, "")
        words = found if isinstance(found, str) else found[0]
        catalogue.add(text, words if isinstance(text, str) else (words,))
    return catalogue


def in_traditional(simplified: Catalog) -> Catalog:
    """The same catalogue in Traditional characters and Taiwan's words."""
    catalogue = _empty("zh_Hant")
    for text, words in translated(simplified).items():
        made = traditional(words) if isinstance(words, str) else tuple(map(traditional, words))
        catalogue.add(text, made)
    return catalogue


def translated(catalogue: Catalog) -> dict[Words, Words]:
    """Text → translation, of all but the header."""
    return {_words(message.id): _words(message.string) for message in catalogue if message.id}


def catalogue_file(locale: str) -> Path:
    """Where the catalogue of a locale is; its compiled form is beside it (.mo)."""
    return TRANSLATIONS / locale / "LC_MESSAGES" / "messages.po"


def read_catalogue(locale: str) -> Catalog:
    """The catalogue of a locale as it stands; an empty one where there is none."""
    path = catalogue_file(locale)
    if not path.exists():
        return _empty(locale)
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def _words(found: str | tuple[str, ...] | list[str] | None) -> Words:
    return tuple(found) if isinstance(found, (tuple, list)) else found or ""


def _empty(locale: str) -> Catalog:
    return Catalog(
        locale=locale,
        header_comment=_HEADER.format(name=_NAMES[locale]),
        project="Bole",
        version="1",
        msgid_bugs_address="none",
        last_translator="Bole",
        language_team=locale,
        creation_date=_DATED,
        revision_date=_DATED,
        fuzzy=False,
    )


def _write(catalogue: Catalog) -> None:
    path = catalogue_file(str(catalogue.locale))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=110, sort_output=True)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, read_catalogue(str(catalogue.locale)))


@contextmanager
def _alone() -> Iterator[None]:
    """One run at a time: two that translate different pages must not drop each other's words."""
    with (PAGES / "babel.cfg").open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@click.command()
@click.option("--add", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_context
def main(context: click.Context, add: Path | None) -> None:
    """Renew the catalogues; the exit code is 1 where a text has no translation."""
    added = json.loads(add.read_text(encoding="utf-8")) if add else {}
    with _alone():
        catalogue = renewed(translated(read_catalogue("zh")), added, texts_of_the_source())
        _write(catalogue)
        _write(in_traditional(catalogue))
    missing = [text for text, words in translated(catalogue).items() if not words or not all(words)]
    for text in missing:
        click.echo(f"no translation: {text if isinstance(text, str) else text[-1]!r}")
    context.exit(1 if missing else 0)


if __name__ == "__main__":
    main(prog_name="python -m api.pages.catalogues")
