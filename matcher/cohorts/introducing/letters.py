"""E-mails about introductions, in words: a subject and a plain text, Chinese and English, by templates."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matcher.cohorts.introducing.introduction import Side
from matcher.cohorts.introducing.messages import Message, MessageKind
from matcher.matching.answers import Reason
from matcher.matching.wording import Language, sentence

_SUBJECTS: Mapping[Language, Mapping[MessageKind, str]] = {
    "zh": {
        MessageKind.OFFERED: "对接建议：{other}",
        MessageKind.REMINDER: "请答复对接建议：{other}",
        MessageKind.ACCEPTED: "双方已同意对接：{other}",
        MessageKind.DECLINED: "本次对接不再进行：{other}",
        MessageKind.EXPIRED: "对接建议已过期：{other}",
        MessageKind.WITHDRAWN: "对接建议已撤回：{other}",
    },
    "en": {
        MessageKind.OFFERED: "Suggested introduction: {other}",
        MessageKind.REMINDER: "Please answer: introduction to {other}",
        MessageKind.ACCEPTED: "Both of you agreed to meet: {other}",
        MessageKind.DECLINED: "This introduction will not take place: {other}",
        MessageKind.EXPIRED: "The introduction has expired: {other}",
        MessageKind.WITHDRAWN: "The introduction was withdrawn: {other}",
    },
}
_OPENINGS: Mapping[Language, Mapping[MessageKind, str]] = {
    "zh": {
        MessageKind.OFFERED: "{own}，您好：\n\n我们建议您与{role}“{other}”对接。",
        MessageKind.REMINDER: "{own}，您好：\n\n与{role}“{other}”的对接建议还在等您答复。",
        MessageKind.ACCEPTED: "{own}，您好：\n\n您与{role}“{other}”都已同意对接。",
        MessageKind.DECLINED: "{own}，您好：\n\n与{role}“{other}”的对接本次不再进行。",
        MessageKind.EXPIRED: "{own}，您好：\n\n对方未在期限内答复，与{role}“{other}”的对接建议已过期。",
        MessageKind.WITHDRAWN: "{own}，您好：\n\n机构撤回了与{role}“{other}”的对接建议，您无需再答复。",
    },
    "en": {
        MessageKind.OFFERED: "Dear {own},\n\nwe suggest that you meet {other} ({role}).",
        MessageKind.REMINDER: "Dear {own},\n\nthe suggestion to meet {other} ({role}) waits for your answer.",
        MessageKind.ACCEPTED: "Dear {own},\n\nyou and {other} ({role}) have both agreed to meet.",
        MessageKind.DECLINED: "Dear {own},\n\nthe introduction to {other} ({role}) will not take place now.",
        MessageKind.EXPIRED: "Dear {own},\n\nthe other side did not answer in time: the introduction to "
        "{other} ({role}) has expired.",
        MessageKind.WITHDRAWN: "Dear {own},\n\nthe office has withdrawn the introduction to {other} "
        "({role}); you need not answer any more.",
    },
}
_ASKED: Mapping[Language, Mapping[MessageKind, tuple[str, str]]] = {
    "zh": {
        MessageKind.OFFERED: ("{other}希望与您对接", "{own}，您好：\n\n{role}“{other}”希望与您对接。"),
        MessageKind.WITHDRAWN: (
            "对接请求已撤回：{other}",
            "{own}，您好：\n\n{role}“{other}”撤回了对接请求，您无需再答复。",
        ),
    },
    "en": {
        MessageKind.OFFERED: (
            "{other} asks to meet you",
            "Dear {own},\n\n{other} ({role}) asks to meet you.",
        ),
        MessageKind.WITHDRAWN: (
            "The request was taken back: {other}",
            "Dear {own},\n\n{other} ({role}) has taken the request back; you need not answer any more.",
        ),
    },
}
"""Subject and opening of what a startup asked for itself, to the partner."""
_LINES: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "note": "对方留言：\n{note}",
        "reasons": "推荐理由：",
        "slot": "时间：{slot}",
        "answer": "请在 {day} 之前接受或谢绝（对接编号 {id}）。逾期未答复，名额将让给下一位。",
        "email": "对方邮箱：{email}",
        "next": "如有合适的候补，我们会另行通知。",
        "sign": "—— 伯乐",
    },
    "en": {
        "note": "What they write:\n{note}",
        "reasons": "Why we think of you two:",
        "slot": "Time: {slot}",
        "answer": "Please accept or decline before {day} (introduction {id}). After that the place goes to "
        "the next one.",
        "email": "You reach them at {email}",
        "next": "Where there is a suitable alternative we will write to you again.",
        "sign": "Bole",
    },
}
_ROLES: Mapping[Language, Mapping[str, str]] = {
    "zh": {"startup": "企业", "mentor": "导师", "investor": "投资方"},
    "en": {"startup": "startup", "mentor": "mentor", "investor": "investor"},
}
_BULLETS: Mapping[Language, str] = {"zh": "· ", "en": "- "}


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail's words. The subject is one line whatever people are called."""

    subject: str
    text: str


