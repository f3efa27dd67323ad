"""Mails to people about their accounts, in the language they read: invitations, resets, news of changes."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import formatdate, make_msgid, parseaddr
from enum import StrEnum
from typing import Any

from api.sending.failures import NotSent
from api.sending.mail import Mailer
from api.settings import Settings
from matcher.errors import BoleError
from matcher.people import Person, Tongue
from matcher.text.traditional import traditional


class News(StrEnum):
    """What a mail tells."""

    INVITATION = "invitation"
    RESET = "reset"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105 - a name, not a password
    CODES_ON = "codes-on"
    CODES_OFF = "codes-off"


_SUBJECTS: Mapping[str, Mapping[News, str]] = {
    "zh": {
        News.INVITATION: "{organisation}邀请您使用伯乐",
        News.RESET: "重设您的伯乐密码",
        News.PASSWORD_CHANGED: "您的伯乐密码已更改",
        News.CODES_ON: "您的伯乐账户已开启两步验证",
        News.CODES_OFF: "您的伯乐账户已关闭两步验证",
    },
    "en": {
        News.INVITATION: "{organisation} invites you to Bole",
        News.RESET: "A new password for Bole",
        News.PASSWORD_CHANGED: "Your password for Bole was changed",
        News.CODES_ON: "Two-step sign-in is on for your Bole account",
        News.CODES_OFF: "Two-step sign-in is off for your Bole account",
    },
}
_TEXTS: Mapping[str, Mapping[News, str]] = {
    "zh": {
        News.INVITATION: "{name}，您好：\n\n{organisation}邀请您使用伯乐。"
        "请在 7 天内打开下面的链接，设置密码：\n\n{link}\n\n"
        "如果您不知道这是怎么回事，可以不理会这封邮件。\n\n—— 伯乐",
        News.RESET: "{name}，您好：\n\n有人要求重设您在伯乐的密码。"
        "请在 1 小时内打开下面的链接，设置新密码：\n\n{link}\n\n"
        "如果不是您本人，可以不理会这封邮件，您的密码不变。\n\n—— 伯乐",
        News.PASSWORD_CHANGED: "{name}，您好：\n\n您在伯乐的密码刚刚更改，其他登录和令牌都已结束。\n\n"
        "如果不是您本人，请立即联系{organisation}。\n\n—— 伯乐",
        News.CODES_ON: "{name}，您好：\n\n您的账户已开启两步验证：登录时除密码外还需要验证码。\n\n"
        "如果不是您本人，请立即联系{organisation}。\n\n—— 伯乐",
        News.CODES_OFF: "{name}，您好：\n\n您的账户已关闭两步验证：登录时只需要密码。\n\n"
        "如果不是您本人，请立即联系{organisation}。\n\n—— 伯乐",
    },
    "en": {
        News.INVITATION: "Dear {name},\n\n{organisation} invites you to Bole. Open this link within 7 days "
        "and choose a password:\n\n{link}\n\nIf you do not know what this is about, you need not do anything."
        "\n\nBole",
        News.RESET: "Dear {name},\n\nsomebody asked for a new password for your account. Open this link "
        "within an hour and choose one:\n\n{link}\n\nIf that was not you, you need not do anything: your "
        "password stays."
        "\n\nBole",
        News.PASSWORD_CHANGED: "Dear {name},\n\nyour password was changed a moment ago; other sessions and "
        "tokens have ended.\n\nIf that was not you, tell {organisation} at once.\n\nBole",
        News.CODES_ON: "Dear {name},\n\ntwo-step sign-in is on: beside the password you are asked for a "
        "code.\n\nIf that was not you, tell {organisation} at once.\n\nBole",
        News.CODES_OFF: "Dear {name},\n\ntwo-step sign-in is off: the password alone lets you in.\n\n"
        "If that was not you, tell {organisation} at once.\n\nBole",
    },
}

_NAMELESS: Mapping[str, str] = {"zh": "孵化器", "en": "your incubator"}
"""An organisation that was given no name; in Chinese written alike in both scripts."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail: to whom, what it tells, the organisation's name and the link in it, each "" for none."""

    person: Person
    news: News
    organisation: str
    link: str = ""


def composed(mail: Mail, sender: str) -> EmailMessage:
    """The mail in plain text."""
    language = mail.person.language
    office = mail.organisation or _NAMELESS["en" if language == "en" else "zh"]
    words = {"name": mail.person.called, "organisation": office, "link": mail.link}
    made = EmailMessage(policy=SMTP_POLICY)
    made["From"] = sender
    made["To"] = mail.person.email
    subject = " ".join(_said(_SUBJECTS, mail.news, language).format_map(words).split())
    made["Subject"] = subject[:1].upper() + subject[1:]
    made["Date"] = formatdate()
    made["Message-ID"] = make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2])
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(_said(_TEXTS, mail.news, language).format_map(words))
    made["Content-Language"] = language  # the content drops earlier headers about it
    return made


def send(mail: Mail, settings: Settings) -> bool:
    """Send the mail now; whether there is a server to send it by.

    Raises:
        NotSent: the server cannot be reached or refuses it.
    """
    if settings.smtp is None:
        return False
    with Mailer(settings.smtp, settings.mail_from) as mailer:
        mailer.deliver(composed(mail, settings.mail_from))
    return True


def send_beside(mail: Mail, settings: Settings, log: Any) -> None:
    """Send the mail while something else goes on. What fails is logged, without the address."""
    if settings.smtp is not None:
        beside(lambda: mail, settings, log)


def beside(written: Callable[[], Mail | None], settings: Settings, log: Any) -> None:
    """Write a mail, where there is one to write, and send it while something else goes on: how long that
    takes tells nobody whether there was one."""

    def work() -> None:
        try:
            mail = written()
            if mail is not None:
                send(mail, settings)
        except NotSent as error:
            log.warning("account mail not sent", why=error.why)
        except BoleError as error:
            log.warning("account mail not written", why=type(error).__name__)

    threading.Thread(target=work, name="account mail").start()


def _said(texts: Mapping[str, Mapping[News, str]], news: News, language: Tongue) -> str:
    """The sentence with its places open; Traditional Chinese is a way of writing Chinese."""
    if language == "en":
        return texts["en"][news]
    said = texts["zh"][news]
    return traditional(said) if language == "zh-Hant" else said
