#!/bin/sh
# What the tests need from the system: nginx, and for those in a browser Chromium, a library of Playwright's Node.js, and a
# font. Installs only what is missing, with apt-get, as root or through sudo. Given names of packages, it installs those instead.
set -eu

say() { printf '%s\n' "$*" >&2; }

install() {
	command -v apt-get >/dev/null || { say "There is no apt-get here: install $* (or their like) with this system's own means."; return 1; }
	as_root= how="as root"
	if [ "$(id -u)" -ne 0 ]; then
		command -v sudo >/dev/null || { say "As root, please: apt-get install --no-install-recommends $*"; return 1; }
		as_root=sudo how="as root, by sudo"
	fi
	say "Installing system packages with apt-get, $how: $* (^C stops it) …"
	$as_root apt-get update -qq &&
		$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null ||
		{ say "apt-get could not install $*; see its words above."; return 1; }
}

has_browser() {
	for name in chromium chromium-browser google-chrome google-chrome-stable; do
		command -v "$name" >/dev/null && return
	done
	# Playwright's own, if it was downloaded before.
	[ -x .venv/bin/python ] && .venv/bin/python - <<-'PYTHON' 2>/dev/null
		from pathlib import Path
		from playwright.sync_api import sync_playwright
		with sync_playwright() as playwright:
		    raise SystemExit(not Path(playwright.chromium.executable_path).exists())
	PYTHON
}

has_nginx() {
	PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin" command -v nginx >/dev/null
}

has_libatomic() {
	PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null | grep -q 'libatomic\.so\.1'
}

if [ $# -gt 0 ]; then
	install "$@"
	exit
fi

missing=
has_browser || missing="chromium fonts-dejavu-core"
# Other systems ship this library with the compiler's runtime, and have no ldconfig that could be asked.
if command -v apt-get >/dev/null && ! has_libatomic; then
	missing="libatomic1 $missing"
fi
has_nginx || missing="nginx $missing"
if [ -n "$missing" ]; then
	# shellcheck disable=SC2086 # several names
	install $missing || { [ -x .venv/bin/playwright ] && .venv/bin/playwright install chromium; } || true
	has_browser || { say "The browser tests need Chromium or Google Chrome, and none could be installed: install one and run this again."; exit 1; }
	has_nginx || { say "The tests of docs/deploy need nginx, and it could not be installed: install it and run this again."; exit 1; }
fi
