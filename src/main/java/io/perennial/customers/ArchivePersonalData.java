package io.perennial.customers;

import io.perennial.accounts.ArchiveDisposal;
import io.perennial.tenancy.CurrentTenant;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Files with everything that a business owns hold each of its customers: they go when one of these is erased. */
@Component
class ArchivePersonalData implements PersonalData {

    private final ArchiveDisposal archives;

    ArchivePersonalData(ArchiveDisposal archives) {
        this.archives = archives;
    }

    @Override
    public List<PersonalTable> tables() {
        return List.of();
    }

    @Override
    public Map<String, Long> eraseTraces(Person person) {
        long rows = archives.dropAll(CurrentTenant.require());
        return rows == 0 ? Map.of() : Map.of("data_archive", rows);
    }
}
