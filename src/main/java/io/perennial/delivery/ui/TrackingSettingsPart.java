package io.perennial.delivery.ui;

import io.perennial.accounts.Permission;
import io.perennial.accounts.SettingsGroup;
import io.perennial.accounts.SettingsPart;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the page about tracking among the settings. */
@Configuration(proxyBeanMethods = false)
class TrackingSettingsPart {

    @Bean
    SettingsPart trackingInSettings() {
        return new SettingsPart(
                "delivery.tracking.tab", "settings/tracking", Permission.SETTINGS_READ, SettingsGroup.MAILS, 40);
    }
}
