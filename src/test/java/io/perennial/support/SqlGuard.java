package io.perennial.support;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestComponent;

/**
 * Watches every statement of the tests, Hibernate's and JDBC's alike, and fails the one that touches a tenant's table
 * without naming {@code tenant_id}. Statements that rightly span tenants (workers looking for due work) say so in the
 * SQL by the comment {@code /* all tenants *}{@code /}.
 */
@TestComponent
public class SqlGuard implements BeanPostProcessor {

    private static final Pattern TABLES =
            Pattern.compile("\\b(?:from|join|into|update)\\s+`?([a-z_0-9]+)`?", Pattern.CASE_INSENSITIVE);
    private static final Set<String> CHECKED = ConcurrentHashMap.newKeySet();
    private static volatile @Nullable Set<String> tenantTables;

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource source && !(bean instanceof Proxy) ? guarded(source) : bean;
    }

    private static DataSource guarded(DataSource source) {
        InvocationHandler handler = (proxy, method, args) -> {
            Object result = call(source, method, args);
            return result instanceof Connection connection ? guarded(connection) : result;
        };
        return (DataSource) Proxy.newProxyInstance(
                SqlGuard.class.getClassLoader(), new Class<?>[] {DataSource.class, AutoCloseable.class}, handler);
    }

    private static Connection guarded(Connection connection) {
        InvocationHandler handler = (proxy, method, args) -> {
            if (method.getName().startsWith("prepare") && args != null && args[0] instanceof String sql) {
                check(connection, sql);
            }
            Object result = call(connection, method, args);
            return result instanceof Statement statement && method.getName().equals("createStatement")
                    ? guarded(connection, statement)
                    : result;
        };
        return (Connection)
                Proxy.newProxyInstance(SqlGuard.class.getClassLoader(), new Class<?>[] {Connection.class}, handler);
    }

    private static Statement guarded(Connection connection, Statement statement) {
        InvocationHandler handler = (proxy, method, args) -> {
            if (args != null && args.length > 0 && args[0] instanceof String sql) {
                check(connection, sql);
            }
            return call(statement, method, args);
        };
        return (Statement)
                Proxy.newProxyInstance(SqlGuard.class.getClassLoader(), new Class<?>[] {Statement.class}, handler);
    }

    private static Object call(Object target, java.lang.reflect.Method method, Object @Nullable [] args)
            throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static void check(Connection connection, String sql) throws java.sql.SQLException {
        if (!CHECKED.add(sql)) {
            return;
        }
        String lower = sql.toLowerCase(Locale.ROOT);
        if (lower.contains("tenant_id") || lower.contains("/* all tenants */") || isSchemaWork(lower)) {
            return;
        }
        Matcher tables = TABLES.matcher(lower);
        while (tables.find()) {
            if (tenantTables(connection).contains(tables.group(1))) {
                CHECKED.remove(sql);
                throw new AssertionError("SQL touches a tenant's table without naming tenant_id: " + sql);
            }
        }
    }

    private static boolean isSchemaWork(String sql) {
        String start = sql.stripLeading();
        return start.startsWith("create ")
                || start.startsWith("alter ")
                || start.startsWith("drop ")
                || start.startsWith("explain ")
                || start.startsWith("analyze ")
                || start.startsWith("--");
    }

    private static Set<String> tenantTables(Connection connection) throws java.sql.SQLException {
        Set<String> known = tenantTables;
        if (known == null) {
            Set<String> found = ConcurrentHashMap.newKeySet();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT table_name FROM information_schema.columns "
                            + "WHERE table_schema = DATABASE() AND column_name = 'tenant_id'")) {
                while (rows.next()) {
                    found.add(rows.getString(1).toLowerCase(Locale.ROOT));
                }
            }
            if (!found.isEmpty()) {
                tenantTables = found;
            }
            known = found;
        }
        return known;
    }
}
