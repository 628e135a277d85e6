"""`/openapi.json`: the contract itself."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from app.http.route import Route
from app.routers.responses import public_url

router = APIRouter(include_in_schema=False, route_class=Route)


@router.get("/openapi.json")
async def get_document(request: Request) -> Response:
    """The OpenAPI document, for the address at which the service is reached."""
    server = {"url": public_url(request) or "/", "description": "This service."}
    return JSONResponse({**request.app.openapi(), "servers": [server]})
