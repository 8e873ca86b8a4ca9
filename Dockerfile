# One image for the web server, the worker, the scheduler and the migrations.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    DJANGO_SETTINGS_MODULE=coexist.settings.production

# What WeasyPrint draws conventions with; what scanned documents are read with.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
        tesseract-ocr tesseract-ocr-fra \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /srv/coexist

# Before the code, so that a change of code does not install everything again.
COPY requirements/production.lock requirements/
RUN pip install --require-hashes -r requirements/production.lock

COPY . .

# Settings are read, no server is asked: the values only have to exist.
RUN SECRET_KEY=only-while-the-image-is-built ALLOWED_HOSTS=localhost SITE_URL=https://localhost \
    python manage.py collectstatic --noinput

RUN useradd --system --user-group --uid 10001 --no-create-home --home-dir /srv/coexist coexist \
    && install -d -o coexist -g coexist media
USER coexist

EXPOSE 8000
CMD ["gunicorn", "coexist.wsgi", "-c", "coexist/gunicorn.conf.py", "--bind", "0.0.0.0:8000"]
