package io.perennial.shell;

import io.perennial.accounts.InvitationAnswers;
import io.perennial.accounts.InvitationOffer;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.signin.Identities;
import io.perennial.accounts.signin.ProviderVouch;
import io.perennial.kernel.EmailAddress;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Accepts an invitation for somebody whom a provider vouches for, under the address that was invited. Who has no account
 * gets one that the provider opens, without a password.
 */
@Component
class ProviderInvitation {

    private final InvitationAnswers answers;
    private final Identities identities;
    private final StaffAccounts accounts;

    ProviderInvitation(InvitationAnswers answers, Identities identities, StaffAccounts accounts) {
        this.answers = answers;
        this.identities = identities;
        this.accounts = accounts;
    }

    /**
     * Accepts.
     *
     * @return why not, as the end of a text's key; empty if it is done
     */
    Optional<String> accept(String link, ProviderVouch vouch) {
        String there = vouch.person().email();
        Optional<InvitationOffer> offer = answers.find(link);
        if (offer.isEmpty()) {
            return Optional.of("over");
        }
        if (there == null) {
            return Optional.of("unverified");
        }
        EmailAddress invited = offer.get().email();
        if (!EmailAddress.parse(there).filter(invited::equals).isPresent()) {
            return Optional.of("another");
        }
        try {
            if (offer.get().known()) {
                answers.join(link);
                return Optional.empty();
            }
            if (identities.isConnected(vouch.person())) {
                return Optional.of("taken");
            }
            answers.acceptWithoutPassword(link, nameOf(vouch, invited));
        } catch (StaffRuleException e) { // used up meanwhile
            return Optional.of("over");
        }
        identities.connect((StaffPrincipal) accounts.loadUserByUsername(invited.value()), vouch.person());
        return Optional.empty();
    }

    private static String nameOf(ProviderVouch vouch, EmailAddress invited) {
        String name = vouch.name() == null ? "" : vouch.name().strip();
        String mailbox = invited.value().substring(0, invited.value().indexOf('@'));
        return name.isEmpty() ? mailbox : name.substring(0, Math.min(120, name.length()));
    }
}
