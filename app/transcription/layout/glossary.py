"""The layout of `glossary.json`: terms that need an explanation, shared by all notices."""

from app.transcription.layout.types import Chinese, English, Id, StrictModel, Text


class GlossaryEntry(StrictModel):
    """A term that is printed in a notice and explained to foreign readers; `forms` are its further printed forms.

    `not_in` are longer words that contain its characters by chance, as 区委员会 contains 区委.
    """

    id: Id
    term: Text
    forms: list[Text]
    not_in: list[Text]
    pinyin: Text
    en: English
    definition: Chinese
    definition_en: English
    uncertain: bool
    note: Chinese | None
    note_en: English | None
