package io.perennial.scale;

import com.mysql.cj.jdbc.JdbcStatement;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** Streams rows into a table by LOAD DATA LOCAL, with the keys checked by whoever makes the rows. */
final class BulkLoad {

    private static final int FLUSH = 1 << 16;

    private final String url;
    private final @Nullable String user;
    private final @Nullable String password;

    BulkLoad(Environment environment) {
        String given = environment.getRequiredProperty("spring.datasource.url");
        this.url = given + (given.contains("?") ? "&" : "?") + "allowLoadLocalInfile=true&connectionTimeZone=UTC";
        this.user = environment.getProperty("spring.datasource.username");
        this.password = environment.getProperty("spring.datasource.password");
    }

    /** Writes the rows of a table one after the other. */
    interface Rows {
        void writeTo(Row row) throws InterruptedException;
    }

    void load(String table, String columns, Rows rows) {
        Pieces pieces = new Pieces();
        Thread writing = Thread.ofPlatform().daemon().start(() -> pieces.fill(rows));
        try (Connection connection = user == null
                        ? DriverManager.getConnection(url)
                        : DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION foreign_key_checks = 0, unique_checks = 0");
            statement.unwrap(JdbcStatement.class).setLocalInfileInputStream(pieces);
            statement.executeUpdate("LOAD DATA LOCAL INFILE 'rows' INTO TABLE " + table
                    + " CHARACTER SET utf8mb4 FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n' ("
                    + columns + ")");
            pieces.requireWhole();
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot load " + table, e);
        } finally {
            writing.interrupt();
        }
    }

    /** Rows made on one thread while another sends them. (The pipes of java.io wait a second when they are empty.) */
    private static final class Pieces extends InputStream {

        private static final byte[] END = {};

        private final BlockingQueue<byte[]> made = new ArrayBlockingQueue<>(16);
        private byte[] piece = {};
        private int at;
        private volatile @Nullable Exception failure;

        void fill(Rows rows) {
            try {
                Row row = new Row(made);
                rows.writeTo(row);
                row.flush();
            } catch (RuntimeException | InterruptedException e) {
                failure = e;
            } finally {
                try {
                    made.put(END);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt(); // nobody reads any more
                }
            }
        }

        void requireWhole() {
            if (failure != null) {
                throw new IllegalStateException("Rows could not be made", failure);
            }
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (at == piece.length) {
                try {
                    piece = made.take();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return -1;
                }
                at = 0;
                if (piece.length == 0) {
                    made.add(END);
                    return -1;
                }
            }
            int count = Math.min(length, piece.length - at);
            System.arraycopy(piece, at, into, offset, count);
            at += count;
            return count;
        }
    }

    /** Values of the row at hand, none with a tab, a backslash or the end of a line in it. */
    static final class Row {

        private final BlockingQueue<byte[]> made;
        private final StringBuilder text = new StringBuilder(FLUSH + 1000);

        private Row(BlockingQueue<byte[]> made) {
            this.made = made;
        }

        Row add(@Nullable Object value) {
            text.append(
                            switch (value) {
                                case null -> "\\N";
                                case BigDecimal number -> number.toPlainString();
                                default -> value;
                            })
                    .append('\t');
            return this;
        }

        Row add(long value) {
            text.append(value).append('\t');
            return this;
        }

        void end() throws InterruptedException {
            text.setCharAt(text.length() - 1, '\n');
            if (text.length() >= FLUSH) {
                flush();
            }
        }

        private void flush() throws InterruptedException {
            if (!text.isEmpty()) {
                made.put(text.toString().getBytes(StandardCharsets.UTF_8));
                text.setLength(0);
            }
        }
    }
}
