package io.perennial.promotions;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The promotions of the current tenant. */
interface PromotionRepository extends Repository<Promotion, Long> {

    Promotion save(Promotion promotion);

    void delete(Promotion promotion);

    void flush();

    Optional<Promotion> findById(Long id);

    boolean existsByFollows(Long follows);

    List<Promotion> findAllByOrderByCelebratedOnDescIdDesc();

    @Modifying(flushAutomatically = true, clearAutomatically = true)
    @Query("update Promotion p set p.announceTemplate = null where p.announceTemplate = :template")
    void forgetAnnouncement(long template);

    @Modifying(flushAutomatically = true, clearAutomatically = true)
    @Query("update Promotion p set p.thankTemplate = null where p.thankTemplate = :template")
    void forgetThanks(long template);

    default Promotion require(PromotionId id) {
        return findById(id.value()).orElseThrow(() -> new NoSuchElementException("No promotion " + id));
    }
}
