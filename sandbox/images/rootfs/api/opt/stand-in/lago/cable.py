"""The WebSocket at /cable: opens as Rails' Action Cable does, says welcome and nothing else."""
import base64
import hashlib
import json
from typing import BinaryIO

# Of RFC 6455: what a server adds to the client's key, to show that it speaks WebSocket.
MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
PROTOCOL = "actioncable-v1-json"
TEXT_FRAME = 0x81
CLOSE_FRAME = 0x88
WELCOME = json.dumps({"type": "welcome", "stand_in": True}).encode()


def opening_headers(key: str) -> dict[str, str]:
    """What the server answers to a client's key."""
    accept = base64.b64encode(hashlib.sha1((key + MAGIC).encode()).digest()).decode()
    return {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Accept": accept,
        "Sec-WebSocket-Protocol": PROTOCOL,
    }


def welcome(outgoing: BinaryIO, incoming: BinaryIO) -> None:
    """Says welcome, and closes once the client has said anything, as that it goes."""
    outgoing.write(bytes([TEXT_FRAME, len(WELCOME)]) + WELCOME)
    outgoing.flush()
    if incoming.read(1):
        outgoing.write(bytes([CLOSE_FRAME, 0]))
        outgoing.flush()
