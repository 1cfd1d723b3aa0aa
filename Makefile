# Every target with a "## " comment is listed by "make help".

GO        ?= go
OUT       ?= demo-out
FUZZTIME  ?= 10s
BENCHTIME ?= 300ms
COUNT     ?= 3
# Two packages at a time: most of the time is spent in browsers, and two tabs
# saturate two cores.
JOBS      ?= 2
# For processors since 2009: comparing hashes and points counts bits, which those do in
# one step. GOAMD64=v1 makes a program for older ones, with the same results.
export GOAMD64 ?= v2

PACKAGES  := chromium chromium-headless-shell fonts-liberation
READING   := tesseract-ocr tesseract-ocr-eng tesseract-ocr-chi-tra tesseract-ocr-chi-sim
SERVER    := postgresql
BIN       := bin/defacecheck

.DEFAULT_GOAL := help

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## /{printf "%-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: setup
setup: setup-browser setup-reading setup-server ## install Chromium, Tesseract and PostgreSQL from Debian's packages where there are none

# Without Tesseract text is not read and its tests are skipped, so that failing to
# install it fails nothing.
.PHONY: setup-reading
setup-reading:
	@if command -v tesseract >/dev/null; then exit 0; fi; \
	if test "$$(id -u)" = 0; then root=; \
	elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then root="sudo -n"; \
	else root=none; fi; \
	if test "$$root" != none && command -v apt-get >/dev/null && \
	  { echo "Installing $(READING)"; $$root apt-get update -qq; \
	    $$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(READING); }; then exit 0; fi; \
	echo "No Tesseract here: text is not read off pictures, and its tests are skipped. As root: apt-get install $(READING)" >&2

