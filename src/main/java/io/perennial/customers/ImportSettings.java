package io.perennial.customers;

import tools.jackson.databind.json.JsonMapper;

/** How a file is to be imported, as it is kept with the job. */
record ImportSettings(ImportMapping mapping, ImportOptions options) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    String toJson() {
        return JSON.writeValueAsString(this);
    }

    static ImportSettings of(String json) {
        return JSON.readValue(json, ImportSettings.class);
    }
}
