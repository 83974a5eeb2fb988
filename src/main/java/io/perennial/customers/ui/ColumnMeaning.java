package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import io.perennial.customers.ImportField;
import io.perennial.customers.attributes.CustomerAttribute;
import java.io.Serializable;
import java.util.Locale;

/** What a column of a file can be said to mean. */
sealed interface ColumnMeaning extends Serializable {

    /** A field that all businesses have. */
    record Field(ImportField field) implements ColumnMeaning {
        @Override
        public String label() {
            return t("customers.field." + field.name().toLowerCase(Locale.ROOT));
        }

        @Override
        public String kind() {
            return "";
        }
    }

    /** An attribute of this business. */
    record Attribute(String key, String name, String type) implements ColumnMeaning {

        static Attribute of(CustomerAttribute attribute) {
            return new Attribute(
                    attribute.key(), attribute.name(), attribute.type().name().toLowerCase(Locale.ROOT));
        }

        @Override
        public String label() {
            return name;
        }

        @Override
        public String kind() {
            return t("customers.import.your_attribute", t("attributes.type." + type));
        }
    }

    /** None so far: to be defined first. */
    record NewAttribute() implements ColumnMeaning {
        @Override
        public String label() {
            return t("customers.import.new_attribute");
        }

        @Override
        public String kind() {
            return "";
        }
    }

    String label();

    /** What sort of meaning it is, where its label does not tell. */
    String kind();
}
