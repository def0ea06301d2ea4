#!/usr/bin/env bash
# Sees to it that everything `make test` drives is there: installs it from Debian where it can (apt-get, as root or by
# password-less sudo), otherwise says what is missing and how to get it.
set -euo pipefail

missing=() packages=()
need() { # need <what for> <Debian package> <test command…>
  local what=$1 package=$2
  shift 2
  if ! "$@" >/dev/null 2>&1; then missing+=("$what ($package)"); packages+=("$package"); fi
}
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }
openssl_headers() { pkg-config --exists openssl || [ -f /usr/include/openssl/ssl.h ] || command -v perl; }
postgres_server() { ls /usr/lib/postgresql/*/bin/postgres; }
arabic_font() { [ -n "$(fc-list :lang=ar)" ]; }
chinese_font() { [ -n "$(fc-list :lang=zh)" ]; }

check() {
  missing=() packages=()
  need "a C compiler" gcc command -v cc
  need "OpenSSL's headers or perl" libssl-dev openssl_headers
  need "the openssl command" openssl command -v openssl
  need "Chromium" chromium command -v chromium
  need "Firefox" firefox-esr command -v firefox-esr
  need "the PostgreSQL server" postgresql postgres_server
  need "the NATS server" nats-server command -v nats-server
  need "a reader of PDFs" poppler-utils command -v pdftotext
  need "font tools" fontconfig command -v fc-list
  need "an Arabic font" fonts-noto-core arabic_font
  need "a Chinese font" fonts-noto-cjk chinese_font
}

check
if [ ${#missing[@]} -gt 0 ]; then
  become=()
  if [ "$(id -u)" != 0 ]; then become=(sudo -n); fi
  if command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; then
    echo "Installing from Debian: ${packages[*]}"
    # The tests make throw-away clusters of their own; Debian's default one is not wanted.
    if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
      "${become[@]}" mkdir -p /etc/postgresql-common
      echo 'create_main_cluster = false' | "${become[@]}" tee /etc/postgresql-common/createcluster.conf >/dev/null
    fi
    "${become[@]}" apt-get update -qq
    "${become[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      -o Dpkg::Options::=--force-confold "${packages[@]}" >/dev/null
    check
  fi
fi

trouble=0
if [ ${#missing[@]} -gt 0 ]; then
  printf 'make test needs: %s\n' "${missing[@]}"
  echo "On Debian or Ubuntu: apt-get install ${packages[*]}"
  trouble=1
fi
if ! command -v cargo >/dev/null; then
  echo "make test needs: Rust 1.94 or newer, with rustfmt and clippy"
  trouble=1
elif ! at_least 1.94 "$(rustc --version | cut -d' ' -f2)"; then
  echo "make test needs Rust 1.94 or newer; this is $(rustc --version)"
  trouble=1
fi
if ! command -v node >/dev/null || ! at_least 20.19 "$(node --version | tr -d v)"; then
  echo "make test needs Node 20.19 or newer; this is $(node --version 2>/dev/null || echo 'no Node')"
  trouble=1
fi
exit $trouble
