package io.perennial.accounts;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The files of exports, a megabyte a row: written and read with one of them in memory. */
@Component
@TenantSql("Blobs by piece, which no entity could be; each statement names the tenant.")
class ArchiveParts {

    private static final int PIECE = 1 << 20;

    private final JdbcClient jdbc;

    ArchiveParts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes a file; each piece is stored as it fills, and says that its maker is alive. */
    Writing write(TenantId tenant, long archive) {
        jdbc.sql("DELETE FROM data_archive_part WHERE tenant_id = ? AND archive_id = ?")
                .params(tenant.value(), archive)
                .update();
        return new Writing(tenant, archive);
    }

    void read(TenantId tenant, long archive, OutputStream out) throws IOException {
        for (int number = 0; ; number++) {
            byte[] piece = jdbc.sql(
                            "SELECT content FROM data_archive_part WHERE tenant_id = ? AND archive_id = ? AND number = ?")
                    .params(tenant.value(), archive, number)
                    .query(byte[].class)
                    .optional()
                    .orElse(null);
            if (piece == null) {
                return;
            }
            out.write(piece);
        }
    }

    private void store(TenantId tenant, long archive, int number, byte[] piece) {
        jdbc.sql("INSERT INTO data_archive_part (tenant_id, archive_id, number, content) VALUES (?, ?, ?, ?)")
                .params(tenant.value(), archive, number, piece)
                .update();
        jdbc.sql("UPDATE data_archive SET beat_at = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), archive)
                .update();
    }

    /** A file being stored. */
    final class Writing extends OutputStream {

        private final TenantId tenant;
        private final long archive;
        private final byte[] piece = new byte[PIECE];
        private int filled;
        private int number;
        private long bytes;

        private Writing(TenantId tenant, long archive) {
            this.tenant = tenant;
            this.archive = archive;
        }

        long bytes() {
            return bytes + filled;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            int done = 0;
            while (done < length) {
                int now = Math.min(length - done, PIECE - filled);
                System.arraycopy(from, offset + done, piece, filled, now);
                filled += now;
                done += now;
                if (filled == PIECE) {
                    store();
                }
            }
        }

        @Override
        public void close() {
            if (filled > 0) {
                store();
            }
        }

        private void store() {
            ArchiveParts.this.store(tenant, archive, number++, Arrays.copyOf(piece, filled));
            bytes += filled;
            filled = 0;
        }
    }
}
