package io.perennial.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.support.IntegrationTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Lines that were there before have their numbers from the database, all others from here: these must be the same. */
@IntegrationTest
class ArticleTest {

    @Autowired
    JdbcClient jdbc;

    @Test
    void theDatabaseComputesTheSameNumbers() throws IOException {
        for (Article article : List.of(
                new Article("S1", "Espresso", "Coffee"),
                new Article(null, "Žluťoučký čaj 🫖", null),
                new Article("", "|1|x", ""),
                new Article("a|b", "c", "d"),
                new Article("a", "b|c", "d"))) {
            assertThat(jdbc.sql("SELECT " + expression() + " FROM (SELECT CAST(? AS CHAR(100)) AS sku, "
                                    + "CAST(? AS CHAR(200)) AS product, CAST(? AS CHAR(100)) AS category) l")
                            .params(article.sku(), article.product(), article.category())
                            .query(Long.class)
                            .single())
                    .as(article.toString())
                    .isEqualTo(article.id());
        }
    }

    @Test
    void articlesThatSpellTheSameInARowAreNotTheSame() {
        assertThat(List.of(
                        new Article("a|b", "c", "d").id(),
                        new Article("a", "b|c", "d").id(),
                        new Article(null, "c", "d").id(),
                        new Article("", "c", "d").id()))
                .doesNotHaveDuplicates()
                .allMatch(id -> id >= 0);
    }

    /** What the migration sets the number to. */
    private static String expression() throws IOException {
        try (InputStream file =
                ArticleTest.class.getResourceAsStream("/db/migration/V1702__order_line_article_so_far.sql")) {
            String sql = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return sql.substring(sql.indexOf("article_id = ") + "article_id = ".length(), sql.lastIndexOf(';'));
        }
    }
}
