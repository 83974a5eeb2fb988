package io.perennial.delivery.ui;

import io.perennial.accounts.Permission;
import io.perennial.accounts.SettingsGroup;
import io.perennial.accounts.SettingsPart;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the page into the settings. */
@Configuration(proxyBeanMethods = false)
class SendingSettings {

    static final String HREF = "settings/sending";

    @Bean
    SettingsPart sendingPart() {
        return new SettingsPart("delivery.sending.menu", HREF, Permission.SETTINGS_READ, SettingsGroup.MAILS, 20);
    }
}