def letter(message: Message) -> Letter:
    """The words of an e-mail, for the side that reads it."""
    language, facts = message.language, message.payload
    side = Side(facts["side"])
    other = Side.PARTNER if side is Side.STARTUP else Side.STARTUP
    role = facts["role"] if other is Side.PARTNER else other.value
    named = {
        "own": one_line(facts[f"{side}_name"]),
        "other": one_line(facts[f"{other}_name"]),
        "role": _ROLES[language][role],
    }
    subject, opening = _words(message.kind, facts, side, language)
    parts = [opening.format(**named), *_body(message.kind, facts, other, language), _LINES[language]["sign"]]
    return Letter(subject.format(**named), "\n\n".join(parts) + "\n")


def _words(kind: MessageKind, facts: Mapping[str, Any], side: Side, language: Language) -> tuple[str, str]:
    """The subject and the opening, with places for names."""
    asked = kind is MessageKind.OFFERED and facts.get("run") == ""
    taken_back = kind is MessageKind.WITHDRAWN and facts.get("declined_by")
    if side is Side.PARTNER and (asked or taken_back):
        return _ASKED[language][kind]
    return _SUBJECTS[language][kind], _OPENINGS[language][kind]


def _lines_of(text: str) -> str:
    """The text line by line, each as `one_line` has it."""
    return "\n".join(one_line(line) for line in text.splitlines())


def one_line(text: str) -> str:
    """The text on one line, without control characters: nothing that could end a header."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _body(kind: MessageKind, facts: Mapping[str, Any], other: Side, language: Language) -> list[str]:
    lines = _LINES[language]
    parts: list[str] = []
    if kind in {MessageKind.OFFERED, MessageKind.REMINDER} and facts.get("note"):
        parts.append(lines["note"].format(note=_lines_of(facts["note"])))
    if kind is MessageKind.OFFERED and facts["reasons"]:
        told = [f"{_BULLETS[language]}{sentence(Reason(*each), language)}" for each in _reasons(facts)]
        parts.append("\n".join([lines["reasons"], *told]))
    if kind in {MessageKind.OFFERED, MessageKind.REMINDER, MessageKind.ACCEPTED} and facts["slot"]:
        parts.append(lines["slot"].format(slot=one_line(facts["slot"])))
    if kind in {MessageKind.OFFERED, MessageKind.REMINDER}:
        day = dt.datetime.fromisoformat(facts["expires_at"])
        parts.append(lines["answer"].format(day=f"{day:%Y-%m-%d %H:%M} UTC", id=facts["id"]))
    if kind is MessageKind.ACCEPTED and facts[f"{other}_email"]:
        parts.append(lines["email"].format(email=facts[f"{other}_email"]))
    if kind in {MessageKind.DECLINED, MessageKind.EXPIRED} and other is Side.PARTNER:
        parts.append(lines["next"])
    return parts


def _reasons(facts: Mapping[str, Any]) -> list[tuple[str, float, Mapping[str, object], bool]]:
    """The reasons as `Reason` takes them: what was a tuple of names is one again."""
    return [
        (
            signal,
            points,
            {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()},
            uncertain,
        )
        for signal, points, told, uncertain in facts["reasons"]
    ]
