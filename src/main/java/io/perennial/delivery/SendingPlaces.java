package io.perennial.delivery;

import io.perennial.delivery.sender.Domains;
import io.perennial.delivery.sender.EnvelopeDomains;
import io.perennial.delivery.sender.SendingHosts;
import io.perennial.kernel.PublicAddress;
import io.perennial.kernel.TenantId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.stereotype.Component;

/** Where a business's mails leave, as the outside sees it. */
@Component
class SendingPlaces {

    private final MailServers servers;
    private final ReturnPath returnPath;

    SendingPlaces(MailServers servers, ReturnPath returnPath) {
        this.servers = servers;
        this.returnPath = returnPath;
    }

    /** The domain of the envelope's sender. */
    @Component
    static class Envelopes implements EnvelopeDomains {

        private final SendingPlaces places;

        Envelopes(SendingPlaces places) {
            this.places = places;
        }

        @Override
        public String of(TenantId tenant, String senderEmail) {
            return Domains.ofAddress(places.returnPath.of(tenant, senderEmail, 0));
        }
    }

    /** The host that takes the mails; none where nobody outside could know it. */
    @Component
    static class Hosts implements SendingHosts {

        private final SendingPlaces places;

        Hosts(SendingPlaces places) {
            this.places = places;
        }

        @Override
        public String of(TenantId tenant) {
            String name = places.servers.of(tenant).name();
            int colon = name.lastIndexOf(':');
            String host = colon < 0 ? name : name.substring(0, colon);
            return isPublic(host) ? host : "";
        }

        private static boolean isPublic(String host) {
            if (!host.matches("[0-9.]+") && host.indexOf(':') < 0) {
                return host.indexOf('.') > 0;
            }
            try {
                return PublicAddress.isPublic(InetAddress.getByName(host));
            } catch (UnknownHostException e) {
                return false;
            }
        }
    }
}
