"""Match runs for a reader at a terminal."""

from collections.abc import Sequence

import click

from api.cli.workplace import Workplace
from matcher.cohorts.comparing import Comparison
from matcher.cohorts.phrases import STATUS, WAITS
from matcher.cohorts.result import Meeting, Result
from matcher.cohorts.run import MatchRun
from matcher.cohorts.wording import clash_sentence, removed_sentence, shortage_sentence, way_sentence
from matcher.errors import NotFound
from matcher.interactions import qualified
from matcher.matching.wording import Language, sentence

LISTED = 12
"""So many prices, startups left out and shortages are named."""
_WORDS: dict[Language, dict[str, str]] = {
    "zh": {
        "total": "{pairs} 对，{met}/{startups} 家企业有会面，总匹配度 {total:.2f}",
        "proved": "（已证明最优）",
        "gap": "（距上界 {bound:.2f} 至多 {gap:.1%}）",
        "blocking": "{blocking} 对双方都更愿意彼此（在 {candidates} 对候选中）",
        "dropped": "与 {against} 相比少了 {dropped} 对",
        "earlier": "上一次求解的结果",
        "gave_way": "未能满足：{limits}",
        "price": "再多一个名额：{who} +{value:.2f}（现有 {taken}/{places}）",
        "left_out": "未安排：{who}；可匹配 {eligible} 位；{removed}",
        "alternates": "候补：{names}",
        "kept": "保留 {kept} 对，减少 {dropped} 对，新增 {added} 对；"
        "总匹配度 {total:+.2f}，有会面的企业 {met:+d} 家",
        "ways": "办法：",
    },
    "en": {
        "total": "{pairs} pairs, {met} of {startups} startups meet somebody, total {total:.2f}",
        "proved": " (proved the best)",
        "gap": " (at most {gap:.1%} below the bound {bound:.2f})",
        "blocking": "{blocking} pairs would both rather have each other (among {candidates} candidates)",
        "dropped": "{dropped} pairs of {against} were dropped",
        "earlier": "the earlier result",
        "gave_way": "gave way: {limits}",
        "price": "one more place: {who} +{value:.2f} (has {taken} of {places})",
        "left_out": "left out: {who}; {eligible} eligible; {removed}",
        "alternates": "alternates: {names}",
        "kept": "{kept} pairs kept, {dropped} dropped, {added} added; "
        "total {total:+.2f}, startups met {met:+d}",
        "ways": "what would help:",
    },
}


def echo_run(place: Workplace, run: MatchRun, language: Language) -> None:
    """How the run stands, what it was asked, what was done to it."""
    waits = f"  {WAITS[language]}" if run.waits else ""
    status = STATUS[language][run.status]
    click.echo(f"{run.id}  {run.cohort}  {status}  version {run.version}{waits}")
    if run.failure:
        click.echo(f"  {run.failure}")
    for name, value in run.configuration.to_json().items():
        if value not in (None, {}, []):
            click.echo(f"  {name}: {value}")
    for edit in place.store.match_runs.edits(run.organisation, run.id):
        instead = f" ← {edit.instead_of}" if edit.instead_of else ""
        click.echo(
            f"  #{edit.number} {edit.kind} {edit.startup_id} × {edit.partner_id}{instead}: {edit.reason}"
        )
    for event in place.store.match_runs.events(run.organisation, run.id):
        why = f": {event.why}" if event.why else ""
        click.echo(f"  {event.version:3}  {event.at:%Y-%m-%d %H:%M}  {event.kind}  {event.by}{why}")


def echo_result(place: Workplace, run: MatchRun, result: Result, language: Language) -> None:
    """The figures, then startup by startup who is met and who comes next."""
    names = Names(place, run.organisation)
    for line in _figures(run, result, names, language):
        click.echo(line)
    for startup in dict.fromkeys(each.pair.startup_id for each in result.meetings):
        click.echo(f"{startup}  {names[startup]}")
        for meeting in (each for each in result.meetings if each.pair.startup_id == startup):
            click.echo(f"  {_line(meeting, names, language)}")
        following = [each.pair.partner_id for each in result.alternates if each.pair.startup_id == startup]
        if following:
            told = "、".join(map(names.__getitem__, following))
            click.echo(f"         {_WORDS[language]['alternates'].format(names=told)}")


