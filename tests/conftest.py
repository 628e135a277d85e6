"""Fixtures for every test: the service over the real seed, and seed folders of the test's own, to be spoilt at will."""

import json
import shutil
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings

HERE = Path(__file__).resolve().parent
SEED = HERE.parent / "seed"
SECOND = "linjiang-2025"
SECOND_UNITS = [
    {"code": "household", "zh": "户", "en": "household", "definition": "Households.", "forms": ["户"]},
    {"code": "mu", "zh": "亩", "en": "mu", "definition": "Mu of land, a fifteenth of a hectare.", "forms": ["亩"]},
    {"code": "tonne", "zh": "吨", "en": "tonne", "definition": "Tonnes.", "forms": ["吨"]},
]


@pytest.fixture(scope="session")
def seed_app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """The service over the real seed, with a database of its own."""
    return create_app(Settings(database=tmp_path_factory.mktemp("var")))


@pytest.fixture
def client(seed_app: FastAPI) -> TestClient:
    """A client of that service."""
    return TestClient(seed_app)


@pytest.fixture
def seed(tmp_path: Path) -> Path:
    """A copy of the seed."""
    return Path(shutil.copytree(SEED, tmp_path / "seed", copy_function=shutil.copyfile))


@pytest.fixture
def both_notices(seed: Path) -> Path:
    """A copy of the seed with a second, fictional notice of another shape behind the real one."""
    shutil.copytree(HERE / "notices" / SECOND, seed / SECOND)
    slugs = json.loads((seed / "notices.json").read_text(encoding="utf-8"))
    write(seed / "notices.json", [*slugs, SECOND])
    vocabularies = json.loads((seed / "vocabularies.json").read_text(encoding="utf-8"))
    terms = vocabularies["unit"]["terms"]
    known = {term["code"] for term in terms}
    terms += [term for term in SECOND_UNITS if term["code"] not in known]
    write(seed / "vocabularies.json", vocabularies)
    return seed


def write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
