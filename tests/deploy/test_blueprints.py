"""What hosts read: Render's blueprints, with a disk and with PostgreSQL, and the Procfile. One start line, settings that
exist, and Render's own rules, as its reference of blueprint files has them."""

import tomllib
from pathlib import Path

import pytest
import yaml

from server.serving import STOP_S
from server.settings import Settings

ROOT = Path(__file__).parents[2]
BLUEPRINTS = {"a disk": "render.yaml", "PostgreSQL": "render-postgres.yaml"}
OF_THE_HOST = {"PYTHON_VERSION", "NODE_VERSION"}

# What the reference lets stand where, as far as we use it.
TOP = {"services", "databases"}
SERVICE = {
    "type", "name", "runtime", "plan", "buildCommand", "preDeployCommand", "startCommand", "healthCheckPath",
    "maxShutdownDelaySeconds", "disk", "envVars",
}  # fmt: skip
DISK = {"name", "mountPath", "sizeGB"}
DATABASE = {"name", "plan", "postgresMajorVersion", "ipAllowList"}
WAYS = ({"key", "value"}, {"key", "sync"}, {"key", "generateValue"}, {"key", "fromDatabase"})


def read(name):
    return yaml.safe_load((ROOT / name).read_text())


@pytest.fixture(params=BLUEPRINTS.values(), ids=BLUEPRINTS)
def blueprint(request):
    return read(request.param)


@pytest.fixture
def service(blueprint):
    (service,) = blueprint["services"]
    return service


def variables(service):
    return {variable["key"]: variable for variable in service["envVars"]}


def test_it_says_only_what_the_host_reads(blueprint, service):
    assert set(blueprint) <= TOP
    assert set(service) <= SERVICE
    assert set(service.get("disk", {})) <= DISK
    for database in blueprint.get("databases", []):
        assert set(database) <= DATABASE
    for variable in service["envVars"]:
        assert set(variable) in WAYS, variable


def test_every_host_starts_it_with_the_same_line(service):
    (line,) = (ROOT / "Procfile").read_text().splitlines()
    assert line == f"web: {service['startCommand']}"
    program, command = service["startCommand"].split()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert program in project["scripts"]
    assert command == "serve"


def test_only_settings_that_exist_are_set(service):
    known = {name.upper() for name in Settings.model_fields}
    assert set(variables(service)) - OF_THE_HOST <= known


def test_the_settings_are_right_where_the_host_leaves_its_mark(service, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("RENDER", "true")
    monkeypatch.setenv("RENDER_EXTERNAL_URL", "https://callboard.onrender.com")
    monkeypatch.setenv("PORT", "10000")
    for key, variable in variables(service).items():
        if "value" in variable:
            monkeypatch.setenv(key, str(variable["value"]))
    settings = Settings.read()
    assert (settings.host, settings.port, settings.trusted_proxies) == ("0.0.0.0", 10000, "2")
    assert settings.secure
    assert settings.own_origins == {"https://callboard.onrender.com"}
    assert (settings.commands_per_second, settings.connections_per_address) == (50, 200)
    assert (settings.connections_per_user, settings.new_connections_per_second) == (50, 100)
    assert (settings.requests_per_second, settings.incoming_kb_per_second) == (200, 1000)


def test_it_has_the_time_it_needs_to_stop(service):
    assert STOP_S < service["maxShutdownDelaySeconds"] <= 300


def test_nothing_secret_stands_in_it(service):
    for name, variable in variables(service).items():
        if "PASSWORD" in name or "TOKEN" in name:
            assert "value" not in variable


def test_what_is_built_is_locked(service):
    assert "--require-hashes -r requirements.lock" in service["buildCommand"]
    assert "npm ci" in service["buildCommand"]


def test_the_database_lies_on_the_disk():
    """A disk is there neither in the build nor before the deploy: the start migrates."""
    (service,) = read("render.yaml")["services"]
    place = variables(service)["DATABASE_URL"]["value"].removeprefix("sqlite:///")
    assert Path(place).parent == Path(service["disk"]["mountPath"])
    assert "preDeployCommand" not in service


def test_the_database_is_the_blueprints_own_and_only_the_service_reaches_it():
    blueprint = read("render-postgres.yaml")
    (service,), (database,) = blueprint["services"], blueprint["databases"]
    assert variables(service)["DATABASE_URL"]["fromDatabase"] == {
        "name": database["name"],
        "property": "connectionString",
    }
    assert database["ipAllowList"] == []
    assert "disk" not in service


def test_apart_from_the_database_both_are_one():
    kept, other = (read(name)["services"][0] for name in BLUEPRINTS.values())
    for service in (kept, other):
        for different in ("disk", "preDeployCommand"):
            service.pop(different, None)
        service["envVars"] = [each for each in service["envVars"] if each["key"] != "DATABASE_URL"]
    assert kept == other
