"""/docs: the OpenAPI document to read and try, without anything from outside."""

from flask import Blueprint, render_template

from api.access import public

bp = Blueprint("documents", __name__)


@bp.get("/docs")
@public
def docs() -> str:
    """Show the API's documentation page."""
    return render_template("docs.html")
