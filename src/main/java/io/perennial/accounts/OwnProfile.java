package io.perennial.accounts;

import io.perennial.tenancy.TenantSql;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How the one signed in wants to read the console, whichever business they work in. */
@Service
@PreAuthorize("isAuthenticated()")
@TenantSql("People belong to no tenant; each statement names the one signed in.")
public class OwnProfile {

    /**
     * A reader's wishes.
     *
     * @param locale how dates and numbers are written; null: as their browser asks
     * @param zone in which times are shown; null: the business's
     */
    public record Reading(@Nullable Locale locale, @Nullable ZoneId zone) {

        static final Reading DEFAULT = new Reading(null, null);
    }

    private final JdbcClient jdbc;

    OwnProfile(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional(readOnly = true)
    public Reading reading() {
        return CurrentStaff.find()
                .flatMap(staff -> jdbc.sql("SELECT locale, zone FROM staff_account WHERE id = ?")
                        .param(staff.accountId())
                        .query((rs, n) -> new Reading(
                                Optional.ofNullable(rs.getString(1))
                                        .map(Locale::forLanguageTag)
                                        .orElse(null),
                                Optional.ofNullable(rs.getString(2))
                                        .map(ZoneId::of)
                                        .orElse(null)))
                        .optional())
                .orElse(Reading.DEFAULT);
    }

    @Transactional
    public void save(Reading reading) {
        Locale locale = reading.locale();
        ZoneId zone = reading.zone();
        jdbc.sql("UPDATE staff_account SET locale = ?, zone = ? WHERE id = ?")
                .param(locale == null ? null : locale.toLanguageTag())
                .param(zone == null ? null : zone.getId())
                .param(CurrentStaff.find().orElseThrow().accountId())
                .update();
    }
}
