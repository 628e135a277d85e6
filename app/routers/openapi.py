"""`/openapi.json`: the contract itself."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from app.http.route import Route
from app.openapi.document import GUIDE
from app.routers.responses import public_url

router = APIRouter(include_in_schema=False, route_class=Route)


@router.get("/openapi.json")
def get_document(request: Request) -> Response:
    """The OpenAPI document, for the address at which the service is reached."""
    document, base = request.app.openapi(), public_url(request)
    server = {"url": base or "/", "description": "This service."}
    guide = {**document["externalDocs"], "url": f"{base}{GUIDE}"}
    return JSONResponse({**document, "servers": [server], "externalDocs": guide})
