package io.perennial.delivery;

import io.perennial.delivery.MailBytes.Encoded;
import io.perennial.delivery.sender.DkimKeys;
import io.perennial.delivery.sender.DkimSigner;
import io.perennial.delivery.sender.Domains;
import io.perennial.kernel.PiecedText;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/**
 * Makes the bytes of a run's mails. What all of them share (the head's constants, the literal runs of the template with
 * the addresses in them) is encoded once; for each mail only what is its own. Used by one thread at a time.
 */
final class MailPress {

    /** More literal runs than any template has. */
    private static final int MOST = 10_000;

    private final Run run;
    private final CustomerLinks links;
    private final Tracking tracking;
    private final @Nullable DkimKeys keys;
    private final @Nullable DkimSigner signer;
    private final String from;
    private final String domain;
    private final IdentityHashMap<PiecedText.Constant, Step[][]> htmlSteps = new IdentityHashMap<>();
    private final IdentityHashMap<PiecedText.Constant, Step[][]> textSteps = new IdentityHashMap<>();
    private final MailBytes out = new MailBytes(1 << 16);
    private final MailBytes aside = new MailBytes(1 << 10);
    private StageClock clock = StageClock.NONE;

    /** @param keys to sign with, or none */
    MailPress(Run run, CustomerLinks links, @Nullable DkimKeys keys) {
        this.run = run;
        this.links = links;
        this.keys = keys;
        this.signer = keys == null ? null : new DkimSigner(keys);
        this.tracking = new Tracking(run, links);
        this.from = new MailHeaders()
                .addMailbox("From", run.senderName(), Domains.asciiDomain(run.senderEmail()))
                .toString();
        this.domain = Domains.ofAddress(run.senderEmail());
    }

    /** One thing to do with a mail, known beforehand. */
    private interface Step extends Consumer<Setter> {}

    /** Whether it signs with these very keys. */
    boolean signsWith(@Nullable DkimKeys wanted) {
        return keys == wanted;
    }

    /** Says how long signing takes. */
    MailPress measuredBy(StageClock measuring) {
        clock = measuring;
        return this;
    }

    /** Forgets the mails made so far. */
    void clear() {
        out.clear();
    }

    /** Bytes of the mails made since {@link #clear()}. */
    int size() {
        return out.length();
    }

    /** What holds them, until the next is made. */
    byte[] bytes() {
        return out.array();
    }

    /**
     * Makes one mail, behind those before.
     *
     * @param tracked what of it is tracked
     * @param found receives each tracked address by its number
     * @throws IllegalArgumentException if a header's value has a line break in it
     */
    void press(Recipient to, MessageComposer.Composed.Message message, Tracked tracked, Map<Long, String> found) {
        int start = out.length();
        try {
            set(to, message, tracked, found);
            if (signer != null) {
                clock.lap(StageClock.Stage.BUILD);
                out.insert(start, signer.sign(out.array(), start, out.length() - start));
                clock.lap(StageClock.Stage.SIGN);
            }
        } catch (RuntimeException e) {
            out.cut(start);
            throw e;
        }
    }

    private void set(Recipient to, MessageComposer.Composed.Message message, Tracked tracked, Map<Long, String> found) {
        tracking.begin(to.messageId(), tracked, found);
        String number = Long.toString(to.messageId(), 36);
        String id = links.messageId(run.tenant(), to.messageId()) + "@" + domain;
        String boundary = "=_" + number;
        out.lines(from);
        out.lines(MimeMail.head(
                Domains.asciiDomain(to.email()), // every server takes a domain in punycode
                message.subject(),
                run.replyTo(),
                id,
                boundary,
                to.unsubscribeLink(),
                ZonedDateTime.now(ZoneOffset.UTC)));
        out.lines(MimeMail.partHead(boundary, "text/plain"));
        new Setter(TextLinks.INSTANCE, textSteps).set(message.text());
        out.lines(MimeMail.partHead(boundary, "text/html"));
        Setter html = new Setter(HtmlLinks.INSTANCE, htmlSteps);
        html.set(message.html());
        html.pixel();
        out.lines("\r\n--" + boundary + "--\r\n");
    }

    /** Puts one text into the mail, piece by piece. */
    private final class Setter implements PiecedText.Reader, LinkScanner.Found {

        private final LinkScanner scanner;
        private final Map<PiecedText.Constant, Step[][]> known;
        private final StringBuilder link = new StringBuilder();
        private int state = LinkScanner.START;
        private boolean inLink;
        private char quote;
        private int bodyEnd = -1;

        Setter(LinkScanner scanner, Map<PiecedText.Constant, Step[][]> known) {
            this.scanner = scanner;
            this.known = known;
        }

