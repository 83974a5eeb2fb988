package io.perennial.accounts;

import io.perennial.kernel.CannotStart;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import java.security.SecureRandom;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the first business and its owner where there is no business yet, so that somebody can sign in and invite the
 * others. Does nothing ever after. Of several nodes starting at once, the unique address lets one do it. The first owner
 * operates the installation too; {@code perennial.bootstrap.operator} names another person who does.
 */
@Component
class FirstOwner implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(FirstOwner.class);

    private final BootstrapProperties wanted;
    private final Businesses businesses;
    private final StaffAccounts accounts;
    private final TransactionTemplate transaction;

    FirstOwner(
            BootstrapProperties wanted,
            Businesses businesses,
            StaffAccounts accounts,
            TransactionTemplate transaction) {
        this.wanted = wanted;
        this.businesses = businesses;
        this.accounts = accounts;
        this.transaction = transaction;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (!businesses.all().isEmpty()) {
            appointOperator();
            return;
        }
        if (wanted.email() == null || wanted.email().isBlank()) {
            log.warn(
                    "There is no business yet, so nobody can sign in. Start once with PERENNIAL_BOOTSTRAP_EMAIL set to "
                            + "the address of the first owner (and PERENNIAL_BOOTSTRAP_BUSINESS to the business's name).");
            return;
        }
        EmailAddress email = EmailAddress.parse(wanted.email())
                .orElseThrow(() -> new CannotStart(
                        "PERENNIAL_BOOTSTRAP_EMAIL is no e-mail address: " + wanted.email() + ".", "Correct it."));
        String chosen = wanted.password() == null ? "" : wanted.password();
        String password = chosen.isBlank() ? madeUp() : chosen;
        try {
            transaction.executeWithoutResult(status -> create(email, password));
        } catch (DuplicateKeyException e) {
            log.info("Another node has just made the first owner");
            return;
        }
        if (!chosen.isBlank()) {
            log.info("Made the business \"{}\" and its owner", wanted.business());
        } else {
            log.info(
                    "Made the business \"{}\" and its owner, of PERENNIAL_BOOTSTRAP_EMAIL, with the password {} - sign in "
                            + "and change it",
                    wanted.business(),
                    password);
        }
    }

    private void create(EmailAddress email, String password) {
        long owner = accounts.ensureAccount(
                email, email.value().substring(0, email.value().indexOf('@')), password);
        TenantId tenant = businesses.create(
                wanted.business(), wanted.country(), wanted.locale(), wanted.zone(), wanted.currency());
        accounts.addMember(tenant, owner, Role.OWNER);
        accounts.makeOperator(owner);
    }

    private void appointOperator() {
        String operator = wanted.operator();
        if (operator == null || operator.isBlank()) {
            return;
        }
        EmailAddress.parse(operator)
                .flatMap(accounts::find)
                .ifPresentOrElse(
                        accounts::makeOperator,
                        () -> log.warn("PERENNIAL_BOOTSTRAP_OPERATOR names nobody who can sign in"));
    }

    private static String madeUp() {
        byte[] bytes = new byte[12];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
