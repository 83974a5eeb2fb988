package io.perennial.campaigns;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.ActingAs;
import io.perennial.campaigns.CampaignPlanner.Origin;
import io.perennial.content.CompiledTemplate;
import io.perennial.content.Personalisation;
import io.perennial.content.PiecedMail;
import io.perennial.content.TemplateDirectory;
import io.perennial.content.TemplateSnapshot;
import io.perennial.delivery.MessageComposer;
import io.perennial.delivery.Recipient;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.CurrentTenant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes the mails of campaigns: the frozen template compiled once, people's data read a chunk at a time. */
@Component
class CampaignComposer implements MessageComposer {

    static final String KIND = "campaign";

    private final Campaigns campaigns;
    private final FrozenContents contents;
    private final TemplateDirectory templates;
    private final Personalisation personalisation;
    private final Map<String, CampaignPersonalisation> byOrigin;
    private final TransactionTemplate reading;

    CampaignComposer(
            Campaigns campaigns,
            FrozenContents contents,
            TemplateDirectory templates,
            Personalisation personalisation,
            List<CampaignPersonalisation> origins,
            PlatformTransactionManager transactions) {
        this.campaigns = campaigns;
        this.contents = contents;
        this.templates = templates;
        this.personalisation = personalisation;
        this.byOrigin = origins.stream().collect(Collectors.toMap(CampaignPersonalisation::kind, Function.identity()));
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Composition open(long reference) {
        TenantId tenant = CurrentTenant.require();
        CampaignId id = new CampaignId(reference);
        return ActingAs.system(tenant, () -> {
            Origin origin = reading.execute(status -> campaigns.require(id).origin());
            TemplateSnapshot content = contents.find(tenant, id)
                    .orElseThrow(() -> new IllegalStateException("Nothing was frozen for campaign " + id));
            CompiledTemplate template = templates.compile(content);
            return recipients -> ActingAs.system(tenant, () -> compose(template, origin, recipients));
        });
    }

    private List<Composed> compose(CompiledTemplate template, @Nullable Origin origin, List<Recipient> recipients) {
        List<CustomerId> people =
                recipients.stream().map(Recipient::customer).distinct().toList();
        Map<CustomerId, Map<String, Object>> models = personalisation.models(people, template.variables());
        Map<CustomerId, Map<String, Object>> extras = extras(origin, people);
        return recipients.stream()
                .map(r -> compose(
                        template, r, models.get(r.customer()), origin == null ? Map.of() : extras.get(r.customer())))
                .toList();
    }

    private Map<CustomerId, Map<String, Object>> extras(@Nullable Origin origin, List<CustomerId> people) {
        if (origin == null) {
            return Map.of();
        }
        CampaignPersonalisation supplier = byOrigin.get(origin.kind());
        return supplier == null
                ? people.stream().collect(Collectors.toMap(Function.identity(), p -> Map.of()))
                : supplier.variables(origin.reference(), people);
    }

    private static Composed compose(
            CompiledTemplate template,
            Recipient recipient,
            @Nullable Map<String, Object> model,
            @Nullable Map<String, Object> extras) {
        if (model == null) {
            return new Composed.Skipped(t("campaigns.skipped.gone"));
        }
        if (extras == null) {
            return new Composed.Skipped(t("campaigns.skipped.no_offer"));
        }
        model.putAll(extras);
        model.put(
                "links",
                Map.of("unsubscribe", recipient.unsubscribeLink(), "preferences", recipient.preferencesLink()));
        try {
            PiecedMail mail = template.compose(model);
            return new Composed.Message(mail.subject(), mail.html(), mail.text());
        } catch (RuntimeException e) {
            // Whatever is wrong with one person's data stays with that person; the campaign goes on.
            String reason = e.getMessage();
            return new Composed.Failed(reason == null ? e.getClass().getSimpleName() : reason);
        }
    }
}
