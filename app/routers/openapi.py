"""`/openapi.json`: the contract itself."""

from typing import Any

from fastapi import APIRouter, Request

from app.http.route import Route

router = APIRouter(include_in_schema=False, route_class=Route)


@router.get("/openapi.json")
async def get_document(request: Request) -> dict[str, Any]:
    """The OpenAPI document."""
    document: dict[str, Any] = request.app.openapi()
    return document
