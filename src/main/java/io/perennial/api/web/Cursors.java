package io.perennial.api.web;

import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSecrets;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Where a list goes on: the id of the last one shown, sealed for this business and this list, so that a cursor means nothing
 * anywhere else and nobody builds on what is in it.
 */
@Component
class Cursors {

    private final TenantSecrets secrets;

    Cursors(TenantSecrets secrets) {
        this.secrets = secrets;
    }

    /**
     * The id a list goes on behind.
     *
     * @param list which list it is, with whatever narrows it
     * @param start where a list without a cursor begins
     * @throws Refused if it is no cursor of this list of this business
     */
    long read(String list, @Nullable String cursor, long start) {
        if (cursor == null || cursor.isEmpty()) {
            return start;
        }
        try {
            byte[] open = secrets.open(
                    CurrentTenant.require(), field(list), Base64.getUrlDecoder().decode(cursor));
            return ByteBuffer.wrap(open).getLong();
        } catch (IllegalArgumentException | TenantSecrets.Unreadable e) {
            throw new Refused(
                    ApiProblem.Kind.BAD_CURSOR,
                    "Take nextCursor as the page before gave it, with the same filters, or leave it out to begin anew.");
        }
    }

    /**
     * A page of what was read.
     *
     * @param read one more than the page holds, if there is more
     */
    <R, T> Listed<T> page(
            String list, List<R> read, int limit, ToLongFunction<R> id, java.util.function.Function<R, T> shown) {
        List<R> kept = read.size() > limit ? read.subList(0, limit) : read;
        String next = read.size() > limit ? write(list, id.applyAsLong(kept.getLast())) : null;
        return new Listed<>(kept.stream().map(shown).toList(), next);
    }

    private String write(String list, long id) {
        byte[] sealed = secrets.seal(
                CurrentTenant.require(),
                field(list),
                ByteBuffer.allocate(Long.BYTES).putLong(id).array());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    private static String field(String list) {
        return "api-cursor:" + list;
    }
}
