"""The weather: the same seed has it do the same, every gust ends, and afterwards the server is there."""

import asyncio
from random import Random

import pytest
from aiohttp import ClientError
from deskwork import ALICE, signed_in

from torture.premises import Premises
from torture.weather import ACTS, DATABASE, DISK, FAMILIES, MIXES, NETWORK, PROCESS, Gust, Weather, repeat

PATIENCE = 60


class Line:
    """A passage that is none: what was done to it, in order."""

    def __init__(self, name):
        self.name, self.client, self.suffered = name, f"client of {name}", []

    def __getattr__(self, name):
        return lambda *_, **__: self.suffered.append(name)


class Nothing:
    """Premises, proxy and faults of a world in which all goes well: what was asked of it, in order."""

    def __init__(self):
        self.connections = [Line(f"p{n}") for n in range(9)]
        self.asked, self.starts, self.sessions = [], 1, self
        self.available = self.has_own_disk = self.is_running = True

    async def until_ready(self, *, starts=0):
        self.starts = max(self.starts, starts)

    async def ended(self):
        await asyncio.Event().wait()

    async def kill(self):
        self.asked.append("kill")

    async def stop(self):
        self.asked.append("stop")

    async def pause(self, seconds):
        self.asked.append("pause")

    async def is_ready(self):
        return True

    async def end(self, most):
        self.asked.append("end")

    async def end_lock(self):
        self.asked.append("end_lock")
        return 1

    async def hold(self, seconds):
        self.asked.append("hold")

    def __getattr__(self, name):
        return lambda *given, **named: self.asked.append(name)


@pytest.fixture
def quick(monkeypatch):
    """A weather without lulls: what it decides does not hang on how long it waits."""
    monkeypatch.setattr("torture.weather.LULLS_S", dict.fromkeys(FAMILIES, (0, 0)))


async def blown(seed, mix, count, nothing=None):
    """The first gusts of this seed, in this order, in a world in which all goes well; none of them lasts."""
    world, said, enough = nothing or Nothing(), [], asyncio.Event()

    def say(gust):
        said.append((gust.name, dict(gust.args)))
        if len(said) >= count:
            enough.set()

    blowing = asyncio.create_task(Weather(seed, mix).blow(world, world, world, float("inf"), say))
    waiting = asyncio.create_task(enough.wait())
    done, _ = await asyncio.wait([blowing, waiting], timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
    assert done == {waiting}, await blowing if blowing.done() else said
    blowing.cancel()
    await asyncio.gather(blowing, return_exceptions=True)
    return said[:count]


@pytest.fixture
def no_time_passes(monkeypatch, quick):
    real = asyncio.sleep
    monkeypatch.setattr("torture.weather.asyncio.sleep", lambda _: real(0))


@pytest.mark.parametrize("mix", ["network", "disk", "process", "database"])
async def test_the_same_seed_has_the_same_weather_and_another_has_another(no_time_passes, mix):
    first, again, other = [await blown(seed, mix, 40) for seed in ("4711", "4711", "4712")]
    assert first == again
    assert first != other
    assert {name for name, _ in await blown("4711", mix, 200)} >= {act.__name__ for act, _ in FAMILIES[mix]}


def test_every_mix_names_families_and_everything_is_all_of_them():
    assert set(MIXES) == {"calm", "network", "disk", "process", "database", "everything"}
    assert set(MIXES["everything"]) == set(FAMILIES)
    assert MIXES["calm"] == ()


async def test_what_is_hit_is_named_with_whose_it_is(no_time_passes):
    hits = [args for name, args in await blown("1", "network", 50) if name == "cut"]
    assert hits
    for hit in hits:
        assert 1 <= len(hit["passages"]) <= 5
        assert hit["clients"] == [f"client of {name}" for name in hit["passages"]]


async def test_what_lasts_is_said_again_when_it_is_over(no_time_passes):
    said = [(name, args.get("of")) for name, args in await blown("1", "process", 20)]
    assert said[1::2] == [("over", name) for name, _ in said[::2]]


async def test_without_faults_or_a_disk_of_its_own_it_says_what_it_leaves_out(no_time_passes):
    world, weather = Nothing(), Weather("1", "everything")
    assert weather.left_out(world, world) == []
    world.has_own_disk = False
    assert weather.left_out(world, world) == sorted({act.__name__ for act, _ in DISK})
    world.available = False
    assert set(weather.left_out(world, world)) == {"clock", *(act.__name__ for act, _ in DISK)}
    assert "clock" not in {name for name, _ in await blown("1", "process", 100, world)}


async def test_on_a_file_there_are_no_sessions_to_be_cut_and_nothing_is_left_out(no_time_passes):
    world, weather = Nothing(), Weather("1", "everything")
    world.sessions = None
    assert weather.left_out(world, world) == []
    assert not {act.__name__ for act, _ in DATABASE} & {name for name, _ in await blown("1", "everything", 300, world)}


async def test_a_gust_can_be_repeated_and_hits_whose_line_it_was_where_that_has_gone():
    world = Nothing()
    await repeat(Gust(1, "cut", {"passages": ["p3"], "clients": ["client of p3"]}), world, world, world)
    await repeat(Gust(1, "cut", {"passages": ["p77"], "clients": ["client of p4"]}), world, world, world)
    await repeat(Gust(1, "over", {"of": "kill"}), world, world, world)
    assert [line.name for line in world.connections if line.suffered == ["cut"]] == ["p3", "p4"]
    assert world.asked == []


@pytest.mark.parametrize(
    ("act", "draw"), [*NETWORK, *PROCESS, *DISK, *DATABASE], ids=lambda each: getattr(each, "__name__", "")
)
async def test_every_gust_takes_what_is_drawn_for_it(no_time_passes, act, draw):
    world = Nothing()
    args = draw(Random(1), world)
    await repeat(Gust(0, act.__name__, args), world, world, world)
    assert ACTS[act.__name__] is act
    assert world.asked or any(line.suffered for line in world.connections)


async def kept_up(premises: Premises, proxy, faults, http, mix, seconds, seed="8"):
    """A real server in this weather, with somebody at work; then the gusts. Of seed 8 each family soon has one."""
    await premises.start()
    desk, said, asked = await signed_in(http, proxy.url, ALICE), [], {}
    until = asyncio.get_running_loop().time() + seconds
    blowing = asyncio.create_task(Weather(seed, mix).blow(premises, proxy, faults, until, said.append))
    while not blowing.done():
        title = f"Call {len(asked)}"
        try:
            asked[title] = (await desk.creates_call(title))[0]
        except (ClientError, OSError):
            asked[title] = None
        await asyncio.wait([blowing], timeout=0.02)
    await blowing
    return desk, said, asked


@pytest.mark.parametrize("mix", ["calm", "network", "disk", "process", "everything"])
async def test_when_it_has_blown_the_server_is_there_and_has_all_it_said_it_had(premises, proxy, faults, http, mix):
    desk, said, asked = await kept_up(premises, proxy, faults, http, mix, 3)
    assert (said == []) == (mix == "calm")
    assert premises.is_running
    assert await premises.is_ready()
    for title, status in list(asked.items())[-60:]:
        if status == 201:
            again, body = await desk.creates_call(title)
            assert (again, body["repeated"]) == (201, True)
    assert (await desk.creates_call("After"))[0] == 201
    assert await premises.stop() == 0
    assert "Traceback" not in premises.log_path.read_text()
