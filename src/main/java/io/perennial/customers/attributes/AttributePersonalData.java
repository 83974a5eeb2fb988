package io.perennial.customers.attributes;

import io.perennial.customers.MergeRule;
import io.perennial.customers.PersonalData;
import io.perennial.customers.PersonalTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The values go with the customer; the copy of a person's data names the attribute and the choice. */
@Component
class AttributePersonalData implements PersonalData {

    private final AttributeCatalogue catalogue;

    AttributePersonalData(AttributeCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public List<PersonalTable> tables() {
        return List.of(
                PersonalTable.deleted("customer_text")
                        .merging(MergeRule.movesUnlessThere("attribute_id", "attribute_id")),
                PersonalTable.deleted("customer_number")
                        .merging(MergeRule.movesUnlessThere("attribute_id", "attribute_id")),
                PersonalTable.deleted("customer_date")
                        .merging(MergeRule.movesUnlessThere("attribute_id", "attribute_id")),
                PersonalTable.deleted("customer_choice")
                        .merging(MergeRule.movesUnlessThere("attribute_id", "attribute_id", "choice")));
    }

    @Override
    public Map<String, Object> told(String table, Map<String, Object> row) {
        if (!(row.get("attribute_id") instanceof Number id)) {
            return row;
        }
        CustomerAttribute attribute = catalogue.require(new AttributeId(id.longValue()));
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("attribute", attribute.name());
        Object value = row.get(attribute.type().column());
        if (value instanceof Integer choice) {
            told.put(
                    "value",
                    attribute.type() == AttributeType.YES_NO
                            ? (choice == 1 ? "yes" : "no")
                            : attribute
                                    .choice(choice)
                                    .map(AttributeChoice::name)
                                    .orElse(choice.toString()));
        } else if (value != null) {
            told.put("value", value);
        }
        return told;
    }
}
