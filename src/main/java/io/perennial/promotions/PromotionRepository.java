package io.perennial.promotions;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.springframework.data.repository.Repository;

/** The promotions of the current tenant. */
interface PromotionRepository extends Repository<Promotion, Long> {

    Promotion save(Promotion promotion);

    void delete(Promotion promotion);

    void flush();

    Optional<Promotion> findById(Long id);

    boolean existsByFollows(Long follows);

    List<Promotion> findAllByOrderByCelebratedOnDescIdDesc();

    default Promotion require(PromotionId id) {
        return findById(id.value()).orElseThrow(() -> new NoSuchElementException("No promotion " + id));
    }
}
