package io.perennial.accounts;

import com.vaadin.flow.server.VaadinRequest;
import io.perennial.accounts.signin.Proofs;
import org.springframework.stereotype.Component;

/** For pages: asks for the password or a code again where a deed needs a {@link FreshProof}. */
@Component
public class StepUp {

    private final Proofs proofs;

    StepUp(Proofs proofs) {
        this.proofs = proofs;
    }

    /** Does it at once with a fresh proof, else after the person has given one; not at all if they do not. */
    public void then(Runnable deed) {
        if (FreshProof.isThere()) {
            deed.run();
        } else {
            new ProofDialog(proofs, address(), deed).open();
        }
    }

    private static String address() {
        VaadinRequest request = VaadinRequest.getCurrent();
        return request == null ? "" : String.valueOf(request.getRemoteAddr());
    }
}
