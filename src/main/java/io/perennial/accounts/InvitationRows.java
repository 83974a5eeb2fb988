package io.perennial.accounts;

import io.perennial.kernel.EmailAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Reads invitations m with their own roles r. */
final class InvitationRows {

    private InvitationRows() {}

    static Invitation read(ResultSet rs, int row) throws SQLException {
        return new Invitation(
                rs.getLong("id"),
                new EmailAddress(rs.getString("email")),
                StaffRole.read(rs),
                rs.getString("invited_by_name"),
                rs.getObject("mailed_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                rs.getObject("expires_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                Invitation.MailState.valueOf(rs.getString("mail_state")),
                rs.getString("mail_error"));
    }
}
