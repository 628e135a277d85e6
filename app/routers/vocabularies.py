"""`/vocabularies`: what every code means."""

from fastapi import APIRouter

from app.http.route import Route
from app.models.vocabulary import VocabularySet
from app.queries.vocabularies import read_vocabularies
from app.routers.responses import RecordsDep

router = APIRouter(tags=["vocabularies"], route_class=Route)


@router.get("/vocabularies", summary="Every closed vocabulary")
async def get_vocabularies(records: RecordsDep) -> VocabularySet:
    """Every code that a field of the data may hold, with its Chinese and English label and what falls under it.

    Shared by all notices. Codes are never renamed, but vocabularies grow: treat an unknown code as one to look up here.
    """
    return read_vocabularies(records.repository)
