package io.perennial.tenancy;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** The smallest tenant-owned entity, for trying the guards. Its table is made by {@link TenantOwnedTest}. */
@Entity
@Table(name = "test_parcel")
class Parcel extends TenantOwned {

    private String label = "";

    protected Parcel() {}

    Parcel(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    void relabel(String newLabel) {
        this.label = newLabel;
    }
}
