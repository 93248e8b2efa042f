"""The image: what stands in the Dockerfile, as no engine to build it is at hand where these tests run."""

import json
import re
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml

from server.settings import Settings

ROOT = Path(__file__).parents[2]


def instructions():
    """(word, the rest) of each."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE).replace("\\\n", " ")
    return [tuple(line.split(maxsplit=1)) for line in text.splitlines() if line.strip()]


def all_of(word):
    return [rest for each, rest in instructions() if each == word]


def stages():
    """The instructions of each stage."""
    found = []
    for each in instructions():
        if each[0] == "FROM":
            found.append([])
        found[-1].append(each)
    return found


def last(word):
    (rest,) = [rest for each, rest in stages()[-1] if each == word]
    return rest


def test_every_base_is_pinned_to_a_full_version():
    for base in all_of("FROM"):
        assert re.fullmatch(r"(python|node):\d+\.\d+\.\d+-[a-z-]+( AS \w+)?", base), base


def test_it_runs_the_versions_that_the_blueprints_run():
    (service,) = yaml.safe_load((ROOT / "render.yaml").read_text())["services"]
    versions = {each["key"]: each.get("value") for each in service["envVars"]}
    bases = " ".join(all_of("FROM"))
    assert f"python:{versions['PYTHON_VERSION']}-" in bases
    assert f"node:{versions['NODE_VERSION']}-" in bases


def test_it_is_started_with_the_line_of_all_hosts_and_hears_signals_itself():
    (line,) = (ROOT / "Procfile").read_text().splitlines()
    assert json.loads(last("CMD")) == line.removeprefix("web: ").split()
    assert last("STOPSIGNAL") == "SIGTERM"
    assert not all_of("ENTRYPOINT")


def test_it_runs_as_a_user_without_rights_who_owns_one_folder():
    words = [word for word, _ in stages()[-1]]
    (number,) = re.findall(r"--uid (\d+)", " ".join(all_of("RUN")))
    assert last("USER") == number
    assert int(number) > 0
    assert "RUN" not in words[words.index("USER") :]
    assert f"--owner callboard --mode 0700 {last('VOLUME')}" in last("RUN")
    assert last("WORKDIR") == last("VOLUME")


def test_its_health_is_asked_where_it_tells_it():
    command = last("HEALTHCHECK").partition("CMD ")[2]
    program, option, script = json.loads(command)
    assert (program, option) == ("python", "-c")
    compile(script, "the health check", "exec")
    assert "/healthz" in script


def test_what_it_sets_are_settings():
    names = set(re.findall(r"(\w+)=", last("ENV"))) - {"PATH", "PYTHONUNBUFFERED"}
    assert names == {"HOST", "PORT", "WAIT_FOR_LOCK", "DATABASE_URL"}
    assert {name.lower() for name in names} <= set(Settings.model_fields)
    assert f"DATABASE_URL=sqlite:///{last('VOLUME')}/" in last("ENV")


def test_what_it_installs_is_locked_and_leaves_no_cache():
    for run in all_of("RUN"):
        assert "npm install" not in run
        for install in re.findall(r"pip install[^&]*", run):
            assert "--no-cache-dir" in install
            assert "--require-hashes -r requirements.lock" in install or "--no-deps" in install


@pytest.mark.parametrize("source", sorted({
    source for rest in all_of("COPY") if "--from" not in rest for source in rest.split()[:-1]
}))  # fmt: skip
def test_what_it_copies_is_there_and_not_left_out(source):
    assert (ROOT / source).exists()
    assert not is_left_out(source)


def test_it_copies_all_that_the_program_is_made_of():
    """The program imports all of it at its start."""
    built = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"][
        "packages"
    ]
    assert {f"{package} {package}" for package in built} <= set(all_of("COPY"))
    (compiled,) = [run.partition("compileall -q ")[2] for run in all_of("RUN") if "compileall" in run]
    assert set(compiled.split()) == set(built)


@pytest.mark.parametrize("secret", [".env", ".git", "data", "callboard.db", "web/node_modules", "web/dist", ".venv"])
def test_what_must_not_get_into_an_image_is_left_out(secret):
    assert is_left_out(secret)


def is_left_out(path):
    """As the engine reads .dockerignore: the last line that fits a path, or a folder it is in, decides."""
    left_out = False
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        pattern = line.removeprefix("!")
        heads = ["/".join(path.split("/")[: n + 1]) for n in range(len(path.split("/")))]
        if line and not line.startswith("#") and any(fnmatch(head, pattern) for head in heads):
            left_out = not line.startswith("!")
    return left_out