# Without PostgreSQL a corpus is a file, and the tests of a server are skipped.
.PHONY: setup-server
setup-server:
	@for p in /usr/lib/postgresql/*/bin/initdb initdb; do \
	  if command -v $$p >/dev/null; then exit 0; fi; done; \
	if test "$$(id -u)" = 0; then root=; \
	elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then root="sudo -n"; \
	else root=none; fi; \
	if test "$$root" != none && command -v apt-get >/dev/null && \
	  { echo "Installing $(SERVER)"; $$root apt-get update -qq; \
	    $$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(SERVER); }; then exit 0; fi; \
	echo "No PostgreSQL here: tests of a corpus on a server are skipped. As root: apt-get install $(SERVER)" >&2

.PHONY: setup-browser
setup-browser:
	@for c in /usr/lib/chromium/chromium-headless-shell chromium-headless-shell chromium google-chrome; do \
	  if command -v $$c >/dev/null; then exit 0; fi; done; \
	if ! command -v apt-get >/dev/null; then \
	  echo "No Chromium here. Install it with your system's package manager: $(PACKAGES)" >&2; exit 1; fi; \
	if test "$$(id -u)" = 0; then root=; \
	elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then root="sudo -n"; \
	else echo "No Chromium here. As root: apt-get install $(PACKAGES)" >&2; exit 1; fi; \
	echo "Installing $(PACKAGES)"; \
	$$root apt-get update -qq && \
	$$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(PACKAGES)

.PHONY: build
build: ## build bin/defacecheck
	@mkdir -p bin
	$(GO) build -trimpath -o $(BIN) ./cmd/defacecheck

.PHONY: demo
demo: setup build ## judge the demonstration claims, without the internet (OUT=demo-out)
	$(BIN) demo --out $(OUT)

.PHONY: lint
lint: ## check formatting and what go vet finds
	@unformatted="$$(gofmt -l $$(git ls-files -co --exclude-standard '*.go'))"; \
	if test -n "$$unformatted"; then echo "not gofmt'ed:"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...

.PHONY: test
test: setup lint ## run all tests
	$(GO) test -vet=off -timeout 19m -p $(JOBS) ./...

BATCH     ?= 200
PAGES     ?= 40
LONG      ?= 1000

.PHONY: bench-memory
bench-memory: setup ## measure the memory of a long batch (LONG=1000 claims, an hour)
	$(GO) test -run '^$$' -bench MemoryOfABatch -benchtime 1x -timeout 0 ./cmd/defacecheck -batch-claims $(LONG) -batch-pages $$(($(LONG) / 5))

.PHONY: bench
bench: setup ## measure speed and memory, medians of several runs (COUNT=3, BATCH=200 claims about PAGES=40)
	@{ $(GO) test -run '^$$' -bench 'AgainstOneProcessAPage|BenchmarkJudge|PictureItself|BenchmarkImport' -benchtime 1x -count $(COUNT) \
	     -timeout 60m -p 1 ./capture/browser ./verify ./corpus/intake; \
	   $(GO) test -run '^$$' -bench '^BenchmarkBatch$$' -benchtime 1x -timeout 120m -p 1 ./cmd/defacecheck -batch-claims $(BATCH) -batch-pages $(PAGES); \
	   $(GO) test -run '^$$' -bench . -benchtime $(BENCHTIME) -count $(COUNT) \
	     -timeout 30m -p 1 ./verify/imprint ./verify/align ./verify/trace ./verify/report/... ./capture/archive ./corpus/store ./corpus/near; } \
	| grep -v 'no test files' | awk -f .ci/medians.awk

# Without a bound on making inputs smaller, a short run does little else.
.PHONY: fuzz
fuzz: ## run every fuzz target for a short while (FUZZTIME=10s)
	@set -e; for pkg in $$($(GO) list ./...); do \
	  for target in $$($(GO) test -list '^Fuzz' $$pkg | grep '^Fuzz' || true); do \
	    echo "$$pkg $$target"; \
	    $(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 50x $$pkg; \
	  done; done

.PHONY: conformance
conformance: setup ## compare with other programs: exiftool if it is here, pywb, mlcroissant and PyMISP from PyPI, schema.org's types from npm
	DEFACECHECK_CONFORMANCE=1 $(GO) test -v -count 1 -run 'Pywb|ExifTool|Mlcroissant|PyMISP|SchemaOrg' ./capture/archive ./verify/metadata ./corpus/dataset ./corpus/exchange

PICTURES  ?= 45
PAIRS     ?= 2000
CVPYTHON  := bin/opencv/bin/python

.PHONY: eval-align
eval-align: setup ## measure finding pictures in pages, with npm and Debian packages (PICTURES=45, PAIRS=2000 of each set)
	@for c in npm dpkg-deb cwebp firefox-esr; do command -v $$c >/dev/null || echo "$$c is not here: what needs it is left out"; done
	@$(CVPYTHON) -c 'import cv2' 2>/dev/null \
	  || { python3 -m venv bin/opencv && $(CVPYTHON) -m pip install -q opencv-python-headless==5.0.0.93; } \
	  || echo "OpenCV cannot be installed: the comparison with ORB is left out"
	$(GO) build -trimpath -o bin/evalalign ./cmd/evalalign
	bin/evalalign -pictures $(PICTURES) -pairs $(PAIRS) -out $(OUT)/align \
	  $$($(CVPYTHON) -c 'import cv2' 2>/dev/null && echo -python $(CVPYTHON)) $(EVALFLAGS)

FONTS     ?= bin/fonts
BARS      ?= 684
CLOCKS    ?= 450
TABS      ?= 240
# What eval-align keeps; its captures are the pages whose text is compared.
CAPTURES  ?= $(HOME)/.cache/defacecheck-evalalign/captures
# Those of them that the package was worked on with; . is all.
READHOSTS ?= ^(sb-(sb-admin-2|clean-blog|clean-blog-v100|modern-business|business-casual-v100|business-casual-v709)|debian-(faq|handbook|policy)|exim4-doc-html|haproxy-doc|postgresql-doc-15|sqlite3-doc|sitcon2014-zh-4be48bb|town-ordinary|town-full)[.]example$$
# Real claims, if a directory of them is here: claims.csv and pictures.
CLAIMS    ?=
EVALREAD   = $(GO) test -count 1 -timeout 6h -v

bin/fonts:
	@mkdir -p bin/fonts.part && cd bin/fonts.part && \
	{ apt-get download -qq fonts-inter fonts-noto-core fonts-open-sans fonts-roboto-unhinted && \
	  for p in *.deb; do dpkg-deb -x $$p x; done; }; \
	  find x -name Inter-Regular.otf -o -name NotoSans-Regular.ttf -o -name OpenSans-Regular.ttf -o -name Roboto-Regular.ttf | \
	  while read -r f; do mv "$$f" .; done; rm -rf x *.deb; cd ../.. && mv bin/fonts.part bin/fonts

.PHONY: eval-reading
eval-reading: setup-reading bin/fonts ## measure reading: address bars, clocks, tabs, colours, Chinese, page text (BARS=684)
	@fonts="$$(cd $(FONTS) && pwd)"; { \
	  $(EVALREAD) ./verify/reading/address -run AddressBars -bars $(BARS) -fonts $$fonts; \
	  $(EVALREAD) ./verify/reading/clock -run Clocks -clocks $(CLOCKS) -seed 21 -fonts $$fonts; \
	  $(EVALREAD) ./verify/reading/title -run Titles -tabs $(TABS) -fonts $$fonts; \
	  $(EVALREAD) ./verify/reading -run 'Coloured|ChineseIs' -chinese; \
	  if test -d "$(CAPTURES)"; then $(EVALREAD) ./verify/reading/agree -run PicturesAgree -captures "$(CAPTURES)" -hosts '$(READHOSTS)'; \
	  else echo "no captures in $(CAPTURES): run make eval-align first to compare the text of pages"; fi; \
	  if test -n "$(CLAIMS)"; then $(EVALREAD) ./verify/reading/mention -run RealClaims -claims "$$(cd $(CLAIMS) && pwd)"; fi; \
	} | grep --line-buffered -v '^=== '

SHOTS     ?= 30

.PHONY: eval-trace
eval-trace: setup ## measure traces of editing, false alarms first, with ImageMagick, webp and GIMP (SHOTS=30 of each set)
	@for c in npm dpkg-deb convert cwebp gimp firefox-esr Xvfb fc-match; do command -v $$c >/dev/null || echo "$$c is not here: what needs it is left out"; done
	$(GO) build -trimpath -o bin/evaltrace ./cmd/evaltrace
	bin/evaltrace -pictures $(SHOTS) -out $(OUT)/trace $(EVALFLAGS)

.PHONY: model
model: build ## fit the embedded score model anew to the kept rows of made claims
	$(BIN) corpus calibrate --rows corpus/evaluate/testdata/rows.jsonl --out verify/score/model.json

MADE      ?= 2006
SEED      ?= 2
EVAL       = $(OUT)/eval

# What is there is kept: a run that was ended goes on where it was, and a larger MADE
# makes and judges what is more.
.PHONY: eval
eval: setup build ## make labelled claims from npm and Debian packages, judge them, fit a score model and measure it; a night (MADE=2006 claims)
	@for c in npm dpkg-deb; do command -v $$c >/dev/null || echo "$$c is not here: its sites are left out"; done
	$(GO) build -trimpath -o bin/evalsites ./cmd/evalsites
	bin/evalsites -out $(EVAL)/sites
	$(BIN) corpus synth --sites $(EVAL)/sites --out $(EVAL)/corpus --seed $(SEED) --claims $(MADE) --jobs $(JOBS)
	$(BIN) corpus judge --claims $(EVAL)/corpus --out $(EVAL)/rows.jsonl --jobs $(JOBS)
	$(BIN) corpus calibrate --rows $(EVAL)/rows.jsonl --out $(EVAL)/model.json
	@rm -rf $(EVAL)/figures $(EVAL)/figures-built-in
	$(BIN) corpus evaluate --rows $(EVAL)/rows.jsonl --model $(EVAL)/model.json --out $(EVAL)/figures
	$(BIN) corpus evaluate --rows $(EVAL)/rows.jsonl --out $(EVAL)/figures-built-in

.PHONY: clean
clean: ## remove what was built here
	rm -rf bin demo-out
