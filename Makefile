# make run    the demo school on http://127.0.0.1:8000 (another port: make run PORT=8080);
#             delete var/ to begin anew
# make test   everything that CI runs: linters, types, both databases, browser journeys

PORT ?= 8000
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
LOCK := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host $(if $(UPGRADE),--upgrade)

CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))
MIGRATIONS := $(wildcard */migrations/*.py)
STATIC_FILES := $(shell find static)

export HOCBA_MODE := development

.PHONY: setup setup-dev system-packages system-packages-dev run static-files \
	test lint deploy-check sqlite-test pg-test e2e screenshots lock messages
.NOTPARALLEL:
.DELETE_ON_ERROR:

# What the program needs

setup: system-packages .venv/.installed $(CATALOGUES)

system-packages:
	@scripts/install-missing-packages python3-venv gettext \
		libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation

.venv/.installed: requirements.lock | system-packages
	python3 -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

%.mo: %.po | system-packages
	msgfmt --check --output-file $@ $<

run: export DATABASE_URL = sqlite:///$(CURDIR)/var/hocba.sqlite3
run: setup static-files var/.seeded var/.migrated
	@$(MANAGE) seed_demo --logins
	@echo "http://127.0.0.1:$(PORT)  (Ctrl+C: stop)"
	@exec scripts/serve $(BIN) --bind 127.0.0.1:$(PORT) --workers 2 --threads 4 --log-level warning

# Seeded beside its place and moved there when complete; what lay there stays as hocba.sqlite3~.
var/.seeded: export DATABASE_URL = sqlite:///$(CURDIR)/var/seeding.sqlite3
var/.seeded: | setup
	@mkdir -p var && rm -f var/seeding.sqlite3*
	@$(MANAGE) migrate --verbosity 0
	@echo "Seeding the demo school (once)"
	@$(MANAGE) seed_demo $(DEMO) > /dev/null
	@test ! -e var/seeding.sqlite3-wal
	@rm -f var/hocba.sqlite3-wal var/hocba.sqlite3-shm
	@mv --backup var/seeding.sqlite3 var/hocba.sqlite3
	@touch var/.migrated $@

var/.migrated: $(MIGRATIONS) | var/.seeded
	@$(MANAGE) migrate --verbosity 0
	@touch $@

static-files: var/.static

var/.static: $(STATIC_FILES) hocba/settings.py .venv/.installed
	@rm -rf var/static
	@$(MANAGE) collectstatic --no-input --verbosity 0
	@touch $@

# What its developers need

setup-dev: setup system-packages-dev .venv/.installed-dev

system-packages-dev:
	@scripts/install-missing-packages chromium-headless-shell libatomic1 poppler-utils qpdf softhsm2 xmlsec1

.venv/.installed-dev: requirements-dev.lock .venv/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

test: lint deploy-check sqlite-test pg-test e2e

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/mypy
	$(MANAGE) makemigrations --check --dry-run

deploy-check: setup-dev
	HOCBA_MODE=production ALLOWED_HOSTS=hocba.example \
		SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(64))") \
		KEY_SEALING_SECRET=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(64))") \
		SIGNING_TRUST_FILE=tests/hocba/a_root.pem \
		$(MANAGE) check --deploy --fail-level WARNING

sqlite-test: setup-dev
	env -u DATABASE_URL $(BIN)/python -m pytest -n 2 -m "not e2e"

pg-test: setup-dev
	$(BIN)/python -m tests.postgres $(BIN)/python -m pytest -n 2 -m "not e2e"

e2e: setup-dev static-files
	$(BIN)/python -m pytest -n 2 -m e2e tests/e2e

# The README's pictures, of a school of full size
screenshots: setup-dev static-files
	SCREENSHOTS=docs/screenshots DEMO_SIZE="--streams 5 --pupils 35" \
		$(BIN)/python -m pytest -m e2e tests/e2e/test_screenshots.py

# make lock UPGRADE=1 takes the newest versions that pyproject.toml allows
lock: setup-dev
	$(LOCK) --output-file requirements.lock pyproject.toml
	$(LOCK) --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml

messages: setup
	$(MANAGE) makemessages --locale en --no-wrap --no-obsolete --add-location file \
		--ignore ".venv/*" --ignore "var/*" --ignore "tests/*"
