package io.perennial.segments;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.springframework.data.repository.Repository;

/** The segments of the current tenant. */
interface SegmentRepository extends Repository<Segment, Long> {

    Segment save(Segment segment);

    Optional<Segment> findById(Long id);

    /**
     * @throws NoSuchElementException if the current tenant has no such segment
     */
    default Segment require(SegmentId id) {
        return findById(id.value()).orElseThrow(() -> new NoSuchElementException("No segment " + id));
    }

    Optional<Segment> findByName(String name);

    boolean existsByName(String name);

    List<Segment> findAllByOrderByName();

    void delete(Segment segment);

    void flush();
}
