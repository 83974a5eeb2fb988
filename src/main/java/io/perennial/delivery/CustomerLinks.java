package io.perennial.delivery;

import io.perennial.delivery.LinkToken.Purpose;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import org.springframework.stereotype.Component;

/** The addresses in mails that lead back here. */
@Component
class CustomerLinks {

    private final LinkSigner signer;
    private final String base;

    CustomerLinks(LinkSigner signer, PublicProperties properties) {
        this.signer = signer;
        this.base = properties.publicUrl() + "/p/";
    }

    String unsubscribe(TenantId tenant, long message) {
        return base + "u/" + signer.sign(new LinkToken(Purpose.UNSUBSCRIBE, tenant, message, 0));
    }

    String preferences(TenantId tenant, long message) {
        return base + "preferences/" + signer.sign(new LinkToken(Purpose.PREFERENCES, tenant, message, 0));
    }

    String preferencesOf(TenantId tenant, CustomerId customer) {
        return base + "preferences/" + signer.sign(new LinkToken(Purpose.CUSTOMER, tenant, customer.value(), 0));
    }

    String join(TenantId tenant) {
        return base + "join/" + signer.sign(new LinkToken(Purpose.JOIN, tenant, 0, 0));
    }

    String confirm(TenantId tenant, long request) {
        return base + "confirm/" + signer.sign(new LinkToken(Purpose.CONFIRM, tenant, request, 0));
    }

    String open(TenantId tenant, long message) {
        return base + "o/" + signer.sign(new LinkToken(Purpose.OPEN, tenant, message, 0)) + ".gif";
    }

    String click(TenantId tenant, long message, long link) {
        return base + "c/" + signer.sign(new LinkToken(Purpose.CLICK, tenant, message, link));
    }

    /** The message's signed name, for its Message-ID: feedback loops that hide the recipient still quote it. */
    String messageId(TenantId tenant, long message) {
        return signer.sign(new LinkToken(Purpose.RETURN, tenant, message, 0));
    }

    /** Whether this is one of the addresses above: they are left as they are. */
    boolean isOwn(String url) {
        return url.startsWith(base);
    }
}
