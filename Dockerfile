# Callboard as an image: Node builds the board, Python runs it, as a user without rights and with one folder to write to.
#
#   docker build --tag callboard .
#   docker run --detach --name callboard --publish 127.0.0.1:8000:8000 --volume callboard:/data --stop-timeout 30 \
#     --env PUBLIC_URL=https://board.example.org --env TRUSTED_PROXIES=1 callboard
#   docker logs callboard        # the link by which the first team is made
#   docker exec callboard callboard backup /data/backup.db

FROM node:22.22.1-bookworm-slim AS board
WORKDIR /callboard/web
COPY web/package.json web/package-lock.json web/.npmrc ./
RUN npm ci --include=dev --no-audit --no-fund
COPY web ./
RUN npm run build

FROM python:3.13.5-slim-bookworm AS program
WORKDIR /callboard
RUN python -m venv .venv
COPY requirements.lock ./
RUN .venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock
COPY pyproject.toml README.md ./
COPY stores stores
COPY events events
COPY server server
COPY torture torture
# As a link, because the board is served from the source tree. Compiled here, as the user that runs it may not write there.
RUN .venv/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation -e . \
    && .venv/bin/python -m compileall -q stores events server torture

FROM python:3.13.5-slim-bookworm
RUN useradd --system --user-group --uid 10001 --no-create-home --home-dir /data callboard \
    && install --directory --owner callboard --mode 0700 /data
COPY --from=program /callboard /callboard
COPY --from=board /callboard/web/dist /callboard/web/dist
ENV PATH=/callboard/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=8000 \
    WAIT_FOR_LOCK=true \
    DATABASE_URL=sqlite:////data/callboard.db
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:%s/healthz' % os.environ['PORT'], timeout=4)"]
STOPSIGNAL SIGTERM
CMD ["callboard", "serve"]
