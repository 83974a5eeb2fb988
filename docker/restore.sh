#!/usr/bin/env bash
# Puts a backup in the place of what an installation has now, which is lost. Sending stays locked until an operator
# unlocks it in the console: what was sent after the backup is not known to it.
#   docker/restore.sh FOLDER --replace        COMPOSE_FILE names another Compose file than docker/compose.yaml
set -euo pipefail
cd "$(dirname "$0")/.."
export COMPOSE_FILE=${COMPOSE_FILE:-docker/compose.yaml}
folder=${1:-}
[ -f "$folder/SHA256SUMS" ] && [ "${2:-}" = --replace ] ||
  { echo "usage: docker/restore.sh FOLDER --replace   (replaces all data of $COMPOSE_FILE)"; exit 2; }
(cd "$folder" && sha256sum --quiet -c SHA256SUMS) || { echo "restore: the backup is damaged; nothing was changed"; exit 1; }
consoles=$(docker compose config --services | grep -E '^(console|node-[0-9]+)$')
docker compose up -d --no-build --wait database
# shellcheck disable=SC2086
docker compose stop $consoles
mysql() { docker compose exec -T database sh -c 'MYSQL_PWD=$MYSQL_PASSWORD exec mysql -u"$MYSQL_USER" --default-character-set=utf8mb4 "$@"' sh "$@"; }
name=$(docker compose exec -T database printenv MYSQL_DATABASE | tr -d '\r')
mysql -e "DROP DATABASE IF EXISTS \`$name\`; CREATE DATABASE \`$name\` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci"
gzip -dc "$folder/database.sql.gz" | mysql "$name"
# Before any node looks at it. A node that knew the database notices by itself; one on a new machine could not.
mysql "$name" -e "UPDATE installation SET lock_reason = 'A backup was restored: mails sent since it was made are not known', \
  locked_at = UTC_TIMESTAMP(6), changed_by = 'docker/restore.sh' WHERE id = 1"
# Files of imports that were not over. What the node remembers of its database stays its own.
first=$(echo "$consoles" | head -n 1)
docker compose run --rm -T --no-deps --entrypoint tar "$first" -C /app -xzf - --exclude data/installation <"$folder/data.tar.gz"
# shellcheck disable=SC2086
docker compose up -d --no-build $consoles
echo "Restored $folder. Sending is locked: look at the runs, then unlock it on the page of all sending."
