package io.perennial.segments;

import io.perennial.tenancy.SqlFragment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Grows a statement of constant pieces; values enter only as parameters, in the order of their question marks. */
final class SqlBuilder {

    private final StringBuilder sql = new StringBuilder();
    private final List<Object> params = new ArrayList<>();

    /**
     * @param piece constant SQL with as many question marks as there are {@code values}
     */
    SqlBuilder add(String piece, Object... values) {
        sql.append(piece);
        Collections.addAll(params, values);
        return this;
    }

    /** A parenthesised list of parameters, for IN. */
    SqlBuilder list(Collection<?> values) {
        sql.append(values.stream().map(v -> "?").collect(Collectors.joining(", ", "(", ")")));
        params.addAll(values);
        return this;
    }

    SqlFragment build() {
        return new SqlFragment(sql.toString(), params);
    }
}
