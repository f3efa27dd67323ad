"""Mails about accounts, to a real mail server."""

import io
import threading
from dataclasses import replace

import pytest

from api.accounts.mails import Mail, News, composed, send, send_beside
from api.logs import json_log
from api.sending.failures import NotSent
from api.sending.servers import smtp_server
from api.settings import Settings
from matcher.people import Person
from tests.api.mailing import Postbox

LINK = "https://bole.example/welcome?token=abc"


@pytest.fixture
def mailing(settings: Settings, smtp_port: int) -> Settings:
    return replace(settings, smtp=smtp_server(f"smtp://127.0.0.1:{smtp_port}?tls=no"))


@pytest.mark.parametrize("news", News)
@pytest.mark.parametrize(("language", "word"), [("zh", "您好"), ("zh-Hant", "您好"), ("en", "Dear 王伟")])
def test_every_mail_is_in_the_persons_language(wei: Person, news: News, language, word: str):
    link = LINK if news in {News.INVITATION, News.RESET} else ""
    made = composed(Mail(replace(wei, language=language), news, "North", link), "Bole <b@example.org>")
    text = made.get_content()
    assert word in text
    assert (LINK in text) == bool(link)
    assert "{" not in text + made["Subject"]
    assert (made["To"], made["Content-Language"]) == ("wei@example.org", language)


def test_traditional_chinese_is_written_so(wei: Person):
    made = composed(Mail(replace(wei, language="zh-Hant"), News.RESET, "North", LINK), "b@example.org")
    assert "密碼" in made["Subject"]


def test_names_cannot_make_headers_or_links(wei: Person):
    odd = replace(wei, name="{link}{0}")
    made = composed(Mail(odd, News.INVITATION, "North\nBcc: x@example.org", LINK), "b@example.org")
    assert made["Bcc"] is None
    assert "{link}{0}" in made.get_content()


def test_a_mail_is_handed_to_the_server(wei: Person, mailing: Settings, postbox: Postbox):
    assert send(Mail(wei, News.INVITATION, "North", LINK), mailing)
    [mail] = postbox.mails
    assert mail["Subject"] == "North邀请您使用伯乐"
    assert LINK in mail.get_content()


def test_without_a_server_nothing_is_sent(wei: Person, settings: Settings):
    assert not send(Mail(wei, News.INVITATION, "North", LINK), settings)


def test_a_refusal_is_told(wei: Person, mailing: Settings, postbox: Postbox):
    postbox.refuses["wei@example.org"] = "550 no such user"
    with pytest.raises(NotSent, match="550"):
        send(Mail(wei, News.RESET, "North", LINK), mailing)


def test_what_fails_beside_is_logged_without_the_address(wei: Person, mailing: Settings, postbox: Postbox):
    postbox.refuses["wei@example.org"] = "451 later"
    log = io.StringIO()
    send_beside(Mail(wei, News.RESET, "North", LINK), mailing, json_log(log))
    for thread in threading.enumerate():
        if thread.name == "account mail":
            thread.join()
    assert "451" in log.getvalue()
    assert "wei@example.org" not in log.getvalue()
    assert "token" not in log.getvalue()


def test_an_organisation_without_a_name_is_an_incubator(wei: Person):
    assert (
        composed(Mail(wei, News.INVITATION, "", LINK), "b@example.org")["Subject"] == "孵化器邀请您使用伯乐"
    )
    english = composed(Mail(replace(wei, language="en"), News.INVITATION, "", LINK), "b@example.org")
    assert english["Subject"] == "Your incubator invites you to Bole"
    assert (
        "tell your incubator at once"
        in composed(
            Mail(replace(wei, language="en"), News.PASSWORD_CHANGED, ""), "b@example.org"
        ).get_content()
    )
