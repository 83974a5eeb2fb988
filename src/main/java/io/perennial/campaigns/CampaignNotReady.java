package io.perennial.campaigns;

import java.util.List;

/** A campaign cannot be scheduled; its problems say in words what to do. */
public class CampaignNotReady extends RuntimeException {

    private final transient List<String> problems;

    public CampaignNotReady(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
