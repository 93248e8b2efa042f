"""A plain WebSocket by hand, in words."""

import json

from aiohttp import WSMsgType

PATIENCE = 30


class Talk:
    """One socket; `says` a message, `hears` the next."""

    def __init__(self, socket):
        self.socket = socket

    async def receives(self):
        """The next message that is not about who is there."""
        while True:
            message = await self.socket.receive(PATIENCE)
            if message.type is not WSMsgType.TEXT or '"type":"presence_' not in message.data:
                return message

    async def says(self, **message):
        await self.socket.send_str(json.dumps(message))

    async def hears(self, kind):
        message = await self.receives()
        assert message.type is WSMsgType.TEXT, message
        said = json.loads(message.data)
        assert said["type"] == kind, said
        return said

    async def asks(self, command, ref=1, **data):
        await self.says(type=command, ref=ref, data=data)
        return await self.hears("ack")

    async def enters(self, token, **more):
        await self.says(type="auth", token=token, **more)
        return (await self.hears("ready"))["data"]

    async def is_refused(self, code):
        error = (await self.hears("error"))["error"]
        assert error["code"] == code
        return error

    async def is_closed(self, code):
        message = await self.receives()
        assert message.type in {WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.CLOSING}, message
        assert self.socket.close_code == code
