"""What goes wrong when: a seed's worth of cut lines, full disks and killed servers, while people are at work.

The run lets it blow beside the actors. Network, disk, process and, on PostgreSQL, database each have choices of their own,
so that they overlap as they do in life; and the weather is also the host, which starts again whatever has ended. Each act
is said as a `Gust`, and what lasts is said again as `over` once it is; when `blow` returns, all is calm and the server is
ready.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any

from torture.faults import Faults
from torture.premises import Premises, PremisesError
from torture.proxy import Passage, Proxy
from torture.sessions import Sessions

# Between two gusts: a server must serve, too.
LULLS_S = {"network": (0.3, 2.5), "disk": (1, 6), "process": (1, 8), "database": (1, 6)}
AGAIN_S = 0.2  # until the host starts again what has ended
RECOVERY_S = 60.0  # that a server may take to be ready after the last gust
MOST_HIT = 5  # connections, by one gust


@dataclass(frozen=True, slots=True)
class Gust:
    """One act of the weather. `at` is the event loop's time; `args` are JSON."""

    at: float
    name: str
    args: Mapping[str, Any] = field(default_factory=dict)


Say = Callable[[Gust], None]
Names = Collection[str]
Args = dict[str, Any]


class Sky:
    """What the weather can do: each method one gust, which ends by itself. `seconds` is how long it lasts; `passages` are
    names of connections and `clients` whose they were, who are hit instead where those are no longer there."""

    def __init__(self, premises: Premises, proxy: Proxy, faults: Faults) -> None:
        self.premises, self.proxy, self.faults = premises, proxy, faults

    # -- network -------------------------------------------------------------------------------------------------------

    async def cut(self, passages: Names, clients: Names) -> None:
        """Some connections are reset."""
        for passage in self._hit(passages, clients):
            passage.cut()

    async def cut_all(self) -> None:
        """All are."""
        self.proxy.cut_all()

    async def finish(self, passages: Names, clients: Names) -> None:
        """Some are closed as by a proxy that restarts."""
        for passage in self._hit(passages, clients):
            passage.close()

    async def half_open(self, passages: Names, clients: Names, seconds: float) -> None:
        """Some fall silent and nobody is told; in the end they are reset."""
        silent = self._hit(passages, clients)
        for passage in silent:
            passage.half_open()
        await asyncio.sleep(seconds)
        for passage in silent:
            passage.cut()

    async def slow(self, passages: Names, clients: Names, seconds: float, bytes_per_s: float) -> None:
        """Some carry little."""
        slowed = self._hit(passages, clients)
        for passage in slowed:
            passage.slow(bytes_per_s)
        await asyncio.sleep(seconds)
        for passage in slowed:
            passage.release()

    async def hold(self, passages: Names, clients: Names, seconds: float) -> None:
        """Some carry nothing for a while, and then all of it at once."""
        held = self._hit(passages, clients)
        for passage in held:
            passage.hold()
        await asyncio.sleep(seconds)
        for passage in held:
            passage.release()

    async def refuse(self, seconds: float) -> None:
        """Nobody gets in."""
        self.proxy.refuse(on=True)
        await asyncio.sleep(seconds)
        self.proxy.refuse(on=False)

    def _hit(self, passages: Names, clients: Names) -> list[Passage]:
        known = self.proxy.connections
        named = [passage for passage in known if passage.name in passages]
        return named or [passage for passage in known if passage.client in clients]

    # -- disk ----------------------------------------------------------------------------------------------------------

    async def disk_full(self, seconds: float, room: int) -> None:
        """Nothing more fits, or soon not."""
        self.faults.disk_full(room)
        await self._until_mended(seconds)

    async def read_only(self, seconds: float) -> None:
        """The file system has been made read-only, as Linux does after errors."""
        self.faults.read_only()
        await self._until_mended(seconds)

    async def fsync_slow(self, seconds: float, each: float) -> None:
        """The disk is busy with something else."""
        self.faults.fsync_slow(each)
        await self._until_mended(seconds)

    async def fsync_fails(self, seconds: float) -> None:
        """The disk says that it failed, and has it all the same."""
        self.faults.fsync_fails()
        await self._until_mended(seconds)

    async def _until_mended(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        self.faults.mend_disk()
        await self.premises.until_ready()

    # -- process -------------------------------------------------------------------------------------------------------

    async def kill(self) -> None:
        """kill -9; the host starts it again."""
        starts = self.premises.starts
        await self.premises.kill()
        await self.premises.until_ready(starts=starts + 1)

    async def stop(self) -> None:
        """SIGTERM, as at every deployment."""
        starts = self.premises.starts
        await self.premises.stop()
        await self.premises.until_ready(starts=starts + 1)

    async def pause(self, seconds: float) -> None:
        """The process is not scheduled for a while."""
        await self.premises.pause(seconds)
        await self.premises.until_ready()

    async def clock(self, seconds: float, offset_s: float) -> None:
        """The wall clock jumps, forwards or back, and back again."""
        self.faults.clock(offset_s)
        await asyncio.sleep(seconds)
        self.faults.clock(0)

    # -- database ------------------------------------------------------------------------------------------------------

    async def sessions_cut(self, most: int) -> None:
        """Some of the server's sessions with PostgreSQL are ended, whatever they were doing."""
        await self._sessions.end(most)

    async def lock_cut(self) -> None:
        """The one that holds the lock is: the server must end (rule D8), and the host starts it again."""
        starts = self.premises.starts
        if await self.premises.is_ready() and await self._sessions.end_lock():
            await self.premises.until_ready(starts=starts + 1)

    async def table_held(self, seconds: float) -> None:
        """Somebody else holds the journal."""
        await self._sessions.hold(seconds)

    @property
    def _sessions(self) -> Sessions:
        if self.premises.sessions is None:
            raise PremisesError("this weather needs PostgreSQL")
        return self.premises.sessions


Act = Callable[..., Awaitable[None]]
Draw = Callable[[Random, Proxy], Args]


def _nothing(random: Random, proxy: Proxy) -> Args:  # noqa: ARG001  # the shape of every gust
    return {}


def _lasting(least: float, most: float, **choices: Sequence[float]) -> Draw:
    """So many seconds, and one of each of the choices."""

    def draw(random: Random, proxy: Proxy) -> Args:  # noqa: ARG001  # the shape of every gust
        seconds = round(random.uniform(least, most), 3)
        return {"seconds": seconds, **{name: random.choice(values) for name, values in choices.items()}}

    return draw


def _number(most: int) -> Draw:
    """So many."""
    return lambda random, proxy: {"most": most}  # noqa: ARG005  # the shape of every gust


def _some(more: Draw = _nothing) -> Draw:
    """A few of the connections that are open, none where there is none."""

    def draw(random: Random, proxy: Proxy) -> Args:
        known = list(proxy.connections)
        hit = random.sample(known, min(len(known), random.randint(1, MOST_HIT)))
        args = {"passages": [passage.name for passage in hit], "clients": [passage.client for passage in hit]}
        return {**args, **more(random, proxy)}

    return draw


# Each gust and what it draws; the likelier ones stand more than once. The longest jump of a clock ends all sessions.
NETWORK: Sequence[tuple[Act, Draw]] = (
    (Sky.cut, _some()), (Sky.cut, _some()), (Sky.cut_all, _nothing), (Sky.finish, _some()),
    (Sky.half_open, _some(_lasting(2, 6))), (Sky.hold, _some(_lasting(1, 5))), (Sky.refuse, _lasting(0.2, 3)),
    (Sky.slow, _some(_lasting(1, 5, bytes_per_s=(500, 4_000, 30_000)))),
)  # fmt: skip
DISK: Sequence[tuple[Act, Draw]] = (
    (Sky.disk_full, _lasting(0.5, 4, room=(0,))), (Sky.disk_full, _lasting(0.5, 4, room=(20_000, 200_000))),
    (Sky.read_only, _lasting(0.5, 2)), (Sky.fsync_fails, _lasting(0.3, 1.5)),
    (Sky.fsync_slow, _lasting(1, 5, each=(0.02, 0.1))), (Sky.fsync_slow, _lasting(1, 5, each=(0.5, 1.5))),
)  # fmt: skip
PROCESS: Sequence[tuple[Act, Draw]] = (
    (Sky.kill, _nothing), (Sky.kill, _nothing), (Sky.stop, _nothing), (Sky.pause, _lasting(0.2, 4)),
    (Sky.clock, _lasting(1, 6, offset_s=(-7_200, -60, -1, 1, 60, 3_600, 50_000))),
)  # fmt: skip
DATABASE: Sequence[tuple[Act, Draw]] = (
    (Sky.sessions_cut, _number(1)), (Sky.sessions_cut, _number(100)), (Sky.lock_cut, _nothing),
    (Sky.table_held, _lasting(0.1, 2)),
)  # fmt: skip
FAMILIES: Mapping[str, Sequence[tuple[Act, Draw]]] = {
    "network": NETWORK, "disk": DISK, "process": PROCESS, "database": DATABASE,
}  # fmt: skip
MIXES: Mapping[str, Sequence[str]] = {
    "calm": (), **{name: (name,) for name in FAMILIES}, "everything": tuple(FAMILIES),
}  # fmt: skip
ACTS: Mapping[str, Act] = {act.__name__: act for family in FAMILIES.values() for act, _ in family}
OF_THE_DISK, OF_THE_DATABASE = (frozenset(act for act, _ in family) for family in (DISK, DATABASE))
NEED_FAULTS = OF_THE_DISK | {Sky.clock}
AT_ONCE = frozenset({Sky.cut, Sky.cut_all, Sky.finish, Sky.sessions_cut})
"""These are over when they are said."""


class Weather:
    """The weather of one run: a seed and the name of a mix (`MIXES`)."""

    def __init__(self, seed: str, mix: str) -> None:
        self.seed, self.families = seed, MIXES[mix]

    def left_out(self, premises: Premises, faults: Faults) -> list[str]:
        """The gusts of this mix that cannot be had here: to be said loudly. A file has no sessions that could be cut."""
        families = [family for family in self.families if premises.sessions is not None or family != "database"]
        wanted = {act for family in families for act, _ in FAMILIES[family]}
        return sorted(act.__name__ for act in wanted if not _is_possible(act, premises, faults))

    def possible(self, premises: Premises, faults: Faults) -> list[str]:
        """Those that can."""
        wanted = {act for family in self.families for act, _ in FAMILIES[family]}
        return sorted(act.__name__ for act in wanted if _is_possible(act, premises, faults))

    async def blow(self, premises: Premises, proxy: Proxy, faults: Faults, until: float, say: Say) -> None:
        """Blow until the event loop's time is `until`, then calm down. PremisesError where the server does not come back
        within RECOVERY_S."""
        host = asyncio.create_task(keep_up(premises, say))
        sky = Sky(premises, proxy, faults)
        try:
            await asyncio.gather(*(self._blow(family, sky, until, say) for family in self.families), _wait(until))
            await _calm(premises, proxy, faults)
        finally:
            host.cancel()
            await asyncio.gather(host, return_exceptions=True)

    async def _blow(self, family: str, sky: Sky, until: float, say: Say) -> None:
        random, now = Random(f"{self.seed}/{family}"), asyncio.get_running_loop().time  # no secret
        possible = [each for each in FAMILIES[family] if _is_possible(each[0], sky.premises, sky.faults)]
        while possible:
            await asyncio.sleep(min(random.uniform(*LULLS_S[family]), max(0, until - now())))
            if now() >= until:
                return
            act, draw = random.choice(possible)
            gust = Gust(now(), act.__name__, draw(random, sky.proxy))
            say(gust)
            with suppress(TimeoutError):  # then `_calm` finds that the server has not come back
                async with asyncio.timeout(max(0, until - now()) + RECOVERY_S):
                    await act(sky, **gust.args)
            if act not in AT_ONCE:
                say(Gust(now(), "over", {"of": gust.name}))


async def repeat(gust: Gust, premises: Premises, proxy: Proxy, faults: Faults) -> None:
    """The same gust once more, until it is over; what is no act of the weather (`over`, `started`) is passed over."""
    if gust.name in ACTS:
        await ACTS[gust.name](Sky(premises, proxy, faults), **gust.args)


def _is_possible(act: Act, premises: Premises, faults: Faults) -> bool:
    has_disk, has_sessions = premises.has_own_disk or act not in OF_THE_DISK, premises.sessions is not None
    return (faults.available or act not in NEED_FAULTS) and has_disk and (has_sessions or act not in OF_THE_DATABASE)


async def _wait(until: float) -> None:
    await asyncio.sleep(max(0, until - asyncio.get_running_loop().time()))


async def _calm(premises: Premises, proxy: Proxy, faults: Faults) -> None:
    faults.calm()
    proxy.refuse(on=False)
    for passage in proxy.connections:
        passage.release()
    try:
        async with asyncio.timeout(RECOVERY_S):
            await premises.until_ready()
    except TimeoutError:
        raise PremisesError(f"the server did not come back when all was calm: {premises.last_words()}") from None


async def keep_up(premises: Premises, say: Say) -> None:
    """What a host does: start again whatever has ended, as often as it takes."""
    now = asyncio.get_running_loop().time
    while True:
        code = await premises.ended()
        say(Gust(now(), "ended", {"code": code}))
        while not premises.is_running:
            await asyncio.sleep(AGAIN_S)
            try:
                await premises.start()
                say(Gust(now(), "started", {"starts": premises.starts}))
            except PremisesError as error:
                say(Gust(now(), "did_not_start", {"said": str(error)[-200:]}))
