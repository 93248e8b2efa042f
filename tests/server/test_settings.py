"""What the environment says, and how a wrong setting is told (PROTOCOL section 7)."""

from pathlib import Path

import pytest

from server.settings import Settings, SettingsError


def test_without_any_setting_it_is_a_server_for_this_machine_alone():
    settings = Settings.read()
    assert (settings.host, settings.port, settings.public_url) == ("127.0.0.1", 8000, "http://localhost:8000")
    assert settings.database_url == "sqlite:///data/callboard.db"
    assert not settings.secure


def test_an_env_file_is_read_and_the_environment_comes_before_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / ".env").write_text("PORT=9001\nLOG_FORMAT=json\nSOMETHING_ELSE=1\n")
    monkeypatch.setenv("PORT", "9002")
    settings = Settings.read()
    assert (settings.port, settings.log_format) == (9002, "json")


@pytest.mark.parametrize("mark", ["RENDER", "DYNO", "FLY_APP_NAME", "K_SERVICE"])
def test_on_a_known_host_it_serves_everybody_and_believes_its_proxies(mark: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(mark, "yes")
    settings = Settings.read()
    assert settings.host == "0.0.0.0"
    assert settings.proxies.hops > 0


def test_the_host_may_name_the_public_address(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("RENDER_EXTERNAL_URL", "https://board.example.org/")
    settings = Settings.read()
    assert (settings.public_url, settings.secure) == ("https://board.example.org", True)


def test_both_spellings_of_this_machine_are_our_own_where_no_address_is_set():
    assert Settings.read(port=8123).own_origins == {"http://localhost:8123", "http://127.0.0.1:8123"}


def test_own_origins_are_the_public_address_and_those_allowed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PUBLIC_URL", "https://Board.example.org:443/board")
    monkeypatch.setenv("ALLOWED_ORIGINS", "http://localhost:5173, https://other.example.org/")
    assert Settings.read().own_origins == {
        "https://board.example.org", "http://localhost:5173", "https://other.example.org"
    }  # fmt: skip


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgres+psycopg", "postgresql+psycopg"])
def test_each_way_to_write_the_address_of_a_postgresql_is_taken(scheme: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", f" {scheme}://me:p%40ss@db:5433/board?sslmode=require ")
    assert Settings.read().database_url == "postgresql+psycopg://me:p%40ss@db:5433/board?sslmode=require"


def test_an_instance_waits_for_the_lock_where_the_host_lets_two_overlap(monkeypatch: pytest.MonkeyPatch):
    assert not Settings.read().wait_for_lock
    monkeypatch.setenv("RENDER", "true")
    assert Settings.read().wait_for_lock


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "eighty", "PORT: "),
        ("PORT", "65536", "PORT: "),
        (
            "DATABASE_URL",
            "mysql://me:hush@db/board",
            "DATABASE_URL: must be sqlite:///data/callboard.db, a file, or postgresql://",
        ),
        ("DATABASE_URL", "sqlite:board.db", "DATABASE_URL: must be sqlite:///data/callboard.db"),
        ("DATABASE_URL", "postgres://me:hu@sh:x@db:port/board", "DATABASE_URL: cannot be read; in a password"),
        ("TRUSTED_PROXIES", "many", "TRUSTED_PROXIES: must be a number of proxies"),
        ("PUBLIC_URL", "board.example.org", "PUBLIC_URL: must be a web address"),
        ("ALLOWED_ORIGINS", "*", "ALLOWED_ORIGINS: must be a web address"),
        ("LOG_LEVEL", "loud", "LOG_LEVEL: "),
        ("SESSION_DAYS", "0", "SESSION_DAYS: "),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_it(name: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as told:
        Settings.read()
    assert str(told.value).startswith(said)
    assert "\n" not in str(told.value)
    assert "hush" not in str(told.value)


def test_secrets_do_not_show_in_a_printed_setting():
    settings = Settings.read(callboard_admin_password="hush hush hush", metrics_token="hush")
    assert "hush" not in repr(settings)


def test_the_first_tenant_needs_all_three_of_its_settings():
    assert Settings.read(callboard_tenant="Ours", callboard_admin_email="a@example.com").first_tenant is None
    whole = Settings.read(
        callboard_tenant="Ours", callboard_admin_email="a@example.com", callboard_admin_password="hush"
    )
    assert whole.first_tenant == ("Ours", "a@example.com", "hush")
