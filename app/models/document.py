"""Documents: the rules, plans, lists and the like that a notice says were made, revised, carried out or cited."""

from typing import Annotated

from sqlmodel import Field, SQLModel

from app.models.place import Place, Placed
from app.models.record import TRANSLATION, Cited, End, Start
from app.models.vocabulary import Coded


class DocumentFields(SQLModel):
    id: str = Field(description="A readable slug, decided once.")
    name: str = Field(description="As printed in its first place; described names are no titles.")
    start: Start
    end: End
    name_en: str | None = Field(description="Unofficial translation; null where a draft has none yet.")
    translation: Annotated[str, Coded("translation")] | None = Field(description=TRANSLATION)
    type: Annotated[str, Coded("document_type")] = Field(description="By its head noun; our reading.")
    act: Annotated[str, Coded("document_act")] = Field(description="What is said of it in its first place.")
    issuer: str | None = Field(description="Who is printed as making it; null where the sentence leaves that out.")
    issuer_id: str | None = Field(description="The organization of that name, if it is one.")


class DocumentRow(DocumentFields):
    """`folded` and `folded_en` are the names as search looks words up in them."""

    notice: str = Field(primary_key=True, foreign_key="notice.slug")
    id: str = Field(primary_key=True)
    position: int
    folded: str
    folded_en: str


class DocumentTable(DocumentRow, table=True):
    __tablename__ = "document"


class DocumentPlace(Place):
    """A place where a document is named, and what is said of it there."""

    act: Annotated[str, Coded("document_act")] = Field(description="What is said of it there.")


class Document(DocumentFields, Placed):
    """A text that the notice says was made or acted on. The notice lists none: this is our reading of its sentences."""

    collection = "documents"
    collection_zh = "文件"
    row = DocumentTable
    counted_by = ("type", "act")
    place, place_code = DocumentPlace, "act"
    quoted = (("name", "start", "end"),)
    page_path = "/documents/{id}?notice={notice}"

    places: list[DocumentPlace] = Field(description="Every place where it is named.")


class DocumentDetail(Cited, Document):
    """A document with its citation."""
