"""Each way to speak Socket.IO with the server: what carries it, and how it is set up."""

from typing import Any

from javascript import JavaScriptClient
from network import PythonClient

DOORS: dict[str, tuple[Any, dict[str, Any]]] = {
    "python websocket": (PythonClient, {"transports": ["websocket"]}),
    "python polling": (PythonClient, {"transports": ["polling"]}),
    "javascript websocket": (JavaScriptClient, {"transports": ["websocket"]}),
    "javascript": (JavaScriptClient, {}),
}
