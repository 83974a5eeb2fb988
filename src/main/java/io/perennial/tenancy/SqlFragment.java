package io.perennial.tenancy;

import java.util.List;

/**
 * A piece of SQL with its positional parameters, built by one feature and embedded by another.
 *
 * @param sql with a {@code ?} for each of {@code params}, never with a value inside
 * @param params in the order of their question marks
 */
public record SqlFragment(String sql, List<Object> params) {

    public SqlFragment {
        params = List.copyOf(params);
    }

    public static SqlFragment of(String sql, Object... params) {
        return new SqlFragment(sql, List.of(params));
    }
}
