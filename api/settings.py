"""Settings of the web service: one frozen value, read from the environment in one function."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from api.jobs.weekly import Weekly, weekly
from api.rates import HEAVY
from api.sending.servers import SmtpServer, check_sender, smtp_server
from matcher.errors import InvalidInput

MEBIBYTE = 1024 * 1024
MOST_CALLS = 1_000_000
DEFAULT_HOME = Path("var")
DEFAULT_RETRAIN_AT = "Sun 03:00"
DEFAULT_TIMEZONE = "Asia/Shanghai"  # of the incubators whose standards Bole follows
DEFAULT_SENDER = "Bole <bole@localhost.localdomain>"
DEFAULT_RETRAINING = weekly(DEFAULT_RETRAIN_AT, DEFAULT_TIMEZONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the service runs. Sizes are in bytes, times in seconds, `record_share` is the part (0…1) of the
    requests whose lists are recorded as shown.

    `home` holds the database, models and metrics unless the two URLs say otherwise. `allow_remote`
    permits listening on an address that other machines can reach. `metrics_directory` is where several
    worker processes add up their figures; None for a single process. `retraining` is when the weekly run is
    due. `queue_url` is the Redis whose queue several machines share; "" for a file in `jobs_folder`. E-mails
    go through `smtp` (None: they wait), from `mail_from`; `webhook_hosts` may be called though they are
    inside the network or do without TLS, and so may `sso_hosts` for single sign-on. `public_url` is where
    people open the pages; "" for what `host` and `port` say. A caller may make `calls_at_once`, then
    `calls_per_second` more (0: as many as one likes), of each worker process. `breached_passwords` is a
    file of passwords that nobody may take, as `api.accounts.breached` reads it.
    """

    home: Path = DEFAULT_HOME
    database_url: str = ""
    registry_url: str = ""
    host: str = "127.0.0.1"
    port: int = 8000
    allow_remote: bool = False
    workers: int = 2
    threads: int = 4
    request_timeout_seconds: int = 60
    stop_timeout_seconds: int = 30
    import_limit_bytes: int = 64 * MEBIBYTE
    body_limit_bytes: int = MEBIBYTE
    metrics_directory: Path | None = None
    record_share: float = 1.0
    retraining: Weekly = DEFAULT_RETRAINING
    queue_url: str = ""
    smtp: SmtpServer | None = None
    mail_from: str = DEFAULT_SENDER
    public_url: str = ""
    webhook_hosts: frozenset[str] = frozenset()
    sso_hosts: frozenset[str] = frozenset()
    calls_per_second: int = 50
    calls_at_once: int = 2000
    breached_passwords: Path | None = None

    @property
    def store_url(self) -> str:
        """Where the database is: the given URL, else a SQLite file in `home`."""
        return self.database_url or f"sqlite:///{(self.home / 'bole.db').absolute()}"

    @property
    def models_url(self) -> str:
        """Where the model registry is: the given URL, else a folder in `home`."""
        return self.registry_url or str((self.home / "models").absolute())

    @property
    def address(self) -> str:
        """Where people open the pages, without a slash at the end: what links in mails begin with."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.public_url or f"http://{host}:{self.port}"

    @property
    def attention_file(self) -> Path:
        """Where the thresholds of signals may be set."""
        return self.home / "attention.toml"

    @property
    def jobs_folder(self) -> Path:
        """Where the queue file is and what jobs say: a folder in `home`."""
        return self.home / "jobs"


def settings_from(environment: Mapping[str, str], *, home: Path | None = None) -> Settings:
    """The settings that `environment` (as `os.environ`) asks for; a given `home` wins over BOLE_HOME.

    Read are BOLE_HOME, BOLE_DATABASE_URL, BOLE_REGISTRY_URL, BOLE_HOST, BOLE_PORT, BOLE_ALLOW_REMOTE
    (1 or 0), BOLE_WORKERS, BOLE_THREADS, BOLE_RETRAIN_AT (as "Sun 03:00"), BOLE_TIMEZONE and BOLE_QUEUE_URL.
    What is absent keeps its default.
    BOLE_RECORD_SHARE is a number from 0 to 1. BOLE_SMTP_URL is smtp://USER:PASSWORD@HOST:587 or smtps://HOST,
    BOLE_MAIL_FROM as "Bole <bole@example.org>", BOLE_WEBHOOK_HOSTS and BOLE_SSO_HOSTS name hosts, separated
    by commas, BOLE_PUBLIC_URL is where people open the pages, as https://bole.example.org.
    BOLE_CALLS_PER_SECOND (0: no limit) and BOLE_CALLS_AT_ONCE are of one caller and one worker process;
    BOLE_BREACHED_PASSWORDS names a file.

    Raises:
        InvalidInput: a number that is none or out of its range, a flag that is neither 1 nor 0, no time of
            the week, no time zone, a queue that is no Redis, a mail server, sender or address that is none.
    """
    home = home or Path(environment.get("BOLE_HOME") or DEFAULT_HOME)
    default = Settings()
    return Settings(
        home=home,
        database_url=environment.get("BOLE_DATABASE_URL", ""),
        registry_url=environment.get("BOLE_REGISTRY_URL", ""),
        host=environment.get("BOLE_HOST") or default.host,
        port=_whole_number(environment, "BOLE_PORT", default=default.port, most=65_535),
        allow_remote=_flag(environment, "BOLE_ALLOW_REMOTE"),
        workers=_whole_number(environment, "BOLE_WORKERS", default=default.workers, most=256),
        threads=_whole_number(environment, "BOLE_THREADS", default=default.threads, most=256),
        metrics_directory=home / "metrics",
        record_share=_share(environment, "BOLE_RECORD_SHARE", default=default.record_share),
        retraining=weekly(
            environment.get("BOLE_RETRAIN_AT") or DEFAULT_RETRAIN_AT,
            environment.get("BOLE_TIMEZONE") or DEFAULT_TIMEZONE,
        ),
        queue_url=_redis_url(environment.get("BOLE_QUEUE_URL", "")),
        smtp=smtp_server(environment["BOLE_SMTP_URL"]) if environment.get("BOLE_SMTP_URL") else None,
        mail_from=check_sender(environment.get("BOLE_MAIL_FROM") or DEFAULT_SENDER),
        public_url=_web_address(environment.get("BOLE_PUBLIC_URL", "")),
        webhook_hosts=_hosts(environment, "BOLE_WEBHOOK_HOSTS"),
        sso_hosts=_hosts(environment, "BOLE_SSO_HOSTS"),
        calls_per_second=_whole_number(
            environment, "BOLE_CALLS_PER_SECOND", default=default.calls_per_second, least=0, most=MOST_CALLS
        ),
        calls_at_once=_whole_number(
            environment, "BOLE_CALLS_AT_ONCE", default=default.calls_at_once, least=HEAVY, most=MOST_CALLS
        ),
        breached_passwords=_file(environment.get("BOLE_BREACHED_PASSWORDS", "")),
    )


def _whole_number(
    environment: Mapping[str, str], name: str, *, default: int, most: int, least: int = 1
) -> int:
    text = environment.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise InvalidInput(name, text, f"must be a whole number from {least} to {most}")
    return int(text)


def _share(environment: Mapping[str, str], name: str, *, default: float) -> float:
    text = environment.get(name) or str(default)
    if not (re.fullmatch(r"\d*\.?\d+", text, re.ASCII) and float(text) <= 1):
        raise InvalidInput(name, text, "must be a number from 0 to 1")
    return float(text)


def _flag(environment: Mapping[str, str], name: str) -> bool:
    text = environment.get(name) or "0"
    if text not in {"0", "1"}:
        raise InvalidInput(name, text, "must be 1 or 0")
    return text == "1"


def _hosts(environment: Mapping[str, str], name: str) -> frozenset[str]:
    return frozenset(environment.get(name, "").lower().replace(",", " ").split())


def _file(text: str) -> Path | None:
    return Path(text) if text else None


def _redis_url(text: str) -> str:
    """The URL, which may hold a password: where it is refused, no more than its scheme is named."""
    scheme = text.partition(":")[0]
    if text and (scheme not in {"redis", "rediss"} or not _is_address(text)):
        rule, remedy = "is no queue that Bole knows", "use redis://HOST:6379/0, or none for a file at home"
        raise InvalidInput("BOLE_QUEUE_URL", f"{scheme}:…", rule, remedy)
    return text


def _web_address(text: str) -> str:
    """The address without a slash at its end."""
    bare = text.rstrip("/")
    strange = not bare.isprintable() or not bare.isascii() or any(sign in bare for sign in " ?#@")
    if bare and (not bare.startswith(("http://", "https://")) or not _is_address(bare) or strange):
        rule = "is no address of pages"
        raise InvalidInput("BOLE_PUBLIC_URL", text, rule, "write it as https://bole.example.org")
    return bare


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets that do not close, a port that is no number
        return False
