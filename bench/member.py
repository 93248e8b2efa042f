"""A member of the team on a Callboard of a run, who has signed in and asks over HTTP."""

import json
from typing import Any
from urllib.request import Request, urlopen

TIMEOUT_S = 60
TENANT = "/api/tenants/main"


class Member:
    """Signed in from the start; `token` is his, for other doors."""

    def __init__(self, url: str, email: str, password: str) -> None:
        self._url, self.token = url, ""
        self.token = self.ask("POST", "/api/login", email=email, password=password)["token"]

    def ask(self, method: str, path: str, **body: Any) -> Any:
        """The answer's JSON; HTTPError where he is refused."""
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        said = json.dumps(body).encode() if body else None
        with urlopen(Request(self._url + path, said, headers, method=method), timeout=TIMEOUT_S) as answer:
            return json.load(answer)

    def cursor(self) -> str:
        """Where the journal ends now."""
        return str(self.ask("GET", "/api/me")["cursor"])

    def create_call(self) -> str:
        """A call; its id."""
        return str(self.ask("POST", f"{TENANT}/calls", title="Bench", customer_name="Bench")["data"]["id"])

    def change(self, call_id: str, times: int) -> None:
        """Change a call so many times, one after the other: as many events."""
        for number in range(times):
            self.ask("PATCH", f"{TENANT}/calls/{call_id}", title=f"Bench {number}")
