"""Indicators: headline figures that notices share, one beside the other."""

from typing import Annotated

from pydantic import BaseModel, Field

from app.models.decimal import Number
from app.models.metric import Nature, Qualifier
from app.models.record import Collection, End, Start
from app.models.vocabulary import Coded


class Total(BaseModel):
    """A headline figure that a notice prints."""

    metric_id: str
    value: Number
    value_text: str
    value_start: Start
    value_end: End
    unit: str | None
    unit_start: Start | None
    unit_end: End | None
    qualifier: Annotated[Qualifier, Coded("qualifier")]


class IndicatorValue(Total):
    """What one notice prints for an indicator. A printed 0 is a 0; a notice that prints nothing has no row."""

    notice: str
    url: str = Field(description="The metric.")
    normalized_value: Number
    nature: Annotated[Nature, Coded("nature")]
    period_text: str | None
    period_text_start: Start | None
    period_text_end: End | None
    label: str
    label_en: str | None
    quote: str
    start: Start
    end: End


class Indicator(Collection):
    """A headline figure, and what each notice prints for it."""

    collection = "indicators"
    collection_zh = "指标"

    code: Annotated[str, Coded("indicator")]
    url: str
    zh: str
    en: str
    definition: str
    values: list[IndicatorValue] = Field(description="One a notice, in the order of the notices.")
