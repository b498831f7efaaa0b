# The deployment's image: web, worker and beat are the same image with different commands (docker-compose.yml).
FROM python:3.12-slim AS packages
WORKDIR /app
# 1: kept pages may lie in an object store (REEX_SNAPSHOT_STORAGE)
ARG REEX_S3=0
COPY requirements.txt requirements-s3.txt ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements.txt && \
    if [ "$REEX_S3" = 1 ]; then /venv/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements-s3.txt; fi

FROM python:3.12-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    REEX_DATA=/data REEX_STATIC_ROOT=/app/static-gathered
WORKDIR /app
RUN useradd --uid 10001 --home-dir /app --shell /usr/sbin/nologin reex && install -d -o reex -g reex /data
COPY --from=packages /venv /venv
COPY . .
# Styles and scripts are the same for every installation; gathering them needs no database.
RUN REEX_DATA=/tmp/build python manage.py collectstatic --noinput --verbosity 0 && rm -rf /tmp/build
USER reex
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=8)"]
CMD ["gunicorn", "reex_site.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--no-control-socket", \
     "--worker-tmp-dir", "/dev/shm", "--access-logfile", "-"]
