package io.perennial.customers.bulk;

import io.perennial.customers.CustomerTags;
import io.perennial.customers.attributes.AttributeValue;
import io.perennial.customers.attributes.CustomerAttribute;
import org.jspecify.annotations.Nullable;

/** What is done to each of many customers. Consent is never given for others, so there is no such deed. */
public sealed interface BulkAction {

    /** What it is about, in the business's own words; not what anybody's value is. */
    String detail();

    /** Doing it twice changes nothing more, for this one as for the others. */
    record AddTag(String tag) implements BulkAction {

        /** How many characters a tag may have. */
        public static final int LONGEST = CustomerTags.LONGEST;

        public AddTag {
            tag = tag.strip();
            if (tag.isEmpty() || tag.length() > LONGEST) {
                throw new IllegalArgumentException("A tag has 1 to " + LONGEST + " characters");
            }
        }

        @Override
        public String detail() {
            return tag;
        }
    }

    record RemoveTag(String tag) implements BulkAction {

        @Override
        public String detail() {
            return tag;
        }
    }

    /** Renames a tag, or merges it into another that is there already. */
    record ReplaceTag(String tag, AddTag by) implements BulkAction {

        @Override
        public String detail() {
            return tag + " → " + by.tag();
        }
    }

    /**
     * @param value nothing takes the values away
     */
    record SetAttribute(
            CustomerAttribute attribute, @Nullable AttributeValue value) implements BulkAction {

        @Override
        public String detail() {
            return attribute.name();
        }
    }

    /**
     * @param name the list's, as it was chosen
     */
    record AddToList(long list, String name) implements BulkAction {

        @Override
        public String detail() {
            return name;
        }
    }

    /**
     * @param name the list's, as it was chosen
     */
    record RemoveFromList(long list, String name) implements BulkAction {

        @Override
        public String detail() {
            return name;
        }
    }

    record WithdrawConsent(String topic) implements BulkAction {

        @Override
        public String detail() {
            return topic;
        }
    }

    /**
     * @param reason kept as evidence
     */
    record Suppress(String reason) implements BulkAction {

        @Override
        public String detail() {
            return "";
        }
    }

    record Erase() implements BulkAction {

        @Override
        public String detail() {
            return "";
        }
    }
}
