"""The vocabularies with all their terms."""

from app.database.repository import Repository
from app.database.select import Select, table_of
from app.models.vocabulary import Term, TermRow, Vocabulary, VocabularyRow, VocabularySet

_VOCABULARY, _TERM = table_of(VocabularyRow), table_of(TermRow)


def read_vocabularies(repository: Repository) -> VocabularySet:
    """Return every vocabulary with its terms, in their order."""
    database = repository.database
    by_position = Select(_TERM).order_by((_TERM.c.vocabulary, False), (_TERM.c.position, False))
    terms: dict[str, list[Term]] = {}
    for vocabulary, *values in database.fetch(
        by_position, _TERM.c.vocabulary, *(_TERM.c[name] for name in Term.model_fields)
    ):
        terms.setdefault(vocabulary, []).append(Term(**dict(zip(Term.model_fields, values, strict=True))))
    listed = Select(_VOCABULARY).order_by((_VOCABULARY.c.position, False))
    rows = database.fetch(listed, _VOCABULARY.c.name, _VOCABULARY.c.zh, _VOCABULARY.c.en)
    vocabularies = {name: Vocabulary(zh=zh, en=en, terms=terms[name]) for name, zh, en in rows}
    return VocabularySet(data_version=database.snapshot.data_version, vocabularies=vocabularies)
