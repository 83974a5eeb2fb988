package io.perennial.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.signin.SignInDetails;
import io.perennial.accounts.signin.StaffSession;
import io.perennial.accounts.signin.StaffSessions;
import io.perennial.kernel.EmailAddress;
import io.perennial.shell.Door.Visit;
import io.perennial.support.IntegrationTest;
import jakarta.servlet.http.HttpSessionEvent;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpSession;

/**
 * Sessions over HTTP. A node knows no more of a session than its own memory and the row: the sessions here share nothing
 * but the database either, as on two nodes.
 */
@IntegrationTest
class SessionsTest {

    private static final String FIREFOX =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private static final String PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 "
            + "(KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1";

    @Autowired
    StaffAccounts accounts;

    @Autowired
    StaffSessions sessions;

    @Autowired
    SessionEnds ends;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Door door;

    Visit visit;
    EmailAddress mia;
    EmailAddress grace;

    @BeforeEach
    void miaOfAcmeAndGraceOfGlobex() {
        visit = door.fresh(Role.MARKETER);
        mia = visit.mia;
        grace = visit.grace;
    }

    @Test
    void onesOwnSessionsAreListedAndNobodyElses() {
        MockHttpSession laptop = signIn(mia, FIREFOX);
        signIn(mia, PHONE);
        signIn(grace, FIREFOX);
        List<StaffSession> mine = Door.in(laptop, sessions::mine);
        assertThat(mine).extracting(StaffSession::browser).containsExactly("Firefox · Windows", "Safari · iPhone");
        assertThat(mine).extracting(StaffSession::current).containsExactly(true, false);
        assertThat(mine).extracting(StaffSession::address).containsOnly(visit.address());
    }

    /** A page and its push, after signing in or going to another business: each found the other's row not there yet. */
    @Test
    void aSessionWhoseFirstRequestsComeAtOnceGoesOn() throws InterruptedException, ExecutionException {
        StaffPrincipal staff = accounts.loadUserByUsername(mia.value());
        try (ExecutorService browser = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 50; i++) {
                SignInDetails details = new SignInDetails(new MockHttpServletRequest());
                List<Callable<Boolean>> requests = List.of(
                        () -> sessions.goesOn(details, staff, "192.0.2.7"),
                        () -> sessions.goesOn(details, staff, "192.0.2.7"),
                        () -> sessions.goesOn(details, staff, "192.0.2.7"),
                        () -> sessions.wouldGoOn(details, staff));
                for (Future<Boolean> goesOn : browser.invokeAll(requests)) {
                    assertThat(goesOn.get()).isTrue();
                }
            }
        }
        assertThat(Door.in(signIn(mia, FIREFOX), sessions::mine)).hasSize(51);
    }

    @Test
    void aSessionEndedElsewhereIsOverAtItsNextRequest() {
        MockHttpSession laptop = signIn(mia, FIREFOX);
        MockHttpSession phone = signIn(mia, PHONE);
        Door.in(laptop, () -> {
            sessions.end(sessions.mine().getLast().id());
            return true;
        });
        assertThat(visit.goesOn(phone)).isFalse();
        assertThat(phone.isInvalid()).isTrue();
        assertThat(visit.goesOn(laptop)).isTrue();
    }

    @Test
    void allOthersEndAtOnceAndThisOneGoesOn() {
        MockHttpSession laptop = signIn(mia, FIREFOX);
        MockHttpSession phone = signIn(mia, PHONE);
        MockHttpSession tablet = signIn(mia, "");
        MockHttpSession foreign = signIn(grace, FIREFOX);
        assertThat(Door.in(laptop, sessions::endOthers)).isEqualTo(2);
        assertThat(visit.goesOn(phone)).isFalse();
        assertThat(visit.goesOn(tablet)).isFalse();
        assertThat(visit.goesOn(laptop)).isTrue();
        assertThat(visit.goesOn(foreign)).isTrue();
        assertThat(Door.in(laptop, sessions::mine)).hasSize(1);
    }

    @Test
    void nobodyEndsTheSessionOfAnotherPerson() {
        MockHttpSession graces = signIn(grace, FIREFOX);
        long foreign = Door.in(graces, sessions::mine).getFirst().id();
        Door.in(signIn(mia, FIREFOX), () -> {
            sessions.end(foreign);
            sessions.endOthers();
            return true;
        });
        assertThat(visit.goesOn(graces)).isTrue();
    }

    @Test
    void aPersonWhoIsDisabledIsOutAtTheNextRequest() {
        MockHttpSession session = signIn(mia, FIREFOX);
        jdbc.sql("UPDATE staff_account SET enabled = FALSE WHERE email = ?")
                .param(mia.value())
                .update();
        assertThat(visit.goesOn(session)).isFalse();
    }

    @Test
    void signingOutTakesTheSessionOffTheList() {
        MockHttpSession laptop = signIn(mia, FIREFOX);
        MockHttpSession phone = signIn(mia, PHONE);
        ends.sessionDestroyed(new HttpSessionEvent(phone));
        assertThat(Door.in(laptop, sessions::mine)).hasSize(1);
    }

    @Test
    void whenItWasLastUsedIsKnownToTheMinuteAndADeadNodesSessionsVanish() {
        MockHttpSession laptop = signIn(mia, FIREFOX);
        signIn(mia, PHONE);
        jdbc.sql("UPDATE staff_session SET seen_at = seen_at - INTERVAL 2 HOUR WHERE account_id = ? AND agent = ?")
                .params(accounts.find(mia).orElseThrow(), PHONE)
                .update();
        assertThat(Door.in(laptop, sessions::mine))
                .extracting(StaffSession::browser)
                .containsExactly("Firefox · Windows");
    }

    private MockHttpSession signIn(EmailAddress email, String agent) {
        MockHttpSession session = new MockHttpSession();
        visit.submit(post("/login")
                .param("username", email.value())
                .param("password", Door.PASSWORD)
                .header("User-Agent", agent)
                .session(session));
        assertThat(visit.goesOn(session)).isTrue();
        return session;
    }
}
