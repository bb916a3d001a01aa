# One image for every part: `inspection serve`, `inspection worker`, `inspection migrate`.
FROM python:3.11-slim-bookworm

RUN apt-get update -qq \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY requirements.lock .
RUN pip install --no-cache-dir --no-deps --require-hashes --only-binary :all: -r requirements.lock

COPY . .
RUN printf '#!/bin/sh\nexec python -m inspection "$@"\n' > /usr/local/bin/inspection \
    && chmod +x /usr/local/bin/inspection \
    && useradd --system --home-dir /data --create-home inspection

ENV PYTHONPATH=/app PYTHONUNBUFFERED=1 \
    MINGCHA_HOST=0.0.0.0 MINGCHA_DATA_DIR=/data DATABASE_URL=sqlite:////data/mingcha.db
USER inspection
VOLUME /data
WORKDIR /data
EXPOSE 8000
HEALTHCHECK CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=3)"]
ENTRYPOINT ["inspection"]
CMD ["serve"]
