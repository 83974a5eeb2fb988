package io.perennial.api;

import io.perennial.customers.MergeRule;
import io.perennial.customers.PersonalData;
import io.perennial.customers.PersonalTable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Answers kept for a day, for programs that ask the same again: about customers, so they go with them. */
@Component
class ApiPersonalData implements PersonalData {

    @Override
    public List<PersonalTable> tables() {
        return List.of(PersonalTable.deleted("api_request").merging(MergeRule.moves("name_hash")));
    }

    /** That there was a request; what was answered is told by the tables it is about. */
    @Override
    public Map<String, Object> told(String table, Map<String, Object> row) {
        return row.entrySet().stream()
                .filter(cell -> cell.getKey().equals("at") || cell.getKey().equals("status"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
