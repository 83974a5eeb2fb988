package io.perennial.customers;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a business sold: number, name and category as they stand together on lines of its orders. Names that differ in case
 * only are two articles; who looks for one finds both.
 */
public record Article(
        @Nullable String sku, String product, @Nullable String category) {

    /**
     * Its number: the first 60 bits of the SHA-256 of the three texts, so that whoever writes a line knows it without
     * asking. Of a million articles two are the same by a chance of one in two millions. Migration V1702 computes the same.
     */
    public long id() {
        String text = (sku == null ? -1 : length(sku))
                + "|"
                + length(product)
                + "|"
                + (sku == null ? "" : sku)
                + "|"
                + product
                + "|"
                + (category == null ? "" : category);
        return ByteBuffer.wrap(sha256().digest(text.getBytes(StandardCharsets.UTF_8)))
                        .getLong()
                >>> 4;
    }

    /** As records have it; an import asks for each line of its orders. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Article(String itsSku, String itsProduct, String itsCategory)
                && product.equals(itsProduct)
                && Objects.equals(sku, itsSku)
                && Objects.equals(category, itsCategory);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * product.hashCode() + Objects.hashCode(sku)) + Objects.hashCode(category);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
