"""`/docs`, `/zh/docs`, `/en/docs`: the API's reference, in the frame of the other pages."""

from fastapi import APIRouter, Response

from app.pages.context import FrameDep

router = APIRouter()


@router.get("/docs")
async def get_docs(frame: FrameDep) -> Response:
    """Swagger UI, filled by its own script from the OpenAPI document."""
    return frame.render("docs.html")
