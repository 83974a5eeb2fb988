package io.perennial.scale;

import io.perennial.scale.BulkLoad.Row;
import java.time.LocalDateTime;

/** One mailing of a {@link ScaleShop} to some of those who want news, and what they did with it. */
final class ScaleMails {

    static final String COLUMNS =
            "tenant_id, id, run_id, customer_id, email, state, attempts, changed_at, sent_at, opened_at, clicked_at, events";
    static final String EVENT_COLUMNS =
            "tenant_id, id, message_id, run_id, customer_id, kind, verdict, link, at, user_agent";

    private static final int MAIL = 1000;
    private static final double REACHED = 0.2;

    /** Some read most mails, most read few. */
    private static final double OPENERS = 0.35;

    private final ScalePeople people;
    private final int number;
    private final long minute;
    private final long run;
    private final long firstMessage;

    ScaleMails(ScalePeople people, int number, int of, long run, long firstMessage) {
        this.people = people;
        this.number = number;
        this.minute = Rhythm.LONG - (long) (of - number) * Rhythm.LONG * 2 / 3 / of;
        this.run = run;
        this.firstMessage = firstMessage;
    }

    LocalDateTime at() {
        return people.at(minute);
    }

    private record Fate(boolean opened, boolean byProxy, boolean clicked, long openedAt) {}

    private boolean reached(int i) {
        return people.joined(i) < minute
                && people.email(i) != null
                && "GRANTED".equals(people.status(i, 0))
                && people.dice(MAIL + number, i).chance(REACHED);
    }

    private Fate fate(int i) {
        Dice mail = people.dice(MAIL + 100 + number, i);
        double keenness = people.dice(MAIL, i).beta(OPENERS * 2, (1 - OPENERS) * 2);
        boolean opened = mail.chance(keenness);
        return new Fate(opened, mail.chance(0.25), opened && mail.chance(0.15), minute + 5 + mail.below(4320));
    }

    void message(Row row, int i) throws InterruptedException {
        if (reached(i)) {
            Fate fate = fate(i);
            row.add(people.tenant().value())
                    .add(firstMessage + i)
                    .add(run)
                    .add(people.id(i))
                    .add(people.email(i))
                    .add("SENT")
                    .add(1)
                    .add(at())
                    .add(at())
                    .add(fate.opened() ? people.at(fate.openedAt()) : null)
                    .add(fate.clicked() ? people.at(fate.openedAt() + 1) : null)
                    .add((fate.opened() ? 1 : 0) + (fate.byProxy() ? 1 : 0) + (fate.clicked() ? 1 : 0))
                    .end();
        }
    }

    void events(Row row, int i) throws InterruptedException {
        if (!reached(i)) {
            return;
        }
        Fate fate = fate(i);
        if (fate.byProxy()) {
            event(row, i, 0, "OPEN", "PROXY", minute + 1);
        }
        if (fate.opened()) {
            event(row, i, 1, "OPEN", "HUMAN", fate.openedAt());
        }
        if (fate.clicked()) {
            event(row, i, 2, "CLICK", "HUMAN", fate.openedAt() + 1);
        }
    }

    private void event(Row row, int i, int n, String kind, String verdict, long at) throws InterruptedException {
        row.add(people.tenant().value())
                .add((firstMessage + i) * 4 + n)
                .add(firstMessage + i)
                .add(run)
                .add(people.id(i))
                .add(kind)
                .add(verdict)
                .add(kind.equals("CLICK") ? 1 : null)
                .add(people.at(at))
                .add("Mozilla/5.0")
                .end();
    }
}
