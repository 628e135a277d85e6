"""Agreement: how far two readings of one notice are the same, field by field."""

from pydantic import BaseModel, Field

from app.models.decimal import Number


class Agreement(BaseModel):
    """How far two readings of a notice agree on one field."""

    field: str = Field(description="What was read twice: of a clause, a document, a body …, and which field of it.")
    units: int = Field(description="How many were compared.")
    agreed: int = Field(description="In how many both readings have the same value.")
    kappa: Number | None = Field(description="Cohen's kappa; null where it is not defined.")
    dice: Number | None = Field(description="Dice coefficient, for what one reading has and the other may not have.")
