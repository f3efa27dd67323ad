"""JSON from a provider, over connections that lead nowhere else."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.sending.outward import Outward, Refused, Unreached
from api.single_sign_on.refusals import NotSignedOn, Why

MOST_BYTES = 256 * 1024
TIMEOUT_SECONDS = 8.0
_ACCEPT = {"Accept": "application/json", "User-Agent": "Bole"}


@dataclass(frozen=True, slots=True)
class Wire:
    """Talks to providers by `outward`."""

    outward: Outward

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
        """The object at an address.

        Raises:
            NotSignedOn: it cannot be had, or is none.
        """
        status, found = self.call("GET", url, headers=headers or {})
        if status != 200:
            raise NotSignedOn(Why.UNREACHABLE, f"answers {status}")
        return found

    def call(
        self, method: str, url: str, *, headers: Mapping[str, str], body: str = ""
    ) -> tuple[int, dict[str, Any]]:
        """The status of an answer and the object in it, {} where there is none.

        Raises:
            NotSignedOn: the address must not be called, or nobody answers.
        """
        try:
            answer = self.outward.call(
                method, url, body=body.encode(), headers={**_ACCEPT, **headers}, most_bytes=MOST_BYTES
            )
        except Refused as error:
            raise NotSignedOn(Why.MISCONFIGURED, str(error)) from error
        except (Unreached, ValueError) as error:  # a port that is no number, a host that is no name
            raise NotSignedOn(Why.UNREACHABLE, str(error)[:200]) from error
        return answer.status, _object(answer.body)


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
