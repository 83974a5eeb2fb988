package io.perennial.accounts;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.server.HttpStatusCode;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.streams.DownloadEvent;
import com.vaadin.flow.server.streams.DownloadHandler;
import io.perennial.accounts.signin.Proofs;
import io.perennial.uikit.DownloadButton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
        // Visiting operators are not asked: the service refuses them.
        if (FreshProof.isThere()
                || CurrentStaff.find().flatMap(StaffPrincipal::visit).isPresent()) {
            deed.run();
        } else {
            new ProofDialog(proofs, address(), deed).open();
        }
    }

    /**
     * A button for what needs a fresh proof when it is downloaded, however long the dialog with it has stood open: it asks
     * anew where the proof is too old by then.
     */
    public DownloadButton download(String words, DownloadHandler file) {
        return new DownloadButton(words, this::then, event -> answer(event, file));
    }

    private static void answer(DownloadEvent event, DownloadHandler file) throws IOException {
        if (FreshProof.isThere()) {
            file.handleDownloadRequest(event);
            return;
        }
        // Whoever kept the link itself: no file, and words instead of a fault.
        event.getResponse().setStatus(HttpStatusCode.FORBIDDEN.getCode());
        event.setContentType("text/plain;charset=UTF-8");
        event.getOutputStream().write(t("accounts.proof.download").getBytes(StandardCharsets.UTF_8));
    }

    private static String address() {
        VaadinRequest request = VaadinRequest.getCurrent();
        return request == null ? "" : String.valueOf(request.getRemoteAddr());
    }
}
