"""E-mails in words: each kind in both languages, for both sides, with nothing left unfilled."""

import datetime as dt
from typing import Any

import pytest

from matcher.cohorts.introducing.letters import letter, one_line
from matcher.cohorts.introducing.messages import Channel, Message, MessageKind

FACTS: dict[str, Any] = {
    "id": "i0001",
    "role": "mentor",
    "startup_name": "青松科技",
    "partner_name": "Lin {Mu}",
    "startup_email": "s1@example.org",
    "partner_email": "m1@example.org",
    "slot": "09:00",
    "expires_at": "2026-03-15T12:00:00+00:00",
    "reasons": [["region", 0.2, {}, False]],
}
MAILED = [kind for kind in MessageKind if kind not in {MessageKind.AGREED, MessageKind.CARRIED_OVER}]


def message(kind: MessageKind, language: Any, side: str, **facts: Any) -> Message:
    return Message(
        number=1,
        key="k",
        token="t",
        organisation="north",
        channel=Channel.EMAIL,
        kind=kind,
        payload={**FACTS, "side": side, **facts},
        attempts=1,
        created_at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC),
        address="s1@example.org",
        language=language,
    )


@pytest.mark.parametrize("side", ["startup", "partner"])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", MAILED)
def test_every_kind_names_both_sides_in_both_languages(kind: MessageKind, language: str, side: str) -> None:
    words = letter(message(kind, language, side))
    own, other = ("青松科技", "Lin {Mu}") if side == "startup" else ("Lin {Mu}", "青松科技")
    assert other in words.subject
    assert own in words.text
    assert other in words.text
    assert "\n" not in words.subject


def test_an_offer_says_why_when_and_until_when() -> None:
    text = letter(message(MessageKind.OFFERED, "zh", "startup")).text
    assert "推荐理由：\n· " in text
    assert "时间：09:00" in text
    assert "2026-03-15 12:00 UTC" in text
    assert "@" not in text


def test_the_other_sides_address_is_told_only_when_both_said_yes() -> None:
    texts = {kind: letter(message(kind, "en", "startup")).text for kind in MAILED}
    assert [kind for kind, text in texts.items() if "m1@example.org" in text] == [MessageKind.ACCEPTED]
    assert "s1@example.org" not in texts[MessageKind.ACCEPTED]


def test_a_startup_that_was_declined_hears_that_another_may_come_and_a_partner_does_not() -> None:
    assert "write to you again" in letter(message(MessageKind.DECLINED, "en", "startup")).text
    assert "write to you again" not in letter(message(MessageKind.DECLINED, "en", "partner")).text


@pytest.mark.parametrize(
    ("written", "line"), [("a\r\nb", "a b"), ("a\u2028\x00b", "a b"), ("  a\t b ", "a b"), ("林 木", "林 木")]
)
def test_a_name_is_one_line(written: str, line: str) -> None:
    assert one_line(written) == line


def test_what_a_startup_asks_for_itself_is_told_with_its_note_and_in_its_name() -> None:
    asked = letter(message(MessageKind.OFFERED, "en", "partner", run="", note="We {weld}.\r\nMeet us?\x00"))
    assert asked.subject == "青松科技 asks to meet you"
    assert "What they write:\nWe {weld}.\nMeet us?\n" in asked.text
    offered = letter(message(MessageKind.OFFERED, "en", "partner", run="r1", note=""))
    assert "we suggest that you meet" in offered.text
    assert "What they write" not in offered.text


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "撤回了对接请求"), ("en", "has taken the request back")]
)
def test_a_request_that_its_startup_took_back_is_not_told_as_the_offices(language: str, words: str) -> None:
    gone = letter(message(MessageKind.WITHDRAWN, language, "partner", declined_by="startup"))
    assert words in gone.text
    assert words not in letter(message(MessageKind.WITHDRAWN, language, "partner", declined_by=None)).text
