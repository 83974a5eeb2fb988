package io.perennial.delivery;

import io.perennial.tenancy.SqlFragment;
import java.util.Optional;

/** When and how often the current business writes to a person. Sending keeps to it by itself; pages count with it. */
public interface ContactRules {

    /** How often at most, in words' numbers. */
    record Cap(int mails, int days) {}

    Optional<Cap> cap();

    /** The customers (one column, {@code id}) who have had, or are about to get, as many mails as the cap allows. */
    Optional<SqlFragment> hadEnough();

    Optional<QuietHours> quietHours();
}
