package io.perennial.customers;

import io.perennial.accounts.ArchiveDisposal;
import io.perennial.tenancy.CurrentTenant;
import java.util.List;
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

    /** The files are of the whole business: they go with the first, and stand in the proof of each. */
    @Override
    public void eraseTraces(List<Person> people, ErasedRows rows) {
        long dropped = archives.dropAll(CurrentTenant.require());
        if (dropped > 0) {
            people.forEach(person -> rows.add(person.id().value(), "data_archive", dropped));
        }
    }
}
