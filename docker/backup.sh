#!/usr/bin/env bash
# Backs up a running installation: its database as of one moment, and what the console keeps beside it.
#   docker/backup.sh [FOLDER]        COMPOSE_FILE names another Compose file than docker/compose.yaml
# The console goes on meanwhile. The folder holds customers' data: keep it as safe as the database, and elsewhere.
set -euo pipefail
umask 077
cd "$(dirname "$0")/.."
export COMPOSE_FILE=${COMPOSE_FILE:-docker/compose.yaml}
folder=${1:-backup-$(date -u +%Y%m%dT%H%M%SZ)}
console=$(docker compose ps --services | grep -E '^(console|node-1)$' | head -n 1 || true)
[ -n "$console" ] || { echo "backup: no console runs under $COMPOSE_FILE"; exit 1; }
mkdir -p "$folder"
docker compose exec -T database sh -c 'MYSQL_PWD=$MYSQL_PASSWORD exec mysqldump -u"$MYSQL_USER" --single-transaction --quick \
  --no-tablespaces --set-gtid-purged=OFF --hex-blob --default-character-set=utf8mb4 "$MYSQL_DATABASE"' | gzip >"$folder/database.sql.gz.part"
# mysqldump says at its end that it came there; without that line the dump is none.
gzip -dc "$folder/database.sql.gz.part" | tail -n 1 | grep -q '^-- Dump completed' || { echo "backup: the dump is not whole"; exit 1; }
mv "$folder/database.sql.gz.part" "$folder/database.sql.gz"
docker compose exec -T "$console" tar -C /app -cf - data | gzip >"$folder/data.tar.gz"
(cd "$folder" && sha256sum database.sql.gz data.tar.gz >SHA256SUMS)
echo "Backed up to $folder ($(du -sh "$folder" | cut -f1))"
