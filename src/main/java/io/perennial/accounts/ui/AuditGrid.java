package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.perennial.accounts.AuditChanges.Change;
import io.perennial.accounts.AuditEntry;
import io.perennial.accounts.AuditQuery;
import io.perennial.accounts.AuditTrail;
import io.perennial.uikit.FittedGrid;
import io.perennial.uikit.Formats;
import io.perennial.uikit.WindowWidth;
import java.time.ZoneId;
import java.util.List;
import java.util.MissingResourceException;
import org.jspecify.annotations.Nullable;

/** The log, newest first: each entry a sentence with its person, then what changed. */
class AuditGrid extends FittedGrid<AuditEntry> {

    private static final int NARROW = 600;

    private final ZoneId zone;
    private transient AuditQuery query = AuditQuery.all();

    AuditGrid(AuditTrail trail, ZoneId zone) {
        this.zone = zone;
        addThemeVariants(GridVariant.NO_BORDER);
        setSelectionMode(SelectionMode.NONE);
        addComponentColumn(this::what).setHeader(t("accounts.audit.what")).setFlexGrow(4);
        WindowWidth.columnsFrom(
                NARROW,
                this,
                List.of(
                        addComponentColumn(this::when)
                                .setHeader(t("accounts.audit.when"))
                                .setWidth("11rem")
                                .setFlexGrow(0),
                        addColumn(entry -> entry.origin() == null ? "" : entry.origin())
                                .setHeader(t("accounts.audit.where"))
                                .setWidth("9rem")
                                .setFlexGrow(0)));
        WindowWidth.follow(this, width -> setClassName("audit-narrow", width < NARROW));
        setItemsPageable(page -> trail.page(query, page));
    }

    void show(AuditQuery wanted) {
        query = wanted;
        getDataProvider().refreshAll();
    }

    /** What was done, in a sentence without its person. */
    static String deed(AuditEntry entry) {
        return words(entry.deed(), entry.subjectName() == null ? "" : entry.subjectName());
    }

    static String change(Change change) {
        return change.before() == null
                ? t("accounts.audit.set", words(change.field()), value(change.after()))
                : t("accounts.audit.change", words(change.field()), change.before(), value(change.after()));
    }

    private Div what(AuditEntry entry) {
        Span who = new Span(entry.actorName());
        who.addClassName("audit-who");
        Span sentence = new Span(who, new Span(" " + deed(entry)));
        Div cell = new Div(sentence);
        if (entry.visitReason() != null) {
            Span why = new Span(t("accounts.audit.visit", entry.visitReason()));
            why.addClassNames("audit-change", "audit-visit");
            cell.add(why);
        }
        cell.addClassName("audit-cell");
        entry.changes().forEach(each -> {
            Span line = new Span(change(each));
            line.addClassName("audit-change");
            cell.add(line);
        });
        Span small = new Span(Formats.dateTime(entry.at(), zone));
        small.addClassName("audit-small");
        cell.add(small);
        return cell;
    }

    private Span when(AuditEntry entry) {
        Span when = new Span(Formats.relative(entry.at()));
        when.setTitle(Formats.dateTime(entry.at(), zone));
        return when;
    }

    private static String value(@Nullable String text) {
        return text == null ? Formats.NONE : text;
    }

    /** Entries outlive the version that wrote them: where the words are gone, the key says more than an error. */
    private static String words(String key, Object... params) {
        try {
            return t(key, params);
        } catch (MissingResourceException e) {
            return key;
        }
    }
}
