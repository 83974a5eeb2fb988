package io.perennial.webhooks;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a business's programs can be told. Names and the meaning of what is in an event never change; a new shape is a new version. */
public enum EventType {
    CUSTOMER_CREATED("customer.created", EventData.Customers.class),
    CUSTOMER_UPDATED("customer.updated", EventData.Customers.class),
    CUSTOMER_ERASED("customer.erased", EventData.Customers.class),
    CONSENT_CHANGED("consent.changed", EventData.Consent.class),
    SUPPRESSION_ADDED("suppression.added", EventData.Suppression.class),
    SUPPRESSION_LIFTED("suppression.lifted", EventData.Suppression.class),
    ORDER_RECORDED("order.recorded", EventData.Order.class),
    IMPORT_FINISHED("import.finished", EventData.Import.class),
    SEGMENT_ENTERED("segment.entered", EventData.SegmentMove.class),
    SEGMENT_LEFT("segment.left", EventData.SegmentMove.class),
    CAMPAIGN_STARTED("campaign.started", EventData.Campaign.class),
    CAMPAIGN_FINISHED("campaign.finished", EventData.Campaign.class),
    MESSAGE_SENT("message.sent", EventData.Messages.class),
    MESSAGE_BOUNCED("message.bounced", EventData.Messages.class),
    MESSAGE_CLICKED("message.clicked", EventData.Messages.class),
    MESSAGE_UNSUBSCRIBED("message.unsubscribed", EventData.Messages.class),
    VOUCHER_REDEEMED("voucher.redeemed", EventData.Voucher.class),
    VOUCHER_RETURNED("voucher.returned", EventData.Voucher.class),
    /** Sent by hand to try an endpoint; nobody subscribes to it. */
    ENDPOINT_TESTED("endpoint.tested", EventData.Test.class);

    /** Those that endpoints choose from. */
    public static final Set<EventType> OFFERED = offered();

    private final String id;
    private final Class<? extends EventData> data;

    EventType(String id, Class<? extends EventData> data) {
        this.id = id;
        this.data = data;
    }

    /** As it is sent. */
    public String id() {
        return id;
    }

    /** The shape of what is in it. */
    public Class<? extends EventData> data() {
        return data;
    }

    /** The version of that shape. */
    public int version() {
        return 1;
    }

    /** The key of its words. */
    public String key() {
        return "webhooks.type." + name().toLowerCase(Locale.ROOT);
    }

    static Optional<EventType> of(String id) {
        return Arrays.stream(values()).filter(type -> type.id.equals(id)).findFirst();
    }

    static String write(Set<EventType> types) {
        return types.stream().sorted().map(EventType::id).collect(Collectors.joining(","));
    }

    /** Names that are known no longer are left out. */
    static Set<EventType> read(String stored) {
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        Arrays.stream(stored.split(",")).forEach(id -> of(id).ifPresent(types::add));
        return types;
    }

    private static Set<EventType> offered() {
        EnumSet<EventType> all = EnumSet.allOf(EventType.class);
        all.remove(ENDPOINT_TESTED);
        return java.util.Collections.unmodifiableSet(all);
    }
}
