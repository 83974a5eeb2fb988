package io.perennial.accounts;

/** What belongs together in the settings, in the order of the tabs. */
public enum SettingsGroup {
    /** What the business is: its name, brand, data. */
    BUSINESS("accounts.group_business"),
    /** Who may sign in, and what they may do. */
    PEOPLE("accounts.group_people"),
    /** How mails leave and what comes back. */
    MAILS("accounts.group_mails"),
    /** What is kept of customers, what they choose and see. */
    CUSTOMERS("accounts.group_customers"),
    /** Other programs: keys, webhooks. */
    CONNECTIONS("accounts.group_connections"),
    /** What was done. */
    RECORDS("accounts.group_records");

    private final String titleKey;

    SettingsGroup(String titleKey) {
        this.titleKey = titleKey;
    }

    String titleKey() {
        return titleKey;
    }
}
