package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.delivery.LinkToken.Purpose;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class LinkSignerTest {

    @Autowired
    LinkSigner signer;

    private final LinkToken click = new LinkToken(Purpose.CLICK, new TenantId(17), 4711, -99);

    @Test
    void whatWasSignedIsRead() {
        assertThat(signer.read(Purpose.CLICK, signer.sign(click))).contains(click);
        assertThat(signer.sign(click)).matches("[A-Za-z0-9_-]{55}");
    }

    @Test
    void changingAnyCharacterMakesItInvalid() {
        String token = signer.sign(click);
        for (int i = 0; i < token.length(); i++) {
            for (char c : "AQgw9_-z".toCharArray()) {
                if (token.charAt(i) != c) {
                    String altered = token.substring(0, i) + c + token.substring(i + 1);
                    assertThat(signer.read(Purpose.CLICK, altered)).isEmpty();
                }
            }
        }
    }

    @Test
    void aTokenServesOnePurposeOnly() {
        String open = signer.sign(new LinkToken(Purpose.OPEN, new TenantId(17), 4711, 0));
        assertThat(signer.read(Purpose.UNSUBSCRIBE, open)).isEmpty();
        assertThat(signer.read(Purpose.PREFERENCES, open)).isEmpty();
        assertThat(signer.read(Purpose.CLICK, open)).isEmpty();
        assertThat(signer.read(Purpose.OPEN, open)).isPresent();
    }

    @Test
    void nonsenseIsNoToken() {
        for (String nonsense : new String[] {"", "x", "%%%", "a".repeat(44), "a".repeat(55), "é", "a".repeat(5000)}) {
            for (Purpose purpose : Purpose.values()) {
                assertThat(signer.read(purpose, nonsense)).isEmpty();
            }
        }
    }
}
