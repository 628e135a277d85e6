"""Indicators: headline figures that notices share, one beside the other."""

from pydantic import BaseModel, Field

from app.models.metric import Nature, Qualifier
from app.models.number import Number


class Total(BaseModel):
    """A headline figure that a notice prints."""

    metric_id: str
    value: Number
    value_text: str
    unit: str | None
    qualifier: Qualifier


class IndicatorValue(Total):
    """What one notice prints for an indicator. A printed 0 is a 0; a notice that prints nothing has no row."""

    notice: str
    url: str = Field(description="The metric.")
    normalized_value: Number
    nature: Nature
    period_text: str | None
    label: str
    label_en: str
    quote: str
    start: int
    end: int


class Indicator(BaseModel):
    """A headline figure, and what each notice prints for it."""

    code: str
    url: str
    zh: str
    en: str
    definition: str
    values: list[IndicatorValue] = Field(description="One a notice, in the order of the notices.")
