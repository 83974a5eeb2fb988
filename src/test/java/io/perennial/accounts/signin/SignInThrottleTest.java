package io.perennial.accounts.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.accounts.StaffAccounts;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@IntegrationTest
class SignInThrottleTest {

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    KnownDevices devices;

    @Autowired
    StaffAccounts accounts;

    private final MovableClock clock = new MovableClock();
    private SignInThrottle throttle;
    private SignInThrottle otherNode;
    private String ada;
    private String here;
    private String elsewhere;

    @BeforeEach
    void twoNodes() {
        throttle = new SignInThrottle(jdbc, transaction, devices, clock);
        otherNode = new SignInThrottle(jdbc, transaction, devices, clock);
        long n = TimeOrderedIds.next();
        ada = "ada" + n + "@acme.example";
        here = "2001:db8:" + Long.toHexString(n & 0xffff) + ':' + Long.toHexString((n >> 16) & 0xffff) + "::1";
        elsewhere = "2001:db9:" + Long.toHexString(n & 0xffff) + ':' + Long.toHexString((n >> 16) & 0xffff) + "::1";
    }

    @Test
    void waitsGrowAfterFiveAttemptsButNeverPastFiveMinutes() {
        for (int i = 0; i < 5; i++) {
            assertThat(throttle.begin(ada, here, null)).isZero();
        }
        Duration last = Duration.ZERO;
        for (int i = 0; i < 10; i++) {
            Duration wait = throttle.begin(ada, here, null);
            assertThat(wait).isGreaterThanOrEqualTo(last).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(5));
            clock.pass(wait);
            assertThat(throttle.begin(ada, here, null)).isZero();
            last = wait;
        }
        assertThat(last).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void allNodesCountTogether() {
        for (int i = 0; i < 5; i++) {
            assertThat((i % 2 == 0 ? throttle : otherNode).begin(ada, here, null))
                    .isZero();
        }
        assertThat(throttle.begin(ada, here, null)).isPositive();
        assertThat(otherNode.begin(ada, here, null)).isPositive();
    }

    @Test
    void attemptsAtTheSameMomentDoNotSlipThrough() throws Exception {
        CyclicBarrier start = new CyclicBarrier(8);
        try (var threads = Executors.newFixedThreadPool(8)) {
            long free = threads
                    .invokeAll(IntStream.range(0, 8)
                            .<Callable<Duration>>mapToObj(i -> () -> {
                                start.await();
                                return (i % 2 == 0 ? throttle : otherNode).begin(ada, here, null);
                            })
                            .toList())
                    .stream()
                    .filter(each -> each.resultNow().isZero())
                    .count();
            assertThat(free).isEqualTo(5);
        }
    }

    @Test
    void theOwnerOfTheAccountComesInFromElsewhereMeanwhile() {
        exhaust(ada, here);
        assertThat(throttle.begin(ada.toUpperCase(java.util.Locale.ROOT) + ' ', here, null))
                .isPositive();
        assertThat(throttle.begin(ada, elsewhere, null)).isZero();
    }

    @Test
    void guessingFromThousandsOfMachinesIsHeldUpButNotTheOwnersOwnBrowser() {
        long account = accounts.ensureAccount(new EmailAddress(ada), "Ada", "three calm words");
        String cookie = devices.remember(account, null);
        for (int i = 0; i < SignInThrottle.FREE_PER_ACCOUNT; i++) {
            assertThat(throttle.begin(ada, "2001:db8:aaaa:" + Integer.toHexString(i) + "::1", null))
                    .isZero();
        }
        assertThat(throttle.begin(ada, elsewhere, null)).isPositive();
        assertThat(throttle.begin(ada, elsewhere, "x".repeat(43)))
                .as("a made-up cookie")
                .isPositive();
        assertThat(throttle.begin(ada, elsewhere, cookie)).isZero();
        assertThat(throttle.begin("other" + ada, elsewhere, cookie))
                .as("another account")
                .isZero();
        for (int i = 0; i < 4; i++) {
            assertThat(throttle.begin(ada, elsewhere, cookie)).isZero();
        }
        assertThat(throttle.begin(ada, elsewhere, cookie))
                .as("a stolen cookie guesses no more than others")
                .isPositive();
    }