        void set(PiecedText text) {
            text.read(this);
            if (inLink) {
                finish();
            }
        }

        /** The end of the text ends an address too; in HTML, one that was never closed is none. */
        private void finish() {
            if (quote == 0) {
                linkEnds();
            } else {
                out.text(quote + link.toString());
            }
        }

        @Override
        public void constant(PiecedText.Constant constant) {
            if (known.size() > MOST) {
                known.clear(); // a composer whose constants are none
            }
            Step[][] byState = known.computeIfAbsent(constant, c -> new Step[scanner.states()][]);
            Step[] steps = byState[state];
            if (steps == null) {
                Recorder recorder = new Recorder();
                steps = recorder.steps(scanner.scan(constant.text(), state, recorder));
                byState[state] = steps;
            }
            for (Step step : steps) {
                step.accept(this);
            }
        }

        @Override
        public void text(String text) {
            state = scanner.scan(text, state, this);
        }

        @Override
        public void plain(String text, int from, int to) {
            out.text(text, from, to);
        }

        @Override
        public void linkBegins(char with) {
            inLink = true;
            quote = with;
            link.setLength(0);
        }

        @Override
        public void linkPart(String text, int from, int to) {
            link.append(text, from, to);
        }

        @Override
        public void linkEnds() {
            inLink = false;
            String raw = link.toString();
            out.text(quote == 0 ? tracking.inText(raw) : tracking.inHtml(raw, quote));
        }

        @Override
        public void bodyEnds() {
            out.softBreak();
            bodyEnd = out.length();
        }

        /** Before the end of the body, or at the end of all. */
        void pixel() {
            if (!tracking.tracksOpens()) {
                return;
            }
            String image = "<img src=\"" + tracking.pixel()
                    + "\" width=\"1\" height=\"1\" alt=\"\" style=\"display:block;width:1px;height:1px;border:0\">";
            if (bodyEnd < 0) {
                out.text(image);
                return;
            }
            aside.clear();
            aside.text(image);
            aside.softBreak();
            out.insert(bodyEnd, aside.toArray());
        }
    }

    /** Writes down what is to be done for a constant: its text encoded, its addresses resolved. */
    private final class Recorder implements LinkScanner.Found {

        private final List<Step> steps = new ArrayList<>();
        private final StringBuilder link = new StringBuilder();
        private boolean whole;
        private char quote;

        @Override
        public void plain(String text, int from, int to) {
            Encoded encoded = Encoded.of(text.substring(from, to));
            steps.add(setter -> out.encoded(encoded));
        }

        @Override
        public void linkBegins(char with) {
            whole = true;
            quote = with;
        }

        @Override
        public void linkPart(String text, int from, int to) {
            if (whole) {
                link.append(text, from, to);
            } else {
                String part = text.substring(from, to);
                steps.add(setter -> setter.link.append(part));
            }
        }

        @Override
        public void linkEnds() {
            if (!whole) {
                steps.add(Setter::linkEnds);
                return;
            }
            String raw = link.toString();
            whole = false;
            link.setLength(0);
            char around = quote;
            String url = around == 0 ? raw : HtmlUtils.htmlUnescape(raw).strip();
            if (around != 0 && tracking.isTrackable(url)) {
                long number = RunLinks.shortNumber(url);
                Encoded untracked = Encoded.of(around + raw + around);
                steps.add(setter -> {
                    if (tracking.tracksClicks()) {
                        out.text('"' + tracking.track(number, url) + '"');
                    } else {
                        out.encoded(untracked);
                    }
                });
            } else if (around != 0) {
                Encoded encoded = Encoded.of(around + raw + around);
                steps.add(setter -> out.encoded(encoded));
            } else {
                Tracking.Split split = Tracking.Split.of(raw);
                long number = RunLinks.shortNumber(split.link());
                boolean trackable = split.isLink() && tracking.isTrackable(split.link());
                steps.add(setter -> out.text(
                        trackable && tracking.tracksClicks()
                                ? tracking.track(number, split.link()) + split.rest()
                                : raw));
            }
        }

        @Override
        public void bodyEnds() {
            steps.add(Setter::bodyEnds);
        }

        /** All steps; last, how the text goes on: within an address that began here, perhaps. */
        Step[] steps(int next) {
            if (whole) {
                String begun = link.toString();
                char around = quote;
                steps.add(setter -> {
                    setter.linkBegins(around);
                    setter.link.append(begun);
                });
            }
            steps.add(setter -> setter.state = next);
            return steps.toArray(Step[]::new);
        }
    }
}
