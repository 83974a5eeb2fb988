package io.perennial.customers.attributes;

/**
 * What kind of value an attribute has, and where values of that kind are.
 *
 * <p>Each of these tables has {@code tenant_id}, {@code customer_id}, {@code attribute_id} and {@link #column()}, a
 * clustered key {@code (tenant_id, customer_id, attribute_id)} and an index {@code (tenant_id, attribute_id,
 * <column>, customer_id)} that holds all a condition needs. No row means the value is not known; nothing is ever NULL.
 */
public enum AttributeType {
    TEXT("customer_text", "value"),
    NUMBER("customer_number", "value"),
    DATE("customer_date", "value"),
    /** The column is 1 for yes and 0 for no. */
    YES_NO("customer_choice", "choice"),
    /** One of the attribute's choices; the column is its number. */
    CHOICE("customer_choice", "choice"),
    /** Several of the attribute's choices: one row for each. */
    LIST("customer_choice", "choice");

    private final String table;
    private final String column;

    AttributeType(String table, String column) {
        this.table = table;
        this.column = column;
    }

    /** The table with the values. */
    public String table() {
        return table;
    }

    /** Its column with the value: VARCHAR(500), DECIMAL(19, 6), DATE or INT. */
    public String column() {
        return column;
    }

    /** Whether the business says what may be chosen. */
    public boolean hasChoices() {
        return this == CHOICE || this == LIST;
    }
}
