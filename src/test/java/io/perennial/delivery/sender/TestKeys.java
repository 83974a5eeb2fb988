package io.perennial.delivery.sender;

import java.security.KeyPair;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keys made for a test, and the records that belong into the DNS for them. */
public record TestKeys(DkimKeys keys, Map<String, String> records) {

    private static final Map<DkimAlgorithm, KeyPair> PAIRS = new EnumMap<>(DkimAlgorithm.class);

    public static synchronized TestKeys of(String domain, DkimAlgorithm... algorithms) {
        List<DkimKeys.Key> keys = new ArrayList<>();
        Map<String, String> records = new LinkedHashMap<>();
        for (DkimAlgorithm algorithm : algorithms) {
            KeyPair pair = PAIRS.computeIfAbsent(algorithm, DkimAlgorithm::newPair);
            String selector = "test-" + algorithm.tag();
            keys.add(new DkimKeys.Key(selector, algorithm, pair.getPrivate()));
            records.put(
                    selector + "._domainkey." + domain,
                    "v=DKIM1; k=" + algorithm.tag() + "; p=" + algorithm.published(pair.getPublic()));
        }
        return new TestKeys(new DkimKeys(domain, keys), records);
    }
}
