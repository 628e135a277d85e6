"""The checks of a transcription against its source, one module per noun; each reports what it finds to the document."""

from collections.abc import Callable

from app.transcription.checks.contact import check_contact
from app.transcription.checks.documents import check_documents
from app.transcription.checks.issues import check_issues, check_statements
from app.transcription.checks.metrics import check_metrics
from app.transcription.checks.notice import check_notice
from app.transcription.checks.numerals import check_numerals
from app.transcription.checks.organizations import check_organizations
from app.transcription.checks.outline import check_outline, check_roles
from app.transcription.checks.records import check_ids, check_order, check_references
from app.transcription.checks.relations import check_relations
from app.transcription.checks.stage import check_stage
from app.transcription.checks.vocabulary import check_codes_and_languages
from app.transcription.document import SourceDocument

# The outline comes first, since quotes are found within its sections and outside the residue; the order of the records
# after all spans are known.
CHECKS: list[Callable[[SourceDocument], None]] = [
    check_stage,
    check_outline,
    check_notice,
    check_ids,
    check_references,
    check_roles,
    check_issues,
    check_statements,
    check_metrics,
    check_relations,
    check_documents,
    check_organizations,
    check_numerals,
    check_contact,
    check_order,
    check_codes_and_languages,
]
