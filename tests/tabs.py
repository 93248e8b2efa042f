"""A client in process whose answers and signals can be waited for: what a person's tab is to the server."""

import asyncio

from wire import Client


class Tab(Client):
    """A client whose answers can be waited for."""

    async def asks(self, event, /, **payload):
        """The ack, once all that came before it has been taken."""
        number = self.send(event, payload)
        async with asyncio.timeout(30):
            while number not in self.acks:
                self.deliver()
                await asyncio.sleep(0)
        return self.acks[number]

    async def does(self, event, /, **payload):
        ack = await self.asks(event, **payload)
        assert ack["ok"], ack
        return ack["data"]

    async def cannot(self, event, /, **payload):
        """(code, error) of the refusal."""
        ack = await self.asks(event, **payload)
        assert not ack["ok"], f"{event} was carried out"
        return ack["error"]["code"], ack["error"]

    async def hears(self):
        """The signals since the last time."""
        await self.asks("count", resource="calls")
        heard, self.signals = self.signals, []
        return heard

    async def names(self):
        return [name for name, _ in await self.hears()]


def newest(desk, command):
    plural = f"{command.removeprefix('create_')}s"
    return list(desk.stores[plural].all())[-1].id


def people(listed):
    return {said["user"]["id"]: (said["state"], said["connections"]) for said in listed}
