"""How the HTTP server of the chassis comes to speak to clients through intake's own protocol."""

import asyncio
from typing import Any

from uvicorn import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from tracker.intake.connection import IntakeConnection
from tracker.intake.listener import Listener


class IntakeServing:
    """What the server calls for each connection; it keeps the socket, the start and the end of it all."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener

    def __call__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> IntakeConnection:
        """One connection; the application's own protocol is made when it is asked for something of the application."""

        def others() -> asyncio.Protocol:
            return HttpToolsProtocol(config, server_state, app_state, _loop)

        return IntakeConnection(self._listener, others, server_state.connections)
