package io.perennial.delivery;

import io.perennial.accounts.AuditChanges;
import io.perennial.accounts.AuditLog;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How customers' pages of a business look, and whether anybody may sign up on one. */
@Service
@TenantSql("One row of settings for each business.")
public class PageLooks {

    /** Bytes; with it a page stays below 50 KB. */
    public static final int LARGEST_LOGO = 24 * 1024;

    private static final Pattern COLOUR = Pattern.compile("#[0-9a-f]{6}");

    private final JdbcClient jdbc;
    private final AuditLog audit;

    PageLooks(JdbcClient jdbc, AuditLog audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /**
     * The settings.
     *
     * @param signUp whether the page where anybody may sign up is open
     * @param confirmed whether a sign-up counts only once its mail was confirmed
     */
    public record Setting(PageLook look, boolean signUp, boolean confirmed) {}

    /** Those of the current business. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('settings:read')")
    public Setting setting() {
        return read();
    }

    /** @throws IllegalArgumentException if the colour is none */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public void change(@Nullable String accent, boolean signUp, boolean confirmed) {
        String typed = colour(accent).orElseThrow(() -> new IllegalArgumentException("No colour: " + accent));
        String colour = typed.isEmpty() ? null : typed;
        Setting before = read();
        jdbc.sql("INSERT INTO customer_page_setting (tenant_id, accent, sign_up, confirmed, changed_at, changed_by) "
                        + "VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE accent = VALUES(accent), "
                        + "sign_up = VALUES(sign_up), confirmed = VALUES(confirmed), changed_at = VALUES(changed_at), "
                        + "changed_by = VALUES(changed_by)")
                .param(tenant())
                .param(colour)
                .param(signUp)
                .param(confirmed)
                .param(LocalDateTime.now(Clock.systemUTC()))
                .param(by())
                .update();
        audit.record(
                SendingDeed.PAGES_CHANGED,
                null,
                null,
                AuditChanges.none()
                        .and("privacy.pages.accent", before.look().accent(), colour)
                        .and("privacy.signup.open", before.signUp(), signUp)
                        .and("privacy.signup.confirmed", before.confirmed(), confirmed));
    }

    /**
     * Changes the colour alone, and leaves what else is set.
     *
     * @throws IllegalArgumentException if the colour is none
     */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public void accent(@Nullable String accent) {
        Setting now = read();
        change(accent, now.signUp(), now.confirmed());
    }

    /** What was typed, as it is kept: {@code #rrggbb}, empty for this product's own; nothing where it is no colour. */
    public static Optional<String> colour(@Nullable String typed) {
        String colour = typed == null ? "" : typed.strip().toLowerCase(Locale.ROOT);
        return Optional.of(colour)
                .filter(each -> each.isEmpty() || COLOUR.matcher(each).matches());
    }

    /**
     * Puts a logo on the pages, or takes it off.
     *
     * @param image PNG, JPEG, GIF or WebP of at most {@link #LARGEST_LOGO} bytes; empty takes it off
     * @throws IllegalArgumentException if it is something else or larger
     */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public void logo(byte[] image) {
        String type = image.length == 0
                ? null
                : typeOf(image).orElseThrow(() -> new IllegalArgumentException("No picture that browsers show"));
        if (image.length > LARGEST_LOGO) {
            throw new IllegalArgumentException("Larger than " + LARGEST_LOGO + " bytes");
        }
        jdbc.sql(
                        "INSERT INTO customer_page_setting (tenant_id, logo, logo_type, changed_at, changed_by) "
                                + "VALUES (?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE logo = VALUES(logo), "
                                + "logo_type = VALUES(logo_type), changed_at = VALUES(changed_at), changed_by = VALUES(changed_by)")
                .param(tenant())
                .param(image.length == 0 ? null : image)
                .param(type)
                .param(LocalDateTime.now(Clock.systemUTC()))
                .param(by())
                .update();
        audit.record(type == null ? SendingDeed.LOGO_REMOVED : SendingDeed.LOGO_CHANGED, null, null);
    }

    /** For customers' pages. */
    PageLook current() {
        return read().look();
    }

    /** For customers' pages. */
    Setting read() {
        return jdbc.sql("SELECT accent, logo, logo_type, sign_up, confirmed FROM customer_page_setting "
                        + "WHERE tenant_id = ?")
                .param(tenant())
                .query((rs, n) -> new Setting(
                        PageLook.of(rs.getString(1), data(rs.getBytes(2), rs.getString(3))),
                        rs.getBoolean(4),
                        rs.getBoolean(5)))
                .optional()
                .orElse(new Setting(PageLook.PLAIN, false, true));
    }

    private static @Nullable String data(byte @Nullable [] image, @Nullable String type) {
        return image == null
                ? null
                : "data:" + type + ";base64," + Base64.getEncoder().encodeToString(image);
    }

    /** By its first bytes: what the browser that sent it says counts for nothing. */
    static Optional<String> typeOf(byte[] image) {
        if (starts(image, 0, 0x89, 'P', 'N', 'G')) {
            return Optional.of("image/png");
        }
        if (starts(image, 0, 0xff, 0xd8, 0xff)) {
            return Optional.of("image/jpeg");
        }
        if (starts(image, 0, 'G', 'I', 'F', '8')) {
            return Optional.of("image/gif");
        }
        return starts(image, 0, 'R', 'I', 'F', 'F') && starts(image, 8, 'W', 'E', 'B', 'P')
                ? Optional.of("image/webp")
                : Optional.empty();
    }

    private static boolean starts(byte[] image, int at, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (image.length <= at + i || (image[at + i] & 0xff) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static String by() {
        return CurrentStaff.find().map(StaffPrincipal::displayName).orElse("Perennial");
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
