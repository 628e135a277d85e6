"""The dataset in schema.org's terms, for search engines of datasets (JSON-LD within the page about the data).

The whole description, in DCAT 3 too, is `/dataset.jsonld`. Here stand the properties that
<https://developers.google.com/search/docs/appearance/structured-data/dataset> names, as plain objects.
"""

from collections.abc import Sequence
from typing import Any

from app.models.notice import license_url
from app.pages.context import PageContext
from app.pages.language import LANGUAGE_TAGS

Record = dict[str, Any]

_NAME = "Zhenggai 整改数据"
_TITLES = 20  # of notices that the description names


def describe_dataset(page: PageContext, notices: Sequence[Record], release: Record | None) -> Record:
    """Return the dataset of all notices as JSON-LD, in the language of the page.

    `release` is what `/dataset` answers; without it the files are left out.
    """
    titles = [page.localized(notice, "title") for notice in notices[:_TITLES]]
    licenses = list(dict.fromkeys(license_url(notice["transcription_license"]) for notice in notices))
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": page.absolute_url(page.api_url("/dataset")),
        "name": page.messages["dataset_name"],
        "alternateName": _NAME,
        "description": page.messages["dataset_description"].format(notices=page.messages["dataset_mark"].join(titles)),
        "url": page.canonical_url(page.language, ()),
        "keywords": page.messages["dataset_keywords"],
        "license": licenses[0] if len(licenses) == 1 else licenses,
        "creator": {"@type": "Organization", "name": _NAME, "url": page.absolute_url(page.url("/"))},
        "inLanguage": list(LANGUAGE_TAGS.values()),
        "isAccessibleForFree": True,
        "isBasedOn": [notice["source_url"] for notice in notices if notice["source_url"]],
        **_coverage(notices),
        **(_files(page, release) if release else {}),
    }


def _coverage(notices: Sequence[Record]) -> Record:
    """Return the time that the notices report on, from the first feedback to the last notice; nothing if not stated."""
    begins = [notice["feedback_date"] for notice in notices]
    ends = [notice["date"] for notice in notices]
    return {"temporalCoverage": f"{min(begins)}/{max(ends)}"} if all(begins) and all(ends) else {}


def _files(page: PageContext, release: Record) -> Record:
    description = "description" if page.language == "zh" else "description_en"
    return {
        "version": release["data_version"],
        "dateModified": release["released"],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file["name"],
                "description": file[description],
                "contentUrl": page.absolute_url(file["url"]),
                "encodingFormat": file["media_type"].partition(";")[0],
                "contentSize": f"{file['bytes']} B",
                "sha256": file["sha256"],
            }
            for file in release["files"]
        ],
    }
