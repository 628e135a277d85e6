"""uvicorn's protocol, with words that help for a request that it can't read, and that never reaches the app.

The commonest cause is an address with raw Chinese in it, which clients must percent-encode.
"""

from uvicorn.protocols.http.auto import AutoHTTPProtocol

from app.http.errors import MEDIA_TYPE, malformed_request
from app.http.headers import HEADERS


class Protocol(AutoHTTPProtocol):  # type: ignore[valid-type, misc]
    """Answers a malformed request with a problem document."""

    def send_400_response(self, msg: str) -> None:
        """Send a 400 and close the connection."""
        body = malformed_request(msg)
        headers = HEADERS | {
            "Content-Type": MEDIA_TYPE,
            "Content-Length": str(len(body)),
            "Cache-Control": "no-store",
            "Connection": "close",
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self.transport.write(f"HTTP/1.1 400 Bad Request\r\n{head}\r\n".encode() + body)
        self.transport.close()
