package io.perennial.isolation;

import io.perennial.kernel.TenantId;
import java.util.Map;
import org.springframework.context.ApplicationContext;

/** Lends {@link TwoShops}, businesses with rows in most tables, to tests of other packages. */
public class BusyShop {

    private final TwoShops shops;

    public BusyShop(ApplicationContext application) {
        this.shops = application.getAutowireCapableBeanFactory().createBean(TwoShops.class);
    }

    public TenantId open(String known, String secret) {
        return shops.open(known, secret);
    }

    /** The newest id in each table of the business that has ids. */
    public Map<String, Long> ids(TenantId tenant) {
        return shops.ids(tenant);
    }

    /** One for each table's rows of the business; another one if any cell differs. */
    public Map<String, String> checksums(TenantId tenant) {
        return shops.checksums(tenant);
    }
}
