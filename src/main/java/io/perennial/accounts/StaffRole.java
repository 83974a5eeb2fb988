package io.perennial.accounts;

import io.perennial.uikit.Texts;
import java.io.Serializable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a person may be in a business: a built-in role, or one that the business made itself ({@link Role#CUSTOM}).
 *
 * @param id of the business's own role; null for a built-in one
 * @param name and {@code description}: of the business's own role, empty for a built-in one
 */
public record StaffRole(Role role, @Nullable Long id, String name, String description, Set<Permission> permissions)
        implements Serializable {

    /** The columns that {@link #read} reads, of a membership or invitation m and its own role r. */
    static final String COLUMNS =
            "m.role, m.role_id, r.name AS role_name, r.description AS role_description, r.permissions AS role_permissions";

    /** Joins the own role to a membership or invitation m. */
    static final String JOIN = " LEFT JOIN staff_role r ON r.tenant_id = m.tenant_id AND r.id = m.role_id ";

    public StaffRole {
        permissions = Set.copyOf(permissions);
    }

    public static StaffRole of(Role builtIn) {
        return new StaffRole(builtIn, null, "", "", builtIn.permissions());
    }

    /** What an operator is in a business that they visit. */
    static StaffRole visitor(boolean mayWrite) {
        return new StaffRole(
                Role.CUSTOM,
                0L,
                Texts.t(mayWrite ? "accounts.visit.role_write" : "accounts.visit.role_read"),
                Texts.t("accounts.visit.role_hint"),
                OperatorVisit.permissions(mayWrite));
    }

    static StaffRole own(long id, String name, @Nullable String description, String permissions) {
        return new StaffRole(Role.CUSTOM, id, name, description == null ? "" : description, parse(permissions));
    }

    static StaffRole read(ResultSet rs) throws SQLException {
        Role role = Role.valueOf(rs.getString("role"));
        String name = rs.getString("role_name");
        return role != Role.CUSTOM || name == null
                ? of(role)
                : own(rs.getLong("role_id"), name, rs.getString("role_description"), rs.getString("role_permissions"));
    }

    public boolean isOwner() {
        return role == Role.OWNER;
    }

    /** Its name, that of a built-in one in the current user's language. */
    public String label() {
        return id == null ? role.label() : name;
    }

    /** What it may do, in a sentence. */
    public String explanation() {
        return id == null ? role.explanation() : description;
    }

    /** As the audit log tells it: it outlives the role. */
    @Override
    public String toString() {
        return id == null ? role.name() : name;
    }

    private static Set<Permission> parse(String text) {
        Set<String> wanted = Set.of(text.split(","));
        return Arrays.stream(Permission.values())
                .filter(permission -> wanted.contains(permission.authority()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** As it is stored. */
    static String text(Set<Permission> permissions) {
        return permissions.stream().sorted().map(Permission::authority).collect(Collectors.joining(","));
    }
}
