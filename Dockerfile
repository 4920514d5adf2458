# syntax=docker/dockerfile:1

# 1. Style sheets, scripts and the typeface.
FROM node:24-slim AS assets
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY bundle.mjs ./
COPY static static
COPY templates templates
RUN npm run build

# 2. The Python packages and the portal, with everything collected and compiled.
FROM python:3.13-slim AS portal
ENV UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_PYTHON_DOWNLOADS=never
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /portal
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-dev --no-cache
COPY . .
COPY --from=assets /build/static/build static/build
# The settings refuse to start without these; here they are only words, and nothing of them stays in the image.
RUN SECRET_KEY=only-while-building-the-image \
    DATABASE_URL=postgresql://localhost/none \
    BWOB_HOSTS=localhost \
    BWOB_ORIGIN=https://localhost \
    BWOB_SMTP_HOST=localhost \
    BWOB_MAIL_FROM=portal@localhost \
    BWOB_CONTACT=programma@localhost \
    BWOB_SECURITY_CONTACT=mailto:security@localhost \
    .venv/bin/python manage.py collectstatic --noinput \
    && .venv/bin/python -m compileall -q bwob alumni doetanks mobility networks pitch

# 3. What runs: Python, the portal, and an account that owns none of its files.
FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin portal
COPY --from=portal /portal /portal
WORKDIR /portal
ENV PATH=/portal/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 10001
EXPOSE 8000
# The host name must be one that the portal answers to.
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 CMD ["python", "-c", \
    "import os; from urllib.request import Request, urlopen; \
     host = os.environ['BWOB_HOSTS'].split(',')[0].strip().lstrip('.'); \
     urlopen(Request('http://127.0.0.1:8000/gezond/leeft/', headers={'Host': host}), timeout=4)"]
CMD ["gunicorn", "bwob.wsgi", "--worker-tmp-dir=/dev/shm"]