    @Test
    void onlyTwentyBrowsersOfAPersonAreRemembered() {
        long account = accounts.ensureAccount(new EmailAddress(ada), "Ada", "three calm words");
        String first = devices.remember(account, null);
        assertThat(devices.remember(account, first)).isEqualTo(first);
        assertThat(devices.isKnown(ada, first)).isTrue();
        for (int i = 0; i < 20; i++) {
            devices.remember(account, null);
        }
        assertThat(devices.isKnown(ada, first)).isFalse();
    }

    @Test
    void aSuccessForgivesAndSoDoesAnHour() {
        exhaust(ada, here);
        clock.pass(Duration.ofMinutes(5));
        assertThat(throttle.begin(ada, here, null)).isZero();
        throttle.succeeded(ada, here, null);
        assertThat(throttle.begin(ada, here, null)).isZero();
        exhaust("bo" + ada, here);
        clock.pass(Duration.ofMinutes(61));
        assertThat(throttle.begin("bo" + ada, here, null)).isZero();
        assertThat(throttle.begin("bo" + ada, here, null)).isZero();
    }

    @Test
    void oneAddressThatTriesManyAccountsIsSlowedDown() {
        for (int i = 0; i < SignInThrottle.FREE_PER_ADDRESS; i++) {
            assertThat(throttle.begin(i + ada, here, null)).isZero();
        }
        assertThat(throttle.begin("another" + ada, here, null)).isPositive();
    }

    @Test
    void whoeverComesInAgainAndAgainFromTheirOwnBrowserClearsNoWayForGuessesAtOthers() {
        long account = accounts.ensureAccount(new EmailAddress(ada), "Ada", "three calm words");
        String cookie = devices.remember(account, null);
        for (int i = 0; i < SignInThrottle.FREE_PER_ADDRESS; i++) {
            assertThat(throttle.begin(i + ada, here, null)).isZero();
            assertThat(throttle.begin(ada, here, cookie)).isZero();
            throttle.succeeded(ada, here, cookie);
        }
        assertThat(throttle.begin("another" + ada, here, null)).isPositive();
        assertThat(throttle.begin(ada, here, cookie)).as("their own way in").isZero();
        throttle.succeeded(ada, here, cookie);
        assertThat(throttle.begin("another" + ada, here, null)).isPositive();
    }

    @Test
    void anOfficeBehindOneAddressSignsInFreely() {
        for (int i = 0; i < 60; i++) {
            assertThat(throttle.begin(i + ada, here, null)).isZero();
            throttle.succeeded(i + ada, here, null);
        }
    }

    @Test
    void oddInputIsCountedLikeAnyOther() {
        for (String odd : new String[] {null, "", "x".repeat(100_000), "\u0000", ada + " 10.0.0.1"}) {
            clock.pass(Duration.ofHours(2));
            exhaust(odd, here);
            assertThat(throttle.begin(odd, here, null)).isPositive();
        }
    }

    @Test
    void whatIsOldIsRemovedByThoseWhoComeAfter() {
        throttle.begin(ada, here, null);
        byte[] row = Tokens.hash("pair " + ada + ' ' + SignInThrottle.network(here));
        assertThat(rows(row)).isEqualTo(1);
        clock.pass(Duration.ofHours(2));
        for (int i = 0; i < 50 && rows(row) > 0; i++) {
            throttle.begin("later" + i + ada, elsewhere, null);
        }
        assertThat(rows(row)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
        "2001:DB8:1:2::9, 2001:db8:1:2::/64",
        "2001:db8::9, 2001:db8:0:0::/64",
        "fe80::1%eth0, fe80:0:0:0::/64",
        "::1, :0:0:0::/64",
        "10.1.2.3, 10.1.2.3",
        "::ffff:10.1.2.3, ::ffff:10.1.2.3"
    })
    void anIpv6CustomerIsOneNetwork(String address, String network) {
        assertThat(SignInThrottle.network(address)).isEqualTo(network);
    }

    private int rows(byte[] key) {
        return jdbc.sql("SELECT COUNT(*) FROM sign_in_attempt WHERE key_hash = ?")
                .param(key)
                .query(Integer.class)
                .single();
    }

    private void exhaust(String account, String address) {
        for (int i = 0; i < SignInThrottle.FREE_PER_PAIR; i++) {
            throttle.begin(account, address, null);
        }
    }

    private static final class MovableClock extends Clock {

        private Instant now = Instant.now();

        void pass(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
