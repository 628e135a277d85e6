"""`/vocabularies`: what every code means."""

from fastapi import APIRouter

from app.database.select import Selection
from app.http.route import Route
from app.models.vocabulary import Term, Vocabularies, Vocabulary
from app.queries.reader import ReaderDep

router = APIRouter(tags=["vocabularies"], route_class=Route)


@router.get("/vocabularies", summary="Every closed vocabulary")
async def get_vocabularies(reader: ReaderDep) -> Vocabularies:
    """Every code that a field of the data may hold, with its Chinese and English label and what falls under it.

    Shared by all notices. Codes are never renamed, but vocabularies grow: treat an unknown code as one to look up here.
    """
    terms: dict[str, list[Term]] = {}
    for term in reader.objects(Selection("term", (), ("vocabulary", "position")), ("vocabulary", *Term.model_fields)):
        terms.setdefault(term.pop("vocabulary"), []).append(Term(**term))
    rows = reader.fetch(Selection("vocabulary", (), ("position",)), "name, zh, en")
    vocabularies = {name: Vocabulary(zh=zh, en=en, terms=terms[name]) for name, zh, en in rows}
    return Vocabularies(data_version=reader.database.snapshot.data_version, vocabularies=vocabularies)
