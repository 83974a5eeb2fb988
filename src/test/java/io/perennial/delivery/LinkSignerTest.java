package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.delivery.LinkToken.Purpose;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class LinkSignerTest {

    private static final TenantId TENANT = new TenantId(17);

    @Autowired
    LinkSigner signer;

    @Autowired
    LinkSecret secret;

    @Autowired
    ReturnPath returnPath;

    private static LinkToken token(Purpose purpose, long link) {
        return new LinkToken(purpose, TENANT, TimeOrderedIds.next(), purpose == Purpose.CLICK ? link : 0);
    }

    @ParameterizedTest
    @EnumSource(Purpose.class)
    void whatWasSignedIsRead(Purpose purpose) {
        for (long link : List.of(0L, 1L, (1L << 40) - 1, 1L << 40, -99L, Long.MIN_VALUE, Long.MAX_VALUE)) {
            LinkToken token = token(purpose, link);
            assertThat(signer.read(purpose, signer.sign(token))).contains(token);
        }
    }

    @Test
    void linksAreShort() {
        assertThat(("/p/c/" + signer.sign(token(Purpose.CLICK, RunLinks.shortNumber("https://shop.example/"))))
                        .length())
                .isLessThanOrEqualTo(38); // 35 for the first 127 businesses
        assertThat(("/p/u/" + signer.sign(token(Purpose.UNSUBSCRIBE, 0))).length())
                .isLessThanOrEqualTo(36);
    }

    @ParameterizedTest
    @EnumSource(Purpose.class)
    void changingAnyCharacterMakesItInvalid(Purpose purpose) {
        String token = signer.sign(token(purpose, -99));
        for (int i = 0; i < token.length(); i++) {
            for (char c : "AQgw9_-z27".toCharArray()) {
                String altered = token.substring(0, i) + c + token.substring(i + 1);
                if (!altered.equalsIgnoreCase(token) || (purpose != Purpose.RETURN && !altered.equals(token))) {
                    assertThat(signer.read(purpose, altered)).as(altered).isEmpty();
                }
            }
        }
    }

    @Test
    void aTokenServesOnePurposeOnly() {
        for (Purpose signed : Purpose.values()) {
            String token = signer.sign(token(signed, 5));
            for (Purpose other : Purpose.values()) {
                assertThat(signer.read(other, token).isPresent())
                        .as(signed + " as " + other)
                        .isEqualTo(signed == other);
            }
        }
    }

    @Test
    void aTokenOfAnotherBusinessNamesThatOne() {
        LinkToken one = new LinkToken(Purpose.OPEN, new TenantId(17), 4711, 0);
        LinkToken other = new LinkToken(Purpose.OPEN, new TenantId(18), 4711, 0);
        assertThat(signer.sign(one)).isNotEqualTo(signer.sign(other));
        assertThat(signer.read(Purpose.OPEN, signer.sign(other))).contains(other);
    }

    @Test
    void serversMayChangeTheCaseOfAReturnPath() {
        LinkToken token = token(Purpose.RETURN, 0);
        String text = signer.sign(token);
        assertThat(text).matches("[a-z2-7]{31,36}");
        assertThat(signer.read(Purpose.RETURN, text.toUpperCase(Locale.ROOT))).contains(token);
    }

    @Test
    void tokensOfMailsSentBeforeStayValid() {
        LinkMac mac = new LinkMac(secret.bytes(), "perennial links 1");
        for (Purpose purpose : List.of(Purpose.CLICK, Purpose.OPEN, Purpose.UNSUBSCRIBE, Purpose.PREFERENCES)) {
            LinkToken token = new LinkToken(purpose, TENANT, 4711, purpose == Purpose.CLICK ? -99 : 0);
            int length = purpose == Purpose.CLICK ? 25 : 17;
            ByteBuffer bytes = ByteBuffer.allocate(length + 16)
                    .put(purpose.code())
                    .putLong(17)
                    .putLong(4711);
            if (purpose == Purpose.CLICK) {
                bytes.putLong(-99);
            }
            bytes.put(mac.of(bytes.array(), length), 0, 16);
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
            assertThat(signer.read(purpose, text)).contains(token);
            assertThat(signer.read(purpose, "A" + text.substring(1))).isEmpty();
        }
    }

    @Test
    void nonsenseIsNoToken() {
        for (String nonsense : new String[] {
            "",
            "x",
            "%%%",
            "a".repeat(30),
            "a".repeat(34),
            "a".repeat(44),
            "a".repeat(55),
            "é",
            "a".repeat(5000),
            "_".repeat(30),
            "7".repeat(34)
        }) {
            for (Purpose purpose : Purpose.values()) {
                assertThat(signer.read(purpose, nonsense)).isEqualTo(Optional.empty());
            }
        }
    }

    @Test
    void aReturnPathIsMadeInMicroseconds() {
        Run run = new Run(TENANT, new RunId(6), RunState.SENDING, "k", 1, "n", "a@b.example", null, null);
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long begun = System.nanoTime();
            for (int i = 0; i < 5_000; i++) {
                signer.sign(new LinkToken(Purpose.RETURN, TENANT, i, 0));
                returnPath.of(run, i);
            }
            best = Math.min(best, (System.nanoTime() - begun) / 5_000);
        }
        assertThat(best).isLessThan(20_000); // two signatures, 1,100 measured; the rest for a busy machine
    }
}
