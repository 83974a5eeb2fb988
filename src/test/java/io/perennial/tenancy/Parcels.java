package io.perennial.tenancy;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface Parcels extends JpaRepository<Parcel, Long> {

    List<Parcel> findByLabel(String label);

    @Modifying
    @Query("update Parcel p set p.label = :label")
    int relabelAll(String label);

    @Modifying
    @Query("delete from Parcel p")
    int dropAll();
}
