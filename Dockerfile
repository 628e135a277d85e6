# syntax=docker/dockerfile:1
# `--build-arg BASE=python@sha256:…` pins the image that this one is made from.
ARG BASE=python:3.13-slim-bookworm
FROM ${BASE} AS build
WORKDIR /srv
# `--build-arg EXTRA=postgresql` adds what PostgreSQL needs, and EXTRA=telemetry what OpenTelemetry needs too.
ARG EXTRA=
COPY requirements*.txt ./
RUN python -m venv --without-pip /opt/venv \
    && pip --python /opt/venv/bin/python install --no-cache-dir --require-hashes -r "requirements${EXTRA:+-$EXTRA}.txt"
COPY app ./app
COPY seed ./seed
# The pages serve these documents.
COPY CHANGELOG.md ./
COPY docs/api.md docs/api.zh-CN.md ./docs/
# The database is made here, so that the running container writes nothing.
RUN /opt/venv/bin/python -m app build

FROM ${BASE}
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin zhenggai
WORKDIR /srv
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv /srv
ENV PYTHONDONTWRITEBYTECODE=1 NOTICE_HOST=0.0.0.0
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s \
    CMD ["/opt/venv/bin/python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ.get('NOTICE_PORT', '8000') + '/readyz')"]
CMD ["/opt/venv/bin/python", "-m", "app", "serve"]
