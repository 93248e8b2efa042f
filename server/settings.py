"""The settings: what the environment or a `.env` file says about this installation (PROTOCOL section 7).

Read once, before anything is built; the composition root gives the parts what they need. A setting that is wrong stops
the start with one line that says which and why.
"""

import os
from collections.abc import Mapping
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from server.address import TrustedProxies

# The mark a host leaves in the environment → how many proxies it puts before us, each appending to X-Forwarded-For.
HOSTS: Mapping[str, int] = {"RENDER": 2, "DYNO": 1, "FLY_APP_NAME": 2, "K_SERVICE": 1}

POSTGRESQL = ("postgres", "postgresql", "postgres+psycopg", "postgresql+psycopg")


class SettingsError(Exception):
    """A setting is wrong; the message is one line."""


def _host_mark() -> str | None:
    return next((mark for mark in HOSTS if os.environ.get(mark)), None)


def _default_host() -> str:
    return "0.0.0.0" if _host_mark() else "127.0.0.1"  # noqa: S104  # behind a host's own proxy


def _default_proxies() -> str:
    mark = _host_mark()
    return str(HOSTS[mark]) if mark else ""


def _own_address(known: Mapping[str, Any]) -> str:
    return f"http://localhost:{known.get('port', 8000)}"


def origin_of(url: str) -> str:
    """`https://example.org/x` → `https://example.org`, as browsers write it; ValueError where it is no web address."""
    parts = urlsplit(url.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be a web address such as https://example.org")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    port = parts.port if parts.port not in {None, {"http": 80, "https": 443}[parts.scheme]} else None
    return f"{parts.scheme}://{host}" + (f":{port}" if port is not None else "")


def _web_address(url: str) -> str:
    origin_of(url)
    return url.strip().rstrip("/")


def _origins(text: str) -> str:
    return ",".join(origin_of(part) for part in text.split(",") if part.strip())


def _proxies(text: str) -> str:
    try:
        TrustedProxies.parse(text)
    except ValueError:
        raise ValueError("must be a number of proxies, or their addresses with commas between") from None
    return text


def _database(url: str) -> str:
    """`postgres://…`, as some hosts write it, becomes `postgresql+psycopg://…`, as do its other spellings."""
    scheme, separator, place = url.strip().partition("://")
    if scheme in POSTGRESQL and separator:
        return _readable(f"postgresql+psycopg://{place}")
    if scheme == "sqlite" and place.startswith("/"):
        return _readable(f"sqlite://{place}")
    raise ValueError("must be sqlite:///data/callboard.db, a file, or postgresql://user:password@host/name")


def _readable(url: str) -> str:
    try:
        make_url(url)
    except (ArgumentError, ValueError):
        raise ValueError(
            "cannot be read; in a password, signs such as @ / : % are written as %40 %2F %3A %25"
        ) from None
    return url


Number = Annotated[int, Field(ge=0)]
Positive = Annotated[int, Field(ge=1)]
WebAddress = Annotated[str, AfterValidator(_web_address)]


class Settings(BaseSettings):
    """All settings by the names of PROTOCOL section 7, in lower case. Sizes are in MiB, spans in days."""

    model_config = SettingsConfigDict(
        env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True, hide_input_in_errors=True,
        validate_default=True, populate_by_name=True,
    )  # fmt: skip

    port: int = Field(8000, ge=0, le=65535)
    host: str = Field(default_factory=_default_host)
    public_url: WebAddress = Field(
        default_factory=_own_address, validation_alias=AliasChoices("PUBLIC_URL", "RENDER_EXTERNAL_URL")
    )
    database_url: Annotated[str, AfterValidator(_database)] = "sqlite:///data/callboard.db"
    wait_for_lock: bool = Field(default_factory=lambda: _host_mark() is not None)
    callboard_tenant: str | None = None
    callboard_admin_email: str | None = None
    callboard_admin_password: SecretStr | None = None
    allowed_origins: Annotated[str, AfterValidator(_origins)] = ""
    trusted_proxies: Annotated[str, AfterValidator(_proxies)] = Field(default_factory=_default_proxies)
    commands_per_second: Number = 0
    requests_per_second: Number = 0
    incoming_kb_per_second: Number = 0
    new_connections_per_second: Number = 0
    connections_per_address: Number = 0
    connections_per_user: Number = 0
    session_days: Positive = 14
    journal_days: Positive = 400
    max_connections: Positive = 20_000
    connect_seconds: Annotated[float, Field(gt=0)] = 10
    unsent_budget_mb: Positive = 256
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["text", "json"] = "text"
    metrics_token: SecretStr | None = None

    @classmethod
    def read(cls, **given: Any) -> "Settings":
        """The settings as they are now; `given` ones come before the environment. SettingsError says what is wrong."""
        try:
            return cls(**given)
        except ValidationError as error:
            raise SettingsError(_said(error)) from None

    @property
    def own_origins(self) -> frozenset[str]:
        """The origins whose pages may act for whoever is signed in (PROTOCOL section 1)."""
        foreign = self.allowed_origins.split(",") if self.allowed_origins else []
        return frozenset([origin_of(self.public_url), *foreign, *self._loopback_spellings()])

    @property
    def secure(self) -> bool:
        """Whether people reach us by https: then cookies are Secure."""
        return self.public_url.startswith("https:")

    @property
    def proxies(self) -> TrustedProxies:
        """Whose X-Forwarded-For is believed."""
        return TrustedProxies.parse(self.trusted_proxies)

    @property
    def first_tenant(self) -> tuple[str, str, str] | None:
        """(name, e-mail, password) of the tenant and admin that the first start makes, where all three are set."""
        name, email, password = self.callboard_tenant, self.callboard_admin_email, self.callboard_admin_password
        return (name, email, password.get_secret_value()) if name and email and password else None

    def _loopback_spellings(self) -> tuple[str, ...]:
        if "public_url" in self.model_fields_set:
            return ()
        return tuple(origin_of(f"http://{name}:{self.port}") for name in ("localhost", "127.0.0.1"))


def _said(error: ValidationError) -> str:
    """One line: the settings by the names people set, and what is wrong with each; never the value."""
    wrong = error.errors(include_url=False, include_input=False, include_context=False)
    names = [str(each["loc"][0]).upper() if each["loc"] else "the settings" for each in wrong]
    return "; ".join(
        f"{name}: {each['msg'].removeprefix('Value error, ')}" for name, each in zip(names, wrong, strict=True)
    )
