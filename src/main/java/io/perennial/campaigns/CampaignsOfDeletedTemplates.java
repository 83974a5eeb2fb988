package io.perennial.campaigns;

import io.perennial.content.TemplateDeleted;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Campaigns let go of a template before it goes: their key needs one that is there. What was frozen for them stays. */
@Component
class CampaignsOfDeletedTemplates {

    private final Campaigns campaigns;

    CampaignsOfDeletedTemplates(Campaigns campaigns) {
        this.campaigns = campaigns;
    }

    @EventListener
    @Transactional
    public void on(TemplateDeleted deleted) {
        campaigns.forgetTemplate(deleted.template().value());
    }
}
