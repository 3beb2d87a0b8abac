"""The embedded PostgreSQL server, for a newsroom without a DATABASE_URL.

Three things make it safe to start, kill and start again anywhere:

The lock. ``postgres.lock`` in the data folder is locked by whoever starts the server, and the
server's processes inherit that lock. Who gets it knows that nothing of an earlier run is left, so a
``postmaster.pid`` left by a kill is known to be stale without asking, or ending, the process that
has that number today.

The folder handle. Run by root, the server runs as another user, who may be barred from the folders
above the data (a home, a temporary folder). So root opens the data folder and the server goes in by
that handle, ``/proc/self/fd/<n>``: no parent folder's mode is changed, and no data lie elsewhere.

The socket. It lies in /tmp, because a socket's path is limited to 107 bytes and a data folder's is
not. Each side checks the other's system user in the kernel: the server by ``peer`` authentication,
the client by ``requirepeer``. So no password exists, and neither a stranger's client nor a stranger
who makes the folder first gets anywhere. The superuser has no way in over the socket.
"""

import contextlib
from pathlib import Path
from typing import Any

from newsroom.database.cluster import NAME, ROLE
from newsroom.database.programs import Account, DatabaseBusyError, DatabaseError
from newsroom.database.server import PORT, EmbeddedServer, socket_dir

__all__ = ["DatabaseBusyError", "DatabaseError", "EmbeddedServer", "connection"]


def connection(data_dir: Path) -> dict[str, Any]:
    """Return Django's DATABASES entry for the embedded server on ``data_dir``.

    Starts and changes nothing, and gives the same answer whether the server runs or not.
    """
    parameters: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": NAME,
        "USER": ROLE,
        "PASSWORD": "",
        "HOST": str(socket_dir(data_dir)),
        "PORT": PORT,
    }
    # A user whom the system does not list gets the explanation when a server is started.
    with contextlib.suppress(DatabaseError):
        parameters["OPTIONS"] = {"requirepeer": Account().name}
    return parameters