def echo_clashes(place: Workplace, run: MatchRun, language: Language) -> None:
    """Why the run cannot be solved, and what would help."""
    impasse = place.store.match_runs.impasse(run.organisation, run.id)
    names, role = Names(place, run.organisation), run.configuration.role
    for clash in impasse.clashes if impasse else ():
        click.echo(clash_sentence(clash, role, language))
        if clash.ways_out:
            click.echo(f"  {_WORDS[language]['ways']}")
        for way in clash.ways_out:
            known = {who: names[who] for move in way.moves for who in _people(move.who, move.pairs)}
            click.echo(f"  - {way_sentence(way, role, known, language)}")


def echo_comparison(found: Comparison, language: Language) -> None:
    """What is different in the second run, in all and startup by startup."""
    told = {"kept": found.kept, "dropped": len(found.dropped), "added": len(found.added)}
    click.echo(_WORDS[language]["kept"].format(**told, total=found.total, met=found.met))
    for each in found.startups:
        changes = [*(f"-{partner}" for partner in each.dropped), *(f"+{partner}" for partner in each.added)]
        click.echo(f"  {each.startup_id}  {' '.join(changes)}  {each.difference:+.3f}")


class Names:
    """Names of profiles by id, each read once; an id stands for itself where there is none any more."""

    def __init__(self, place: Workplace, organisation: str) -> None:
        self._store, self._organisation = place.store, organisation
        self._known: dict[str, str] = {}

    def __getitem__(self, who: str) -> str:
        if who not in self._known:
            owner, _, own = qualified(self._organisation, who).partition(":")
            try:
                self._known[who] = self._store.profile(owner, own).name
            except NotFound:
                self._known[who] = who
        return self._known[who]


def _figures(run: MatchRun, result: Result, names: Names, language: Language) -> list[str]:
    words, summary = _WORDS[language], result.summary
    figures = {name: getattr(summary, name) for name in summary.__slots__}
    proof = words["proved"] if summary.proved else words["gap"].format(**figures)
    lines = [words["total"].format(**figures) + proof, words["blocking"].format(**figures)]
    if summary.against:
        figures["against"] = words["earlier"] if summary.against == run.id else summary.against
        lines.append(words["dropped"].format(**figures))
    if gave := {limit: count for limit, count in summary.gave_way.items() if count}:
        lines.append(words["gave_way"].format(limits=gave))
    lines += [shortage_sentence(each, language) for each in summary.supply[:LISTED]]
    for price in summary.prices[:LISTED]:
        if price.value > 0 or price.first:
            told = {name: getattr(price, name) for name in price.__slots__}
            lines.append(words["price"].format(**told, who=names[price.partner_id]))
    for left in summary.left_out[:LISTED]:
        removed = "，".join(f"{removed_sentence(rule, language)} {n}" for rule, n in left.removed.items())
        lines.append(
            words["left_out"].format(who=names[left.startup_id], eligible=left.eligible, removed=removed)
        )
    return lines


def _line(meeting: Meeting, names: Names, language: Language) -> str:
    pair = meeting.pair
    slot = f"{meeting.slot}  " if meeting.slot else ""
    why = sentence(pair.reasons[0], language) if pair.reasons else ""
    halves = f"{100 * pair.p_startup:.0f}/{100 * pair.p_partner:.0f}"
    return f"{slot}{100 * pair.score:5.1f}  {names[pair.partner_id]} ({halves}; {meeting.origin})  {why}"


def _people(who: Sequence[str], pairs: Sequence[tuple[str, str]]) -> list[str]:
    return [*who, *(each for pair in pairs for each in pair)]


def echo_found(place: Workplace, found: MatchRun, language: Language) -> None:
    """The result of the run, or why there is none."""
    if found.status == "infeasible":
        echo_clashes(place, found, language)
        return
    result = place.store.match_runs.result(found.organisation, found.id)
    if result is not None:
        echo_result(place, found, result, language)


def echo_changed(after: MatchRun) -> None:
    """What became of the run."""
    click.echo(f"{after.id}  {after.status}  version {after.version}")
