"""Polling: what has happened since, asked again and again; commands go beside it over HTTP."""

import aiohttp
import orjson

from torture.doors.door import Door, RefusedError

WAIT_S = 5  # each poll but the first waits so long for news: short, so that doors are changed often


class PollingDoor(Door):
    """Polls from the replica's cursor until there is no base any more."""

    name = "polling"

    async def _attend(self) -> None:
        chosen = {} if self.replica.selection is None else {"resources": ",".join(self.replica.selection)}
        wait = 0
        while self.replica.cursor is not None:
            query = {"since": self.replica.cursor, "wait": str(wait), **chosen}
            wait = WAIT_S
            async with self.http.get(f"{self.way.base}/changes", params=query, headers=self.way.headers) as answer:
                await self._take(answer)
            await self.nap()

    async def _take(self, answer: aiohttp.ClientResponse) -> None:
        if answer.status == 204:
            self.replica.stands(self.conn, answer.headers["Callboard-Cursor"])
            return
        said = orjson.loads(await answer.read())
        if answer.status == 410:
            self.lost(str(said["error"]["message"]))
        elif answer.status != 200:
            raise RefusedError(str(said["error"]["code"]))
        else:
            for each in said["events"]:
                self.told(each["event"], each["data"], each["meta"])
            self.replica.stands(self.conn, said["cursor"])
