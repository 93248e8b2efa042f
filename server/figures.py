"""The figures that the parts of a server keep of themselves, put into Prometheus' words when it asks: nothing of it costs
anything in between.

Names and labels hold no tenant, no person and nothing that a client wrote; docs/operations.md says what each tells.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, TypeVar

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from events.desk import Desk
from events.durability import Verdict
from events.feed import Feed
from events.measures import LOST, Spread
from events.reader import Reader, State
from server.acceptor import Acceptor
from server.identity import Identity
from server.polling import PollDoor
from server.pulse import Pulse
from server.reception import Reception
from server.refusals import Refusals
from server.schema import VERSION
from server.sockets import SocketEncoder, Sockets
from server.stream import StreamEncoder
from server.track import TrackDoor
from server.traffic import Traffic
from server.websocket import PlainEncoder, WebSocketDoor

Key = TypeVar("Key")

SOCKET_IO, WEBSOCKET, SSE, POLLING, TRACKING, HTTP = "socket.io", "websocket", "sse", "polling", "tracking", "http"
DOORS = {SocketEncoder: SOCKET_IO, PlainEncoder: WEBSOCKET, StreamEncoder: SSE}
STATES = {State.WAITING: "entering", State.CATCHING_UP: "catching_up", State.LIVE: "live", State.HELD: "held"}

# Known beforehand, so that a rise from nothing is seen as one.
CUTS, RESETS, SIGN_INS = ("slow", "budget"), ("cursor", "journal", "rights"), ("ok", "unauthenticated", "rate_limited")
VERDICTS = (*(verdict.value for verdict in Verdict), LOST)


@dataclass(frozen=True, eq=False)
class Figures(Collector):
    """What is read of one server."""

    desks: Mapping[str, Desk]
    feeds: Mapping[str, Feed]
    identity: Identity
    reception: Reception
    sockets: Sockets
    websocket: WebSocketDoor
    polls: PollDoor
    tracks: TrackDoor
    refusals: Refusals
    traffic: Traffic
    pulse: Pulse
    acceptor: Acceptor
    is_ready: Callable[[], bool]
    mark: str
    """Of the catalog: another one, and every client takes a snapshot."""

    def collect(self) -> Iterator[Metric]:
        """All of them, now."""
        yield from self._server()
        yield from self._people()
        yield from self._commands()
        yield from self._feed()
        yield from self._connections()
        yield from self._http()

    def _server(self) -> Iterator[Metric]:
        yield _gauge("callboard_ready", "Whether it serves: 1, or 0 while it starts or ends", self.is_ready())
        build = GaugeMetricFamily("callboard_build_info", "What runs here, always 1", labels=("version", "schema"))
        build.add_metric((VERSION, self.mark), 1)
        yield build
        lags = "By how much the event loop was late, four times a second"
        yield _histogram("callboard_loop_lag_seconds", lags, [self.pulse.lags])

    def _people(self) -> Iterator[Metric]:
        yield _gauge("callboard_tenants", "Teams", len(self.desks))
        yield _gauge("callboard_sessions", "Sessions that stand", self.identity.count)
        tried = {**dict.fromkeys(SIGN_INS, 0), **self.identity.sign_ins}
        yield _counter("callboard_sign_ins", "Sign-ins by what they came to", ("outcome",), tried)

    def _commands(self) -> Iterator[Metric]:
        kept = [desk.measures for desk in self.desks.values()]
        answered = _sum(each.commands for each in kept)
        yield _counter("callboard_commands", "Commands by what they came to", ("command", "outcome"), answered)
        changes = sum(desk.journal.head for desk in self.desks.values())
        yield _total("callboard_changes", "Changes ever made to records", changes)
        waits = "How long the first command of each batch waited until it was decided"
        yield _histogram("callboard_lane_wait_seconds", waits, [each.waits for each in kept])
        yield _histogram("callboard_batch_commands", "Commands decided at once", [each.batches for each in kept])
        yield _histogram("callboard_commit_seconds", "Making a batch durable", [each.commits for each in kept])
        verdicts = {**dict.fromkeys(VERDICTS, 0), **_sum(each.verdicts for each in kept)}
        yield _counter("callboard_commits", "Batches by what became of them", ("verdict",), verdicts)

    def _feed(self) -> Iterator[Metric]:
        feeds = list(self.feeds.values())
        entries, seconds = map(max, zip((0, 0.0), *(feed.lag() for feed in feeds), strict=True))
        yield _gauge("callboard_feed_lag_entries", "How far the slowest client is behind", entries)
        yield _gauge("callboard_feed_lag_seconds", "Age of what the slowest client hears next", seconds)
        falls = sum(feed.falls for feed in feeds)
        yield _total("callboard_feed_fallbacks", "Clients that could not keep up and catch up now", falls)
        pages = _sum(feed.replay.pages for feed in feeds)
        yield _counter("callboard_replay_pages", "Pages made for those who catch up", ("source",), pages)
        taken = sum(desk.measures.snapshots for desk in self.desks.values())
        yield _total("callboard_snapshots", "Snapshots taken", taken)
        resets = {**dict.fromkeys(RESETS, 0), **_sum(feed.resets for feed in feeds)}
        yield _counter("callboard_snapshot_required", "Clients that cannot go on without one", ("reason",), resets)

    def _connections(self) -> Iterator[Metric]:
        feeds = list(self.feeds.values())
        yield self._open([reader for feed in feeds for reader in feed.readers])
        ended = "Connections ended, those of streams and polls left out"
        yield _counter("callboard_connections_ended", ended, ("reason",), self.reception.ends)
        cuts = {**dict.fromkeys(CUTS, 0), **_sum(feed.cuts for feed in feeds)}
        yield _counter("callboard_connections_cut", "Clients that did not listen and were cut", ("reason",), cuts)
        refused = self.refusals.counts
        yield _counter("callboard_refused", "What a limit turned away or ended", ("what", "reason"), refused)
        bad = {
            SOCKET_IO: self.sockets.guard.eio.complaints, WEBSOCKET: self.websocket.complaints,
            HTTP: self.acceptor.log.complaints,
        }  # fmt: skip
        counts = {door: kept.count for door, kept in bad.items()}
        yield _counter("callboard_bad_packets", "What clients sent that is none of the protocol", ("door",), counts)
        yield _gauge("callboard_unsent_bytes", "Bytes that clients have not taken yet", sum(f.unsent for f in feeds))
        most = max((feed.most_unsent for feed in feeds), default=0)
        yield _gauge("callboard_unsent_bytes_max", "The same of the client that has most", most)

    def _http(self) -> Iterator[Metric]:
        labels, counts = ("method", "route", "status"), self.traffic.requests
        yield _counter("callboard_http_requests", "Answered HTTP requests", labels, counts)
        said = "How long their answers took to begin, those that wait on purpose left out"
        family = HistogramMetricFamily("callboard_http_request_seconds", said, labels=("method", "route"))
        for place, took in self.traffic.took.items():
            family.add_metric(place, _buckets([took]), took.total)
        yield family

    def _open(self, readers: list[Reader]) -> Metric:
        """By door and state; who is at a socket and not in a feed has not said yet who he is."""
        found = Counter((DOORS[type(reader.encoder)], STATES[reader.state]) for reader in readers)
        let_in = Counter(DOORS[type(reader.encoder)] for reader in readers)
        for door, count in ((SOCKET_IO, self.sockets.count), (WEBSOCKET, self.websocket.count)):
            found[door, "entering"] += max(0, count - let_in[door])
        found[POLLING, "live"], found[TRACKING, "live"] = self.polls.count, self.tracks.count
        every = {(door, state): 0 for door in DOORS.values() for state in STATES.values()}
        family = GaugeMetricFamily("callboard_connections", "Connections by door and state", labels=("door", "state"))
        for labels, count in {**every, **found}.items():
            family.add_metric(labels, count)
        return family


def _gauge(name: str, said: str, value: float) -> Metric:
    return GaugeMetricFamily(name, said, value=value)


def _total(name: str, said: str, value: int) -> Metric:
    return CounterMetricFamily(name, said, value=value)


def _counter(name: str, said: str, labels: tuple[str, ...], counts: Mapping[Any, int]) -> Metric:
    """Keys are the values of the labels, one alone or a tuple of them."""
    family = CounterMetricFamily(name, said, labels=labels)
    for key, count in counts.items():
        family.add_metric((key,) if isinstance(key, str) else key, count)
    return family


def _histogram(name: str, said: str, spreads: list[Spread]) -> Metric:
    """All of them as one; they have the same bounds."""
    family = HistogramMetricFamily(name, said)
    family.add_metric((), _buckets(spreads), sum(spread.total for spread in spreads))
    return family


def _buckets(spreads: list[Spread]) -> list[tuple[str, float]]:
    """Cumulative, as Prometheus wants them."""
    bounds = [str(bound) for bound in spreads[0].bounds] if spreads else []
    counts = [sum(spread.counts[place] for spread in spreads) for place in range(len(bounds) + 1)]
    return list(zip([*bounds, "+Inf"], map(float, accumulate(counts)), strict=True))


def _sum(counters: Iterable[Counter[Key]]) -> Counter[Key]:
    total: Counter[Key] = Counter()
    for counter in counters:
        total.update(counter)
    return total
