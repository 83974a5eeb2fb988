package io.perennial.sample;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.kernel.TenantId;
import io.perennial.uikit.EmptyState;
import io.perennial.uikit.FittedGrid;
import io.perennial.uikit.Formats;
import io.perennial.uikit.PageHead;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.data.domain.Pageable;

/**
 * The mails that the console sent in the no-configuration start, as their receivers see them. Shows a business the
 * mails from its own sender address only; where several businesses share one, nobody sees its mails. Who operates the
 * installation sees its own mails too, which confirm addresses and invite: those that come from no business.
 */
@Route(value = "dev/inbox", registerAtStartup = false)
@Menu(title = "sample.inbox", icon = "vaadin:mailbox", order = 95)
@RolesAllowed(Permission.Names.CAMPAIGN_READ)
class InboxView extends Main implements HasDynamicTitle {

    private final MailCatcher catcher;
    private final Business business;
    private final Predicate<CaughtMail> ours;
    private final Grid<CaughtMail> grid = new FittedGrid<>();
    private final TextField search = new TextField();
    private final EmptyState empty =
            new EmptyState(VaadinIcon.MAILBOX, t("sample.inbox_empty"), t("sample.inbox_empty_hint"));
    private final Span count = new Span();
    private List<CaughtMail> found = List.of();

    InboxView(MailCatcher catcher, Businesses businesses) {
        this.catcher = catcher;
        this.business = businesses.current();
        Predicate<CaughtMail> own = isSharedSender(businesses) ? mail -> false : this::isFromUs;
        this.ours = CurrentStaff.find().filter(StaffPrincipal::isOperator).isPresent()
                ? own.or(ofInstallation(businesses))
                : own;
        addClassNames("page", "inbox");
        Button refresh = new Button(t("sample.inbox_refresh"), VaadinIcon.REFRESH.create(), e -> refresh());
        add(new PageHead(t("sample.inbox"), t("sample.inbox_lead", MailCatcher.KEPT), refresh));
        search.setPlaceholder(t("sample.inbox_search"));
        search.setAriaLabel(t("sample.inbox_search"));
        search.setClearButtonVisible(true);
        search.setValueChangeMode(ValueChangeMode.LAZY);
        search.addValueChangeListener(e -> refresh());
        count.addClassName("inbox-count");
        columns();
        add(search, count, grid, empty);
        refresh();
    }

    private void columns() {
        grid.addComponentColumn(mail -> {
                    Span subject = new Span(mail.subject());
                    subject.addClassName("inbox-subject");
                    Span receiver = new Span(String.join(", ", mail.to()));
                    receiver.addClassName("inbox-receiver");
                    Div both = new Div(subject, receiver);
                    both.addClassName("inbox-mail");
                    return both;
                })
                .setHeader(t("sample.inbox_subject"));
        grid.addColumn(mail -> Formats.relative(mail.at()))
                .setHeader(t("sample.inbox_at"))
                .setTooltipGenerator(mail -> Formats.dateTime(mail.at(), business.zone()))
                .setWidth("128px")
                .setFlexGrow(0)
                .setTextAlign(ColumnTextAlign.END);
        grid.addItemClickListener(e -> new MailDialog(e.getItem(), business.zone()).open());
        grid.setItemsPageable(this::page);
    }

    /** Grid asks for a page at a time; newest first. */
    private List<CaughtMail> page(Pageable page) {
        return found.stream().skip(page.getOffset()).limit(page.getPageSize()).toList();
    }

    private void refresh() {
        String wanted = search.getValue().strip().toLowerCase(Locale.ROOT);
        found = catcher.mails(ours.and(mail -> matches(mail, wanted)));
        grid.getDataProvider().refreshAll();
        count.setText(t("sample.inbox_count", found.size()));
        boolean nothing = found.isEmpty() && wanted.isEmpty();
        empty.setVisible(nothing);
        grid.setVisible(!nothing);
        search.setVisible(!nothing);
        count.setVisible(!nothing);
    }

    private static boolean matches(CaughtMail mail, String wanted) {
        return wanted.isEmpty()
                || mail.subject().toLowerCase(Locale.ROOT).contains(wanted)
                || mail.to().stream().anyMatch(to -> to.toLowerCase(Locale.ROOT).contains(wanted));
    }

    private boolean isFromUs(CaughtMail mail) {
        return business.senderEmail() != null && mail.from().equalsIgnoreCase(business.senderEmail());
    }

    private static Predicate<CaughtMail> ofInstallation(Businesses businesses) {
        Set<String> senders = businesses.all().stream()
                .map(id -> businesses.require(id).senderEmail())
                .filter(Objects::nonNull)
                .map(sender -> sender.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return mail -> !senders.contains(mail.from().toLowerCase(Locale.ROOT));
    }

    private boolean isSharedSender(Businesses businesses) {
        return businesses.all().stream()
                .filter(id -> !id.equals(business.id()))
                .map((TenantId id) -> businesses.require(id).senderEmail())
                .anyMatch(sender -> sender != null && sender.equalsIgnoreCase(business.senderEmail()));
    }

    @Override
    public String getPageTitle() {
        return t("sample.inbox");
    }
}
