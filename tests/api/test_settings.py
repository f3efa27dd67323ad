"""Settings from the environment."""

from pathlib import Path

import pytest

from api.jobs.weekly import weekly
from api.sending.servers import SmtpServer
from api.settings import Settings, settings_from
from matcher.errors import InvalidInput


def test_an_empty_environment_gives_the_defaults():
    settings = settings_from({})
    assert (settings.home, settings.host, settings.port, settings.workers) == (
        Path("var"),
        "127.0.0.1",
        8000,
        2,
    )
    assert not settings.allow_remote


def test_each_variable_sets_its_setting():
    settings = settings_from(
        {
            "BOLE_HOME": "/srv/bole",
            "BOLE_DATABASE_URL": "postgresql+psycopg://db/bole",
            "BOLE_REGISTRY_URL": "s3://models",
            "BOLE_HOST": "0.0.0.0",
            "BOLE_PORT": "80",
            "BOLE_ALLOW_REMOTE": "1",
            "BOLE_WORKERS": "8",
            "BOLE_THREADS": "3",
            "BOLE_RECORD_SHARE": "0.25",
            "BOLE_RETRAIN_AT": "Sat 22:30",
            "BOLE_TIMEZONE": "Europe/Berlin",
            "BOLE_QUEUE_URL": "redis://queue:6379/2",
            "BOLE_SMTP_URL": "smtps://bole:word@mail.example.org",
            "BOLE_MAIL_FROM": "Bole <bole@example.org>",
            "BOLE_WEBHOOK_HOSTS": "hooks.internal, 10.0.0.7",
            "BOLE_PUBLIC_URL": "https://bole.example.org/",
            "BOLE_CALLS_PER_SECOND": "0",
            "BOLE_CALLS_AT_ONCE": "300",
            "BOLE_BREACHED_PASSWORDS": "/srv/pwned.txt",
        }
    )
    assert settings == Settings(
        home=Path("/srv/bole"),
        database_url="postgresql+psycopg://db/bole",
        registry_url="s3://models",
        host="0.0.0.0",
        port=80,
        allow_remote=True,
        workers=8,
        threads=3,
        metrics_directory=Path("/srv/bole/metrics"),
        record_share=0.25,
        retraining=weekly("Sat 22:30", "Europe/Berlin"),
        queue_url="redis://queue:6379/2",
        smtp=SmtpServer("mail.example.org", 465, "bole", "word", implicit_tls=True),
        mail_from="Bole <bole@example.org>",
        webhook_hosts=frozenset({"hooks.internal", "10.0.0.7"}),
        public_url="https://bole.example.org",
        calls_per_second=0,
        calls_at_once=300,
        breached_passwords=Path("/srv/pwned.txt"),
    )


def test_a_home_given_on_the_command_line_wins():
    assert settings_from({"BOLE_HOME": "/a"}, home=Path("/b")).home == Path("/b")


def test_database_and_models_live_at_home_unless_told_otherwise():
    assert Settings(home=Path("/b")).store_url == "sqlite:////b/bole.db"
    assert Settings(home=Path("/b")).models_url == "/b/models"
    assert Settings(database_url="postgresql://x").store_url == "postgresql://x"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOLE_PORT", "0"),
        ("BOLE_PORT", "65536"),
        ("BOLE_PORT", "http"),
        ("BOLE_WORKERS", "-1"),
        ("BOLE_WORKERS", "1.5"),
        ("BOLE_THREADS", "²"),
        ("BOLE_ALLOW_REMOTE", "yes"),
        ("BOLE_CALLS_PER_SECOND", "0.5"),
        ("BOLE_CALLS_AT_ONCE", "19"),
        ("BOLE_RECORD_SHARE", "1.01"),
        ("BOLE_RECORD_SHARE", "-0"),
        ("BOLE_RECORD_SHARE", "nan"),
        ("BOLE_RECORD_SHARE", "10%"),
        ("BOLE_RETRAIN_AT", "03:00"),
        ("BOLE_TIMEZONE", "Asia/Beijing"),
        ("BOLE_SMTP_URL", "mail.example.org"),
        ("BOLE_MAIL_FROM", "Bole"),
        ("BOLE_PUBLIC_URL", "bole.example.org"),
        ("BOLE_PUBLIC_URL", "ftp://bole.example.org"),
        ("BOLE_PUBLIC_URL", "https://"),
        ("BOLE_PUBLIC_URL", "https://wei@example.org"),
        ("BOLE_PUBLIC_URL", "https://example.org?x"),
        ("BOLE_PUBLIC_URL", "https://example.org\nx"),
        ("BOLE_QUEUE_URL", "amqp://queue"),
        ("BOLE_QUEUE_URL", "queue.db"),
        ("BOLE_QUEUE_URL", "redis://"),
        ("BOLE_QUEUE_URL", "redis://queue:http"),
        ("BOLE_QUEUE_URL", "redis://[queue"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name(name: str, value: str):
    with pytest.raises(InvalidInput, match=name):
        settings_from({name: value})


def test_links_begin_with_the_public_address_else_with_where_we_listen():
    assert Settings(public_url="https://bole.example.org").address == "https://bole.example.org"
    assert Settings(port=80).address == "http://127.0.0.1:80"
    assert Settings(host="::1").address == "http://[::1]:8000"


def test_the_week_is_shanghais_unless_told_otherwise():
    assert str(settings_from({}).retraining) == "Sun 03:00 Asia/Shanghai"
    assert str(settings_from({"BOLE_TIMEZONE": "UTC"}).retraining) == "Sun 03:00 UTC"


def test_the_password_of_a_queue_is_not_repeated():
    with pytest.raises(InvalidInput) as refused:
        settings_from({"BOLE_QUEUE_URL": "amqp://bole:hunter2@queue"})
    assert "hunter2" not in str(refused.value)
