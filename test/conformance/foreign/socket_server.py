"""A small server of HTTP answers and WebSockets, one thread per connection. It ends when its standard input does."""
import socket
import sys
import threading

import websocket
from report import emit


def serve(answer, converse, select=None):
    """
    `answer(target, fields)` gives the status and body of a plain request.
    `converse(socket, target, fields)` talks on a WebSocket. `select(offered)` chooses one of the subprotocols, or refuses with None.
    """
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_accept_all, args=(listener, answer, converse, select), daemon=True).start()
    emit({"ready": True, "port": listener.getsockname()[1]})
    sys.stdin.read()


def _accept_all(listener, answer, converse, select):
    while True:
        stream, _ = listener.accept()
        stream.settimeout(30)
        threading.Thread(target=_serve_one, args=(stream, answer, converse, select), daemon=True).start()


def _serve_one(stream, answer, converse, select):
    start, fields, left_over = websocket.read_head(stream)
    target = start.split(" ")[1]
    if fields.get("upgrade", "").lower() != "websocket":
        status, body = answer(target, fields)
        return _reply(stream, status, body)
    offered = [value.strip() for value in fields.get("sec-websocket-protocol", "").split(",") if value.strip()]
    protocol = select(offered) if select else None
    if select and protocol is None:
        return _reply(stream, "401 Unauthorized", b"")
    converse(websocket.accept(stream, fields, left_over, protocol), target, fields)
    stream.close()


def _reply(stream, status, body):
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    stream.sendall(head.encode("ascii") + body)
    stream.close()
