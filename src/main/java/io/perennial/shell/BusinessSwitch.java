package io.perennial.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.VaadinServletRequest;
import com.vaadin.flow.server.VaadinServletResponse;
import io.perennial.accounts.ConsoleDoor;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Membership;
import io.perennial.accounts.SignUpProperties;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.StepUp;
import io.perennial.accounts.signin.Identities;
import io.perennial.accounts.signin.ProviderWish;
import io.perennial.accounts.signin.SignInDetails;
import io.perennial.accounts.signin.WaysIn;
import io.perennial.kernel.TenantId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Takes the signed-in person to another of their businesses. The session is ended and a new one begun: pages of the
 * first business that are open in other tabs must not go on and act in the second.
 */
@Component
class BusinessSwitch implements ConsoleDoor {

    private final StaffAccounts accounts;
    private final SignUpProperties signUp;
    private final WaysIn ways;
    private final Identities identities;
    private final StepUp proof;

    BusinessSwitch(StaffAccounts accounts, SignUpProperties signUp, WaysIn ways, Identities identities, StepUp proof) {
        this.identities = identities;
        this.proof = proof;
        this.ways = ways;
        this.accounts = accounts;
        this.signUp = signUp;
    }

    /** Whether people may found businesses here. */
    boolean foundsOthers() {
        return signUp.enabled();
    }

    /** The signed-in person with the names they and their business have now, in the session too. */
    Optional<StaffPrincipal> asTheyAreNow() {
        Optional<StaffPrincipal> fresh =
                CurrentStaff.find().flatMap(staff -> accounts.reload(staff.accountId(), staff.tenant()));
        fresh.ifPresent(staff -> ConsoleSessions.renew(
                staff,
                VaadinServletRequest.getCurrent().getHttpServletRequest(),
                VaadinServletResponse.getCurrent().getHttpServletResponse()));
        return fresh;
    }

    /** Where the signed-in person works, as it is now. */
    List<Membership> choices() {
        return accounts.memberships();
    }

    /**
     * Switches and opens Home there.
     *
     * @return false if the person does not belong to that business (any more); then nothing has changed
     */
    boolean to(TenantId tenant) {
        return to(tenant, "");
    }

    /**
     * As {@link #to(TenantId)}, and opens a page there.
     *
     * @param path without a leading slash
     */
    boolean to(TenantId tenant, String path) {
        Optional<StaffPrincipal> fresh =
                CurrentStaff.find().flatMap(staff -> accounts.reload(staff.accountId(), tenant));
        fresh.ifPresent(staff -> {
            if (ways.opens(SignInDetails.current().orElseThrow(), staff)) {
                reopen(staff, path);
            } else {
                leaveFor(staff);
            }
        });
        return fresh.isPresent();
    }

    /** Who comes by that provider for the first time is connected with it on the way, which needs to be them. */
    private void leaveFor(StaffPrincipal staff) {
        String provider = ways.askedFor(staff).orElse(null);
        if (provider == null || identities.amIConnectedTo(provider)) {
            comeBy(provider, staff);
        } else {
            proof.then(() -> comeBy(provider, staff));
        }
    }

    /** Nothing of this session ends until the person is back from the provider. */
    private static void comeBy(@Nullable String provider, StaffPrincipal staff) {
        var request = VaadinServletRequest.getCurrent().getHttpServletRequest();
        String next = AnotherWayDue.page(provider);
        if (provider != null) {
            ProviderWish.signInTo(provider, staff.accountId(), staff.tenant().value())
                    .keepIn(request.getSession());
            next = "/sign-in/with/" + provider;
        }
        UI.getCurrent().getPage().setLocation(request.getContextPath() + next);
    }

    @Override
    public void reopen(StaffPrincipal staff, String path) {
        var request = VaadinServletRequest.getCurrent().getHttpServletRequest();
        var response = VaadinServletResponse.getCurrent().getHttpServletResponse();
        UI.getCurrent().getPage().setLocation(request.getContextPath() + "/" + path);
        ConsoleSessions.restart(staff, request, response);
    }
}
