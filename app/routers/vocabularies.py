"""`/vocabularies`: what every code means."""

from fastapi import APIRouter
from sqlmodel import col, select

from app.models.vocabulary import Term, TermRow, Vocabularies, Vocabulary, VocabularyRow
from app.reader import ReaderDep

router = APIRouter(tags=["vocabularies"])


@router.get("/vocabularies", summary="Every closed vocabulary")
def get_vocabularies(reader: ReaderDep) -> Vocabularies:
    """Every code that a field of the data may hold, with its Chinese and English label and what falls under it.

    Shared by all notices. Codes are never renamed, but vocabularies grow: treat an unknown code as one to look up here.
    """
    terms: dict[str, list[Term]] = {}
    for term in reader.session.exec(select(TermRow).order_by(TermRow.vocabulary, col(TermRow.position))):
        terms.setdefault(term.vocabulary, []).append(Term.model_validate(term.model_dump()))
    rows = reader.session.exec(select(VocabularyRow).order_by(col(VocabularyRow.position)))
    vocabularies = {row.name: Vocabulary(zh=row.zh, en=row.en, terms=terms[row.name]) for row in rows}
    return Vocabularies(data_version=reader.data_version, vocabularies=vocabularies)
