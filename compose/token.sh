#!/bin/sh
# Makes a token for a gateway that was given the public key, with openssl alone; docs/guides/security.md says what tokens are.
set -eu

usage() {
    cat >&2 <<'TEXT'
Usage: token.sh PRIVATE.pem SUBJECT DAYS WRITE [READ]

  PRIVATE.pem  an Ed25519 key: openssl genpkey -algorithm ed25519 -out private.pem
  SUBJECT      the author of everything written with it
  DAYS         how many days it is good for
  WRITE, READ  workspaces to write (and read), to read only: names with commas between them, * for any characters
Example: token.sh private.pem ada 30 'team-*' docs
TEXT
    exit 2
}

[ $# -ge 4 ] && [ $# -le 5 ] || usage
case $2 in '' | *[\"\\]*) usage ;; esac
case $3 in '' | *[!0-9]*) usage ;; esac
case $4${5:-} in *[!a-z0-9,*-]*) usage ;; esac

base64url() {
    openssl base64 -A | tr '+/' '-_' | tr -d '='
}

# a,b as "a","b"
listed() {
    printf '%s' "$1" | sed 's/[^,][^,]*/"&"/g'
}

signed=$(mktemp)
trap 'rm -f "$signed" "$signed.signature"' EXIT
id=$(openssl rand -hex 8)
claims=$(printf '{"sub":"%s","exp":%d,"jti":"%s","heddle_write":[%s],"heddle_read":[%s]}' "$2" \
    $(($(date +%s) + $3 * 86400)) "$id" "$(listed "$4")" "$(listed "${5:-}")")
text=$(printf '{"alg":"EdDSA"}' | base64url).$(printf '%s' "$claims" | base64url)
printf '%s' "$text" > "$signed"
openssl pkeyutl -sign -inkey "$1" -rawin -in "$signed" -out "$signed.signature"
echo "$claims" >&2
echo "$text.$(base64url < "$signed.signature")"
