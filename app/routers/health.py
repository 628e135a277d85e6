"""`/healthz` and `/readyz`: whether the process answers, and whether the data does."""

import logging
from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from app.http.errors import ProblemException
from app.http.route import Route

router = APIRouter(tags=["health"], route_class=Route)
logger = logging.getLogger("zhenggai")


class Health(BaseModel):
    status: Literal["ok"]


class Readiness(Health):
    data_version: str


@router.get("/healthz", summary="Whether the process answers")
async def get_health(response: Response) -> Health:
    """Answers as long as the process does, whatever the state of the data."""
    response.headers["Cache-Control"] = "no-store"
    return Health(status="ok")


@router.get("/readyz", summary="Whether the data answers")
def get_readiness(request: Request, response: Response) -> Readiness:
    """Reads a row from the database; 503 if that fails."""
    response.headers["Cache-Control"] = "no-store"
    database = request.app.state.database
    try:
        database.fetch("select slug from notice limit 1")
        return Readiness(status="ok", data_version=database.snapshot.data_version)
    except Exception:
        logger.exception("the data does not answer")
        raise ProblemException(503, "service-unavailable", "The data does not answer; the log says why.") from None
