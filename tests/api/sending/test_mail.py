"""E-mails, handed to a real SMTP server on this machine."""

from email.parser import BytesParser
from email.policy import default

import pytest

from api.sending.failures import NotSent
from api.sending.mail import Mailer, mail_of
from api.sending.servers import SmtpServer, check_sender, smtp_server
from matcher.errors import InvalidInput
from tests.api.mailing import Postbox
from tests.api.sending.conftest import Make

SENDER = "Bole 伯乐 <bole@example.org>"


@pytest.fixture
def server(smtp_port: int) -> SmtpServer:
    return smtp_server(f"smtp://127.0.0.1:{smtp_port}?tls=no")


def test_a_mail_arrives_as_plain_text_with_its_chinese_whole(
    server: SmtpServer, postbox: Postbox, make: Make
) -> None:
    with Mailer(server, SENDER) as mailer:
        mailer.send(make())
    [mail], [envelope] = postbox.mails, postbox.envelopes
    assert (envelope.mail_from, envelope.rcpt_tos) == ("bole@example.org", ["s1@example.org"])
    assert (mail["Subject"], mail["To"]) == ("对接建议：Lin Mu", "s1@example.org")
    assert mail["From"] == SENDER
    assert mail.get_content_type() == "text/plain"
    lines = mail.get_content().splitlines()
    assert lines[:3] == ["青松科技，您好：", "", "我们建议您与导师“Lin Mu”对接。"]


def test_several_mails_go_over_one_connection(server: SmtpServer, postbox: Postbox, make: Make) -> None:
    with Mailer(server, SENDER) as mailer:
        for number in range(3):
            mailer.send(make(key=f"k{number}", language="en"))
    assert len(postbox.mails) == 3
    assert len({mail["Message-ID"] for mail in postbox.mails}) == 3


def test_the_same_message_sent_twice_has_the_same_message_id(make: Make) -> None:
    assert mail_of(make(), SENDER)["Message-ID"] == mail_of(make(attempts=2), SENDER)["Message-ID"]


@pytest.mark.parametrize(
    "name",
    ["Lin\r\nBcc: all@example.org", "Lin\nMu", "Lin\x00\x1bMu", "Lin\u2028Bcc: x@example.org", "a\x85b"],
)
def test_no_name_smuggles_a_header_in(name: str, make: Make) -> None:
    raw = mail_of(make(facts={"partner_name": name, "startup_name": name}), SENDER).as_bytes()
    read = BytesParser(policy=default).parsebytes(raw)
    assert read["Bcc"] is None
    assert read.keys() == mail_of(make(), SENDER).keys()
    assert "\n" not in read["Subject"]


def test_a_recipient_that_does_not_exist_fails_for_good_and_the_next_mail_goes_on(
    server: SmtpServer, postbox: Postbox, make: Make
) -> None:
    postbox.refuses["gone@example.org"] = "550 no such user"
    with Mailer(server, SENDER) as mailer:
        with pytest.raises(NotSent, match="the mail server said 550: no such user") as caught:
            mailer.send(make(address="gone@example.org"))
        mailer.send(make())
    assert caught.value.for_good
    assert len(postbox.mails) == 1


@pytest.mark.parametrize(("says", "for_good"), [("451 try later", False), ("554 spam", True)])
def test_what_the_server_says_decides_whether_it_is_tried_again(
    says: str, for_good: bool, server: SmtpServer, postbox: Postbox, make: Make
) -> None:
    postbox.says = says
    with Mailer(server, SENDER) as mailer, pytest.raises(NotSent) as caught:
        mailer.send(make())
    assert caught.value.for_good is for_good


def test_a_server_that_cannot_be_reached_is_tried_again(make: Make) -> None:
    nobody = SmtpServer("127.0.0.1", 9, plain=True)
    with Mailer(nobody, SENDER) as mailer, pytest.raises(NotSent, match="cannot be used") as caught:
        mailer.send(make())
    assert not caught.value.for_good


def test_without_encryption_nothing_is_sent_unless_it_is_allowed(
    smtp_port: int, postbox: Postbox, make: Make
) -> None:
    with Mailer(smtp_server(f"smtp://127.0.0.1:{smtp_port}"), SENDER) as mailer, pytest.raises(NotSent):
        mailer.send(make())
    assert postbox.mails == []


def test_a_server_is_read_from_its_url() -> None:
    assert smtp_server("smtp://ann:p%40ss@mail.example.org") == SmtpServer(
        "mail.example.org", 587, "ann", "p@ss"
    )
    assert smtp_server("smtps://mail.example.org:4650") == SmtpServer(
        "mail.example.org", 4650, implicit_tls=True
    )


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org",
        "http://a:secret@b",
        "smtp://",
        "smtp://a:secret@b:x",
        "smtp://h?tls=maybe",
        "smtp://h?x=1",
    ],
)
def test_what_is_no_mail_server_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(InvalidInput, match="BOLE_SMTP_URL") as caught:
        smtp_server(url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("sender", ["", "Bole", "Bole <bole>", "Bole <b@example.org>\r\nBcc: x@example.org"])
def test_what_is_no_sender_is_refused(sender: str) -> None:
    with pytest.raises(InvalidInput):
        check_sender(sender)


def test_a_password_is_not_shown() -> None:
    assert "word" not in repr(smtp_server("smtp://ann:word@mail.example.org"))
