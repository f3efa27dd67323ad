"""Events to webhooks: signed, and to no address that only this machine's network should reach.

The body is JSON. `Bole-Signature: t=UNIX_SECONDS,v1=HEX` signs it: HMAC-SHA256 with the webhook's secret over
the time, a full stop and the body. `Bole-Delivery` names the message: where it comes twice, it is the same.
"""

import hashlib
import hmac
import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from api.sending.failures import NotSent
from api.sending.outward import Lookup, Outward, Refused, Unreached, looked_up
from matcher.cohorts.introducing.letters import one_line
from matcher.cohorts.introducing.messages import Message

TIMEOUT_SECONDS = 10.0
"""For a whole post, however slowly a host answers: others' events wait meanwhile."""
_AGAIN = {408, 409, 423, 425, 429}
"""Refusals that trying again may help against, besides those of 500 and above."""


@dataclass(frozen=True, slots=True)
class Hooks:
    """Calls webhooks. Hosts that are `allowed` by name may be inside the network, and reached without TLS."""

    allowed: Collection[str]
    timeout_seconds: float = TIMEOUT_SECONDS
    lookup: Lookup = looked_up

    def send(self, message: Message, at_unix_seconds: int) -> None:
        """Post the event.

        Raises:
            NotSent: the address is refused, nobody answers, or the answer is no success.
        """
        body = body_of(message)
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Bole",
            "Bole-Event": f"introduction.{message.kind}",
            "Bole-Delivery": hashlib.sha256(message.key.encode()).hexdigest()[:32],
            "Bole-Signature": signature(message.secret, at_unix_seconds, body),
        }
        status, location = self._posted(message.address, body, headers)
        if 200 <= status < 300:
            return
        if 300 <= status < 400:
            told = f"it answers {status}: redirects are not followed ({one_line(location)})"
            raise NotSent(told, for_good=True)
        raise NotSent(f"it answers {status}", for_good=status < 500 and status not in _AGAIN)

    def _posted(self, url: str, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
        outward = Outward(self.allowed, "BOLE_WEBHOOK_HOSTS", self.timeout_seconds, self.lookup)
        try:
            answer = outward.call("POST", url, body=body, headers=headers)
        except Refused as error:
            raise NotSent(str(error), for_good=True) from error
        except Unreached as error:
            raise NotSent(str(error), for_good=False) from error
        return answer.status, answer.location


def body_of(message: Message) -> bytes:
    """The event as JSON."""
    event: dict[str, Any] = {
        "id": hashlib.sha256(message.key.encode()).hexdigest()[:32],
        "type": f"introduction.{message.kind}",
        "at": message.created_at.isoformat(),
        "organisation": message.organisation,
        "data": dict(message.payload),
    }
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def signature(secret: str, at_unix_seconds: int, body: bytes) -> str:
    """What signs a body sent at a time."""
    signed = hmac.new(secret.encode(), f"{at_unix_seconds}.".encode() + body, hashlib.sha256)
    return f"t={at_unix_seconds},v1={signed.hexdigest()}"
