"""`/healthz` and `/readyz`: whether the process answers, and whether the data does."""

import logging
from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from app.database.engine import Database
from app.database.errors import DatabaseError, Unavailable
from app.http.route import JSONText, Route
from app.transcription.findings import InvalidSeed

router = APIRouter(tags=["health"], route_class=Route)
NOT_STORED = {"Cache-Control": "no-store"}
logger = logging.getLogger("zhenggai")


class Health(BaseModel):
    status: Literal["ok"]


class Readiness(Health):
    data_version: str
    edition: str = Field(description="Of the data and the software together: replicas that tell the same answer alike.")
    engine: Literal["sqlite", "postgresql"]


@router.get("/healthz", summary="Whether the process answers", response_model=Health)
async def get_health() -> Response:
    """Answers as long as the process does, whatever the state of the data."""
    return JSONText(Health(status="ok").model_dump_json(), headers=NOT_STORED)


@router.get("/readyz", summary="Whether the data answers", response_model=Readiness)
async def get_readiness(request: Request) -> Response:
    """Reads a row from the database; 503 if that fails."""
    database: Database = request.app.state.database
    try:
        database.execute("select slug from notice limit 1")
        ready = Readiness(
            status="ok",
            data_version=database.snapshot.data_version,
            edition=database.fingerprint[:16],
            engine=database.engine.name,
        )
    except Unavailable:
        raise  # the log has it
    except (DatabaseError, InvalidSeed) as error:
        logger.error("the data does not answer: %s", error)
        raise Unavailable from None
    except Exception:
        logger.exception("the data does not answer")
        raise Unavailable from None
    return JSONText(ready.model_dump_json(), headers=NOT_STORED)
