"""E-mails through an SMTP server."""

import hashlib
import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime, parseaddr
from types import TracebackType

from api.sending.failures import NotSent
from api.sending.servers import SmtpServer
from matcher.cohorts.introducing.letters import letter, one_line
from matcher.cohorts.introducing.messages import Message

TIMEOUT_SECONDS = 20.0


def mail_of(message: Message, sender: str) -> EmailMessage:
    """The message as a plain-text e-mail.

    Its Message-ID is made of the message's key: where it is sent twice, a mail reader can tell.
    """
    words = letter(message)
    domain = parseaddr(sender)[1].rpartition("@")[2]
    mail = EmailMessage(policy=SMTP_POLICY)
    mail["From"] = sender
    mail["To"] = message.address
    mail["Subject"] = words.subject
    mail["Date"] = format_datetime(message.created_at)
    mail["Message-ID"] = f"<{hashlib.sha256(message.key.encode()).hexdigest()[:32]}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(words.text)
    mail["Content-Language"] = message.language  # the content drops earlier headers about it
    return mail


class Mailer:
    """Hands mails to a server over one connection, opened with the first and again where it broke."""

    def __init__(self, server: SmtpServer, sender: str) -> None:
        self._server = server
        self._sender = sender
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> "Mailer":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def send(self, message: Message) -> None:
        """Hand the message over as a mail.

        Raises:
            NotSent: as `deliver`; for good where no mail can be made of the message.
        """
        try:
            mail = mail_of(message, self._sender)
        except ValueError as error:  # UnicodeError is one
            raise _no_mail(error) from error
        self.deliver(mail)

    def deliver(self, mail: EmailMessage) -> None:
        """Hand a mail over.

        Raises:
            NotSent: the server cannot be reached, or refuses it; for good where it says that it always will.
        """
        try:
            if self._connection is None:
                self._connection = self._connected()
            self._connection.send_message(mail)
        except smtplib.SMTPAuthenticationError as error:  # a matter of settings, not of this mail
            self._close()
            raise NotSent(f"the mail server refuses the user: {error.smtp_code}", for_good=False) from error
        except smtplib.SMTPRecipientsRefused as error:
            self._reset()
            code, why = next(iter(error.recipients.values()))
            raise NotSent(_said(code, why), for_good=500 <= code < 600) from error
        except smtplib.SMTPResponseException as error:
            self._close()
            raise NotSent(_said(error.smtp_code, error.smtp_error), for_good=_always(error)) from error
        except (smtplib.SMTPException, OSError) as error:
            self._close()
            trouble = one_line(f"the mail server cannot be used: {type(error).__name__}: {error}")
            raise NotSent(trouble, for_good=False) from error
        except ValueError as error:  # of this mail where there is a connection, else of the settings
            mine = self._connection is not None
            self._close()
            raise _no_mail(error, for_good=mine) from error

    def _connected(self) -> smtplib.SMTP:
        server, context = self._server, ssl.create_default_context()
        if server.implicit_tls:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=TIMEOUT_SECONDS, context=context
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_SECONDS)
        try:
            if not server.implicit_tls and not server.plain:
                connection.starttls(context=context)
            if server.user:
                connection.login(server.user, server.password)
        except (smtplib.SMTPException, OSError, ValueError):
            connection.close()
            raise
        return connection

    def _reset(self) -> None:
        """Go on with the connection after a recipient was refused."""
        if self._connection is None:
            return
        try:
            self._connection.rset()
        except (smtplib.SMTPException, OSError):
            self._close()

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.quit()
            except (smtplib.SMTPException, OSError):
                connection.close()


def _no_mail(error: ValueError, *, for_good: bool = True) -> NotSent:
    """What is told where no mail can be made: without the error's words, which have the address."""
    return NotSent(f"the mail cannot be made: {type(error).__name__}", for_good=for_good)


def _always(error: smtplib.SMTPResponseException) -> bool:
    """Whether the server refuses the mail itself; what it says on connecting may change."""
    return (
        isinstance(error, smtplib.SMTPDataError | smtplib.SMTPSenderRefused) and 500 <= error.smtp_code < 600
    )


def _said(code: int, why: bytes | str) -> str:
    text = why.decode("utf-8", "replace") if isinstance(why, bytes) else why
    return one_line(f"the mail server said {code}: {text}")
