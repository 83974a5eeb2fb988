package io.perennial.customers;

import io.perennial.accounts.AuditChanges;
import io.perennial.accounts.AuditLog;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.StaffPrincipal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a business asks consent for, and in which words: made, renamed, put in order and archived by its admins. */
@Service
public class Topics {

    /** More than a customer reads on one page. */
    public static final int MOST = 30;

    private final ConsentTopics topics;
    private final ConsentWordings wordings;
    private final AuditLog audit;

    Topics(ConsentTopics topics, ConsentWordings wordings, AuditLog audit) {
        this.topics = topics;
        this.wordings = wordings;
        this.audit = audit;
    }

    /** All, in their order; the archived ones last. */
    @Transactional
    @PreAuthorize("hasAuthority('customer:read')")
    public List<ConsentTopic> all() {
        return topics.all();
    }

    /**
     * Makes a topic; its code is made from its name.
     *
     * @throws TopicRefused if the name is taken or there are {@link #MOST} already
     */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public ConsentTopic make(String name, @Nullable String description) {
        List<ConsentTopic> known = topics.all();
        if (known.size() >= MOST) {
            throw new TopicRefused(TopicRefused.Why.TOO_MANY);
        }
        requireFree(known, null, name);
        String code = freeCode(known, name);
        topics.save(new ConsentTopic(code, name.strip(), blankToNull(description)));
        audit.record(CustomerDeed.TOPIC_MADE, code, name.strip());
        return new ConsentTopic(code, name.strip(), blankToNull(description));
    }

    /** @throws TopicRefused if another topic has this name */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public void rename(String code, String name, @Nullable String description) {
        ConsentTopic before = topics.require(code);
        requireFree(topics.all(), code, name);
        ConsentTopic now = new ConsentTopic(code, name.strip(), blankToNull(description));
        topics.save(now);
        AuditChanges changes = AuditChanges.none()
                .and("customers.change.name", before.name(), now.name())
                .and("customers.change.description", before.description(), now.description());
        if (!changes.isEmpty()) {
            audit.record(CustomerDeed.TOPIC_CHANGED, code, now.name(), changes);
        }
    }

    /**
     * No longer offers a topic, or offers it again. Consents to it, and mails that can be stopped, stay as they are.
     *
     * @throws TopicRefused for the topic that every business has
     */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public void archive(String code, boolean archived) {
        ConsentTopic topic = topics.require(code);
        if (archived && ConsentTopic.NEWS.equals(code)) {
            throw new TopicRefused(TopicRefused.Why.NEEDED);
        }
        topics.archive(code, archived);
        if (topic.archived() != archived) {
            audit.record(archived ? CustomerDeed.TOPIC_ARCHIVED : CustomerDeed.TOPIC_RESTORED, code, topic.name());
        }
    }

    /** Puts a topic one place up or down; at the end of the list nothing happens. */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public void move(String code, boolean up) {
        List<String> codes =
                new ArrayList<>(topics.list().stream().map(ConsentTopic::code).toList());
        int from = codes.indexOf(code);
        int to = up ? from - 1 : from + 1;
        if (from >= 0 && to >= 0 && to < codes.size()) {
            Collections.swap(codes, from, to);
            topics.order(codes);
        }
    }

    /** A topic in each language that customers' pages are written in. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public List<TopicText> texts(ConsentTopic topic) {
        return CustomerTongues.WRITTEN.stream()
                .map(language -> wordings.text(topic, language))
                .toList();
    }

    /**
     * Says a topic in a language. A changed wording becomes a new version; consents given so far keep the text they were
     * given to.
     *
     * @param name blank: the topic's own name is shown
     * @param wording blank: the one this product brings along
     */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public void say(ConsentTopic topic, String language, String name, String description, String wording) {
        topics.require(topic.code());
        if (!CustomerTongues.WRITTEN.contains(language)) {
            throw new IllegalArgumentException("Pages are not written in " + language);
        }
        wordings.name(topic.code(), language, blankToNull(name), blankToNull(description));
        String wanted = wording.strip();
        String before = wordings.text(topic, language).wording();
        if (!wanted.isEmpty() && !wanted.equals(before)) {
            audit.record(
                    CustomerDeed.TOPIC_WORDED,
                    topic.code(),
                    topic.name() + " (" + language + ")",
                    AuditChanges.none().and("customers.change.wording", before, wanted));
            wordings.write(
                    topic.code(),
                    language,
                    wanted,
                    CurrentStaff.find().map(StaffPrincipal::displayName).orElse("Perennial"));
        }
    }

    /** All wordings that were ever in use, by language, the latest first. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public List<WordingVersion> history(String code) {
        return wordings.history(code);
    }

    private static void requireFree(List<ConsentTopic> known, @Nullable String own, String name) {
        if (name.isBlank() || name.strip().length() > 100) {
            throw new TopicRefused(TopicRefused.Why.NO_NAME);
        }
        if (known.stream()
                .anyMatch(topic -> !topic.code().equals(own) && topic.name().equalsIgnoreCase(name.strip()))) {
            throw new TopicRefused(TopicRefused.Why.NAME_TAKEN);
        }
    }

    private static String freeCode(List<ConsentTopic> known, String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        String stem = plain.isEmpty() ? "topic" : plain.substring(0, Math.min(34, plain.length()));
        String code = stem;
        for (int n = 2; isCode(known, code); n++) {
            code = stem + "-" + n;
        }
        return code;
    }

    private static boolean isCode(List<ConsentTopic> known, String code) {
        return known.stream().anyMatch(topic -> topic.code().equals(code));
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
